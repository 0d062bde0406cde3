import type { Checkpoint, FlowStream, Sailing } from '@skerry/contract'
import { expect, it } from 'vitest'
import { orderCheckpoints, queuesOf, standingOf, totalOf } from './order-checkpoints.ts'
import { perMinText, trendText, waitText } from './flow-text.ts'
import { countSailings, delayText, isTrouble, loadText } from './sailing-text.ts'
import type { Translate } from '../i18n/words.ts'

const t: Translate = (key, named) => `${key}${named === undefined ? '' : ` ${Object.values(named).join(' ')}`}`
const stream = (more: Partial<FlowStream>): FlowStream =>
  ({
    direction: 'out',
    counts: 'persons',
    line: null,
    waiting: null,
    waitMin: null,
    surge: null,
    ahead: null,
    waitingAtMs: null,
    ...more,
  }) as FlowStream
const gate = (id: string, more: Partial<Checkpoint> = {}): Checkpoint =>
  ({ id, state: 'live', flow: null, waiting: { persons: null, vehicles: null }, streams: [], ...more }) as Checkpoint

it('puts what stands out first: a surge, lost counts, a long wait; then where most move', () => {
  const surge = { observed: 9, expected: 1, z: 9, n: 8, stands: true }
  const gates = [
    gate('calm', { flow: { inPersonsPerMin: 1, outPersonsPerMin: 1, minutes: 5 } }),
    gate('busy', { flow: { inPersonsPerMin: 40, outPersonsPerMin: 9, minutes: 5 } }),
    gate('long', { streams: [stream({ waiting: 5, waitMin: 90 })] }),
    gate('nobody', { streams: [stream({ waiting: 0, waitMin: 900 })] }),
    gate('lost', { state: 'lost' }),
    gate('surge', { streams: [stream({ surge })] }),
  ]
  expect(orderCheckpoints(gates).map(({ id }) => id)).toEqual(['surge', 'lost', 'long', 'busy', 'calm', 'nobody'])
  expect(standingOf(gate('x', { state: 'behind' }))).toBe('behind')
})
it('finds what goes one way, and its queues by line', () => {
  const streams = [stream({}), stream({ line: 'a' }), stream({ line: 'b' }), stream({ direction: 'in' })]
  expect(totalOf({ streams }, 'out', 'persons')).toBe(streams[0])
  expect(totalOf({ streams }, 'out', 'vehicles')).toBeNull()
  expect(queuesOf({ streams }, 'out', 'persons').map(({ line }) => line)).toEqual(['a', 'b'])
  expect(queuesOf({ streams }, 'in', 'persons')).toEqual([streams[3]])
})
it('says waits and rates, and leaves unknown unknown', () => {
  expect([waitText(null, t), waitText(1440, t), waitText(30, t)]).toEqual([
    null,
    'checkpoint.waitDay',
    'common.age.minutes 30',
  ])
  expect([perMinText(null, t), perMinText(0, t), perMinText(44.4, t)]).toEqual([
    null,
    'checkpoint.perMin 0.0',
    'checkpoint.perMin 44',
  ])
  expect(trendText(stream({}), t)).toBe('checkpoint.trendUnknown')
})

const sailing = (more: Partial<Sailing>): Sailing =>
  ({ state: 'under-way', delayMin: 0, persons: null, ...more }) as Sailing
it('tells late, cancelled and unknown sailings from those on time', () => {
  const all = [
    sailing({}),
    sailing({ delayMin: 14 }),
    sailing({ delayMin: 14, state: 'arrived' }),
    sailing({ state: 'cancelled', delayMin: null }),
    sailing({ state: 'unknown', delayMin: null }),
  ]
  expect(all.map(isTrouble)).toEqual([false, true, true, true, true])
  expect(countSailings(all)).toEqual({ cancelled: 1, late: 1, unknown: 1 })
  expect(all.map((each) => delayText(each, t))).toEqual([
    'checkpoint.sailing.onTime',
    'checkpoint.sailing.late 14',
    'checkpoint.sailing.late 14',
    '',
    null,
  ])
  expect(delayText(sailing({ state: 'scheduled', delayMin: null }), t)).toBe('')
})
it('says what a boat holds only where that is known', () => {
  expect([loadText(null, 300, t), loadText(12, null, t), loadText(12, 300, t)]).toEqual([
    null,
    'checkpoint.sailing.loadUnknown 12',
    'checkpoint.sailing.load 12 300',
  ])
})
