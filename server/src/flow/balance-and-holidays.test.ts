import { Crossings, type Checkpoint, type Lane } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import type { LaneSum } from '../store/checkpoint-counts.ts'
import { dayOfText } from './calendar.ts'
import { compareHoliday } from './compare-holidays.ts'
import { countsCsv } from './counts-csv.ts'
import { islandBalances, type BalanceInput } from './island-balance.ts'
import { loadHolidays } from './load-files.ts'
import { FlowPolicy } from './policy.ts'

const HOUR = 3_600_000
const SINCE = Date.UTC(2026, 5, 9, 16)
const name = { zh: '岛', en: 'Island' }
const crossings = Crossings.parse({
  area: name,
  box: [121, 29, 123, 31],
  utcOffsetMin: 480,
  source: 'test',
  detourFactor: 1.4,
  islands: ['west', 'east', 'far'].map((id, i) => ({ id, name, at: [122 + i / 10, 30] })),
  bridges: [
    {
      id: 'br',
      name,
      from: { island: 'west', at: [122, 30] },
      to: { island: 'east', at: [122.1, 30] },
      lengthM: 900,
      speedKmh: 60,
    },
  ],
  terminals: [
    { id: 't', name, island: 'east', at: [122.1, 30] },
    { id: 'u', name, island: 'far', at: [122.2, 30] },
  ],
  lines: [
    {
      from: 't',
      to: 'u',
      vessel: 'ordinary',
      vehicles: false,
      both: true,
      service: { departures: ['08:00'] },
      crossingMin: 30,
      asOf: null,
    },
  ],
})
const lanes = (counts: 'persons' | 'vehicles'): Lane[] => [
  { id: 'in', direction: 'in', counts },
  { id: 'out', direction: 'out', counts },
]
const gate = { id: 't', kind: 'ferry', terminal: null, onto: null, off: null, lanes: lanes('persons') } as const
const bridge = { id: 'b', kind: 'bridge', terminal: null, onto: 'east', off: 'west', lanes: lanes('vehicles') } as const
const sum = (lane: string, hour: number, valid: number, minutes = 60): LaneSum => ({
  lane,
  startMs: SINCE + hour * HOUR,
  minutes,
  valid,
  invalid: null,
  manual: 0,
  arrived: null,
})

function balance(more: Partial<BalanceInput> = {}, policy: object = {}) {
  return islandBalances({
    crossings,
    checkpoints: [gate, bridge] as unknown as Checkpoint[],
    sinceMs: SINCE,
    untilMs: SINCE + 2 * HOUR,
    sums: new Map([
      ['t', [sum('in', 0, 300), sum('in', 1, 200), sum('out', 0, 100), sum('out', 1, 50)]],
      ['b', [sum('in', 0, 40), sum('in', 1, 40), sum('out', 0, 10), sum('out', 1, 20)]],
    ]),
    usual: () => ({ mean: 60, sd: 10 }),
    policy: FlowPolicy.parse({ balance: policy }).balance,
    ...more,
  })
}
const of = (island: string, found: ReturnType<typeof balance>) => found.find((each) => each.island === island)!

