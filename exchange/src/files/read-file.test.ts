import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { createFuzz } from '../test/fuzz.ts'
import { MOST_FILE_BYTES, readFile } from './read-file.ts'
import type { ReadFile, Thing } from './things.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../shared/data/gpx')
const noData = existsSync(DATA) ? false : 'recorded data are not here'

const bytes = (text: string): Uint8Array => strToU8(text)
function read(given: Uint8Array | string): ReadFile {
  const result = readFile(typeof given === 'string' ? bytes(given) : given)
  if (!result.ok) throw new Error(`${result.fault} ${result.detail}`)
  return result.file
}
const refusal = (given: Uint8Array | string) => {
  const result = readFile(typeof given === 'string' ? bytes(given) : given)
  return result.ok ? 'read' : result.fault
}
const kml = (inside: string): string =>
  `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>${inside}</Document></kml>`
const mark = (inside: string, name = '东山坳'): string => kml(`<Placemark><name>${name}</name>${inside}</Placemark>`)
const shapes = ({ things }: ReadFile): Thing['shape'][] => things.map(({ shape }) => shape)
const square = '122,30,0 122.1,30,0 122.1,30.1,0 122,30,0'

describe('GPX', () => {
  it.skipIf(noData)(
    'of recorded walks and a car is read with the times of its source, the year 1901 among them',
    () => {
      const tracks = (file: string) =>
        read(readFileSync(path.join(DATA, file))).things.flatMap(({ shape }) => (shape.kind === 'track' ? [shape] : []))
      const [car] = tracks('around-visnjan-with-car.gpx')
      expect(car!.pieces.map((piece) => piece.length)).toEqual([104])
      expect(car!.pieces[0]![0]).toEqual({
        at: [13.7142099626, 45.273518851],
        atMs: Date.UTC(2020, 11, 18, 6, 15, 50),
        heightAmslM: 211.15,
      })
      const walks = tracks('cerknicko-jezero.gpx').flatMap(({ pieces }) => pieces.map((piece) => piece.length))
      const written = readFileSync(path.join(DATA, 'cerknicko-jezero.gpx'), 'utf8').split('<trkpt').length - 1
      expect(walks.reduce((sum, points) => sum + points, 0)).toBe(written)
      expect(new Date(tracks('Mojstrovka.gpx')[0]!.pieces[0]!.at(-1)!.atMs).getUTCFullYear()).toBe(1901)
    },
  )
  it.skipIf(noData)('has its waypoints with time and note, and says what it left out', () => {
    const { things, left } = read(readFileSync(path.join(DATA, 'cerknicko-jezero.gpx')))
    expect(things[0]).toMatchObject({ name: '001', atMs: Date.UTC(2010, 7, 5, 14, 23, 59), note: '05-AUG-10 16:58:37' })
    expect(left).toEqual([{ why: 'too-short', count: 1, first: 'ACTIVE LOG' }])
  })
  it('is a line where no point has a time, and counts the points without one where others have', () => {
    const point = (lon: number, time: string) => `<trkpt lat="30" lon="${lon}">${time}</trkpt>`
    const at = '<time>2026-11-28T07:00:00Z</time>'
    const track = (inside: string) => `<gpx version="1.1"><trk><trkseg>${inside}</trkseg></trk></gpx>`
    expect(shapes(read(track(point(122, '') + point(122.1, ''))))).toMatchObject([{ kind: 'line' }])
    const mixed = read(track(point(122, at) + point(122.1, '') + point(122.2, '<time>never</time>')))
    expect(shapes(mixed)).toMatchObject([{ kind: 'track', pieces: [[{ at: [122, 30] }]] }])
    expect(mixed.left).toEqual([{ why: 'no-time', count: 2, first: 'trk 1' }])
  })
})

