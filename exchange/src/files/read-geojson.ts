import type { LngLat } from '@skerry/contract'
import { lineOf, nameText, noteText, placeOf, polygonOf, timeOf } from './places.ts'
import {
  createGatherer,
  refused,
  type Gatherer,
  type LeftOut,
  type ReadResult,
  type Shape,
  type Thing,
} from './things.ts'

interface Geometry {
  type?: unknown
  coordinates?: unknown
  geometries?: unknown
}
type Properties = Record<string, unknown>

/** Names under which a coordinate system is the one of RFC 7946; CGCS2000 is the same at the scale of a map. */
const WGS84 = /(?:CRS84|EPSG::?4326|EPSG::?4490|EPSG\/0\/4326)$/i
/** A fourth coordinate above this is a time in milliseconds (1973 and later), as CalTopo writes its tracks. */
const TIME_FROM_MS = 1e11
const DEEPEST = 8

/**
 * Things of a GeoJSON text (RFC 7946). Parts of multi-geometries become things of their own. Tracks are lines whose
 * points carry times: as a fourth coordinate, or as `coordTimes` in the properties.
 */
export function readGeoJson(text: string): ReadResult {
  let root: unknown
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return refused('bad-json', error instanceof Error ? error.message.slice(0, 120) : null)
  }
  if (!isObject(root)) return refused('unknown-format')
  const crs = foreignDatum(root)
  if (crs !== null) return refused('foreign-datum', crs)
  const features = featuresOf(root)
  if (features === null) return refused('unknown-format', typeof root['type'] === 'string' ? root['type'] : null)
  const gather = createGatherer()
  features.forEach((feature, i) => {
    if (!isObject(feature)) return gather.leave('no-geometry', `${i + 1}`)
    const properties = isObject(feature['properties']) ? feature['properties'] : {}
    const about = aboutOf(properties)
    takeGeometry(gather, feature['geometry'], properties, about, about.name ?? `${i + 1}`, DEEPEST)
  })
  return gather.done('geojson')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function featuresOf(root: Record<string, unknown>): unknown[] | null {
  const { type, features } = root
  if (type === 'FeatureCollection') return Array.isArray(features) ? features : null
  if (type === 'Feature') return [root]
  return typeof type === 'string' && ('coordinates' in root || 'geometries' in root) ? [{ geometry: root }] : null
}

/** The older GeoJSON let a file name another coordinate system. Reading it as WGS-84 would move everything. */
function foreignDatum(root: Record<string, unknown>): string | null {
  const crs = root['crs']
  if (!isObject(crs)) return null
  const name = isObject(crs['properties']) ? crs['properties']['name'] : undefined
  if (typeof name === 'string' && WGS84.test(name)) return null
  return typeof name === 'string' ? name.slice(0, 80) : 'crs'
}

function aboutOf(properties: Properties): Omit<Thing, 'shape'> {
  const first = (...keys: string[]): unknown =>
    keys.map((key) => properties[key]).find((value) => nameText(value) !== null)
  const number = (key: string): number | undefined => {
    const value = properties[key]
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined
  }
  const time = first('time', 'timestamp')
  const [halfWidthM, radiusM] = [number('halfWidthM'), number('radiusM')]
  return {
    name: nameText(first('name', 'title', 'NAME', 'Name', '名称', 'id')),
    note: noteText(first('description', 'desc', 'note', '备注')),
    folders: [first('folder', 'layer')].map(nameText).filter((folder) => folder !== null),
    atMs: typeof time === 'string' ? timeOf(time) : null,
    ...(halfWidthM === undefined ? {} : { halfWidthM }),
    ...(radiusM === undefined ? {} : { radiusM }),
  }
}

function takeGeometry(
  gather: Gatherer,
  given: unknown,
  properties: Properties,
  about: Omit<Thing, 'shape'>,
  where: string,
  depth: number,
): void {
  if (!isObject(given)) return gather.leave('no-geometry', where)
  const { type, coordinates, geometries } = given as Geometry
  if (type === 'GeometryCollection') {
    if (!Array.isArray(geometries) || depth === 0) return gather.leave('not-a-place', where)
    for (const each of geometries) takeGeometry(gather, each, properties, about, where, depth - 1)
    return
  }
  const parts = typeof type === 'string' && type.startsWith('Multi') ? coordinates : [coordinates]
  const kind = String(type).replace(/^Multi/, '')
  if (!['Point', 'LineString', 'Polygon'].includes(kind)) return gather.leave('not-supported', where)
  if (!Array.isArray(parts)) return gather.leave('not-a-place', where)
  parts.forEach((part, i) => {
    const shape = shapeOf(kind, part, properties)
    if (typeof shape === 'string') return gather.leave(shape, where)
    const name = parts.length > 1 && about.name !== null ? `${about.name} ${i + 1}` : about.name
    gather.add({ ...about, name, shape })
  })
}

function shapeOf(kind: string, coordinates: unknown, properties: Properties): Shape | LeftOut {
  if (kind === 'Point') {
    const at = positionOf(coordinates)
    return at === null ? 'not-a-place' : { kind: 'point', at }
  }
  if (kind === 'Polygon') {
    if (!Array.isArray(coordinates)) return 'not-a-place'
    const rings = coordinates.map(positionsOf)
    return rings.includes(null) ? 'not-a-place' : polygonOf(rings as LngLat[][])
  }
  const line = positionsOf(coordinates)
  if (line === null) return 'not-a-place'
  const times = timesOf(coordinates as unknown[][], properties)
  if (times === null || line.length < 2) return lineOf(line)
  const piece = line.map((at, i) => ({ at, atMs: times[i]!, heightAmslM: heightOf((coordinates as unknown[][])[i]!) }))
  return { kind: 'track', pieces: [piece] }
}

const positionOf = (given: unknown): LngLat | null =>
  Array.isArray(given) && typeof given[0] === 'number' && typeof given[1] === 'number'
    ? placeOf(given[0], given[1])
    : null
function positionsOf(given: unknown): LngLat[] | null {
  if (!Array.isArray(given)) return null
  const read = given.map(positionOf)
  return read.includes(null) ? null : (read as LngLat[])
}
const heightOf = (given: unknown[]): number | null =>
  typeof given[2] === 'number' && Number.isFinite(given[2]) ? given[2] : null

/** A time for every point, or null: with gaps it is a line. */
function timesOf(coordinates: unknown[][], properties: Properties): number[] | null {
  const fourth = coordinates.map((at) => at[3])
  if (fourth.every((value) => typeof value === 'number' && value > TIME_FROM_MS && value < 8.64e15))
    return fourth.map((value) => Math.round(value as number))
  const listed = properties['coordTimes'] ?? properties['times']
  if (!Array.isArray(listed) || listed.length !== coordinates.length) return null
  const times = listed.map((one: unknown) =>
    typeof one === 'string' ? timeOf(one) : typeof one === 'number' && one > TIME_FROM_MS ? Math.round(one) : null,
  )
  return times.includes(null) ? null : (times as number[])
}
