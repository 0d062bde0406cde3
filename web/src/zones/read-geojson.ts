import { ZoneShape, type LngLat } from '@skerry/contract'

/** A shape read from a file, with the name it had there. */
export interface ReadShape {
  name: string
  shape: ZoneShape
}
export interface ReadZones {
  shapes: ReadShape[]
  /** How many features could not be a zone: points, lines without a width, broken rings. */
  skipped: number
}

interface Geometry {
  type?: unknown
  coordinates?: unknown
}
interface Feature {
  properties?: Record<string, unknown> | null
  geometry?: Geometry | null
}

/** Half width of a line in a file that does not say one (`halfWidthM`), metres. */
const HALF_WIDTH_M = 200
/** Larger files are no zones. */
export const MOST_BYTES = 5_000_000

/**
 * Zones of a GeoJSON file (RFC 7946, WGS-84): polygons as they are, each part of a multi-polygon by itself, lines as
 * corridors, points with a `radiusM` as circles. Null where the text is no GeoJSON.
 */
export function readGeoJson(text: string, unnamed: string): ReadZones | null {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch {
    return null
  }
  const features = featuresOf(root)
  if (features === null) return null
  const shapes: ReadShape[] = []
  let skipped = 0
  for (const { properties, geometry } of features) {
    const own = shapesOf(geometry ?? {}, properties ?? {})
    if (own.length === 0) skipped++
    own.forEach((shape, i) => {
      const name = nameOf(properties ?? {}) ?? `${unnamed} ${shapes.length + 1}`
      shapes.push({ name: own.length > 1 ? `${name} ${i + 1}` : name, shape })
    })
  }
  return { shapes, skipped }
}

function featuresOf(root: unknown): Feature[] | null {
  if (typeof root !== 'object' || root === null) return null
  const { type, features } = root as { type?: unknown; features?: unknown }
  if (type === 'FeatureCollection' && Array.isArray(features))
    return features.filter((one): one is Feature => typeof one === 'object' && one !== null)
  if (type === 'Feature') return [root as Feature]
  return typeof type === 'string' && 'coordinates' in root ? [{ geometry: root as Geometry }] : null
}

function nameOf(properties: Record<string, unknown>): string | null {
  for (const key of ['name', 'NAME', 'title', 'id']) {
    const value = properties[key]
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 50)
  }
  return null
}

function shapesOf({ type, coordinates }: Geometry, properties: Record<string, unknown>): ZoneShape[] {
  const checked = (shape: unknown): ZoneShape[] => {
    const read = ZoneShape.safeParse(shape)
    return read.success ? [read.data] : []
  }
  if (!Array.isArray(coordinates)) return []
  switch (type) {
    case 'Polygon':
      return checked({ kind: 'polygon', rings: coordinates.map(toRing) })
    case 'MultiPolygon':
      return coordinates.flatMap((rings) =>
        Array.isArray(rings) ? checked({ kind: 'polygon', rings: rings.map(toRing) }) : [],
      )
    case 'LineString':
      return checked({
        kind: 'corridor',
        line: toLine(coordinates),
        halfWidthM: number(properties, 'halfWidthM', HALF_WIDTH_M),
      })
    case 'Point':
      return checked({ kind: 'circle', centre: coordinates.slice(0, 2), radiusM: number(properties, 'radiusM', NaN) })
    default:
      return []
  }
}

const number = (properties: Record<string, unknown>, key: string, byDefault: number): number => {
  const value = properties[key]
  return typeof value === 'number' ? value : byDefault
}

/** Height, which a file may carry, is left out; so is the last point of a ring where it repeats the first. */
const toLine = (points: unknown): unknown[] =>
  Array.isArray(points) ? points.map((at: unknown) => (Array.isArray(at) ? at.slice(0, 2) : at)) : []
function toRing(points: unknown): unknown[] {
  const line = toLine(points) as LngLat[]
  const first = line[0]
  const last = line.at(-1)
  const closed = line.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
  return closed ? line.slice(0, -1) : line
}
