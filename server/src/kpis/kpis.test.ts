import type { Crossings, Incident, IncidentStep, KpiGroup, Search } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createAlarmLedger } from '../alarms/measures.ts'
import { SAME_RULE } from '../domain/incidents/similar.ts'
import { islandFinder } from './island-of.ts'
import { kpiReport } from './kpi-report.ts'
import { recovery } from './recovery.ts'
import { percentileOf, rankBounds, shareOf, spreadOf } from './spread.ts'
import { stepTimes } from './step-times.ts'

const MIN = 60_000
const HOUR = 60 * MIN

describe('a percentile', () => {
  it('has the ranks of the tables: the median of 10 lies between the 2nd and the 9th, of 100 between the 40th and the 61st', () => {
    expect(rankBounds(10, 0.5)).toEqual({ low: 2, high: 9 })
    expect(rankBounds(100, 0.5)).toEqual({ low: 40, high: 61 })
  })
  it('has no upper end where the sample is too small to have one: 90 % needs 36 values', () => {
    expect(rankBounds(35, 0.9).high).toBeNull()
    expect(rankBounds(36, 0.9).high).toBe(36)
    expect(rankBounds(5, 0.5)).toEqual({ low: null, high: null })
  })
  it('is found with its interval among a thousand, where factorials are no numbers any more', () => {
    const sorted = Array.from({ length: 1000 }, (_, i) => i + 1)
    const p90 = percentileOf(sorted, 0.9)
    expect(p90.value).toBe(900)
    // Normal approximation: 900 -/+ 1.96 * sqrt(1000 * 0.9 * 0.1), some 18.6 ranks.
    expect(Math.abs(p90.low! - 881)).toBeLessThanOrEqual(1)
    expect(Math.abs(p90.high! - 919)).toBeLessThanOrEqual(2)
  })
  it('lies within its interval in at least 95 of 100 samples, whatever the shape', () => {
    let seed = 7
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const trueP90 = -Math.log(0.1)
    let inside = 0
    for (let run = 0; run < 2000; run++) {
      const sorted = Array.from({ length: 60 }, () => -Math.log(random())).sort((a, b) => a - b)
      const { low, high } = percentileOf(sorted, 0.9)
      if (low! <= trueP90 && trueP90 <= high!) inside++
    }
    expect(inside / 2000).toBeGreaterThanOrEqual(0.945)
  })
  it('is not given for a handful', () => {
    expect(spreadOf([1, 2, 3])).toEqual({ n: 3, p50: null, p90: null })
    expect(spreadOf([])).toEqual({ n: 0, p50: null, p90: null })
    expect(spreadOf([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]).p50).toEqual({ value: 4, low: 1, high: 8 })
  })
})

it('reads a published share as the reference does: 249 of 250 is 97.8 to 99.9 %', () => {
  const { interval } = shareOf(249, 250)
  expect(interval!.map((share) => (share * 100).toFixed(1))).toEqual(['97.8', '99.9'])
  expect(shareOf(0, 0)).toEqual({ n: 0, hits: 0, share: null, interval: null })
})

let number = 0
const incident = (change: Partial<Incident> = {}): Incident =>
  ({
    id: `i${++number}`,
    number,
    category: 'traffic',
    class: 'traffic',
    priority: 'warning',
    state: 'received',
    position: [122.1, 30.05],
    place: '',
    text: '',
    occurredAtMs: 0,
    receivedAtMs: 0,
    closedAtMs: null,
    subject: null,
    unitIds: [],
    searchId: null,
    source: '',
    ...change,
  }) as Incident
const walked = (signMin: number, change: Partial<Incident> = {}): Incident =>
  incident({
    state: 'closed',
    closedAs: 'handled',
    closedAtMs: 90 * MIN,
    times: {
      dispatched: MIN,
      acknowledged: MIN + signMin * MIN,
      'en-route': MIN + signMin * MIN + 2 * MIN,
      'on-scene': 20 * MIN,
      closed: 90 * MIN,
    },
    ...change,
  })
const step = (group: Pick<KpiGroup, 'steps'>, name: IncidentStep) => group.steps.find((one) => one.step === name)!

describe('the time of a step', () => {
  it('is taken between its two moments, over those that have both', () => {
    const steps = stepTimes(Array.from({ length: 11 }, (_, i) => walked(i)))
    expect(step({ steps }, 'sign').seconds).toMatchObject({ n: 11, p50: { value: 300 }, p90: { value: 540 } })
    expect(step({ steps }, 'go').seconds.p50!.value).toBe(120)
    expect(step({ steps }, 'arrive').seconds.p50!.value).toBe(19 * 60)
    expect(step({ steps }, 'close').seconds.p50!.value).toBe(90 * 60)
  })
  it('of a running clock is no figure: it is counted apart', () => {
    const steps = stepTimes([incident({ state: 'dispatched', times: { dispatched: MIN } }), walked(1)])
    expect(step({ steps }, 'sign')).toMatchObject({ running: 1, unknown: 0, seconds: { n: 1 } })
    expect(step({ steps }, 'close')).toMatchObject({ running: 1, seconds: { n: 1 } })
    expect(step({ steps }, 'go')).toMatchObject({ running: 0, unknown: 0 })
  })
  it('that was passed over, or whose ends lie the wrong way round, is unknown and never 0', () => {
    const passed = incident({ state: 'on-scene', times: { dispatched: MIN, 'on-scene': 9 * MIN } })
    const backwards = incident({ state: 'acknowledged', times: { dispatched: 5 * MIN, acknowledged: MIN } })
    const steps = stepTimes([passed, backwards])
    expect(step({ steps }, 'sign')).toMatchObject({ unknown: 2, seconds: { n: 0 } })
    expect(step({ steps }, 'arrive')).toMatchObject({ unknown: 0, running: 1, seconds: { n: 1 } })
  })
  it('that a closed incident never came to is neither running nor unknown', () => {
    const steps = stepTimes([incident({ state: 'closed', closedAtMs: MIN, times: { closed: MIN } })])
    expect(step({ steps }, 'arrive')).toMatchObject({ running: 0, unknown: 0, seconds: { n: 0 } })
  })
})

