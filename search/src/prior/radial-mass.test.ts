import { describe, expect, it } from 'vitest'
import { gridSum } from '../frame/grid.ts'
import { lognormalCdf } from './lognormal.ts'
import { radialCellMasses } from './radial-mass.ts'
import { applyTerrainFactors } from '../terrain/terrain-rings.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const shape = { rows: 241, cols: 241, cellM: 100 }
const centreM = [12050, 12050]

/** Mass inside a radius, by sub-cell midpoints. */
function massInside(masses: Float64Array, radiusM: number): number {
  let sum = 0
  for (let row = 0; row < shape.rows; row++) {
    for (let col = 0; col < shape.cols; col++) {
      let inside = 0
      for (let k = 0; k < 100; k++) {
        const eastM = (col + ((k % 10) + 0.5) / 10) * 100 - centreM[0]!
        const northM = (row + (Math.floor(k / 10) + 0.5) / 10) * 100 - centreM[1]!
        if (Math.hypot(eastM, northM) <= radiusM) inside++
      }
      sum += (masses[row * shape.cols + col]! * inside) / 100
    }
  }
  return sum
}

describe('radialCellMasses', () => {
  it.skipIf(!vectors)(`holds the lognormal mass inside each radius${vectors ? '' : ` (${NO_VECTORS})`}`, () => {
    const { mu, sigma, mass_inside_km: cases } = vectors!.radial_density
    const masses = radialCellMasses(shape, centreM, { mu, sigma })
    for (const { r, mass } of cases) expect(Math.abs(massInside(masses, r * 1000) - mass)).toBeLessThan(1e-3)
  })

  it('loses nothing of a short distribution, coarse cells or not, wherever the point is in its cell', () => {
    const child = { mu: -0.9, sigma: 0.9 }
    for (const cellM of [25, 100, 400]) {
      const cells = 2 * Math.ceil(15000 / cellM)
      for (const off of [0.5, 0.03, 0.99]) {
        const at = (cells / 2 + off) * cellM
        const sum = gridSum(radialCellMasses({ rows: cells, cols: cells, cellM }, [at, at], child))
        expect(Math.abs(sum - lognormalCdf(child, 17))).toBeLessThan(2e-3)
      }
    }
  })

  it('ends for a distribution that is all but a circle, and loses nothing of it', () => {
    const masses = radialCellMasses({ rows: 41, cols: 41, cellM: 100 }, [2050, 2050], { mu: 0, sigma: 1e-12 })
    expect(gridSum(masses)).toBeCloseTo(1, 2)
  })

  it('is the same map when the point and the grid move together, and turns with the square', () => {
    const small = { rows: 21, cols: 21, cellM: 100 }
    const a = radialCellMasses(small, [1050, 1050], { mu: 0.4, sigma: 1.17 })
    const b = radialCellMasses({ ...small, cols: 31 }, [2050, 1050], { mu: 0.4, sigma: 1.17 })
    for (let row = 0; row < 21; row++) {
      for (let col = 0; col < 21; col++) {
        expect(b[row * 31 + col + 10]).toBeCloseTo(a[row * 21 + col]!, 14)
        expect(a[col * 21 + (20 - row)]).toBeCloseTo(a[row * 21 + col]!, 6)
      }
    }
  })
})

describe('applyTerrainFactors', () => {
  const small = { rows: 41, cols: 41, cellM: 100 }
  const plain = radialCellMasses(small, [2050, 2050], { mu: 0, sigma: 1 })

  it('moves mass within a ring and never between rings', () => {
    const factors = Float64Array.from(plain, (_, i) => (i % 41 < 20 ? 5 : 1))
    const shaped = applyTerrainFactors(plain, small, [2050, 2050], factors)
    expect(gridSum(shaped)).toBeCloseTo(gridSum(plain), 12)
    expect(shaped[20 * 41 + 10]! / shaped[20 * 41 + 30]!).toBeCloseTo(5, 6)
  })

  it('keeps a ring whose factors are all zero, and refuses a negative factor', () => {
    expect([...applyTerrainFactors(plain, small, [2050, 2050], new Float64Array(plain.length))]).toEqual([...plain])
    expect(() => applyTerrainFactors(plain, small, [2050, 2050], new Float64Array(plain.length).fill(-1))).toThrow(
      RangeError,
    )
  })
})
