import type { CheckpointCount } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { summarise } from './checkpoint-view.ts'

const MIN = 60_000
const at = (
  minute: number,
  inPersons: number | null,
  outPersons: number | null,
): { count: CheckpointCount; receivedAtMs: number } => ({
  receivedAtMs: minute * MIN + 61_000,
  count: {
    checkpointId: 'c1',
    minuteMs: minute * MIN,
    inPersons,
    outPersons,
    inVehicles: null,
    outVehicles: null,
    queuePersons: null,
    queueVehicles: null,
  },
})

describe('counts of a checkpoint', () => {
  it('are unknown, not zero, before any came', () => {
    expect(summarise([], 100 * MIN)).toEqual({
      latest: null,
      receivedAtMs: null,
      flow: null,
      history: Array(60).fill(null),
    })
  })
  it('flow as the mean of the last five counted minutes, each direction for itself', () => {
    const counts = [at(93, 90, 90), at(94, 1, 10), at(95, 2, null), at(96, 3, 20), at(98, 4, null), at(99, 5, null)]
    const { flow, latest, receivedAtMs } = summarise(counts.toReversed(), 100 * MIN)
    expect(flow).toEqual({ inPersonsPerMin: 3, outPersonsPerMin: 15, minutes: 5 })
    expect([latest?.minuteMs, receivedAtMs]).toEqual([99 * MIN, 99 * MIN + 61_000])
  })
  it('make an hour of history that ends now, with holes where nothing is known', () => {
    const { history } = summarise([at(41, 1, 1), at(40, 7, 7), at(99, 2, null), at(100, 0, 0)], 100 * MIN + 5)
    expect(history).toHaveLength(60)
    expect([history[0], history[1], history[58], history[59]]).toEqual([2, null, null, 0])
  })
})
