import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { incidentPlaces, seeded } from '../../gallery/samples.ts'
import { benjaminiHochberg, HOTSPOT_POLICY, hotspots } from './gi-star.ts'
import { upperTails } from './permutation.ts'

const HOME = latLngToCell(30, 122.3, HOTSPOT_POLICY.resolution)
const centre = (cell: string): [number, number] => {
  const [lat, lng] = cellToLatLng(cell)
  return [lng, lat]
}
/** One incident in every cell within five rings of home, and more of them in home itself. */
const crowd = (inHome: number): [number, number][] => [
  ...gridDisk(HOME, 5).map(centre),
  ...Array.from({ length: inHome - 1 }, () => centre(HOME)),
]

describe('hotspots', () => {
  it('finds the crowded corner of a quiet area, and only that', () => {
    const found = hotspots(incidentPlaces())
    expect(found.length).toBeGreaterThan(0)
    for (const {
      centre: [lng, lat],
    } of found) {
      expect(Math.abs(lng - 122.427)).toBeLessThan(0.06)
      expect(Math.abs(lat - 30.027)).toBeLessThan(0.06)
    }
    const order = found.map(({ z }) => z)
    expect(order).toEqual(order.toSorted((a, b) => b - a))
  })
  it('finds next to nothing in places scattered at random: at most the promised share of fifty seeds', () => {
    const withAny = Array.from({ length: 50 }, (_, seed) => {
      const rand = seeded(seed)
      return hotspots(Array.from({ length: 200 }, () => [122 + rand() * 0.6, 29.8 + rand() * 0.5] as const)).length > 0
    })
    expect(withAny.filter(Boolean).length).toBeLessThanOrEqual(50 * 0.1)
  })
  it('finds a street of bars in a city of islands: a cell is the size of a quarter, not of a town', () => {
    const rand = seeded(8)
    const spread = (lng: number, lat: number, deg: number, n: number): [number, number][] =>
      Array.from({ length: n }, () => [lng + (rand() + rand() - 1) * deg, lat + (rand() + rand() - 1) * deg])
    const towns: [number, number][] = [
      [122.325, 29.962],
      [122.2, 29.99],
      [122.1, 30.025],
      [122.2, 30.25],
      [122.388, 29.897],
    ]
    const bars: [number, number] = [122.303, 29.947]
    const found = hotspots([
      ...towns.flatMap(([lng, lat]) => spread(lng, lat, 0.03, 20)),
      ...spread(...bars, 0.003, 50),
    ])
    expect(found.length).toBeGreaterThan(0)
    for (const { centre: at } of found) expect(Math.hypot(at[0] - bars[0], at[1] - bars[1])).toBeLessThan(0.02)
  })
  it('agrees with Gi* written out by hand for one crowded cell', () => {
    // 91 cells, 90 of them with 1 and home with 30: n = 91, W = 7.
    const mean = 120 / 91
    const deviation = Math.sqrt((90 + 900) / 91 - mean * mean)
    const z = (36 - mean * 7) / (deviation * Math.sqrt((91 * 7 - 49) / 90))
    const found = hotspots(crowd(30), { ...HOTSPOT_POLICY, falseDiscoveryRate: 1 })
    expect(found.find(({ cell }) => cell === HOME)?.z).toBeCloseTo(z, 9)
    // By chance a neighbourhood of 7 holds the one full cell with probability 7/91.
    expect(found.find(({ cell }) => cell === HOME)?.p).toBeCloseTo(7 / 91, 9)
  })
  it('says nothing about neighbourhoods with too few incidents, however unusual', () => {
    const strict = { ...HOTSPOT_POLICY, falseDiscoveryRate: 1, leastCount: 37 }
    expect(hotspots(crowd(30), strict)).toEqual([])
  })
  it('is empty without incidents, with a single place, and where every cell has the same', () => {
    expect(hotspots([])).toEqual([])
    expect(hotspots(Array.from({ length: 20 }, () => centre(HOME)))).toEqual([])
    expect(hotspots(gridDisk(HOME, 3).map(centre))).toEqual([])
  })
})

describe('the statistics', () => {
  it('counts every subset: the tails of small draws are those written out by hand', () => {
    const tails = upperTails([0, 0, 1, 3]) // pairs sum to 0, 1, 1, 3, 3, 4
    expect([0, 1, 2, 3, 4, 5].map((sum) => tails(2, sum) * 6)).toEqual(
      [6, 5, 3, 3, 1, 0].map((k) => expect.closeTo(k, 9)),
    )
  })
  it('agrees with drawing at random', () => {
    const rand = seeded(3)
    const values = Array.from({ length: 40 }, () => Math.floor(rand() ** 3 * 8))
    const sum = 14
    let hits = 0
    for (let trial = 0; trial < 20_000; trial++) {
      const deck = [...values]
      let drawn = 0
      for (let i = 0; i < 7; i++) drawn += deck.splice(Math.floor(rand() * deck.length), 1)[0]!
      if (drawn >= sum) hits++
    }
    expect(upperTails(values)(7, sum)).toBeCloseTo(hits / 20_000, 1.7)
  })
  it('controls false discoveries as in the example of Benjamini and Hochberg (1995)', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    expect(benjaminiHochberg(p, 0.05)).toBe(0.0095)
    expect(benjaminiHochberg([0.9, 0.8], 0.05)).toBe(-1)
  })
})
