import type { GridFrame, Search, Segment } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { expect, it } from 'vitest'
import { effortPlan, segmentRows, sharesFor } from './segment-view.ts'

const frame = localFrame([122.2, 30])
const at = (x: number, y: number): [number, number] => frame.toLngLat([x, y])
const shape = { rows: 20, cols: 20, cellM: 50, origin: at(0, 0) }
/** All probability in the west, a little in the east. */
const map = (): GridFrame => ({
  shape,
  revision: 1,
  restOfWorld: 0.2,
  pos: 0,
  poa: Float32Array.from({ length: 400 }, (_, i) => (i % 20 < 10 ? 0.7 / 200 : 0.1 / 200)),
  pod: new Uint8Array(400),
})
const segment = (number: number, x: number, over: Partial<Segment> = {}): Segment => ({
  id: `s${number}`,
  number,
  name: `区${number}`,
  area: [at(x, 0), at(x + 500, 0), at(x + 500, 1000), at(x, 1000)],
  removed: null,
  teams: [],
  ...over,
})
const search = (segments: Segment[]): Pick<Search, 'segments' | 'efforts'> => ({ segments, efforts: [] })
const WALK = { sweepWidthM: 40, speedMps: 0.5, podCap: 1 }

it('says what the map holds in each segment, and leaves out those that were removed', () => {
  const gone = segment(3, 0, { removed: { reason: 'x', atMs: 1 } })
  const rows = segmentRows(search([segment(1, 0), segment(2, 500), gone]), map())
  expect(rows).toHaveLength(2)
  expect(rows[0]!.areaKm2).toBeCloseTo(0.5, 6)
  expect(rows[0]!.poa).toBeCloseTo(0.7, 5)
  expect(rows[1]!.poa).toBeCloseTo(0.1, 5)
  expect(segmentRows(search([segment(1, 0)]), null)[0]!.poa).toBeNull()
})

it('says how much of a segment lies in another one too, where its probability would count twice', () => {
  const over = segmentRows(search([segment(1, 0), segment(2, 250)]), map())
  expect(over.map(({ sharedPart }) => sharedPart)).toEqual([0.5, 0.5])
  const beside = segmentRows(search([segment(1, 0), segment(2, 500)]), map())
  expect(beside.map(({ sharedPart }) => sharedPart)).toEqual([0, 0])
  const removed = segment(2, 250, { removed: { reason: 'x', atMs: 1 } })
  expect(segmentRows(search([segment(1, 0), removed]), map())[0]!.sharedPart).toBe(0)
})

it('puts hours where they are worth most: all into the likelier half at first, then into both at one rate', () => {
  const rows = segmentRows(search([segment(1, 0), segment(2, 500)]), map())
  const few = effortPlan(rows, 5, WALK)!
  expect(few.rows.map(({ segment: { number }, hours }) => [number, Math.round(hours * 1e6) / 1e6])).toEqual([
    [1, 5],
    [2, 0],
  ])
  const many = effortPlan(rows, 60, WALK)!
  expect(many.rows.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(60, 6)
  const [a, b] = many.rows
  const k = (40 * 0.5 * 3600) / 1e6 / 0.5
  const rate = (row: typeof a): number => row!.poa! * k * Math.exp(-row!.coverage)
  expect(rate(a)).toBeCloseTo(rate(b), 6)
  expect(many.nextHourPos).toBeCloseTo(rate(a), 6)
  expect(many.pos).toBeGreaterThan(many.evenPos)
  expect(many.pos).toBeCloseTo(
    many.rows.reduce((sum, { pos }) => sum + pos, 0),
    9,
  )
})

it('says why: how dense a segment is beside the others, and what its first hour gains; less than the last hour elsewhere', () => {
  const rows = segmentRows(search([segment(1, 0), segment(2, 500)]), map())
  const [most, least] = effortPlan(rows, 5, WALK)!.rows
  expect(most!.density).toBeCloseTo(1.75, 4)
  expect(least!.density).toBeCloseTo(0.25, 4)
  expect(most!.firstHourPos).toBeCloseTo(effortPlan(rows, 1, WALK)!.pos, 9)
  expect(least!.firstHourPos).toBeCloseTo(effortPlan([rows[1]!], 1, WALK)!.pos, 9)
  for (const podCap of [1, 0.6]) {
    const plan = effortPlan(rows, 5, { ...WALK, podCap })!
    for (const row of plan.rows)
      if (row.hours === 0) expect(row.firstHourPos).toBeLessThanOrEqual(plan.nextHourPos)
      else expect(row.firstHourPos).toBeGreaterThan(plan.nextHourPos * (1 - 1e-9))
  }
  const nothing = segmentRows(search([segment(1, 0)]), { ...map(), poa: new Float32Array(400) })
  expect(effortPlan(nothing, 5, WALK)!.rows[0]).toMatchObject({ hours: 0, density: null, firstHourPos: 0 })
})

it('never promises more than the sensor can see', () => {
  const rows = segmentRows(search([segment(1, 0)]), map())
  const capped = effortPlan(rows, 1000, { ...WALK, podCap: 0.6 })!
  expect(capped.pos).toBeLessThanOrEqual(0.6 * 0.7 + 1e-6)
  expect(effortPlan(rows, 1, { ...WALK, podCap: 0.6 })!.pos).toBeCloseTo(effortPlan(rows, 1, WALK)!.pos, 2)
})

it('shares the hours out between teams, most first; none where there is nothing to do', () => {
  const rows = segmentRows(search([segment(1, 0), segment(2, 500)]), map())
  const shares = sharesFor(effortPlan(rows, 60, WALK)!, 6)
  expect(shares).toHaveLength(6)
  expect(shares[0]).toBe('s1')
  expect(shares.filter((id) => id === 's1').length).toBeGreaterThan(shares.filter((id) => id === 's2').length)
  expect(sharesFor(effortPlan(rows, 0, WALK)!, 3)).toEqual([])
  expect(effortPlan([], 5, WALK)).toBeNull()
})

it('gives drones no hours for what trees hide: a segment under forest is worth what can be seen of it', () => {
  const rows = segmentRows(search([segment(1, 0), segment(2, 500)]), map())
  const fly = { sweepWidthM: 70, speedMps: 10, podCap: 1 }
  const [first] = rows
  const forest = { segmentId: first!.segment.id, sweepWidthM: 14, podCap: 0.2 }
  const [open, woods] = [effortPlan(rows, 2, fly)!, effortPlan(rows, 2, { ...fly, segments: [forest] })!]
  const under = woods.rows.find(({ segment: { number } }) => number === 1)!
  expect(open.pos).toBeGreaterThan(0.75)
  expect(under.pos).toBeLessThanOrEqual(0.2 * 0.7 + 1e-9)
  expect(woods.evenPos).toBeLessThan(0.35)
  expect(woods.pos).toBeGreaterThanOrEqual(woods.evenPos - 1e-12)
})
