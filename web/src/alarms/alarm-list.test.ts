import type { Alarm } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { EVERYTHING, listAlarms, nextWaiting } from './alarm-list.ts'
import { countWaiting, hasEnded } from './alarm-order.ts'

const NOW_MS = 1_000_000
const alarm = (id: string, over: Partial<Alarm> = {}): Alarm => ({
  id,
  priority: 'warning',
  kind: 'zone-gap',
  subject: { kind: 'vessel', id },
  zoneId: 'z',
  incidentId: null,
  detail: id,
  raisedAtMs: NOW_MS,
  clearedAtMs: null,
  acknowledged: null,
  ...over,
})
const many = (n: number, over: Partial<Alarm> = {}, from = ''): Alarm[] =>
  Array.from({ length: n }, (_, i) => alarm(`${from}${i}`, over))
const acknowledged = { seatId: 's', name: 'n', atMs: NOW_MS }
const keys = (alarms: Alarm[], filter = EVERYTHING, unfolded?: Set<string>) =>
  listAlarms(alarms, filter, NOW_MS, unfolded).lines.map(({ key, alarms: held }) =>
    held.length === 1 ? key : `${key} x${held.length}`,
  )

describe('the list of alarms', () => {
  it('shows each by itself while there are ten or fewer in ten minutes', () => {
    expect(keys(many(10))).toHaveLength(10)
    expect(listAlarms(many(10), EVERYTHING, NOW_MS).flood).toBeNull()
  })
  it('groups a flood by kind, priority and zone, with counts, and leaves the odd one out in sight', () => {
    const flood = [
      ...many(20),
      ...many(5, { priority: 'critical', kind: 'drone-link-lost', zoneId: null }, 'd'),
      alarm('person', { priority: 'critical', kind: 'person-located', zoneId: null }),
    ]
    expect(keys(flood)).toEqual(['waiting critical drone-link-lost  x5', 'person', 'waiting warning zone-gap z x20'])
    expect(listAlarms(flood, EVERYTHING, NOW_MS).flood).toBe(26)
  })
  it('does not count what came more than ten minutes ago as a flood', () => {
    expect(keys(many(30, { raisedAtMs: NOW_MS - 600_001 }))).toHaveLength(30)
  })
  it('unfolds a group into its alarms', () => {
    const key = 'waiting warning zone-gap z'
    const { lines } = listAlarms(many(12), EVERYTHING, NOW_MS, new Set([key]))
    expect(lines).toHaveLength(13)
    expect(lines.slice(1).every(({ within }) => within)).toBe(true)
  })
  it('keeps what is put away or explained off the list and out of the count, and finds it in its view', () => {
    const shelf = { seatId: 's', name: 'n', atMs: 0, untilMs: NOW_MS, reason: 'r' }
    const list = [alarm('cause'), alarm('child', { suppressedBy: 'cause' }), alarm('away', { shelved: shelf })]
    expect(keys(list)).toEqual(['cause'])
    expect(keys(list, { ...EVERYTHING, view: 'suppressed' })).toEqual(['child'])
    expect(keys(list, { ...EVERYTHING, view: 'shelved' })).toEqual(['away'])
    expect(countWaiting(list)).toEqual({ critical: 0, warning: 1, notice: 0 })
    expect(listAlarms(list, EVERYTHING, NOW_MS).lines[0]!.explains).toBe(1)
  })
  it('keeps what was said at sea until it is answered, and never calls it over', () => {
    const said = alarm('ship', { kind: 'safety-text', clearedAtMs: NOW_MS })
    expect(keys([said])).toEqual(['ship'])
    expect([hasEnded(said), hasEnded(alarm('gone', { clearedAtMs: NOW_MS }))]).toEqual([false, true])
    expect(keys([{ ...said, acknowledged }])).toEqual([])
  })
  it('leads from the one that is being answered to the next that waits, past what belongs to it', () => {
    const list = [alarm('first', { priority: 'critical' }), ...many(12), alarm('last', { priority: 'notice' })]
    const group = 'waiting warning zone-gap z'
    const { lines } = listAlarms(list, EVERYTHING, NOW_MS, new Set([group]))
    expect(nextWaiting(lines, 0)?.key).toBe(group)
    expect(nextWaiting(lines, 1)?.key).toBe('last')
    expect(nextWaiting(lines, lines.length - 1)?.key).toBe('first')
    expect(nextWaiting(listAlarms([alarm('a', { acknowledged })], EVERYTHING, NOW_MS).lines, 0)).toBeNull()
  })
  it('filters by priority, by words, and by what waits for an answer', () => {
    const list = [alarm('a', { priority: 'critical' }), alarm('b'), alarm('c', { acknowledged })]
    expect(keys(list, { ...EVERYTHING, hidden: new Set(['warning']) })).toEqual(['a'])
    expect(keys(list, { ...EVERYTHING, matches: ({ id }) => id === 'b' })).toEqual(['b'])
    expect(keys(list, { ...EVERYTHING, view: 'waiting' })).toEqual(['a', 'b'])
    expect(keys(list)).toEqual(['a', 'b', 'c'])
  })
})
