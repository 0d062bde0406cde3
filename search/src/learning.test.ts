import { describe, expect, it } from 'vitest'
import { alertOnMap, alertUpdate } from './alert.ts'
import { createGrid, gridCellCentre, gridSum } from './grid.ts'
import { cumulativePos, noFindUpdate } from './no-find.ts'
import { podCapped, podCombined, podDefiniteRange, podExponential, podInverseCube, podOfLooks } from './pod.ts'
import { posterior } from './posterior.ts'
import { seededRandom } from './seeded-random.ts'
import { NO_VECTORS, testVectors } from './test-vectors.ts'

const vectors = testVectors()
const why = vectors ? '' : ` (${NO_VECTORS})`

describe('POD models', () => {
  it.skipIf(!vectors)(`match the reference values${why}`, () => {
    for (const { C, random, inverse_cube, definite_range } of vectors!.pod) {
      expect(podExponential(C)).toBeCloseTo(random, 6)
      expect(podInverseCube(C)).toBeCloseTo(inverse_cube, 6)
      expect(podDefiniteRange(C)).toBeCloseTo(definite_range, 6)
    }
  })

  it('combine looks and searches', () => {
    expect(podCombined([0.8, 0.6, 0.5])).toBeCloseTo(0.96, 12)
    expect(podOfLooks(0.3, 2)).toBeCloseTo(0.51, 12)
  })

  it('never pass the cap, start like the coverage, and are the exponential without a cap', () => {
    expect(podCapped(1e6, 0.2)).toBeCloseTo(0.2, 12)
    expect(podCapped(1e-4, 0.2)).toBeCloseTo(1e-4, 7)
    expect(podCapped(0.7, 1)).toBeCloseTo(podExponential(0.7), 12)
    expect(podCapped(1, 0)).toBe(0)
    expect(() => podCapped(-1, 1)).toThrow(RangeError)
  })
})

describe('noFindUpdate', () => {
  it.skipIf(!vectors)(`matches the reference search and the one after it${why}`, () => {
    const v = vectors!.no_find_update
    const first = noFindUpdate({ poa: v.poa, restOfWorld: v.row, pod: v.searched_pod })
    expect(first.pos).toBeCloseTo(v.pos, 12)
    first.poa.forEach((p, i) => expect(p).toBeCloseTo(v.posterior[i]!, 6))
    expect(first.restOfWorld).toBeCloseTo(v.row_posterior, 6)
    const second = noFindUpdate({ ...first, pod: [0, v.then_search_2_pod, 0, 0] })
    expect(cumulativePos([first.pos, second.pos])).toBeCloseTo(v.cumulative_pos_after, 12)
  })

  it('refuses a POD out of range, a wrong length and an impossible failure', () => {
    expect(() => noFindUpdate({ poa: [1], restOfWorld: 0, pod: [1.1] })).toThrow(RangeError)
    expect(() => noFindUpdate({ poa: [1], restOfWorld: 0, pod: [] })).toThrow(RangeError)
    expect(() => noFindUpdate({ poa: [1], restOfWorld: 0, pod: [1] })).toThrow(RangeError)
  })
})

describe('posterior', () => {
  const random = seededRandom(7)
  const raw = Float64Array.from({ length: 400 }, () => random())
  const total = gridSum(raw) / 0.8
  const prior = createGrid(
    { rows: 20, cols: 20, cellM: 50, origin: [122, 30] },
    raw.map((v) => v / total),
  )
  const looks = Array.from({ length: 6 }, () =>
    Float32Array.from({ length: 400 }, () => (random() < 0.5 ? 0 : random())),
  )
  const sumOf = (order: Float32Array[]): Float64Array =>
    Float64Array.from({ length: 400 }, (_, i) => order.reduce((sum, look) => sum + look[i]!, 0))

  it('conserves the mass', () => {
    const after = posterior({ prior, restOfWorld: 0.2, coverage: sumOf(looks), podCap: 0.6 })
    expect(gridSum(after.grid.values) + after.restOfWorld).toBeCloseTo(1, 12)
  })

  it('does not care in which order independent looks came, nor whether they were applied one by one', () => {
    const atOnce = posterior({ prior, restOfWorld: 0.2, coverage: sumOf(looks) })
    const reversed = posterior({ prior, restOfWorld: 0.2, coverage: sumOf([...looks].reverse()) })
    let step = { poa: prior.values, restOfWorld: 0.2, pos: 0 }
    const each: number[] = []
    for (const look of looks) {
      step = noFindUpdate({ poa: step.poa, restOfWorld: step.restOfWorld, pod: Array.from(look, podExponential) })
      each.push(step.pos)
    }
    atOnce.grid.values.forEach((p, i) => {
      expect(reversed.grid.values[i]).toBeCloseTo(p, 12)
      expect(step.poa[i]).toBeCloseTo(p, 12)
    })
    expect(cumulativePos(each)).toBeCloseTo(atOnce.pos, 12)
  })

  it('never lowers POS for more effort, and never passes the cap', () => {
    let last = 0
    for (let n = 0; n <= looks.length; n++) {
      const { pos } = posterior({ prior, restOfWorld: 0.2, coverage: sumOf(looks.slice(0, n)), podCap: 0.5 })
      expect(pos).toBeGreaterThanOrEqual(last)
      last = pos
    }
    expect(
      posterior({ prior, restOfWorld: 0.2, coverage: new Float32Array(400).fill(99), podCap: 0.5 }).pos,
    ).toBeCloseTo(0.4, 9)
  })

  it('takes a cap per cell and writes where it is told', () => {
    const into = new Float64Array(400)
    const podCap = Float32Array.from({ length: 400 }, (_, i) => (i < 200 ? 0 : 1))
    const after = posterior({ prior, restOfWorld: 0.2, coverage: new Float32Array(400).fill(3), podCap, into })
    expect(after.grid.values).toBe(into)
    expect(into[0]! / prior.values[0]!).toBeGreaterThan(1)
    expect(into[399]! / prior.values[399]!).toBeLessThan(0.2)
  })
})

describe('alerts', () => {
  it.skipIf(!vectors)(`match the reference update${why}`, () => {
    const { prior, pd, pfa, after_alert, after_no_alert } = vectors!.alert_update
    expect(alertUpdate({ prior, pd, pfa, alert: true })).toBeCloseTo(after_alert, 6)
    expect(alertUpdate({ prior, pd, pfa, alert: false })).toBeCloseTo(after_no_alert, 6)
  })

  it('raise the map where they are, lower it elsewhere, and keep the mass', () => {
    const grid = createGrid({ rows: 20, cols: 20, cellM: 50, origin: [122, 30] }, new Float64Array(400).fill(0.9 / 400))
    const alert = { position: gridCellCentre(grid, 10, 10), errorM: 30, pd: 0.7, clutterPerKm2: 4 }
    const after = alertOnMap(grid, 0.1, alert)
    expect(gridSum(after.grid.values) + after.restOfWorld).toBeCloseTo(1, 12)
    expect(after.grid.values[10 * 20 + 10]).toBeGreaterThan(grid.values[0]! * 5)
    expect(after.grid.values[0]).toBeLessThan(grid.values[0]!)
    // 0.9 per km2 of prior, 0.7 recall against 4 clutter per km2: odds 0.9 * 0.7 / 4.
    expect(after.probabilityHere).toBeCloseTo(0.1575 / 1.1575, 2)
    expect(alertOnMap(grid, 0.1, { ...alert, clutterPerKm2: 400 }).probabilityHere).toBeLessThan(0.01)
  })
})
