import { convexHull } from '../frame/polygon.ts'

/** Narrowest way across a polygon, and how many lanes cover it. */
export interface LaneCount {
  /** Width of the narrowest strip that holds the polygon, metres. */
  readonly minWidthM: number
  /** Bearing of that strip, clockwise from grid north, 0 <= bearing < pi: lanes along it are fewest. */
  readonly bearingRad: number
  readonly lanes: number
}

/**
 * Lanes needed across a polygon of a flat frame: ceil(width / spacing), where the width is taken across the given
 * bearing, or across the best one (rotating calipers: the minimum lies at an edge of the hull).
 * Exact for convex areas; for concave ones lanes may be interrupted and the hull counts.
 * RangeError for fewer than three corners or a spacing of 0. Source: search-science notes 4.3, vectors `lane_count`.
 */
export function laneCount(polygonM: readonly (readonly number[])[], spacingM: number, bearingRad?: number): LaneCount {
  const hull = convexHull(polygonM)
  if (hull.length < 3) throw new RangeError('laneCount: need at least three corners')
  if (!(spacingM > 0)) throw new RangeError('spacingM: must be above 0')
  const bearings =
    bearingRad === undefined
      ? hull.map((p, i) => {
          const q = hull[(i + 1) % hull.length]!
          return (Math.atan2(q[0]! - p[0]!, q[1]! - p[1]!) + 2 * Math.PI) % Math.PI
        })
      : [bearingRad]
  const widthAcross = (bearing: number): number => {
    const across = hull.map((p) => p[0]! * Math.cos(bearing) - p[1]! * Math.sin(bearing))
    return Math.max(...across) - Math.min(...across)
  }
  const best = bearings.reduce((a, b) => (widthAcross(b) < widthAcross(a) - 1e-9 ? b : a))
  const minWidthM = widthAcross(best)
  // A hair of tolerance, or an area of exactly ten spacings would get eleven lanes by rounding.
  return { minWidthM, bearingRad: best, lanes: Math.max(1, Math.ceil(minWidthM / spacingM - 1e-9)) }
}
