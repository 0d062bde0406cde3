import { convexHull } from './polygon.ts'
import type { LocalM } from './position.ts'

/** Directions that are always among the sides: a sharp corner is cut off at 1.09 times the margin. */
const COMPASS = 8
/** Sides that turn by less than this are one, radians. */
const SAME_RAD = 1e-6

/**
 * A convex polygon around points that keeps at least a margin from each, counter-clockwise: the convex hull moved outwards
 * by the margin, its corners cut. With too many corners the shortest sides of the hull are left out, which makes it larger
 * and never smaller. One point or a line will do.
 * @param marginM at least 0; above 0 where the points may lie on one line
 * @param mostCorners at least 8
 * @throws RangeError without points, or for figures outside of these
 */
export function enclosingPolygon(
  points: readonly (readonly number[])[],
  marginM: number,
  mostCorners: number,
): LocalM[] {
  if (points.length === 0 || !(marginM >= 0) || !(mostCorners >= COMPASS))
    throw new RangeError('enclosingPolygon: points, a margin of at least 0 and eight corners or more are needed')
  const hull = convexHull(points)
  const corners = hull.length > 0 ? hull : points.slice(0, 1)
  const sides = corners
    .map((p, i) => {
      const q = corners[(i + 1) % corners.length]!
      const [dx, dy] = [q[0]! - p[0]!, q[1]! - p[1]!]
      return { lengthM: Math.hypot(dx, dy), outwardRad: Math.atan2(-dx, dy) }
    })
    .filter(({ lengthM }) => lengthM > 0)
    .sort((a, b) => b.lengthM - a.lengthM)
    .slice(0, mostCorners - COMPASS)
  const compass = Array.from({ length: COMPASS }, (_, i) => -Math.PI + (2 * Math.PI * i) / COMPASS)
  const directions = [...sides.map(({ outwardRad }) => outwardRad), ...compass]
    .sort((a, b) => a - b)
    .filter((rad, i, all) => rad - (i === 0 ? all.at(-1)! - 2 * Math.PI : all[i - 1]!) > SAME_RAD)
  // Every side touches the hull as moved outwards, so neighbours meet in a corner and no side is idle.
  const lines = directions.map((rad) => {
    const [x, y] = [Math.cos(rad), Math.sin(rad)]
    return { x, y, reachM: Math.max(...corners.map((p) => p[0]! * x + p[1]! * y)) + marginM }
  })
  return lines.map((a, i): LocalM => {
    const b = lines[(i + 1) % lines.length]!
    const det = a.x * b.y - a.y * b.x
    return [(a.reachM * b.y - b.reachM * a.y) / det, (a.x * b.reachM - b.x * a.reachM) / det]
  })
}
