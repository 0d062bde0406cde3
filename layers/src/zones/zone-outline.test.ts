import { expect, it } from 'vitest'
import { metresPerDegree } from '../theme/metres-per-degree.ts'
import { zoneNamePlace, zoneRings } from './zone-outline.ts'

it('draws a circle whose corners are all a radius from its centre', () => {
  const [perLng, perLat] = metresPerDegree(30)
  for (const [lng, lat] of zoneRings({ kind: 'circle', centre: [122, 30], radiusM: 800 })![0]!)
    expect(Math.hypot((lng - 122) * perLng, (lat - 30) * perLat)).toBeCloseTo(800, 6)
})
it('keeps the rings of a polygon, and gives a corridor as a line', () => {
  const rings: [number, number][][] = [
    [
      [0, 0],
      [2, 0],
      [2, 2],
    ],
  ]
  expect(zoneRings({ kind: 'polygon', rings })).toBe(rings)
  const line: [number, number][] = [
    [0, 0],
    [1, 1],
    [2, 0],
  ]
  expect(zoneRings({ kind: 'corridor', line, halfWidthM: 50 })).toBeNull()
  expect(zoneNamePlace({ kind: 'corridor', line, halfWidthM: 50 })).toEqual([1, 1])
})
