import type { LocalM } from '../frame/position.ts'
import type { AllowedArea } from './allowed-area.ts'

/** Shortest ways inside an area. */
export interface WaysInside {
  /** Corner points between two places of the area (empty: straight), or null when no way joins them. */
  route(a: readonly number[], b: readonly number[]): readonly LocalM[] | null
}

/**
 * Shortest ways that do not leave an area. They bend only at corners that reach into it (reflex corners of the outer
 * ring, outward ones of holes), so a visibility graph of those is enough (Lozano-Perez & Wesley 1979). Corners are passed
 * `clearanceM` off where there is room, exactly where there is none.
 * Cost: corners squared times edges, once; meant for up to a few hundred corners.
 */
export function waysInside(area: AllowedArea, clearanceM: number): WaysInside {
  const off = graphOf(area, clearanceM)
  let exact: Graph | null = null
  return {
    route: (a, b) => (area.holdsLeg(a, b) ? [] : (through(off, a, b) ?? through((exact ??= graphOf(area, 0)), a, b))),
  }
}

interface Graph {
  /** Length of the straight leg from a place to every corner, Infinity where it leaves the area. */
  seenFrom(place: readonly number[]): Float64Array
  /** Shortest way from a place to every corner, and the corner it comes by first. */
  wayFrom(place: readonly number[]): { readonly lengthM: Float64Array; readonly first: Int32Array }
  readonly corners: readonly Bend[]
  /** The corner that follows on the shortest way between two (Floyd & Warshall). */
  readonly next: readonly Int32Array[]
}

function graphOf(area: AllowedArea, clearanceM: number): Graph {
  const corners = bends(area, clearanceM)
  const n = corners.length
  const lengthM = corners.map(() => new Float64Array(n).fill(Infinity))
  const next = corners.map(() => new Int32Array(n).fill(-1))
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      const [p, q] = [corners[i]!, corners[k]!]
      if (i !== k && !(mayBend(p.at, q, clearanceM) && mayBend(q.at, p, clearanceM) && area.holdsLeg(p.at, q.at)))
        continue
      lengthM[i]![k] = lengthM[k]![i] = distanceM(p.at, q.at)
      next[i]![k] = k
      next[k]![i] = i
    }
  }
  for (let via = 0; via < n; via++) {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        const longer = lengthM[i]![via]! + lengthM[via]![k]!
        if (longer >= lengthM[i]![k]! - 1e-9) continue
        lengthM[i]![k] = longer
        next[i]![k] = next[i]![via]!
      }
    }
  }
  // A lane's end is asked about once for every other lane, always as the same array.
  const seen = new WeakMap<readonly number[], Float64Array>()
  const seenFrom = (place: readonly number[]): Float64Array => {
    let far = seen.get(place)
    if (!far) {
      far = Float64Array.from(corners, (bend) =>
        mayBend(place, bend, clearanceM) && area.holdsLeg(place, bend.at) ? distanceM(place, bend.at) : Infinity,
      )
      seen.set(place, far)
    }
    return far
  }
  const ways = new WeakMap<readonly number[], { lengthM: Float64Array; first: Int32Array }>()
  const wayFrom = (place: readonly number[]): { lengthM: Float64Array; first: Int32Array } => {
    let way = ways.get(place)
    if (!way) {
      way = { lengthM: new Float64Array(n).fill(Infinity), first: new Int32Array(n).fill(-1) }
      const far = seenFrom(place)
      for (let i = 0; i < n; i++) {
        if (far[i] === Infinity) continue
        for (let k = 0; k < n; k++) {
          const whole = far[i]! + lengthM[i]![k]!
          if (whole < way.lengthM[k]!) [way.lengthM[k], way.first[k]] = [whole, i]
        }
      }
      ways.set(place, way)
    }
    return way
  }
  return { corners, next, seenFrom, wayFrom }
}

function through(graph: Graph, a: readonly number[], b: readonly number[]): LocalM[] | null {
  const { corners, next } = graph
  const [way, last] = [graph.wayFrom(a), graph.seenFrom(b)]
  let [best, to] = [Infinity, -1]
  for (let k = 0; k < corners.length; k++) {
    const whole = way.lengthM[k]! + last[k]!
    if (whole < best) [best, to] = [whole, k]
  }
  if (to < 0) return null
  let at = way.first[to]!
  const points = [corners[at]!.at]
  while (at !== to) {
    at = next[at]![to]!
    points.push(corners[at]!.at)
  }
  return points
}

/** A corner that reaches into the area, moved into it along its bisector where there is room, and those beside it. */
interface Bend {
  readonly at: LocalM
  readonly before: LocalM
  readonly after: LocalM
}

function bends({ rings, holds }: AllowedArea, clearanceM: number): Bend[] {
  return rings.flatMap((ring) =>
    ring.flatMap((p, i): Bend[] => {
      const [last, next] = [ring[(i + ring.length - 1) % ring.length]!, ring[(i + 1) % ring.length]!]
      const [before, after] = [unit(p, last), unit(p, next)]
      // With the area on the left, a turn to the right reaches into it.
      if (-before[0] * after[1] + before[1] * after[0] >= 0) return []
      const out = [before[0] + after[0], before[1] + after[1]]
      const size = Math.hypot(out[0]!, out[1]!)
      if (size < 1e-9) return [{ at: p, before: last, after: next }]
      const moved: LocalM = [p[0] - (out[0]! / size) * clearanceM, p[1] - (out[1]! / size) * clearanceM]
      return [{ at: holds(moved) ? moved : p, before: last, after: next }]
    }),
  )
}

/**
 * Whether a shortest way that comes from a place can bend at a corner: only where both its edges lie on one side of the way
 * there. A corner that was moved off its true place is given the benefit of the doubt.
 */
function mayBend(from: readonly number[], { at, before, after }: Bend, clearanceM: number): boolean {
  const [x, y] = [at[0] - from[0]!, at[1] - from[1]!]
  const lengthM = Math.hypot(x, y)
  const doubtM = (2 * clearanceM + 1e-6) * lengthM
  const a = x * (before[1] - at[1]) - y * (before[0] - at[0])
  const b = x * (after[1] - at[1]) - y * (after[0] - at[0])
  return !((a > doubtM && b < -doubtM) || (a < -doubtM && b > doubtM))
}

const distanceM = (a: readonly number[], b: readonly number[]): number => Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)

function unit(from: readonly number[], to: readonly number[]): readonly [number, number] {
  const size = distanceM(from, to) || 1
  return [(to[0]! - from[0]!) / size, (to[1]! - from[1]!) / size]
}