const missing = (id: string, change: Partial<Incident> = {}): Incident =>
  incident({ id, category: 'missing-person', class: 'missing-person', ...change })
const found = (incidentId: string, atMs: number, outcome: 'well' | 'hurt' | 'deceased' = 'well') => ({
  incidentId,
  found: { position: [122, 30] as [number, number], outcome, atMs, unitId: null },
})

it('recovers over closed windows alone: early finds do not flatter, withdrawn reports are out, silence is no success', () => {
  const done = recovery(
    [
      missing('a'),
      missing('b'),
      missing('late'),
      missing('silent', { state: 'closed', closedAs: 'handled' }),
      missing('none', { state: 'closed', closedAs: 'invalid' }),
      missing('other', { state: 'closed', closedAs: 'transferred' }),
      missing('early', { receivedAtMs: 47 * HOUR }),
      missing('open', { receivedAtMs: 47 * HOUR }),
      incident({ id: 'traffic' }),
    ],
    [
      found('a', 3 * HOUR),
      found('a', 30 * HOUR),
      found('b', 23 * HOUR, 'hurt'),
      found('late', 25 * HOUR),
      found('early', 47.5 * HOUR),
    ],
    48 * HOUR,
  )
  expect(done.within24h).toMatchObject({ n: 4, hits: 2, share: 0.5 })
  expect(done).toMatchObject({
    outcomes: { well: 1, hurt: 1, deceased: 0 },
    open: 1,
    early: 1,
    withdrawn: 2,
    silent: 1,
  })
})

const square = (west: number, south: number, side: number) => ({
  bbox: [west, south, west + side, south + side] as [number, number, number, number],
  rings: [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ] as [number, number][][],
})
const name = { zh: '岛', en: 'Island' }
const crossings = {
  islands: [
    { id: 'east', name, at: [122.9, 30.5] },
    { id: 'west', name, at: [122.1, 30.5] },
    { id: 'small', name, at: [124.05, 30.05] },
  ],
} as Pick<Crossings, 'islands'>
const land = [square(122, 30, 1), square(124, 30, 0.1), square(125, 30, 0.1)]

it('tells the island of a place by the coast; at sea and on land without a name it is unknown', () => {
  const islandOf = islandFinder(land, crossings)
  expect([islandOf([122.2, 30.1]), islandOf([122.8, 30.1]), islandOf([124.01, 30.01])]).toEqual([
    'west',
    'east',
    'small',
  ])
  expect([islandOf([123.5, 30.1]), islandOf([125.05, 30.05])]).toEqual([null, null])
})

it('reports the span by category and island, and says what it left out and why', () => {
  const incidents = [
    ...Array.from({ length: 12 }, (_, i) => walked(i)),
    walked(1, { category: 'fire', position: [123.5, 30] }),
    walked(1, { closedAs: 'invalid' }),
    walked(1, { sameAs: { incidentId: 'x', kind: 'same-event', atMs: 1, by: 's' } }),
    walked(1, { closedAtMs: 0 }), // handed over closed
    walked(1, { receivedAtMs: 100 * HOUR, closedAtMs: 101 * HOUR }), // of another span
  ]
  const report = kpiReport({
    incidents,
    searches: [] as Search[],
    alarms: createAlarmLedger(),
    rule: SAME_RULE,
    crossings,
    islandOf: islandFinder(land, crossings),
    fromMs: 0,
    toMs: 48 * HOUR,
    nowMs: 48 * HOUR,
  })
  expect(report).toMatchObject({ counted: 13, leftOut: { invalid: 1, merged: 1, imported: 1 }, all: { incidents: 13 } })
  expect(report.categories.map(({ key, incidents: n }) => [key, n])).toEqual([
    ['traffic', 12],
    ['fire', 1],
  ])
  expect(report.islands.map(({ key, incidents: n }) => [key, n])).toEqual([
    ['west', 12],
    [null, 1],
  ])
  expect(step(report.categories[1]!, 'sign').seconds).toEqual({ n: 1, p50: null, p90: null })
  expect(report.recovery.within24h.share).toBeNull()
  expect(report.repeat).toMatchObject({ valid: 13, merged: 1 })
  expect(report.alarms.perHour).toEqual({ n: 0, p50: null, p90: null })
})

it('gives the alarms of each whole hour, quiet hours too, and how long each waited', () => {
  const ledger = createAlarmLedger()
  const alarm = (id: string, atMs: number) =>
    ({
      atMs,
      actor: { kind: 'system', part: 'x' },
      event: { type: 'alarm.raised', alarm: { id, kind: 'feed-lost', subject: { id: 'f' }, priority: 'warning' } },
    }) as never
  ledger.follow(alarm('a', 0), () => false)
  ledger.follow(alarm('b', 10 * MIN), () => false)
  ledger.follow(alarm('hidden', 11 * MIN), () => true)
  ledger.follow(
    {
      atMs: 12 * MIN,
      actor: { kind: 'system', part: 'x' },
      event: { type: 'alarm.acknowledged', alarmId: 'b', name: 's' },
    } as never,
    () => false,
  )
  ledger.follow(alarm('c', 2.5 * HOUR), () => false)
  expect(ledger.samples(-100 * HOUR, 3.2 * HOUR)).toEqual({ perHour: [2, 0, 1], acknowledgeS: [120] })
})