describe('KML', () => {
  it('is read with folders, areas with holes, lines, and what a multi-geometry holds', () => {
    const inner = `<innerBoundaryIs><LinearRing><coordinates>${square}</coordinates></LinearRing></innerBoundaryIs>`
    const file = read(
      kml(`<Folder><name>分区</name><Folder><name>北</name><Placemark><name>A1</name><description><![CDATA[<b>陡</b>坡]]></description>
        <MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>
          ${square}
        </coordinates></LinearRing></outerBoundaryIs>${inner}</Polygon><LineString><coordinates>122,30 123,30</coordinates></LineString></MultiGeometry>
      </Placemark></Folder></Folder><Placemark><TimeStamp><when>2026-11-28T15:00:00+08:00</when></TimeStamp><Point><coordinates>122,30</coordinates></Point></Placemark>`),
    )
    expect(file.things).toMatchObject([
      {
        name: 'A1 1',
        note: '陡 坡',
        folders: ['分区', '北'],
        shape: { kind: 'polygon', rings: [{ length: 3 }, { length: 3 }] },
      },
      { name: 'A1 2', shape: { kind: 'line' } },
      { name: null, atMs: Date.UTC(2026, 10, 28, 7), shape: { kind: 'point', at: [122, 30] } },
    ])
    expect(file.left).toEqual([])
  })
  it('has the tracks of Google Earth, each point with its time', () => {
    const track = mark(
      '<gx:Track><when>2026-11-28T07:00:00Z</when><when>2026-11-28T07:00:10Z</when><gx:coord>122 30 5</gx:coord><gx:coord>122.1 30 6</gx:coord><gx:coord>1 2 3</gx:coord></gx:Track>',
    )
    const file = read(track)
    expect(shapes(file)).toMatchObject([{ kind: 'track', pieces: [[{ heightAmslM: 5 }, { at: [122.1, 30] }]] }])
    expect(file.left).toEqual([{ why: 'no-time', count: 1, first: '东山坳' }])
  })
  it('follows no link and draws no picture, and says so', () => {
    const file = read(
      kml('<NetworkLink><name>x</name></NetworkLink><GroundOverlay/><Placemark><name>y</name></Placemark>'),
    )
    expect(file.left).toEqual([
      { why: 'not-supported', count: 2, first: 'x' },
      { why: 'no-geometry', count: 1, first: 'y' },
    ])
  })
  it.each([
    ['a latitude beyond the pole', '122,91'],
    ['no numbers', 'a,b'],
    ['nothing', ''],
    ['two places', '122,30 123,30'],
    ['hexadecimal', '0x7a,30'],
  ])('has no point of %s', (_, coordinates) => {
    const file = read(mark(`<Point><coordinates>${coordinates}</coordinates></Point>`))
    expect([file.things, file.left[0]?.why]).toEqual([[], 'not-a-place'])
  })
})

describe('KMZ', () => {
  it('is its doc.kml, packed or stored, and nothing else in it', () => {
    const text = bytes(mark('<Point><coordinates>122,30</coordinates></Point>'))
    const other = { 'files/photo.jpg': new Uint8Array(5000), 'a.kml': bytes(kml('')) }
    expect(read(zipSync({ ...other, 'doc.kml': text }))).toMatchObject({ format: 'kmz', things: [{ name: '东山坳' }] })
    expect(read(zipSync({ 'search.kml': [text, { level: 0 }] })).things).toHaveLength(1)
    expect(refusal(zipSync({ 'files/doc.kml': text }))).toBe('no-kml-inside')
    expect(refusal(zipSync({ 'doc.kml': bytes('{"type":"FeatureCollection","features":[]}') }))).toBe('no-kml-inside')
  })
  it('that unpacks to more than a file may be is ended early, whatever sizes it claims', () => {
    const bomb = zipSync({ 'doc.kml': new Uint8Array(3 * MOST_FILE_BYTES) })
    expect(refusal(bomb)).toBe('too-large')
    const lying = Uint8Array.from(bomb)
    const view = new DataView(lying.buffer)
    for (let at = 0; at < lying.length - 4; at++)
      if (view.getUint32(at, true) === 3 * MOST_FILE_BYTES) view.setUint32(at, 100, true)
    expect(['too-large', 'bad-zip']).toContain(refusal(lying))
  })
  it('that is cut short is refused', () => {
    const whole = zipSync({ 'doc.kml': bytes(kml(mark('').repeat(50))) })
    expect(refusal(whole.subarray(0, whole.length - 30))).toBe('bad-zip')
    expect(refusal(whole.subarray(0, 60))).toBe('bad-zip')
  })
})

