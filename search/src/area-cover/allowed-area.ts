import { inRing, ringAreaM2 } from '../polygon.ts'
import type { LocalM } from '../position.ts'

/** Ground a path may not leave, in a flat frame: a polygon with holes. Its rim belongs to it. */
export interface AllowedArea {
  /** Open rings with the area on their left: the outer one counter-clockwise, holes clockwise. */
  readonly rings: readonly (readonly LocalM[])[]
  readonly areaM2: number
  holds(point: readonly number[]): boolean
  /** Whether a straight leg stays inside. */
  holdsLeg(a: readonly number[], b: readonly number[]): boolean
  /** Where along a to b (0..1, rising) the rings are crossed. */
  crossings(a: readonly number[], b: readonly number[]): number[]
}

/** Rounding: a point this near to the rim is on it, metres. */
const RIM_M = 1e-6

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
  const edges = turned.flatMap((ring) => ring.map((p, i) => [p, ring[(i + 1) % ring.length]!] as const))

  const holds = (p: readonly number[]): boolean =>
    turned.reduce((inside, ring) => inside !== inRing(ring, p[0]!, p[1]!), false) ||
    edges.some(([a, b]) => nearBox(p, a, b) && distanceToLegM(p, a, b) <= RIM_M)
  const crossings = (a: readonly number[], b: readonly number[]): number[] => {
    const [rx, ry] = [b[0]! - a[0]!, b[1]! - a[1]!]
    const cuts: number[] = []
    for (const [p, q] of edges) {
      const [sx, sy] = [q[0] - p[0], q[1] - p[1]]
      const cross = rx * sy - ry * sx
      if (cross === 0) continue
      const t = ((p[0] - a[0]!) * sy - (p[1] - a[1]!) * sx) / cross
      const u = ((p[0] - a[0]!) * ry - (p[1] - a[1]!) * rx) / cross
      if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t)
    }
    return cuts.sort((s, t) => s - t)
  }
  const holdsLeg = (a: readonly number[], b: readonly number[]): boolean => {
    if (!holds(a) || !holds(b)) return false
    const lengthM = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
    const cuts = [0, ...crossings(a, b), 1]
    for (let i = 1; i < cuts.length; i++) {
      if ((cuts[i]! - cuts[i - 1]!) * lengthM <= RIM_M) continue
      const t = (cuts[i]! + cuts[i - 1]!) / 2
      if (!holds([a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)])) return false
    }
    return true
  }
  const areaM2 = turned.reduce((sum, ring) => sum + ringAreaM2(ring), 0)
  return { rings: turned, areaM2, holds, holdsLeg, crossings }
}

/** Distance of a point from a straight leg, metres. */
export function distanceToLegM(p: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [x, y] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const size2 = x * x + y * y
  const t = size2 > 0 ? Math.min(1, Math.max(0, ((p[0]! - a[0]!) * x + (p[1]! - a[1]!) * y) / size2)) : 0
  return Math.hypot(p[0]! - a[0]! - t * x, p[1]! - a[1]! - t * y)
}

/** A quick no for most edges. */
const nearBox = (p: readonly number[], a: LocalM, b: LocalM): boolean =>
  p[0]! >= Math.min(a[0], b[0]) - RIM_M &&
  p[0]! <= Math.max(a[0], b[0]) + RIM_M &&
  p[1]! >= Math.min(a[1], b[1]) - RIM_M &&
  p[1]! <= Math.max(a[1], b[1]) + RIM_M

/** Without the closing point and without corners that repeat the one before. */
function openRing(ring: readonly (readonly number[])[]): LocalM[] {
  const same = (a: readonly number[], b: readonly number[]): boolean => a[0] === b[0] && a[1] === b[1]
  const open = ring.filter((p, i) => i === 0 || !same(p, ring[i - 1]!))
  if (open.length > 1 && same(open[0]!, open[open.length - 1]!)) open.pop()
  return open.map((p) => [p[0]!, p[1]!])
}
