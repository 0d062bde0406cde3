import { describe, expect, it } from 'vitest'
import { allocateEffort, circularNormalOptimum, waterFill } from './allocate-effort.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const why = vectors ? '' : ` (${NO_VECTORS})`

describe('allocateEffort', () => {
  it.skipIf(!vectors)(`matches the reference optimum by area${why}`, () => {
    const { poa, area_km2, cases } = vectors!.optimal_allocation
    for (const { Z_km2, lambda, effort_km2, coverage, pos } of cases) {
      const plan = allocateEffort({ poa, areaKm2: area_km2, effortKm2: Z_km2 })
      effort_km2.forEach((z, i) => expect(plan.effort[i]).toBeCloseTo(z, 5))
      coverage.forEach((c, i) => expect(plan.coverage[i]).toBeCloseTo(c, 5))
      expect(plan.pos).toBeCloseTo(pos, 6)
      expect(plan.lambda).toBeCloseTo(lambda, 5)
    }
  })

  it.skipIf(!vectors)(`matches the reference optimum by hours${why}`, () => {
    const { poa, area_km2, W_m, speed_ms, cases } = vectors!.optimal_allocation_sweep_widths
    for (const { hours, hours_per_segment, pos } of cases) {
      const plan = allocateEffort({ poa, areaKm2: area_km2, sweepWidthM: W_m, speedMps: speed_ms, hours })
      hours_per_segment.forEach((h, i) => expect(plan.effort[i]).toBeCloseTo(h, 5))
      expect(plan.pos).toBeCloseTo(pos, 5)
    }
  })

  it.skipIf(!vectors)(`matches the circular-normal optimum${why}`, () => {
    const { sigma_km, W_m, speed_ms, mean_time_h, cases } = vectors!.circular_normal_optimum
    for (const { hours, search_radius_km, pos } of cases) {
      const input = { sigmaM: sigma_km * 1000, sweepWidthM: W_m, speedMps: speed_ms, timeS: hours * 3600 }
      const best = circularNormalOptimum(input)
      expect(best.searchRadiusM / 1000).toBeCloseTo(search_radius_km, 5)
      expect(best.pos).toBeCloseTo(pos, 6)
      expect(best.meanTimeS / 3600).toBeCloseTo(mean_time_h, 5)
    }
  })

  it('spends the whole budget, beats random splits, and only adds when the budget grows (seeded)', () => {
    const random = seededRandom(11)
    for (let n = 0; n < 40; n++) {
      const poa = Array.from({ length: 8 }, () => random() * 0.1)
      const k = Array.from({ length: 8 }, () => 0.2 + random() * 3)
      const small = waterFill(poa, k, 1.5)
      const large = waterFill(poa, k, 4)
      expect(small.effort.reduce((a, b) => a + b)).toBeCloseTo(1.5, 9)
      small.effort.forEach((z, i) => expect(large.effort[i]).toBeGreaterThanOrEqual(z - 1e-12))
      const split = poa.map(() => random())
      const total = split.reduce((a, b) => a + b)
      const other = split.reduce((sum, s, i) => sum + poa[i]! * (1 - Math.exp((-k[i]! * s * 1.5) / total)), 0)
      expect(small.pos).toBeGreaterThanOrEqual(other)
    }
  })

  it('puts nothing where nobody can be, and refuses what is not an effort', () => {
    expect([...waterFill([0, 0], [1, 1], 3).effort]).toEqual([0, 0])
    expect(() => waterFill([0.1], [0], 1)).toThrow(RangeError)
    expect(() => waterFill([0.1], [1], -1)).toThrow(RangeError)
  })
})
