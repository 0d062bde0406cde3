import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { cellToLatLng, gridDistance, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../gallery/samples.ts'
import { binomialUpperTail } from './binomial.ts'
import { computeHotspots } from './compute.ts'
import { HOTSPOT_POLICY, hotspots } from './gi-star.ts'
import { DENSITY_POLICY, incidentDensity } from './kde.ts'
import { recordedPlaces } from './recorded-places.ts'

const FILE = path.resolve(import.meta.dirname, '../../../../shared/data/incidents/chicago_crimes_2012_5k.csv')
const recorded = existsSync(FILE) ? recordedPlaces(readFileSync(FILE, 'utf8')) : null

describe.skipIf(recorded === null)('5,000 recorded incidents (skipped without the recording)', () => {
  it('give the hotspots of a reference that looks at every pair of cells', () => {
    const places = recorded!
    const found = hotspots(places)
    expect(found.length).toBeGreaterThan(10)
    expect(found.length).toBeLessThan(150)
    // Written out again: counts by cell, neighbours by grid distance, nothing shared with the code under test but H3.
    const { resolution } = HOTSPOT_POLICY
    const counts = new Map<string, number>()
    for (const [lng, lat] of places) {
      const cell = latLngToCell(lat, lng, resolution)
      counts.set(cell, (counts.get(cell) ?? 0) + 1)
    }
    for (const { cell, near, z, expected } of found) {
      const around = [...counts].filter(([other]) => gridDistance(cell, other) <= 1)
      expect(near).toBe(around.reduce((sum, [, n]) => sum + n, 0))
      expect(near).toBeGreaterThan(expected)
      expect(z).toBeGreaterThan(1.64)
    }
  })
  it('give the density of a reference that adds up every incident at every place', () => {
    const places = recorded!
    const grid = incidentDensity(places)!
    const [west, south, east, north] = grid.bounds
    const rand = seeded(5)
    const { bandwidthM: h, leastCount } = DENSITY_POLICY
    for (let trial = 0; trial < 200; trial++) {
      const row = Math.floor(rand() * grid.rows)
      const col = Math.floor(rand() * grid.cols)
      const lat = south + ((row + 0.5) / grid.rows) * (north - south)
      const lng = west + ((col + 0.5) / grid.cols) * (east - west)
      let sum = 0
      let near = 0
      for (const [x, y] of places) {
        const d = haversineM([lng, lat], [x, y])
        if (d >= h) continue
        near++
        sum += (3e6 / (Math.PI * h * h)) * (1 - (d / h) ** 2) ** 2
      }
      const ours = grid.perKm2[row * grid.cols + col]!
      // A flat frame and a sphere differ a little in distance, so the count at the rim may differ by a few.
      if (Number.isNaN(ours)) expect(near).toBeLessThan(leastCount + 2 + near * 0.05)
      else expect(Math.abs(ours - sum)).toBeLessThan(0.02 * sum + 0.1)
    }
  })
})

describe('density', () => {
  it('sums to the number of incidents where nothing is left out', () => {
    const rand = seeded(2)
    const places = Array.from({ length: 80 }, () => [122.1 + rand() * 0.1, 29.9 + rand() * 0.1] as const)
    const grid = incidentDensity(places, { bandwidthM: 1200, cellM: 60, leastCount: 1 })!
    const whole = grid.perKm2.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
    expect((whole * grid.cellM ** 2) / 1e6).toBeCloseTo(80, 0)
    expect(grid.n).toBe(80)
  })
  it('says nothing where fewer are near than the least count, and nothing without incidents', () => {
    const four = Array.from({ length: 4 }, () => [122.2, 30] as const)
    expect(incidentDensity([])).toBeNull()
    expect(incidentDensity(four)!.most).toBeNaN()
    const five = incidentDensity([...four, [122.2, 30]])!
    expect(five.most).toBeCloseTo((5 * 3e6) / (Math.PI * 1500 ** 2), 1)
  })
  it('stays small where one incident is on the other side of the world', () => {
    const grid = incidentDensity([
      [-170, -60],
      [170, 70],
    ])!
    expect(grid.rows * grid.cols).toBeLessThan(1_100_000)
  })
})

describe('exposure', () => {
  const cells = (lng: number): [number, number][] => {
    const [lat, at] = cellToLatLng(latLngToCell(30, lng, HOTSPOT_POLICY.resolution))
    return [[at, lat]]
  }
  const town = (lng: number, n: number): [number, number][] => Array.from({ length: n }, () => cells(lng)[0]!)
  const persons = (...places: [lng: number, n: number][]): Float64Array =>
    Float64Array.from(places.flatMap(([lng, n]) => [...cells(lng)[0]!, n]))
  const positions = Float64Array.from(
    [...town(122, 100), ...town(122.2, 30), ...town(122.4, 30), ...town(122.6, 2)].flat(),
  )
  const ask = (exposure: Float64Array | null) => computeHotspots({ view: 'clusters', positions, exposure })

  it('calls a large town quiet and a small one hot when that is what they are for their people', () => {
    const byPersons = ask(persons([122, 100_000], [122.2, 30_000], [122.4, 3000], [122.6, 2000]))
    expect(byPersons.cells.map(({ centre: [lng] }) => lng.toFixed(1))).toEqual(['122.4'])
    expect(byPersons.cells[0]).toMatchObject({ near: 30, expected: expect.closeTo((162 * 3000) / 135_000, 9) })
    expect(byPersons).toMatchObject({ exposed: true, unjudged: 0, n: 162 })
  })
  it('does not judge incidents where nobody is counted, and says how many', () => {
    const some = ask(persons([122, 100_000], [122.2, 30_000], [122.4, 3000]))
    expect(some.unjudged).toBe(2)
    expect(some.cells[0]!.expected).toBeCloseTo((160 * 3000) / 133_000, 9)
    expect(ask(persons([120, 10], [120.3, 5])).cells).toEqual([])
  })
  it('has tails that agree with counting every case', () => {
    let choose = 1
    let by = 0
    for (let k = 12; k >= 0; k--) {
      by += choose * 0.3 ** k * 0.7 ** (12 - k)
      choose = (choose * k) / (12 - k + 1)
      expect(binomialUpperTail(12, 0.3, k)).toBeCloseTo(by, 12)
    }
    expect([binomialUpperTail(5, 0, 1), binomialUpperTail(5, 1, 5), binomialUpperTail(5, 0.5, 6)]).toEqual([0, 1, 0])
    // Summed with exact fractions.
    expect(binomialUpperTail(5000, 0.02, 120) / 0.026965861672163412).toBeCloseTo(1, 9)
  })
})

function haversineM([aLng, aLat]: readonly [number, number], [bLng, bLat]: readonly [number, number]): number {
  const rad = Math.PI / 180
  const half = (deg: number): number => Math.sin((deg * rad) / 2) ** 2
  return (
    2 *
    6_371_008.8 *
    Math.asin(Math.sqrt(half(bLat - aLat) + Math.cos(aLat * rad) * Math.cos(bLat * rad) * half(bLng - aLng)))
  )
}
