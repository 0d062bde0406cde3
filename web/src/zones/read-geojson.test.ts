import { expect, it } from 'vitest'
import { readGeoJson } from './read-geojson.ts'

const ring = [
  [122, 30, 5],
  [122.1, 30],
  [122.1, 30.1],
  [122, 30, 5],
]
const file = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features })
const feature = (type: string, coordinates: unknown, properties: object = {}): object => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
})

it('reads polygons, the parts of a multi-polygon, lines and circles, with their names', () => {
  const read = readGeoJson(
    file(
      feature('Polygon', [ring], { name: '油库' }),
      feature('MultiPolygon', [[ring], [ring]], { name: '港区' }),
      feature(
        'LineString',
        [
          [122, 30],
          [123, 30],
        ],
        { halfWidthM: 80 },
      ),
      feature('Point', [122, 30], { radiusM: 300 }),
    ),
    '区域',
  )!
  expect(read.shapes.map(({ name }) => name)).toEqual(['油库', '港区 1', '港区 2', '区域 4', '区域 5'])
  expect(read.shapes[0]!.shape).toEqual({
    kind: 'polygon',
    rings: [
      [
        [122, 30],
        [122.1, 30],
        [122.1, 30.1],
      ],
    ],
  })
  expect(read.shapes[3]!.shape).toMatchObject({ kind: 'corridor', halfWidthM: 80 })
  expect(read.shapes[4]!.shape).toEqual({ kind: 'circle', centre: [122, 30], radiusM: 300 })
  expect(read.skipped).toBe(0)
})
it('counts what cannot be a zone instead of guessing', () => {
  const read = readGeoJson(
    file(
      feature('Point', [122, 30]),
      feature('Polygon', [
        [
          [122, 300],
          [1, 1],
          [2, 2],
        ],
      ]),
      {},
    ),
    'z',
  )
  expect(read).toEqual({ shapes: [], skipped: 3 })
})
it('takes a bare geometry, and refuses what is no GeoJSON', () => {
  expect(readGeoJson(JSON.stringify({ type: 'Polygon', coordinates: [ring] }), 'z')!.shapes).toHaveLength(1)
  for (const text of ['', '{', '[]', '{"type":"x"}', 'null']) expect(readGeoJson(text, 'z')).toBeNull()
})
