import { gridFrame, type GridShape } from '../frame/grid.ts'
import { type LandSpan, landSpans } from './land-spans.ts'
import { inRing } from '../frame/polygon.ts'
import type { MultiPolygonLngLat, PolygonLngLat } from '../frame/position.ts'

/** A gap one steps over: polygons this close are one land (tiles of a map share their border). Metres. */
const TOUCH_M = 1
/** A coastline is seldom truer than this: a planning point this close to land is taken to be on it. Metres [K]. */
export const COAST_ERROR_M = 30

/**
 * Which polygons one can walk to from a place without crossing water: the one it stands on and all that touch it,
 * directly or over others, seen along the scan lines of the grid. A polygon is walkable throughout, however thin a neck
 * is; polygons are apart when water wider than a metre lies between them, however coarse the cells.
 * @param rowSpans `landSpans` along the rows of the same grid and land
 * @returns null when the place is in the water
 */
export function homeLand(
  shape: GridShape,
  land: MultiPolygonLngLat,
  rowSpans: readonly (readonly LandSpan[])[],
  position: readonly number[],
): ReadonlySet<number> | null {
  const standsOn = land.flatMap((polygon, i) => (inPolygon(polygon, position) ? [i] : []))
  const home = standsOn.length > 0 ? standsOn : nearestWithin(shape, land, position, COAST_ERROR_M)
  if (home.length === 0) return null

  const parent = land.map((_, i) => i)
  const rootOf = (i: number): number => {
    let root = i
    while (parent[root] !== root) root = parent[root]!
    parent[i] = root
    return root
  }
  for (const lines of [rowSpans, landSpans(shape, land, 'columns')]) {
    for (const spans of lines) {
      let reachM = -Infinity
      let last = -1
      for (const { fromM, toM, polygon } of spans) {
        if (last >= 0 && fromM <= reachM + TOUCH_M) parent[rootOf(polygon)] = rootOf(last)
        if (toM > reachM) {
          reachM = toM
          last = polygon
        }
      }
    }
  }
  const roots = new Set(home.map(rootOf))
  return new Set([...parent.keys()].filter((i) => roots.has(rootOf(i))))
}

const inPolygon = (rings: PolygonLngLat, [lng, lat]: readonly number[]): boolean =>
  rings.reduce((odd, ring) => odd !== inRing(ring, lng!, lat!), false)

/** The polygon whose outline is nearest, when it is within `limitM`. */
function nearestWithin(
  shape: GridShape,
  land: MultiPolygonLngLat,
  position: readonly number[],
  limitM: number,
): number[] {
  const frame = gridFrame(shape)
  const [x, y] = frame.toLocal(position)
  let best: number | null = null
  let bestM = limitM
  land.forEach((rings, i) => {
    for (const ring of rings) {
      for (let j = 0; j < ring.length; j++) {
        const a = ring[j]!
        const b = ring[j + 1 < ring.length ? j + 1 : 0]!
        // Most edges are far away: told by their latitudes alone, a degree being above 110 km.
        const nearDeg = limitM / 110_000
        if (Math.min(a[1]!, b[1]!) > position[1]! + nearDeg || Math.max(a[1]!, b[1]!) < position[1]! - nearDeg) continue
        const awayM = distanceToEdgeM(x, y, frame.toLocal(a), frame.toLocal(b))
        if (awayM <= bestM) {
          bestM = awayM
          best = i
        }
      }
    }
  })
  return best === null ? [] : [best]
}

function distanceToEdgeM(x: number, y: number, a: readonly number[], b: readonly number[]): number {
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const length2 = dx * dx + dy * dy
  const t = length2 > 0 ? Math.max(0, Math.min(1, ((x - a[0]!) * dx + (y - a[1]!) * dy) / length2)) : 0
  return Math.hypot(a[0]! + t * dx - x, a[1]! + t * dy - y)
}