describe('the balance of an island', () => {
  it('is who came less who left, over the counted ways, with what counting is worth', () => {
    const east = of('east', balance())
    expect(east).toMatchObject({ in: 500, out: 150, net: 350, counted: 1, vehicles: 50, vehiclesPersons: false })
    // 2 % of each lane, independent: 1.645 x hypot(10, 3)
    expect(east.plusMinus).toBe(Math.round(1.645 * Math.hypot(10, 3)))
    expect(east.uncounted).toEqual([])
  })
  it('counts a bridge on both of its islands, and names the ways that nobody counts', () => {
    const found = balance()
    expect(of('west', found)).toMatchObject({ net: 0, vehicles: -50 })
    expect(found.map(({ island }) => island)).toEqual(['west', 'east'])
    const far = { ...gate, id: 'u' }
    const three = balance({ checkpoints: [gate, far] as unknown as Checkpoint[] })
    expect(of('east', three).uncounted).toEqual(['br'])
    expect(of('far', three)).toMatchObject({ counted: 0 })
  })
  it('counts who sits in vehicles only where somebody says how many do, and how well that is known', () => {
    const east = of('east', balance({}, { personsPerVehicle: { mean: 2, sd: 0.5 } }))
    expect(east).toMatchObject({ net: 350 + 2 * 50, vehiclesPersons: true })
    expect(east.plusMinus).toBeGreaterThan(1.645 * 25)
  })
  it('takes what was not counted as usual, and says how uncertain that is', () => {
    const sums = new Map([['t', [sum('in', 0, 300), sum('out', 0, 100), sum('out', 1, 50)]]])
    const checkpoints = [gate] as unknown as Checkpoint[]
    const east = of('east', balance({ sums, checkpoints }))
    expect(east).toMatchObject({ in: 300, out: 150, net: 300 + 60 - 150, counted: 0.75 })
    expect(east.plusMinus).toBeGreaterThan(1.645 * 12)
    expect(of('east', balance({ sums, checkpoints, usual: () => null })).plusMinus).toBeNull()
  })
  it('adds to what somebody counted at the reference, where the span begins there', () => {
    const at = new Date(SINCE).toISOString()
    const references = [{ island: 'east', at, persons: 8000, plusMinus: 30, source: 'census' }]
    const east = of('east', balance({}, { references }))
    expect(east).toMatchObject({ persons: 8350, reference: { persons: 8000, source: 'census' } })
    expect(east.personsPlusMinus).toBe(Math.round(Math.hypot(east.plusMinus!, 30)))
    const later = balance({ sinceMs: SINCE + HOUR }, { references })
    expect(of('east', later)).toMatchObject({ persons: null, reference: { persons: 8000 } })
  })
})

describe('a holiday of several years', () => {
  const DAY = 1440
  it('is compared day by day, aligned by the festival day, with the weeks before', async () => {
    const calendar = await loadHolidays(null)
    const checkpoints = [{ id: 't', lanes: lanes('persons') }]
    const sums = ['2025', '2026'].flatMap((year) =>
      Array.from({ length: 60 }, (_, i) => dayOfText(`${year}-08-20`) + i).flatMap((day) =>
        ['in', 'out'].map((lane) => {
          const holiday = calendar.holidayOn(day) !== null
          const passed = (holiday ? 900 : 300) + (lane === 'in' ? 10 : 0) + (year === '2026' ? 50 : 0)
          return { checkpointId: 't', lane, day, minutes: DAY, passed }
        }),
      ),
    )
    const missing = sums.filter(({ day, lane }) => !(day === dayOfText('2025-10-03') && lane === 'out'))
    const found = compareHoliday({
      calendar,
      id: 'national-day',
      counts: 'persons',
      lastYear: 2026,
      today: dayOfText('2026-10-05'),
      checkpoints,
      sums: missing,
    })
    expect(found.years.map(({ year, known, days }) => [year, known, days.length])).toEqual([
      [2026, true, 7],
      [2025, true, 8],
      [2024, true, 7],
      [2023, true, 8],
    ])
    const [now, last, before] = found.years
    expect(now!.days[0]).toMatchObject({ day: '2026-10-01', offset: 0, in: 960, out: 950, counted: 1 })
    expect(now!.days.map(({ in: came }) => came)).toEqual([960, 960, 960, 960, null, null, null]) // not over yet
    expect(now!.usual[0]).toMatchObject({ in: 360, n: 4 })
    expect(last!.days[2]).toMatchObject({ day: '2025-10-03', in: null, out: null, counted: 0.5 })
    expect(before!.days[0]).toMatchObject({ in: null, counted: 0 })
    expect(before!.usual[0]).toEqual({ in: null, out: null, n: 0 })
    expect(found.source).toContain('国务院')
  })
})

it('withholds counts below ten in an export, and leaves unknown ones empty', () => {
  const sums = new Map([
    [
      't',
      [sum('in', 0, 9), sum('out', 0, 0), { ...sum('out', 1, 12), invalid: 3 }, { ...sum('in', 1, 1), valid: null }],
    ],
  ])
  const rows = countsCsv([{ id: 't', lanes: lanes('persons') }], sums)
    .trim()
    .split('\r\n')
  expect(rows.slice(1)).toEqual([
    't,in,in,persons,2026-06-09T16:00:00.000Z,60,<10,',
    't,out,out,persons,2026-06-09T16:00:00.000Z,60,0,',
    't,out,out,persons,2026-06-09T17:00:00.000Z,60,12,<10',
    't,in,in,persons,2026-06-09T17:00:00.000Z,60,,',
  ])
})
