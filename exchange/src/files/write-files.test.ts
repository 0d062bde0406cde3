import { gpx as gpxToGeoJson, kml as kmlToGeoJson } from '@tmcw/togeojson'
import type { LngLat } from '@skerry/contract'
import { DOMParser } from '@xmldom/xmldom'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { signedArea2 } from '../geo/rings.ts'
import { schemaFaults } from '../test/validate.ts'
import type { Look, OutDocument, OutThing } from './document.ts'
import { readFile } from './read-file.ts'
import type { Shape } from './things.ts'
import { writeGeoJson } from './write-geojson.ts'
import { writeGpx } from './write-gpx.ts'
import { writeKml, writeKmz } from './write-kml.ts'

const look: Look = { colour: '#c3a6ff', widthPx: 2, fill: 0.2, symbol: { garmin: 'Flag, Blue', maki: 'marker' } }
const AT = Date.UTC(2026, 10, 28, 7)
const ring: LngLat[] = [
  [122.1, 30],
  [122.1, 30.1],
  [122.2, 30.1],
  [122.2, 30],
]
const hole: LngLat[] = [
  [122.12, 30.02],
  [122.18, 30.02],
  [122.15, 30.08],
]
const thing = (name: string, shape: Shape, more: Partial<OutThing> = {}): OutThing => ({
  name,
  note: null,
  atMs: null,
  shape,
  look,
  ...more,
})
const point = (lng: number, s: number) => ({
  at: [lng, 30] as LngLat,
  atMs: AT + s * 1000,
  heightAmslM: s === 0 ? null : 12.5,
})
const document: OutDocument = {
  name: '搜索 7 <"&\'>',
  note: '2026-11-28',
  madeAtMs: AT,
  folders: [
    {
      name: '任务',
      things: [
        thing('1 号', { kind: 'polygon', rings: [ring, hole] }, { figures: { pod: 0.6, drone: 'sitl-1', none: null } }),
        thing('航线', { kind: 'line', line: [[122.1, 30], [122.2, 30.123456789]] }), // oxfmt-ignore
      ],
    },
    {
      name: '疑似点',
      things: [thing('C3', { kind: 'point', at: [122.11, 30.01] }, { note: '72 °C, 似然比 >10', atMs: AT })],
    },
    {
      name: '队伍',
      things: [
        thing('搜救 2 队', { kind: 'track', pieces: [[point(122, 0), point(122.1, 5)]] }),
        thing('搜救 3 队', { kind: 'track', pieces: [[point(122, 0), point(122.1, 5)], [point(122.2, 60), point(122.3, 65)]] }), // oxfmt-ignore
      ],
    },
  ],
}
const dom = (xml: string): Document => new DOMParser().parseFromString(xml, 'text/xml') as unknown as Document
const kinds = (features: { geometry: { type: string } | null }[]) => features.map(({ geometry }) => geometry?.type)

