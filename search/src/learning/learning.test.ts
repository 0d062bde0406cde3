import { describe, expect, it } from 'vitest'
import { alertOnMap, alertsOnMap, alertUpdate } from './alert.ts'
import { candidateAlert } from './candidate-alert.ts'
import { measuredDetector, measuredRate } from './detector-rates.ts'
import { createGrid, gridCellCentre, gridFrame, gridSum } from '../frame/grid.ts'
import { cumulativePos, noFindUpdate } from './no-find.ts'
import {
  podCapped,
  podCombined,
  podDefiniteRange,
  podExponential,
  podFurther,
  podInverseCube,
  podOfLooks,
} from '../detection/pod.ts'
import { posterior } from './posterior.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

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

describe('further coverage of the same ground', () => {
  it('adds up to the POD of all of it, in any parts (seeded), and is the exponential without a cap', () => {
    const random = seededRandom(12)
    for (let n = 0; n < 100; n++) {
      const [cap, a, b] = [random(), 2 * random(), 2 * random()]
      const parts = 1 - (1 - podCapped(a, cap)) * (1 - podFurther(a, b, cap))
      expect(parts).toBeCloseTo(podCapped(a + b, cap), 12)
    }
    expect(podFurther(3, 0.7, 1)).toBeCloseTo(podExponential(0.7), 12)
    expect(podFurther(3, 0.7, 0.2)).toBeLessThan(podFurther(0, 0.7, 0.2))
    expect(podFurther(1, 1, 0)).toBe(0)
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

  it('do not hang on the size of the cells, on their edges, or on how sharp the alert is', () => {
    const here = (cellM: number, offsetM: number, errorM: number): number => {
      const side = Math.round(1000 / cellM)
      const even = createGrid(
        { rows: side, cols: side, cellM, origin: [122, 30] },
        new Float64Array(side * side).fill(0.9 / (side * side)),
      )
      const position = gridFrame(even).toLngLat([500 + offsetM, 500 + offsetM])
      return alertOnMap(even, 0.1, { position, errorM, pd: 0.7, clutterPerKm2: 4 }).probabilityHere
    }
    // 0.9 per km2, recall 0.7, clutter 4 per km2: odds 0.9 x 0.7 / 4, whatever the grid.
    for (const [cellM, offsetM, errorM] of [
      [50, 0, 3],
      [50, 25, 3],
      [50, 12, 10],
      [25, 7, 4],
      [10, 3, 30],
    ] as const) {
      expect(here(cellM, offsetM, errorM)).toBeCloseTo(0.1575 / 1.1575, 6)
    }
  })

  it('compete: the subject is at one of them at most, and a dismissed one gives its share back', () => {
    const grid = createGrid(
      { rows: 40, cols: 40, cellM: 25, origin: [122, 30] },
      new Float64Array(1600).fill(0.9 / 1600),
    )
    const at = (row: number, col: number) => ({
      position: gridCellCentre(grid, row, col),
      errorM: 8,
      pd: 0.8,
      clutterPerKm2: 0.2,
    })
    const alone = alertsOnMap(grid, 0.1, [at(5, 5)]).probabilities[0]!
    const three = alertsOnMap(grid, 0.1, [at(5, 5), at(20, 20), at(30, 8)])
    expect(three.probabilities[0]).toBeLessThan(alone)
    expect(three.probabilities.reduce((a, b) => a + b)).toBeLessThan(1)
    expect(gridSum(three.grid.values) + three.restOfWorld).toBeCloseTo(1, 12)
    const dismissed = alertsOnMap(grid, 0.1, [
      at(5, 5),
      { ...at(20, 20), likelihoodRatio: 0 },
      { ...at(30, 8), likelihoodRatio: 0 },
    ])
    expect(dismissed.probabilities[0]).toBeCloseTo(alone, 12)
    expect(dismissed.probabilities[1]).toBe(0)
    const other = alertsOnMap(grid, 0.1, [at(30, 8), at(5, 5), at(20, 20)])
    expect(other.probabilities[1]).toBeCloseTo(three.probabilities[0]!, 12)
  })

  it('at the rim of the map raise what lies beyond as well, and beyond it move nothing onto the last cells', () => {
    const side = 40
    const even = createGrid(
      { rows: side, cols: side, cellM: 25, origin: [122, 30] },
      new Float64Array(side * side).fill(0.6 / (side * side)),
    )
    const at = (eastM: number) => ({
      position: gridFrame(even).toLngLat([eastM, 500]),
      errorM: 20,
      pd: 0.7,
      clutterPerKm2: 2,
    })
    const inside = alertOnMap(even, 0.4, at(500))
    const rim = alertOnMap(even, 0.4, at(1000))
    const beyond = alertOnMap(even, 0.4, at(1300))
    expect(inside.restOfWorld).toBeLessThan(0.4)
    // Half of the place is on the map with 0.6 per km2, half beyond with 0.4.
    expect(rim.probabilityHere).toBeCloseTo((0.5 * 0.7) / 2 / (1 + (0.5 * 0.7) / 2), 3)
    const lastCols = (grid: { values: Float64Array }) => gridSum(grid.values.filter((_, i) => i % side >= side - 4))
    expect(lastCols(rim.grid) - lastCols(even)).toBeLessThan(((0.3 * 0.7) / 2) * 1.01)
    expect(beyond.restOfWorld).toBeGreaterThan(0.4)
    expect(lastCols(beyond.grid)).toBeLessThan(lastCols(even))
    expect(gridSum(beyond.grid.values) + beyond.restOfWorld).toBeCloseTo(1, 12)
  })

  it('where the map holds nothing count as somebody from the rest of the world, and take nothing from a neighbour', () => {
    const grid = createGrid({ rows: 20, cols: 20, cellM: 50, origin: [122, 30] })
    for (let i = 0; i < 200; i++) grid.values[i] = 0.9 / 200
    const position = gridCellCentre(grid, 15, 10)
    const after = alertOnMap(grid, 0.1, { position, errorM: 5, pd: 0.8, clutterPerKm2: 4 })
    expect(after.probabilityHere).toBeCloseTo((0.1 * 0.8) / 4 / (1 + (0.1 * 0.8) / 4), 6)
    expect(after.grid.values[15 * 20 + 10]).toBeCloseTo(after.probabilityHere, 6)
    expect(gridSum(after.grid.values) + after.restOfWorld).toBeCloseTo(1, 12)
  })

  it('are not worn away by the looks that showed them: a place seen five times is as likely as one seen once', () => {
    const grid = createGrid({ rows: 20, cols: 20, cellM: 50, origin: [122, 30] }, new Float64Array(400).fill(0.9 / 400))
    const alert = { position: gridCellCentre(grid, 10, 10), errorM: 5, pd: 0.7, clutterPerKm2: 4 }
    const pod = (share: number) => grid.values.map((_, i) => (i === 210 ? share : 0))
    const once = alertOnMap(grid, 0.1, alert, pod(0.5)).probabilityHere
    const often = alertOnMap(grid, 0.1, alert, pod(0.99)).probabilityHere
    expect(often).toBeGreaterThanOrEqual(once)
    expect(often - once).toBeLessThan(0.01)
  })
})

describe('the rates of a detector', () => {
  const passes = (hits: number, all: number, lateralM: number) =>
    Array.from({ length: all }, (_, i) => ({ lateralM, detected: i < hits, targetId: `${lateralM}/${i % 10}` }))

  it('come from an exercise: recall from passes within the picture, false alarms over the ground that it showed', () => {
    const exercise = { passes: [...passes(16, 20, 10), ...passes(0, 20, 60)], swathM: 80, trackM: 1000 }
    const { recall, falseAlarms } = measuredDetector({ ...exercise, falseAlarms: 3 })
    expect(recall).toMatchObject({ best: 0.8, passes: 20 })
    expect(recall!.low).toBeGreaterThan(0.55)
    // Each target was passed twice: two flights of 1 km, 80 m wide.
    expect(falseAlarms).toMatchObject({ count: 3, areaKm2: 0.16 })
    expect(falseAlarms!.perKm2).toBeCloseTo(3.5 / 0.16, 9)
    expect(falseAlarms!.low).toBeCloseTo(0.603 / 0.16, 0)
    expect(falseAlarms!.high).toBeCloseTo(8.77 / 0.16, 0)
  })

  it('are unknown where too little was flown or nobody counted; none counted is not none there', () => {
    const few = { passes: passes(4, 9, 10), swathM: 80, trackM: 500 }
    expect(measuredDetector({ ...few, falseAlarms: null })).toEqual({ recall: null, falseAlarms: null })
    expect(measuredDetector({ ...few, falseAlarms: 0 }).falseAlarms!.perKm2).toBeGreaterThan(1)
    expect(() => measuredDetector({ ...few, swathM: 0, falseAlarms: 0 })).toThrow(/swathM/)
    expect(() => measuredRate(-1, 1)).toThrow(/count/)
    expect(() => measuredRate(1, 0)).toThrow(/areaKm2/)
  })
})

describe('a candidate on the map', () => {
  it('speaks as one warm thing that stays while its looks agree, and for less once later passes show nothing', () => {
    const candidate = { position: [122, 30], errorRadiusM: 12.24 }
    expect(candidateAlert({ ...candidate, likelihoodRatio: 50 }, 0.7)).toMatchObject({ pd: 0.7, likelihoodRatio: 1 })
    expect(candidateAlert({ ...candidate, likelihoodRatio: 5 }, 0.7).likelihoodRatio).toBeCloseTo(0.1, 12)
    expect(candidateAlert({ ...candidate, likelihoodRatio: 5 }, 0.7).errorM).toBeCloseTo(5, 2)
    expect(candidateAlert({ ...candidate, errorRadiusM: 0.1, likelihoodRatio: 5 }, 0.7).errorM).toBe(1)
  })
})
