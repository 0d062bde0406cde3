import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { createRandom, type Random } from '../testing/random.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { encode } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import { createFleet } from './fleet.ts'

interface Sim {
  firstSeq: number
  bootMs: number
  mode?: number
  type?: number
  lat?: number
  /** Positions and attitudes a second; 0: heartbeats alone. */
  streamHz?: number
}
/** How a link treats one vehicle's frames. */
interface Rough {
  readonly lost: number
  readonly doubled: number
  readonly late: number
  readonly latestMs: number
}
const SMOOTH: Rough = { lost: 0, doubled: 0, late: 0, latestMs: 0 }

function setUp() {
  const clock = new FakeClock()
  const merged: string[] = []
  const ports = { bridgeId: 'main', link: fakeLink(), clock, onMember: () => undefined }
  const fleet = createFleet({ ...ports, onMerged: (droneId) => merged.push(droneId) })
  const startMs = clock.nowMs()
  const locked = (): boolean => fleet.members().some(({ duplicateId }) => duplicateId)
  /** A vehicle that speaks from the one address of all. */
  function fly(sim: Sim, random: Random, rough: Rough = SMOOTH, phaseMs = 0): (change: Partial<Sim>) => void {
    let seq = createSequence(sim.firstSeq)
    const now = { mode: 3, type: 2, lat: 300_000_000, streamHz: 4, bootedAtMs: startMs - sim.bootMs, ...sim }
    const deliver = (bytes: Uint8Array): void => {
      const [frame] = framesOfDatagram(bytes)
      if (frame !== undefined) fleet.hear({ peer: 'radio', frame, atMs: clock.nowMs() })
    }
    const say = (bytes: Uint8Array): void => {
      if (random.next() < rough.lost) return
      const delayMs = (): number => (random.next() < rough.late ? random.next() * rough.latestMs : 0)
      clock.after(delayMs(), () => deliver(bytes))
      if (random.next() < rough.doubled) clock.after(delayMs(), () => deliver(bytes))
    }
    const beat = (): void => {
      clock.after(1000, beat)
      say(encode('HEARTBEAT', heartbeat(now.mode, { type: now.type }), { seq: seq(), sys: 1, comp: 1 }))
    }
    const stream = (): void => {
      clock.after(1000 / now.streamHz, stream)
      const time_boot_ms = Math.round(clock.nowMs() - now.bootedAtMs)
      const place = { lat: now.lat, lon: 1_221_000_000, alt: 60_000, relative_alt: 50_000 }
      const still = { vx: 0, vy: 0, vz: 0, hdg: 0 }
      say(encode('GLOBAL_POSITION_INT', { time_boot_ms, ...place, ...still }, { seq: seq(), sys: 1, comp: 1 }))
    }
    clock.after(phaseMs, beat)
    if (now.streamHz > 0) clock.after(phaseMs, stream)
    return (change) => {
      Object.assign(now, change)
      if (change.bootMs === undefined) return
      now.bootedAtMs = clock.nowMs() - change.bootMs
      seq = createSequence()
    }
  }
  return { clock, fleet, merged, locked, fly }
}

describe('two vehicles with one id behind one address', () => {
  const a: Sim = { firstSeq: 0, bootMs: 500_000 }
  it.each<[string, Sim, Sim]>([
    ['two clocks', a, { firstSeq: 20, bootMs: 90_000 }],
    ['two clocks, at fifty messages a second', { ...a, streamHz: 50 }, { firstSeq: 9, bootMs: 90_000, streamHz: 50 }],
    [
      'two runs of numbers, and nothing but heartbeats',
      { ...a, streamHz: 0 },
      { firstSeq: 128, bootMs: 1, streamHz: 0 },
    ],
    ['two places, and one start', a, { firstSeq: 3, bootMs: 500_200, lat: 300_100_000 }],
    ['two modes in turn, and one start', a, { firstSeq: 3, bootMs: 500_200, mode: 6 }],
    ['two kinds of aircraft', { ...a, streamHz: 0 }, { firstSeq: 5, bootMs: 1, type: 1, streamHz: 0 }],
  ])('are noticed within three seconds by %s, and locked', async (_by, first, second) => {
    const { clock, fleet, merged, locked, fly } = setUp()
    fly(first, createRandom(1))
    fly(second, createRandom(2), SMOOTH, 430)
    expect(await clock.advanceUntil(locked, 3000)).toBe(true)
    fleet.tick()
    fleet.tick()
    expect(merged).toEqual(['main-1'])
    expect(fleet.members()).toHaveLength(1)
  })

  it('are noticed on a bad radio too', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { clock, locked, fly } = setUp()
      const rough: Rough = { lost: 0.2, doubled: 0.1, late: 0.2, latestMs: 400 }
      fly(a, createRandom(seed), rough)
      fly({ firstSeq: 77, bootMs: 90_000 }, createRandom(seed + 1000), rough, 300)
      expect(await clock.advanceUntil(locked, 3000), `seed ${seed}`).toBe(true)
    }
  })

  it('are free again a minute after one of them was switched off', async () => {
    const { clock, fleet, locked, fly } = setUp()
    fly(a, createRandom(1))
    const [frame] = framesOfDatagram(encode('HEARTBEAT', heartbeat(3, { type: 1 }), { seq: 9, sys: 1, comp: 1 }))
    for (let i = 0; i < 5; i++) {
      await clock.advance(600)
      fleet.hear({ peer: 'radio', frame: frame!, atMs: clock.nowMs() })
    }
    expect(locked()).toBe(true)
    await clock.advance(59_000)
    expect(locked()).toBe(true)
    await clock.advance(5000)
    expect(locked()).toBe(false)
  })
})

describe('one vehicle', () => {
  it('is never taken for two, with loss, copies, disorder, restarts and changes of mode', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { clock, locked, fly } = setUp()
      const random = createRandom(seed)
      const streamHz = [0, 1, 4, 15, 30, 60][seed % 6]!
      const rough: Rough = {
        lost: random.next() * 0.4,
        doubled: random.next() * 0.3,
        late: random.next() * 0.3,
        latestMs: 900,
      }
      const change = fly({ firstSeq: random.below(256), bootMs: 500_000, streamHz }, random, rough)
      for (let s = 0; s < 40; s++) {
        const gone = await clock.advanceUntil(locked, 1000)
        expect(gone, `seed ${seed}, ${streamHz} Hz, second ${s}`).toBe(false)
        if (s % 4 === 1) change({ mode: 3 + (s % 3), lat: 300_000_000 + s * 500 })
        if (s === 20) change({ bootMs: 2000 })
      }
    }
  })
})
