import { BadInput } from './bad-input.ts'
import type { PolygonLngLat } from '../frame/position.ts'

/** Positions taken in one land layer: a whole archipelago at full detail, and still some seconds of work. */
const MAX_POSITIONS = 3_000_000

/**
 * Polygons of a GeoJSON land layer: Polygon, MultiPolygon, GeometryCollection, Feature or FeatureCollection (RFC 7946).
 * Foreign members are allowed, as GeoJSON has them; a feature without geometry counts for nothing; heights are dropped.
 * BadInput that names the place inside `field` for anything else.
 */
export function landPolygons(value: unknown, field: string): PolygonLngLat[] {
  const found: PolygonLngLat[] = []
  let positions = 0
  collect(value, field)
  return found

  function collect(node: unknown, at: string): void {
    const { type, ...rest } = object(node, at)
    switch (type) {
      case 'FeatureCollection':
        return list(rest.features, `${at}.features`).forEach((feature, i) => collect(feature, `${at}.features[${i}]`))
      case 'GeometryCollection':
        return list(rest.geometries, `${at}.geometries`).forEach((each, i) => collect(each, `${at}.geometries[${i}]`))
      case 'Feature':
        return rest.geometry === null ? undefined : collect(rest.geometry, `${at}.geometry`)
      case 'Polygon':
        found.push(polygon(rest.coordinates, `${at}.coordinates`))
        return undefined
      case 'MultiPolygon':
        return list(rest.coordinates, `${at}.coordinates`).forEach((each, i) =>
          found.push(polygon(each, `${at}.coordinates[${i}]`)),
        )
      default:
        throw new BadInput(`${at}.type: must be Polygon, MultiPolygon, Feature or FeatureCollection`)
    }
  }

  function polygon(value: unknown, at: string): PolygonLngLat {
    return list(value, at).map((ring, i) => {
      const points = list(ring, `${at}[${i}]`).map((each, j) => position(each, `${at}[${i}][${j}]`))
      if (points.length < 4) throw new BadInput(`${at}[${i}]: must be a closed ring of at least 4 positions`)
      const [first, last] = [points[0]!, points.at(-1)!]
      if (first[0] !== last[0] || first[1] !== last[1]) throw new BadInput(`${at}[${i}]: must end where it begins`)
      return points
    })
  }

  function position(value: unknown, at: string): readonly [number, number] {
    if (++positions > MAX_POSITIONS) throw new BadInput(`${field}: must have at most ${MAX_POSITIONS} positions`)
    const [lng, lat] = Array.isArray(value) ? (value as unknown[]) : []
    if (!(typeof lng === 'number' && typeof lat === 'number' && Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) {
      throw new BadInput(`${at}: must be [lng, lat] in degrees`)
    }
    return [lng, lat]
  }
}

function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new BadInput(`${at}: must be a GeoJSON object`)
}

function list(value: unknown, at: string): unknown[] {
  if (Array.isArray(value)) return value as unknown[]
  throw new BadInput(`${at}: must be an array`)
}
