import { describe, expect, it } from 'vitest'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import type { TrackOf } from '../store/tracks.ts'
import { startTrackKeeper } from './track-keeper.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const policy = { wholeMs: 24 * HOUR, keptMs: 30 * 24 * HOUR, thinning: { toleranceM: 15, mostGapMs: MINUTE } }

function setUp() {
  const clock = new FakeScheduler(1_000_000_000_000)
  const did: string[] = []
  const faults: unknown[] = []
  const store = {
    due: [] as TrackOf[],
    old: [] as TrackOf[],
    broken: false,
    async unpacked(kind: TrackOf['kind'], beforeMs: number) {
      if (store.broken) throw new Error('no disk')
      return store.due.filter((of) => of.kind === kind && of.fromMs < beforeMs)
    },
    async pack(movers: readonly Pick<TrackOf, 'kind' | 'id'>[], beforeMs: number) {
      did.push(`pack ${movers.map(({ id }) => id).join('+')} ${(clock.nowMs() - beforeMs) / MINUTE} min`)
      store.due = store.due.filter(({ id }) => !movers.some((mover) => mover.id === id))
      return movers.length * 10
    },
    unthinned: async () => store.old.splice(0),
    async thin({ id }: TrackOf, toMs: number) {
      did.push(`thin ${id} to ${(clock.nowMs() - toMs) / HOUR} h`)
      return { before: 100, after: 7 }
    },
    async drop(beforeMs: number) {
      did.push(`drop ${(clock.nowMs() - beforeMs) / HOUR / 24} d`)
      return 3
    },
  }
  const keeper = startTrackKeeper({ tracks: store, clock, policy, onFault: (error) => faults.push(error) })
  /** Lets promises run between small steps of time. */
  const pass = async (ms: number): Promise<void> => {
    for (let i = 0; i < ms; i += 500) {
      clock.advance(500)
      for (let k = 0; k < 12; k++) await Promise.resolve()
    }
  }
  const of = (id: string, agoMs: number): TrackOf => ({ kind: 'unit', id, fromMs: clock.nowMs() - agoMs })
  return { clock, did, faults, store, keeper, pass, of }
}

describe('the keeper of tracks', () => {
  it('packs what is old enough, a few movers at a time, and spreads it over the round', async () => {
    const { store, did, keeper, pass, of } = setUp()
    store.due = [...Array.from({ length: 6 }, (_, i) => of(`u${i}`, 30 * MINUTE)), of('young', 20 * MINUTE)]
    await pass(61_000)
    expect(did).toEqual(['drop 30 d', 'pack u0+u1+u2+u3 15 min'])
    await pass(40_000)
    expect(did.slice(2)).toEqual(['pack u4+u5 15 min'])
    expect(keeper.counts()).toMatchObject({ packed: 60, removed: 3, failures: 0 })
  })
  it('thins whole stretches that are over their time by the hour', async () => {
    const { store, did, keeper, pass, of, clock } = setUp()
    store.old = [of('u1', 26 * HOUR)]
    await pass(62_000)
    expect(did[1]).toMatch(/^thin u1 to 25\.\d+ h$/)
    expect(keeper.counts()).toMatchObject({ thinned: 100, keptOfThinned: 7 })
    await pass(50_000)
    expect(keeper.counts().lastRoundAtMs).toBeLessThanOrEqual(clock.nowMs())
  })
  it('removes by the hour, not by the round', async () => {
    const { did, pass } = setUp()
    await pass(10 * MINUTE)
    expect(did).toEqual(['drop 30 d'])
  })
  it('says so when the store fails, and goes on', async () => {
    const { store, keeper, faults, pass, of, did } = setUp()
    store.broken = true
    store.due = [of('u1', HOUR)]
    await pass(61_000)
    expect([keeper.counts().failures, faults.length, keeper.counts().lastRoundAtMs]).toEqual([1, 1, null])
    store.broken = false
    await pass(61_000)
    expect(did).toContain('pack u1 15 min')
  })
  it('stops in the middle of a round', async () => {
    const { store, keeper, pass, of, did } = setUp()
    store.due = Array.from({ length: 40 }, (_, i) => of(`u${i}`, HOUR))
    await pass(61_000)
    await keeper.stop()
    const done = did.length
    await pass(120_000)
    expect(did).toHaveLength(done)
  })
})
