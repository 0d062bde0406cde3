import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { createRandom } from '../testing/random.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createFleet } from '../vehicles/fleet.ts'
import { encode } from '../wire/encode.ts'
import { type Frame } from '../wire/frame.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import type { OpenLink } from './link.ts'
import { createWays } from './ways.ts'

const WAYS = [
  { name: 'lte', delayMs: 50 },
  { name: 'radio', delayMs: 2550 },
] as const

/** One vehicle that speaks over both ways, 10 % of its frames lost on each. */
function setUp(seed: number) {
  const clock = new FakeClock()
  const random = createRandom(seed)
  const ways = createWays([{ vehicles: [1], links: WAYS.map(({ name }) => name) }], () => clock.nowMs())
  const fleet = createFleet({ bridgeId: 'main', link: fakeLink(), clock, onMember: () => undefined })
  const says = { mode: 3, bootedAtMs: clock.nowMs() - 400_000, silent: false, cut: '' }
  const modes: number[] = []
  const passed: Frame[] = []
  const ends = WAYS.map(({ name, delayMs }) => ({ delayMs, seq: createSequence(), link: { name, ...NOTHING } }))
  const say = (encoded: (seq: number) => Uint8Array): void => {
    for (const { delayMs, seq, link } of ends) {
      const [frame] = framesOfDatagram(encoded(seq()))
      if (frame === undefined || random.next() < 0.1) continue
      clock.after(delayMs + random.below(30), () => {
        if (says.cut === link.name) return
        const own = `${link.name}:1`
        const peer = ways.take(link, own, frame, clock.nowMs())
        if (peer === null) return
        passed.push(frame)
        fleet.hear({ peer, frame, atMs: clock.nowMs() })
        const mode = fleet.member('main-1')?.session.vehicle().customMode ?? -1
        if (mode >= 0 && mode !== modes.at(-1)) modes.push(mode)
      })
    }
  }
  const tick = (period: number, run: () => void): void => {
    clock.after(period, () => tick(period, run))
    if (!says.silent) run()
  }
  const from = (seq: number) => ({ seq, sys: 1, comp: 1 })
  tick(1000, () => say((seq) => encode('HEARTBEAT', heartbeat(says.mode), from(seq))))
  tick(250, () => {
    const place = { lat: 3e8, lon: 12e8, alt: 0, relative_alt: 0, vx: 0, vy: 0, vz: 0, hdg: 0 }
    const time_boot_ms = clock.nowMs() - says.bootedAtMs
    say((seq) => encode('GLOBAL_POSITION_INT', { time_boot_ms, ...place }, from(seq)))
  })
  const vehicle = () => fleet.member('main-1')?.session.vehicle()
  return { clock, fleet, says, modes, passed, say, from, vehicle }
}
const NOTHING: Omit<OpenLink, 'name'> = {
  send: () => undefined,
  peers: () => [],
  systems: () => new Map(),
  lossShare: () => null,
  latencyMs: () => null,
  clockOffsetMs: () => null,
  lastHeardAtMs: () => null,
  health: () => {
    throw new Error('not asked for here')
  },
  close: () => Promise.resolve(),
}

describe('two ways of which one is two and a half seconds later', () => {
  it('make no restart and no second vehicle, and no old mode takes the place of a newer one', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { clock, fleet, says, modes, vehicle } = setUp(seed)
      await clock.advance(10_000)
      says.mode = 6
      await clock.advance(20_000)
      expect(modes, `seed ${seed}`).toEqual([3, 6])
      expect(vehicle()?.reboots).toBe(0)
      expect(fleet.members()).toHaveLength(1)
    }
  })

  it('tell one restart once', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { clock, fleet, says, vehicle } = setUp(seed)
      await clock.advance(10_000)
      says.silent = true
      await clock.advance(4000)
      Object.assign(says, { silent: false, bootedAtMs: clock.nowMs() - 3000 })
      await clock.advance(20_000)
      expect([vehicle()?.reboots, fleet.members().length], `seed ${seed}`).toEqual([1, 1])
    }
  })

  it('go on by the slow one when the quick one is cut, and by the quick one when it is back', async () => {
    const { clock, says, vehicle, fleet } = setUp(4)
    await clock.advance(10_000)
    says.cut = 'lte'
    await clock.advance(10_000)
    expect(clock.nowMs() - vehicle()!.lastHeartbeatAtMs).toBeLessThan(3000)
    says.cut = ''
    says.mode = 6
    await clock.advance(2000)
    expect(vehicle()?.customMode).toBe(6)
    await clock.advance(10_000)
    expect([vehicle()?.reboots, vehicle()?.customMode, fleet.members().length]).toEqual([0, 6, 1])
  })

  it('give an answer once, and also the one that the quick way lost', async () => {
    const { clock, says, passed, say, from } = setUp(5)
    await clock.advance(5000)
    const answer = (result: number) => (seq: number) =>
      encode('COMMAND_ACK', { command: 20, result, target_system: 255, target_component: 190 }, from(seq))
    for (let result = 0; result < 9; result++) say(answer(result))
    says.cut = ''
    await clock.advance(6000)
    expect(passed.filter(({ id }) => id === 77)).toHaveLength(9)
  })
})
