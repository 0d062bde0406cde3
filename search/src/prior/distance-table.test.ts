import { describe, expect, it } from 'vitest'
import { DEFAULT_DISTANCE_TABLE, distanceTable, withDefaultCategories } from './distance-table.ts'
import { fitLognormal } from './lognormal.ts'
import { probabilityMap } from './probability-map.ts'
import { distancesFor } from './subject-categories.ts'

const own = {
  attribution: 'Island rescue, 2015 to 2025, 214 searches',
  categories: [
    { id: 'hiker', label: 'Hiker', distancesKm: { flat: [0.3, 0.9, 1.8, 4] } },
    { id: 'crab-fisher', label: 'Crab fisher', distancesKm: { flat: [0.1, 0.4, 0.8, 2], urban: [0.1, 0.2, 0.3, 0.9] } },
  ],
}

describe('an own distance table', () => {
  it('is read from plain JSON, and the default one is one too', () => {
    expect(distanceTable(JSON.parse(JSON.stringify(own)))).toEqual(own)
    expect(distanceTable(JSON.parse(JSON.stringify(DEFAULT_DISTANCE_TABLE)))).toEqual(DEFAULT_DISTANCE_TABLE)
  })

  it('names the field that is wrong and what it must be', () => {
    const broken = (change: (table: typeof own) => void): (() => unknown) => {
      const copy = JSON.parse(JSON.stringify(own)) as typeof own
      change(copy)
      return () => distanceTable(copy)
    }
    expect(() => distanceTable([])).toThrow('table: must be an object with attribution, categories')
    expect(broken((t) => (t.categories[1]!.distancesKm.flat = [1, 2, 2]))).toThrow(
      'table.categories[1].distancesKm.flat: must be four distances above 0 km, rising',
    )
    expect(broken((t) => (t.categories[0]!.distancesKm.flat = [4, 3, 2, 1]))).toThrow(/rising/)
    expect(broken((t) => (t.categories[1]!.distancesKm.urban = [1, 1, 1, 1.0000001]))).toThrow(
      'table.categories[1].distancesKm.urban: must lie further apart: the deviation of ln(distance) that fits them must be at least 0.05',
    )
    expect(broken((t) => (t.categories[1]!.id = 'hiker'))).toThrow(
      "table.categories[1].id: must be there once, 'hiker'",
    )
    expect(broken((t) => (t.attribution = ' '))).toThrow(/^table.attribution: must be a text/)
    expect(broken((t) => Object.assign(t.categories[0]!.distancesKm, { mountains: [1, 2, 3, 4] }))).toThrow(
      "table.categories[0].distancesKm: must have only the keys flat, mountain, urban, not 'mountains'",
    )
    expect(broken((t) => (t.categories = []))).toThrow(/^table.categories: must be a list/)
  })

  it('comes before the default, which fills in what it lacks', () => {
    const table = withDefaultCategories(distanceTable(own))
    expect(distancesFor({ category: 'hiker', terrain: 'flat' }, table).quantilesKm).toEqual([0.3, 0.9, 1.8, 4])
    expect(distancesFor({ category: 'crab-fisher', terrain: 'urban' }, table).from).toBe('urban')
    expect(distancesFor({ category: 'crab-fisher', terrain: 'mountain' }, table).from).toBe('flat')
    expect(distancesFor({ category: 'dementia', terrain: 'flat' }, table)).toEqual(
      distancesFor({ category: 'dementia', terrain: 'flat' }),
    )
    expect(table.attribution).toMatch(/^Island rescue.*dementia.*Koester/)
    expect(() => distancesFor({ category: 'dementia', terrain: 'flat' }, distanceTable(own))).toThrow(/dementia/)
  })

  it('draws the map: shorter distances, more probability near', () => {
    const input = {
      subject: { category: 'hiker', terrain: 'flat' },
      ipp: [122.2, 30],
      halfSizeM: 4000,
      cellM: 100,
    } as const
    const table = withDefaultCategories(distanceTable(own))
    const [plain, ours] = [probabilityMap(input), probabilityMap({ ...input, table })]
    expect(ours.restOfWorld).toBeLessThan(plain.restOfWorld)
    const byHand = probabilityMap({ ...input, subject: { ...input.subject, distancesKm: [0.3, 0.9, 1.8, 4] } })
    expect([...ours.grid.values]).toEqual([...byHand.grid.values])
    expect(fitLognormal([0.3, 0.9, 1.8, 4]).mu).toBeLessThan(fitLognormal([0.64, 1.77, 3.22, 9.8]).mu)
    const crab = { ...input, subject: { category: 'crab-fisher', terrain: 'flat' } as const }
    expect(() => probabilityMap(crab)).toThrow(/crab-fisher/)
    expect(probabilityMap({ ...crab, table }).restOfWorld).toBeLessThan(ours.restOfWorld)
  })
})
