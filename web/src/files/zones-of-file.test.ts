import { fromWgs84, readFile, type ReadFile } from '@skerry/exchange'
import { expect, it } from 'vitest'
import { zonesOf } from './zones-of-file.ts'

const ring = [
  [122, 30, 5],
  [122.1, 30],
  [122.1, 30.1],
  [122, 30, 5],
]
function read(...features: object[]): ReadFile {
  const result = readFile(new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features })))
  if (!result.ok) throw new Error(result.fault)
  return result.file
}
const feature = (type: string, coordinates: unknown, properties: object = {}): object => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
})

it('makes zones of areas, lines and circles, with their names', () => {
  const line = [
    [122, 30],
    [123, 30],
  ]
  const { shapes, skipped } = zonesOf(
    read(
      feature('Polygon', [ring], { name: '油库' }),
      feature('MultiPolygon', [[ring], [ring]], { name: '港区' }),
      feature('LineString', line, { halfWidthM: 80 }),
      feature('Point', [122, 30], { radiusM: 300 }),
    ),
    '区域',
    'wgs84',
  )
  expect(shapes.map(({ name }) => name)).toEqual(['油库', '港区 1', '港区 2', '区域 4', '区域 5'])
  expect(shapes.map(({ shape }) => shape)).toMatchObject([
    { kind: 'polygon', rings: [{ length: 3 }] },
    { kind: 'polygon' },
    { kind: 'polygon' },
    { kind: 'corridor', halfWidthM: 80 },
    { kind: 'circle', centre: [122, 30], radiusM: 300 },
  ])
  expect(skipped).toBe(0)
})
it('counts what cannot be a zone instead of guessing', () => {
  const broken = [
    [122, 300],
    [1, 1],
    [2, 2],
  ]
  const file = read(feature('Point', [122, 30]), feature('Polygon', [broken]), {})
  expect(zonesOf(file, 'z', 'wgs84')).toEqual({ shapes: [], skipped: 3 })
})
it('brings a file of a Chinese map to where it belongs', () => {
  const shifted = fromWgs84([122.1, 29.98], 'gcj02')
  const { shapes } = zonesOf(read(feature('Point', shifted, { radiusM: 100 })), 'z', 'gcj02')
  expect(shapes[0]!.shape).toMatchObject({ centre: [expect.closeTo(122.1, 7), expect.closeTo(29.98, 7)] })
})
