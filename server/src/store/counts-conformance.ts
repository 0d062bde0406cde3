import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredLaneCount, StoredQueueCount } from './checkpoint-counts.ts'
import { openStore, type Store } from './open-store.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const DAY = 24 * HOUR
const clock = { nowMs: () => 1_000_000 }
const KEEP = { minuteDays: 2, quarterDays: 10, hourDays: 100 }

const lane = (startMs: number, valid: number | null, more: Partial<StoredLaneCount> = {}): StoredLaneCount => ({
  checkpointId: 'c1',
  lane: 'out-1',
  spanMin: 1,
  startMs,
  receivedAtMs: startMs + MIN,
  minutes: valid === null ? 0 : 1,
  valid,
  invalid: valid === null ? null : 1,
  manual: valid === null ? null : 2,
  arrived: null,
  ...more,
})
const queue = (startMs: number, waiting: number | null, more: Partial<StoredQueueCount> = {}): StoredQueueCount => ({
  checkpointId: 'c1',
  direction: 'out',
  counts: 'persons',
  line: null,
  spanMin: 1,
  startMs,
  receivedAtMs: startMs + MIN,
  waiting,
  peak: waiting,
  ...more,
})

/** What every store must do with counts and sailings, whatever is under it. */
export function countsConformance(name: string, freshUrl: () => Promise<string>): void {
  describe(`counts in ${name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await openStore({ url: await freshUrl(), clock })
    })
    afterEach(() => store.close())

    it('come back by minute, oldest first; a later count of the same minute replaces the first', async () => {
      const { checkpointCounts: counts } = store
      await counts.put({ lanes: [lane(2 * MIN, 7), lane(MIN, null)], queues: [queue(MIN, 11)] })
      await counts.put({ lanes: [lane(MIN, 4), lane(MIN, 5)], queues: [queue(MIN, null, { line: 'a-b-fast' })] })
      const since = await counts.minutesSince(MIN)
      expect(since.lanes).toEqual([lane(MIN, 5), lane(2 * MIN, 7)])
      expect(since.queues).toHaveLength(2)
      expect(since.queues).toContainEqual(queue(MIN, null, { line: 'a-b-fast' }))
      expect((await counts.minutesSince(MIN + 1)).lanes).toHaveLength(1)
    })

    it('are summed by hour over the minutes that were counted, and a gap is no zero', async () => {
      const { checkpointCounts: counts } = store
      const minutes = Array.from({ length: 30 }, (_, i) => lane(HOUR + i * MIN, i % 3 === 0 ? null : 10))
      await counts.put({ lanes: [...minutes, lane(3 * HOUR, null)], queues: [] })
      const sums = await counts.laneSums('c1', 0, 10 * HOUR, 60)
      expect(sums).toEqual([
        { lane: 'out-1', startMs: HOUR, minutes: 20, valid: 200, invalid: 20, manual: 40, arrived: null },
      ])
      expect(await counts.laneSums('other', 0, 10 * HOUR, 60)).toEqual([])
    })

    it('take the step that counted most where an hour is kept in several ways', async () => {
      const { checkpointCounts: counts } = store
      const archive = lane(HOUR, 600, { spanMin: 60, minutes: 60 })
      await counts.put({ lanes: [archive, lane(HOUR, 3), lane(HOUR + MIN, 4)], queues: [] })
      expect((await counts.laneSums('c1', 0, 9 * HOUR, 60)).map(({ valid, minutes }) => [valid, minutes])).toEqual([
        [600, 60],
      ])
    })

    it('know a queue at the end of a step only where it was seen at the end', async () => {
      const { checkpointCounts: counts } = store
      await counts.put({
        lanes: [],
        queues: [queue(10 * MIN, 90), queue(58 * MIN, 30), queue(HOUR + 2 * MIN, 50), queue(2 * HOUR + 59 * MIN, null)],
      })
      const ends = await counts.queueEnds('c1', 0, 9 * HOUR, 60)
      expect(ends.map(({ startMs, waiting, peak }) => [startMs / HOUR, waiting, peak])).toEqual([
        [0, 30, 90],
        [1, null, 50],
        [2, null, null],
      ])
    })

    it('grow coarser with age and lose nothing by it: minutes to quarter hours to hours', async () => {
      const { checkpointCounts: counts } = store
      const minutes = Array.from({ length: 3 * 24 * 60 }, (_, i) => i * MIN)
      await counts.put({
        lanes: minutes.map((at) => lane(at, (at / MIN) % 7 === 0 ? null : 2)),
        queues: minutes.map((at) => queue(at, (at / MIN) % 60)),
      })
      const before = await counts.laneSums('c1', 0, 3 * DAY, 60)
      const ends = await counts.queueEnds('c1', 0, 3 * DAY, 60)
      const all = async () => (await counts.minutesSince(0)).lanes.length
      await counts.rollUp(4 * DAY, KEEP) // keeps two days by minute
      expect(await all()).toBe(24 * 60)
      expect(await counts.laneSums('c1', 0, 3 * DAY, 60)).toEqual(before)
      expect(await counts.queueEnds('c1', 0, 3 * DAY, 60)).toEqual(ends)
      expect(await counts.laneSums('c1', 0, HOUR, 15)).toHaveLength(4)
      await counts.rollUp(14 * DAY, KEEP)
      expect(await all()).toBe(0)
      expect(await counts.laneSums('c1', 0, 3 * DAY, 60)).toEqual(before)
      expect(await counts.laneSums('c1', 0, HOUR, 15)).toEqual([])
      expect(await counts.rollUp(14 * DAY, KEEP)).toEqual({ summed: 0, dropped: 0 })
      expect((await counts.rollUp(102 * DAY, KEEP)).dropped).toBeGreaterThan(0)
      expect((await counts.laneSums('c1', 0, 3 * DAY, 60))[0]!.startMs).toBe(2 * DAY)
    })

    it('are summed by local day, each hour as it was counted best', async () => {
      const { checkpointCounts: counts } = store
      await counts.put({
        lanes: [
          lane(15 * HOUR, 98, { spanMin: 60, minutes: 60 }), // 23:00 in Shanghai
          lane(15 * HOUR + MIN, 7),
          lane(16 * HOUR, 8), // midnight
          lane(16 * HOUR + MIN, null),
        ],
        queues: [],
      })
      expect(await counts.daySums(0, 2 * DAY, 480)).toEqual([
        { checkpointId: 'c1', lane: 'out-1', day: 0, minutes: 60, passed: 100 },
        { checkpointId: 'c1', lane: 'out-1', day: 1, minutes: 1, passed: 10 },
      ])
    })

    it('do not lose an archive of an hour to the few minutes that were kept of it', async () => {
      const { checkpointCounts: counts } = store
      await counts.put({ lanes: [lane(0, 500, { spanMin: 60, minutes: 60 }), lane(MIN, 1)], queues: [] })
      await counts.rollUp(30 * DAY, KEEP)
      expect(await counts.laneSums('c1', 0, HOUR, 60)).toMatchObject([{ valid: 500, minutes: 60 }])
    })
  })

  it(`sailings in ${name} come back in order, the newest facts of each, until they are dropped`, async () => {
    const store = await openStore({ url: await freshUrl(), clock })
    const { sailings } = store
    await sailings.put([
      { id: 'b', scheduledAtMs: 20, facts: '{}' },
      { id: 'a', scheduledAtMs: 10, facts: '{"a":1}' },
    ])
    await sailings.put([{ id: 'a', scheduledAtMs: 10, facts: '{"a":2}' }])
    await sailings.put([])
    expect(await sailings.between(0, 20)).toEqual([{ id: 'a', scheduledAtMs: 10, facts: '{"a":2}' }])
    expect((await sailings.between(10, 21)).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(await sailings.dropBefore(20)).toBe(1)
    await store.close()
  })
}
