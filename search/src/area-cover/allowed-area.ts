import { ringAreaM2 } from '../frame/polygon.ts'
import type { LocalM } from '../frame/position.ts'
import { edgeIndex } from './edge-index.ts'

/** Ground a path may not leave, in a flat frame: a polygon with holes. Its rim belongs to it. */
export interface AllowedArea {
  /** Open rings with the area on their left: the outer one counter-clockwise, holes clockwise. */
  readonly rings: readonly (readonly LocalM[])[]
  readonly areaM2: number
  holds(point: readonly number[]): boolean
  /** Whether a straight leg stays inside. */
  holdsLeg(a: readonly number[], b: readonly number[]): boolean
}

/** Rounding: a point this near to the rim is on it, metres. */
const RIM_M = 1e-6
/** Ends this far from a line are beyond doubt on their side of it, metres. */
const CLEARLY_M = 1e-3

/**
 * Area from rings in a flat frame, `[outer, ...holes]`, closing points optional. Inside is by the even-odd rule over all
 * rings. RangeError for an outer ring of less than three corners or without area, or coordinates that are not finite.
 */
export function allowedArea(ringsM: readonly (readonly (readonly number[])[])[]): AllowedArea {
  const rings = ringsM.map(openRing).filter((ring, i) => i === 0 || (ring.length >= 3 && ringAreaM2(ring) !== 0))
  const outer = rings[0]
  if (!outer || outer.length < 3 || ringAreaM2(outer) === 0)
    throw new RangeError('area: the outer ring must have three corners and an area')
  if (rings.some((ring) => ring.some(([x, y]) => !(Number.isFinite(x) && Number.isFinite(y)))))
    throw new RangeError('area: coordinates must be finite')
  const turned = rings.map((ring, i) => (ringAreaM2(ring) > 0 === (i === 0) ? ring : ring.toReversed()))
  const index = edgeIndex(turned)
  const { ends } = index

  const holds = (p: readonly number[]): boolean => {
    const [x, y] = [p[0]!, p[1]!]
    let inside = false
    const level = index.acrossHeight(y)
    for (let i = 0; i < level.length; i++) {
      const at = 4 * level[i]!
      const [x1, y1, x2, y2] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!]
      if (y1 > y !== y2 > y && x < ((x1 - x2) * (y - y2)) / (y1 - y2) + x2) inside = !inside
    }
    return inside || index.someNear(x, y, x, y, (edge) => onEdge(ends, 4 * edge, p))
  }
  /** Where along a to b (0..1, rising) the rings are crossed. */
  const crossings = (a: readonly number[], b: readonly number[]): number[] => {
    const [rx, ry] = [b[0]! - a[0]!, b[1]! - a[1]!]
    const cuts: number[] = []
    index.someNear(a[0]!, a[1]!, b[0]!, b[1]!, (edge) => {
      const at = 4 * edge
      const [px, py] = [ends[at]!, ends[at + 1]!]
      const [sx, sy] = [ends[at + 2]! - px, ends[at + 3]! - py]
      const cross = rx * sy - ry * sx
      if (cross === 0) return false
      const t = ((px - a[0]!) * sy - (py - a[1]!) * sx) / cross
      const u = ((px - a[0]!) * ry - (py - a[1]!) * rx) / cross
      if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t)
      return false
    })
    return cuts.sort((s, t) => s - t)
  }
  const holdsLeg = (a: readonly number[], b: readonly number[]): boolean => {
    const lengthM = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
    // Most legs that leave the area cross a rim so clearly that nothing else need be looked at.
    if (lengthM > 0 && index.someNear(a[0]!, a[1]!, b[0]!, b[1]!, (edge) => cutsClearly(ends, 4 * edge, a, b, lengthM)))
      return false
    if (!holds(a) || !holds(b)) return false
    const cuts = [0, ...crossings(a, b), 1]
    for (let i = 1; i < cuts.length; i++) {
      if ((cuts[i]! - cuts[i - 1]!) * lengthM <= RIM_M) continue
      const t = (cuts[i]! + cuts[i - 1]!) / 2
      if (!holds([a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)])) return false
    }
    return true
  }
  const areaM2 = turned.reduce((sum, ring) => sum + ringAreaM2(ring), 0)
  return { rings: turned, areaM2, holds, holdsLeg }
}

/** Distance of a point from a straight leg, metres. */
export function distanceToLegM(p: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [x, y] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const size2 = x * x + y * y
  const t = size2 > 0 ? Math.min(1, Math.max(0, ((p[0]! - a[0]!) * x + (p[1]! - a[1]!) * y) / size2)) : 0
  return Math.hypot(p[0]! - a[0]! - t * x, p[1]! - a[1]! - t * y)
}

const onEdge = (ends: Float64Array, at: number, p: readonly number[]): boolean =>
  distanceToLegM(p, [ends[at]!, ends[at + 1]!], [ends[at + 2]!, ends[at + 3]!]) <= RIM_M

/** Whether a leg and an edge cross with the ends of either well apart on both sides of the other. */
function cutsClearly(
  ends: Float64Array,
  at: number,
  a: readonly number[],
  b: readonly number[],
  lengthM: number,
): boolean {
  const [px, py, qx, qy] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!]
  const [rx, ry] = [(b[0]! - a[0]!) / lengthM, (b[1]! - a[1]!) / lengthM]
  const p = rx * (py - a[1]!) - ry * (px - a[0]!)
  const q = rx * (qy - a[1]!) - ry * (qx - a[0]!)
  if (!(p > CLEARLY_M && q < -CLEARLY_M) && !(p < -CLEARLY_M && q > CLEARLY_M)) return false
  const edgeM = Math.hypot(qx - px, qy - py)
  const [sx, sy] = [(qx - px) / edgeM, (qy - py) / edgeM]
  const from = sx * (a[1]! - py) - sy * (a[0]! - px)
  const to = sx * (b[1]! - py) - sy * (b[0]! - px)
  return (from > CLEARLY_M && to < -CLEARLY_M) || (from < -CLEARLY_M && to > CLEARLY_M)
}

/** Without the closing point and without corners that repeat the one before. */
function openRing(ring: readonly (readonly number[])[]): LocalM[] {
  const same = (a: readonly number[], b: readonly number[]): boolean => a[0] === b[0] && a[1] === b[1]
  const open = ring.filter((p, i) => i === 0 || !same(p, ring[i - 1]!))
  if (open.length > 1 && same(open[0]!, open[open.length - 1]!)) open.pop()
  return open.map((p) => [p[0]!, p[1]!])
}