describe('what goes out', () => {
  it('is well-formed and fits the schemas whatever people typed', async () => {
    const typed = ']]><x a="\'">&amp;#0;\u0000\u0008\uFFFF\uD800 </name></Placemark><!-- <?php -->'
    const hostile: OutDocument = {
      name: typed,
      note: typed,
      madeAtMs: AT,
      folders: document.folders.map(({ things }) => ({
        name: typed,
        things: things.map((one) => ({ ...one, name: typed, note: typed, figures: { text: typed } })),
      })),
    }
    const [kml, gpx, geojson] = [writeKml(hostile), writeGpx(hostile), writeGeoJson(hostile)]
    expect(await schemaFaults(kml, 'kml-2.2-part.xsd')).toEqual([])
    expect(await schemaFaults(gpx, 'gpx-1.1-part.xsd')).toEqual([])
    for (const text of [kml, gpx, geojson]) {
      const read = readFile(Buffer.from(text))
      if (!read.ok) throw new Error(read.fault)
      // The pieces of a track are lines of their own in GeoJSON, the rings of an area in GPX.
      expect(read.file.things).toHaveLength(text === kml ? 5 : 6)
      expect(read.file.things.every(({ name }) => name?.startsWith(']]><x a="\'">&amp;#0;'))).toBe(true)
    }
  })
  it('as KML fits the schema, and an independent reader sees the same things', async () => {
    const xml = writeKml(document)
    expect(await schemaFaults(xml, 'kml-2.2-part.xsd')).toEqual([])
    const { features } = kmlToGeoJson(dom(xml))
    expect(features.map((one) => one.properties?.['name'])).toEqual(['1 号', '航线', 'C3', '搜救 2 队', '搜救 3 队'])
    expect(kinds(features)).toEqual(['Polygon', 'LineString', 'Point', 'LineString', 'GeometryCollection'])
    expect(features[0]).toMatchObject({ properties: { stroke: '#c3a6ff', 'fill-opacity': 0.2, pod: '0.6' } })
    expect(features[3]!.properties).toMatchObject({
      coordinateProperties: { times: ['2026-11-28T07:00:00Z', '2026-11-28T07:00:05Z'] },
    })
  })
  it('as KMZ is that KML, the same bytes each time', () => {
    expect(strFromU8(unzipSync(writeKmz(document))['doc.kml']!)).toBe(writeKml(document))
    expect(writeKmz(document)).toEqual(writeKmz(document))
  })
  it('as GPX fits the schema, and an independent reader sees waypoints and tracks with their times', async () => {
    const xml = writeGpx(document)
    expect(await schemaFaults(xml, 'gpx-1.1-part.xsd')).toEqual([])
    const { features } = gpxToGeoJson(dom(xml))
    const names = features.map((one) => String(one.properties?.['name']))
    expect(names.sort()).toEqual(['1 号', 'C3', '搜救 2 队', '搜救 3 队', '航线'].sort())
    const team = features.find((one) => one.properties?.['name'] === '搜救 2 队')!
    expect(team.properties).toMatchObject({
      coordinateProperties: { times: ['2026-11-28T07:00:00Z', '2026-11-28T07:00:05Z'] },
    })
  })
  it('as GeoJSON follows RFC 7946, with names for QGIS and for CalTopo', () => {
    const { features } = JSON.parse(writeGeoJson(document)) as {
      features: { properties: Record<string, unknown>; geometry: { type: string; coordinates: number[][][] } }[]
    }
    const [outer, inner] = features[0]!.geometry.coordinates
    expect(signedArea2(outer as LngLat[])).toBeGreaterThan(0)
    expect(signedArea2(inner as LngLat[])).toBeLessThan(0)
    expect(outer!.at(-1)).toEqual(outer![0])
    expect(features[0]!.properties).toMatchObject({
      name: '1 号',
      title: '1 号',
      folder: '任务',
      pod: 0.6,
      fill: '#c3a6ff',
    })
    expect(kinds(features)).toEqual(['Polygon', 'LineString', 'Point', 'LineString', 'LineString', 'LineString'])
  })
  it.each([
    ['geojson', () => Buffer.from(writeGeoJson(document))],
    ['kml', () => Buffer.from(writeKml(document))],
    ['kmz', () => writeKmz(document)],
    ['gpx', () => Buffer.from(writeGpx(document))],
  ] as const)('as %s comes back in by our own reader: the same places and the same times', (format, write) => {
    const result = readFile(write())
    if (!result.ok) throw new Error(result.fault)
    const { things, left } = result.file
    expect([result.file.format, left]).toEqual([format, []])
    const c3 = things.find(({ name }) => name === 'C3')!
    expect(c3).toMatchObject({ note: '72 °C, 似然比 >10', atMs: AT, shape: { kind: 'point', at: [122.11, 30.01] } })
    const team = things.find(({ name }) => name === '搜救 2 队')!.shape
    expect(team).toMatchObject({ kind: 'track', pieces: [[{ at: [122, 30], atMs: AT }, { at: [122.1, 30], atMs: AT + 5000, heightAmslM: 12.5 }]] }) // oxfmt-ignore
    const area = things.find(({ name }) => name?.startsWith('1 号'))!.shape
    if (format === 'gpx') expect(area.kind).toBe('line')
    else expect(area).toMatchObject({ kind: 'polygon', rings: [{ length: 4 }, { length: 3 }] })
  })
})
