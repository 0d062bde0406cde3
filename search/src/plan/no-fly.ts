import { inRing } from '../frame/polygon.ts'
import type { LocalM } from '../frame/position.ts'

/** Zones a path must stay out of, in a local frame. */
export interface NoFly {
  readonly zones: readonly (readonly (readonly number[])[])[]
  /** Whether a straight leg touches the inside of a zone. */
  blocks(a: readonly number[], b: readonly number[]): boolean
  /** Whether a point lies in a zone. */
  holds(point: readonly number[]): boolean
  /** Corner points of the shortest way from a to b around all zones (empty when straight), or null when there is none. */
  route(a: readonly number[], b: readonly number[]): LocalM[] | null
}

/** Distance a detour keeps from a zone's corners, metres. */
const CORNER_CLEARANCE_M = 25

/**
 * No-fly zones from rings of local points (outer rings; a hole in a zone counts as zone).
 * Detours run over a visibility graph of the zones' outward corners moved off by 25 m (Dijkstra): shortest but for that
 * clearance. Cost grows with the square of the corner count, once per call; meant for up to a few hundred corners.
 */
export function noFlyZones(rings: readonly (readonly (readonly number[])[])[]): NoFly {
  const zones = rings.map(openRing).filter((ring) => ring.length >= 3)
  const boxes = zones.map(boxOf)

  const holds = (p: readonly number[]): boolean =>
    zones.some((ring, i) => near(boxes[i]!, p, p) && inRing(ring, p[0]!, p[1]!))
  const blocks = (a: readonly number[], b: readonly number[]): boolean =>
    zones.some((ring, i) => near(boxes[i]!, a, b) && legEnters(ring, a, b))

  const corners = zones.flatMap(outwardCorners).filter((p) => !holds(p))
  let visible: number[][] | null = null

  const route = (a: readonly number[], b: readonly number[]): LocalM[] | null => {
    if (zones.length === 0 || !blocks(a, b)) return []
    visible ??= corners.map((p, i) => corners.flatMap((q, j) => (i !== j && !blocks(p, q) ? [j] : [])))
    return shortest(a, b, corners, visible, blocks)
  }
  return { zones, blocks, holds, route }
}

function shortest(
  a: readonly number[],
  b: readonly number[],
  corners: readonly LocalM[],
  visible: readonly number[][],
  blocks: NoFly['blocks'],
): LocalM[] | null {
  const lengthM = (p: readonly number[], q: readonly number[]): number => Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!)
  const distance = corners.map((p) => (blocks(a, p) ? Infinity : lengthM(a, p)))
  const toEnd = corners.map((p) => (blocks(p, b) ? Infinity : lengthM(p, b)))
  const before = corners.map(() => -1)
  const done = corners.map(() => false)
  for (;;) {
    let at = -1
    for (let i = 0; i < corners.length; i++) {
      if (!done[i] && distance[i]! < Infinity && (at < 0 || distance[i]! < distance[at]!)) at = i
    }
    if (at < 0) break
    done[at] = true
    for (const next of visible[at]!) {
      const longer = distance[at]! + lengthM(corners[at]!, corners[next]!)
      if (longer < distance[next]!) {
        distance[next] = longer
        before[next] = at
      }
    }
  }
  let last = -1
  for (let i = 0; i < corners.length; i++) {
    if (last < 0 || distance[i]! + toEnd[i]! < distance[last]! + toEnd[last]!) last = i
  }
  if (last < 0 || !Number.isFinite(distance[last]! + toEnd[last]!)) return null
  const path: LocalM[] = []
  for (let i = last; i >= 0; i = before[i]!) path.unshift(corners[i]!)
  return path
}

function openRing(ring: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const [first, last] = [ring[0], ring[ring.length - 1]]
  return ring.length > 1 && first![0] === last![0] && first![1] === last![1] ? ring.slice(0, -1) : ring
}

type Box = readonly [west: number, south: number, east: number, north: number]

function boxOf(ring: readonly (readonly number[])[]): Box {
  const [xs, ys] = [ring.map((p) => p[0]!), ring.map((p) => p[1]!)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

const near = ([west, south, east, north]: Box, a: readonly number[], b: readonly number[]): boolean =>
  Math.max(a[0]!, b[0]!) >= west &&
  Math.min(a[0]!, b[0]!) <= east &&
  Math.max(a[1]!, b[1]!) >= south &&
  Math.min(a[1]!, b[1]!) <= north

/** Cuts the leg at every edge it crosses and asks whether the middle of any piece is inside. */
function legEnters(ring: readonly (readonly number[])[], a: readonly number[], b: readonly number[]): boolean {
  const cuts = [0, 1]
  const [rx, ry] = [b[0]! - a[0]!, b[1]! - a[1]!]
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i]!
    const q = ring[(i + 1) % ring.length]!
    const [sx, sy] = [q[0]! - p[0]!, q[1]! - p[1]!]
    const cross = rx * sy - ry * sx
    if (cross === 0) continue
    const t = ((p[0]! - a[0]!) * sy - (p[1]! - a[1]!) * sx) / cross
    const u = ((p[0]! - a[0]!) * ry - (p[1]! - a[1]!) * rx) / cross
    if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t)
  }
  cuts.sort((p, q) => p - q)
  for (let i = 1; i < cuts.length; i++) {
    const middle = (cuts[i - 1]! + cuts[i]!) / 2
    if (cuts[i]! - cuts[i - 1]! > 1e-12 && inRing(ring, a[0]! + middle * rx, a[1]! + middle * ry)) return true
  }
  return false
}

/** The ring's outward corners, moved off along the bisector. Inward corners never lie on a shortest way. */
function outwardCorners(ring: readonly (readonly number[])[]): LocalM[] {
  const moved: LocalM[] = []
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i]!
    const toPrevious = unit(p, ring[(i + ring.length - 1) % ring.length]!)
    const toNext = unit(p, ring[(i + 1) % ring.length]!)
    const bisector = [toPrevious[0] + toNext[0], toPrevious[1] + toNext[1]]
    const size = Math.hypot(bisector[0]!, bisector[1]!)
    if (size < 1e-9) continue
    const off: LocalM = [
      p[0]! - (bisector[0]! / size) * CORNER_CLEARANCE_M,
      p[1]! - (bisector[1]! / size) * CORNER_CLEARANCE_M,
    ]
    if (!inRing(ring, p[0]! - (bisector[0]! / size) * 1e-3, p[1]! - (bisector[1]! / size) * 1e-3)) moved.push(off)
  }
  return moved
}

function unit(from: readonly number[], to: readonly number[]): [number, number] {
  const [x, y] = [to[0]! - from[0]!, to[1]! - from[1]!]
  const size = Math.hypot(x, y) || 1
  return [x / size, y / size]
}
