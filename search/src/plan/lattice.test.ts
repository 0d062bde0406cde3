import { describe, expect, it } from 'vitest'
import { seededRandom } from '../frame/seeded-random.ts'
import { latticeMass, latticeOf } from './lattice.ts'

const random = seededRandom(7)
const uneven = {
  rows: 23,
  cols: 31,
  cellM: 30,
  values: Float64Array.from({ length: 23 * 31 }, () => random() ** 3 / 300),
}
const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((a, b) => a + b, 0)

describe('latticeOf', () => {
  it('loses no probability and counts none twice, at any bearing, shift and size of cells', () => {
    for (const bearingDeg of [0, 17, 45, 90, 133]) {
      for (const [spacingM, stepM, shift] of [
        [66, 16.5, 0],
        [20, 5, 0.5],
        [400, 90, 0.25],
      ] as const) {
        const lattice = latticeOf(uneven, { spacingM, stepM, shift, bearingRad: (bearingDeg * Math.PI) / 180 })
        expect(sum(lattice.mass)).toBeCloseTo(sum(uneven.values), 12)
        expect(sum(latticeMass(uneven, lattice, 5))).toBeCloseTo(sum(uneven.values), 12)
      }
    }
  })

  it('gives squares of even ground the same, however lanes and cells fall on each other', () => {
    const even = { rows: 40, cols: 40, cellM: 30, values: new Float64Array(1600).fill(1 / 1600) }
    for (const bearingDeg of [0, 30, 90]) {
      const { lanes, steps, spacingM, stepM, mass, toLocal } = latticeOf(even, {
        spacingM: 47,
        stepM: 11,
        bearingRad: (bearingDeg * Math.PI) / 180,
      })
      const share = (spacingM * stepM) / 1200 ** 2
      for (let lane = 0; lane < lanes; lane++) {
        for (let step = 0; step < steps; step++) {
          const [e, n] = toLocal(step + 0.5, lane + 0.5)
          // Squares well inside the ground.
          if (Math.min(e, n, 1200 - e, 1200 - n) < 80) continue
          expect(mass[lane * steps + step]! / share).toBeCloseTo(1, bearingDeg % 90 === 0 ? 9 : 1)
        }
      }
    }
  })
})
