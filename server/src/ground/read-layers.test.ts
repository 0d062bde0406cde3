import { describe, expect, it } from 'vitest'
import { at } from '../domain/test-kit.ts'
import { layersInBox, readLayers } from './read-layers.ts'

const line = (...points: [number, number][]) => ({ type: 'LineString', coordinates: points.map(([e, n]) => at(e, n)) })
const area = (...points: [number, number][]) => ({
  type: 'Polygon',
  coordinates: [[...points, points[0]!].map(([e, n]) => at(e, n))],
})
const feature = (geometry: unknown, properties: object | null = {}) => ({ type: 'Feature', geometry, properties })
const file = (features: unknown[], over: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', title: '试验', attribution: '© OSM', features, ...over })
const SQUARE = area([0, 0], [100, 0], [100, 100], [0, 100])

describe('layers of the ground', () => {
  it('are told apart by our own words, or by the tags of OpenStreetMap', () => {
    const way = line([0, 0], [100, 0])
    const kinds = readLayers(
      file([
        feature(way, { kind: 'ridge' }),
        feature(way, { highway: 'footway' }),
        feature(way, { highway: 'residential' }),
        feature(way, { waterway: 'stream' }),
        feature(way, { waterway: 'stream', intermittent: 'yes' }),
        feature(way, { waterway: 'drain' }),
        feature(way, { natural: 'valley' }),
      ]),
    ).lines.map(({ kind }) => kind)
    expect(kinds).toEqual(['ridge', 'trail', 'road', 'stream', 'capillary-stream', 'capillary-stream', 'drainage'])
    const covers = readLayers(
      file([
        feature(SQUARE, { cover: 'brush' }),
        feature(SQUARE, { landuse: 'forest' }),
        feature(SQUARE, { building: 'yes' }),
        feature(SQUARE, { natural: 'bare_rock' }),
        feature(SQUARE, { landuse: 'farmland' }),
      ]),
    ).covers.map(({ cover }) => cover)
    expect(covers).toEqual(['brush', 'woodland', 'structure', 'rock', 'field'])
  })

  it('have an edge where they are a lake, and none where they are a wood', () => {
    const { lines, covers } = readLayers(
      file([feature(SQUARE, { natural: 'water' }), feature(SQUARE, { natural: 'wood' })]),
    )
    expect(lines.map(({ kind, coordinates }) => [kind, coordinates.length])).toEqual([['lake', 5]])
    expect(covers.map(({ cover }) => cover)).toEqual(['water', 'woodland'])
  })

  it('count what they hold, and what says nothing of where people are found', () => {
    const { about } = readLayers(
      file([
        feature(line([0, 0], [1, 1]), { highway: 'path' }),
        feature(
          {
            type: 'MultiLineString',
            coordinates: [
              [at(0, 0), at(9, 9)],
              [at(0, 9), at(9, 0)],
            ],
          },
          { highway: 'path' },
        ),
        feature(line([0, 0], [1, 1]), { highway: 'proposed' }),
        feature(line([0, 0], [1, 1]), { power: 'line' }),
        feature({ type: 'Point', coordinates: at(0, 0) }, { natural: 'peak' }),
        feature(null),
        feature(SQUARE, null),
      ]),
    )
    expect(about).toEqual({ title: '试验', attribution: '© OSM', lines: { trail: 3 }, covers: {}, ignored: 5 })
  })

  it('of one map are those that touch its box', () => {
    const far = line([9000, 9000], [9100, 9100])
    const layers = readLayers(
      file([feature(line([0, 0], [50, 50]), { kind: 'trail' }), feature(far, { kind: 'trail' })]),
    )
    const [west, south] = at(-100, -100)
    const [east, north] = at(100, 100)
    expect(layersInBox(layers, [west, south, east, north]).lines).toHaveLength(1)
  })

  it('that are wrong are refused with the field that is', () => {
    expect(() => readLayers('{')).toThrow(/JSON/)
    expect(() => readLayers(file([], { attribution: '' }))).toThrow(/^attribution: /)
    expect(() => readLayers(file([], { title: undefined }))).toThrow(/^title: /)
    expect(() => readLayers(file([feature(line([0, 0]))]))).toThrow(/^features\[0\]\.geometry\.coordinates: /)
    expect(() =>
      readLayers(
        file([
          feature({
            type: 'LineString',
            coordinates: [
              [0, 0],
              [0, 95],
            ],
          }),
        ]),
      ),
    ).toThrow(/^features\[0\]\.geometry\.coordinates\[1\]\[1\]: /)
  })
})