describe('GeoJSON', () => {
  const feature = (geometry: unknown, properties: object = {}) => ({ type: 'Feature', properties, geometry })
  const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })
  const ring = [
    [122, 30, 5],
    [122.1, 30],
    [122.1, 30.1],
    [122, 30, 5],
  ]
  it('is read as features, as one feature or as a bare geometry, nested ones too', () => {
    const geometry = { type: 'Polygon', coordinates: [ring] }
    for (const root of [geometry, feature(geometry), { type: 'GeometryCollection', geometries: [geometry] }])
      expect(shapes(read(JSON.stringify(root)))).toEqual([
        { kind: 'polygon', rings: [[[122, 30], [122.1, 30], [122.1, 30.1]]] }, // oxfmt-ignore
      ])
    const file = read(collection(feature({ type: 'MultiPolygon', coordinates: [[ring], [ring]] }, { name: '港区' })))
    expect(file.things.map(({ name }) => name)).toEqual(['港区 1', '港区 2'])
  })
  it('has tracks as CalTopo writes them, and as lines with coordTimes', () => {
    const at = Date.UTC(2026, 10, 28, 7)
    const four = { type: 'LineString', coordinates: [[122, 30, 5, at], [122.1, 30, 6, at + 5000]] } // oxfmt-ignore
    const listed = { type: 'LineString', coordinates: [[122, 30], [122.1, 30]] } // oxfmt-ignore
    const file = read(
      collection(
        feature(four, { title: 'Team 2', class: 'Track' }),
        feature(listed, { coordTimes: ['2026-11-28T07:00:00Z', '2026-11-28T07:00:05Z'] }),
        feature(listed, { coordTimes: ['2026-11-28T07:00:00Z'] }),
        feature(null, { class: 'Folder', title: 'Teams' }),
      ),
    )
    expect(shapes(file)).toMatchObject([
      { kind: 'track', pieces: [[{ at: [122, 30], atMs: at, heightAmslM: 5 }, { atMs: at + 5000 }]] },
      { kind: 'track', pieces: [[{ heightAmslM: null }, { atMs: at + 5000 }]] },
      { kind: 'line' },
    ])
    expect(file.left).toEqual([{ why: 'no-geometry', count: 1, first: 'Teams' }])
  })
  it('of another coordinate system is refused, CGCS2000 and WGS-84 by their names are not', () => {
    const named = (name: string) =>
      JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name } }, features: [] })
    expect(refusal(named('urn:ogc:def:crs:EPSG::3857'))).toBe('foreign-datum')
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4490'])
      expect(refusal(named(name))).toBe('read')
  })
  it('leaves out what is no place, and takes the rest', () => {
    const file = read(
      collection(
        feature({ type: 'Point', coordinates: [122, 300] }),
        feature({ type: 'Polygon', coordinates: [[[1, 1], [2, 2]]] }), // oxfmt-ignore
        feature({ type: 'Curve', coordinates: [] }),
        7,
        feature({ type: 'Point', coordinates: [122, 30] }, { name: 'ok' }),
      ),
    )
    expect(file.things).toHaveLength(1)
    expect(file.left.map(({ why }) => why)).toEqual(['not-a-place', 'too-short', 'not-supported', 'no-geometry'])
  })
})

describe('any file', () => {
  it.each([
    ['empty', ''],
    ['empty', ' \n\uFEFF '],
    ['unknown-format', 'name,lat,lng\nx,30,122'],
    ['unknown-format', '[]'],
    ['unknown-format', '<html><body/></html>'],
    ['bad-json', '{"type":"FeatureCollection"'],
    ['bad-xml', '<kml><Document></kml>'],
    ['bad-xml', '<kml/><kml/>'],
    ['bad-xml', '<gpx a="1" a="2"/>'],
    ['bad-xml', '<kml>&nbsp;</kml>'],
    ['doctype', '<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>'],
    [
      'doctype',
      '<?xml version="1.0"?><!-- x --><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><kml/>',
    ],
    ['too-deep', `<kml>${'<Folder>'.repeat(100)}${'</Folder>'.repeat(100)}</kml>`],
  ])('is refused with its reason: %s', (fault, text) => expect(refusal(text)).toBe(fault))
  it('is read in the encodings that Chinese tools write', () => {
    const text = mark('<Point><coordinates>122,30</coordinates></Point>', '岱山')
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const gb = (of: string) => Buffer.concat([...of].map((c) => (c === '岱' ? Buffer.from([0xe1, 0xb7]) : c === '山' ? Buffer.from([0xc9, 0xbd]) : Buffer.from(c)))) // oxfmt-ignore
    for (const given of [utf16, gb(text), gb(text.replace('"1.0"', '"1.0" encoding="GB2312"'))])
      expect(read(given).things[0]!.name).toBe('岱山')
  })
  it('never makes the reader throw, loses nothing that it does not count, and lets out places alone (seeded)', () => {
    const fuzz = createFuzz(91)
    let read = 0
    const point = mark('<Point><coordinates>122,30</coordinates></Point>')
    const good = [
      bytes(point),
      zipSync({ 'doc.kml': bytes(point.repeat(3)) }),
      bytes('{"type":"Feature","geometry":{"type":"Point","coordinates":[122,30]}}'),
      bytes(
        '<gpx version="1.1"><wpt lat="30" lon="122"><name>x</name></wpt><trk><trkseg><trkpt lat="30" lon="122"><time>2026-11-28T07:00:00Z</time></trkpt></trkseg></trk></gpx>',
      ),
    ]
    for (let i = 0; i < 6000; i++) {
      const result = readFile(i % 9 === 0 ? fuzz.bytes(300) : fuzz.bent(good[i % good.length]!))
      if (!result.ok) continue
      read++
      for (const { shape } of result.file.things)
        if (shape.kind === 'point') expect(Math.abs(shape.at[0]) <= 180 && Math.abs(shape.at[1]) <= 90).toBe(true)
    }
    expect(read).toBeGreaterThan(100)
  })
})
