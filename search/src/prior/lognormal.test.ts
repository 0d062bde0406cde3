import { describe, expect, it } from 'vitest'
import { fitLognormal, lognormalCdf, lognormalQuantileKm } from './lognormal.ts'
import { erf, normalCdf, normalQuantile } from '../frame/normal.ts'
import { distancesFor, SUBJECT_CATEGORIES } from './subject-categories.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()

describe('normal distribution', () => {
  it('agrees with tables and inverts itself', () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
    expect(normalCdf(-5)).toBeCloseTo(2.8665157187919333e-7, 15)
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 14)
    expect(erf(3.5)).toBeCloseTo(0.999999256901628, 14)
    for (const p of [1e-6, 0.01, 0.25, 0.5, 0.95, 0.999999]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13)
  })
})

describe('lognormal distances', () => {
  it.skipIf(!vectors)(`fit the reference cases${vectors ? '' : ` (${NO_VECTORS})`}`, () => {
    for (const { quantiles_km, mu, sigma } of Object.values(vectors!.lognormal_fit.cases)) {
      const fit = fitLognormal(quantiles_km)
      expect(fit.mu).toBeCloseTo(mu, 6)
      expect(fit.sigma).toBeCloseTo(sigma, 6)
    }
  })

  it('recover a distribution from its own quantiles', () => {
    const truth = { mu: 0.3, sigma: 1.1 }
    const fit = fitLognormal([0.25, 0.5, 0.75, 0.95].map((p) => lognormalQuantileKm(truth, p)))
    expect(fit.mu).toBeCloseTo(0.3, 12)
    expect(fit.sigma).toBeCloseTo(1.1, 12)
    expect(lognormalCdf(fit, 0)).toBe(0)
  })

  it('fit every row of the default table', () => {
    for (const { id, distancesKm } of SUBJECT_CATEGORIES) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      for (const row of Object.values(distancesKm)) expect(fitLognormal(row).sigma).toBeGreaterThan(0.5)
    }
  })

  it('refuse what cannot be a distance table', () => {
    for (const bad of [
      [1, 2, 3],
      [0, 1, 2, 3],
      [1, 3, 2, 4],
      [1, 1, 1, 1],
      [1, 2, 3, Number.NaN],
    ]) {
      expect(() => fitLognormal(bad)).toThrow(RangeError)
    }
  })

  it('of an own table must lie apart as people do, and are refused by their field', () => {
    const own = (distancesKm: [number, number, number, number]) =>
      distancesFor({ category: 'ours', terrain: 'flat', distancesKm })
    expect(() => own([1, 1, 1, 1.0000001])).toThrow('subject.distancesKm: must lie further apart')
    expect(() => own([1, 1.03, 1.07, 1.11])).toThrow('at least 0.05')
    expect(own([1, 1.04, 1.07, 1.13]).from).toBe('own-table')
  })

  it('say when a category has no row for the terrain', () => {
    expect(distancesFor({ category: 'hiker', terrain: 'urban' }).from).toBe('flat')
    expect(distancesFor({ category: 'hiker', terrain: 'mountain' }).from).toBe('mountain')
    expect(distancesFor({ category: 'ours', terrain: 'flat', distancesKm: [1, 2, 3, 4] }).from).toBe('own-table')
    expect(() => distancesFor({ category: 'ghost', terrain: 'flat' })).toThrow(/ghost/)
  })
})
