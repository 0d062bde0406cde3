/** Plane geometry in metres, east and north. Rings and lines are flat arrays `[x0, y0, x1, y1, ...]`; rings are open. */
export type FlatLine = Float64Array

/** Part of a segment that lies inside a shape: parameters 0..1 of first entry and last exit, and metres inside. */
export interface Chord {
  from: number
  to: number
  insideM: number
}

/** Distance from a point to a segment, metres. */
export function toSegmentM(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const squared = dx * dx + dy * dy
  const t = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / squared))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

/** How deep a point lies in a polygon (even-odd, holes are further rings): metres to its edge, negative outside. */
export function depthInRingsM(rings: readonly FlatLine[], x: number, y: number): number {
  let inside = false
  let edge = Infinity
  for (const ring of rings) {
    const n = ring.length
    let ax = ring[n - 2]!
    let ay = ring[n - 1]!
    for (let i = 0; i < n; i += 2) {
      const bx = ring[i]!
      const by = ring[i + 1]!
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
      edge = Math.min(edge, toSegmentM(x, y, ax, ay, bx, by))
      ax = bx
      ay = by
    }
  }
  return inside ? edge : -edge
}

/** Distance from a point to the nearest place of a line, metres. */
export function toLineM(line: FlatLine, x: number, y: number): number {
  let nearest = Infinity
  for (let i = 0; i + 3 < line.length; i += 2)
    nearest = Math.min(nearest, toSegmentM(x, y, line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!))
  return nearest
}

/** Where segment a-b lies inside the rings, or null. Exact: it is cut at every edge it meets. */
export function chordOfRings(rings: readonly FlatLine[], ax: number, ay: number, bx: number, by: number): Chord | null {
  const cuts = [0, 1]
  const dx = bx - ax
  const dy = by - ay
  for (const ring of rings) {
    const n = ring.length
    let px = ring[n - 2]!
    let py = ring[n - 1]!
    for (let i = 0; i < n; i += 2) {
      const qx = ring[i]!
      const qy = ring[i + 1]!
      const ex = qx - px
      const ey = qy - py
      const across = dx * ey - dy * ex
      if (across !== 0) {
        const t = ((px - ax) * ey - (py - ay) * ex) / across
        const u = ((px - ax) * dy - (py - ay) * dx) / across
        if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t)
      }
      px = qx
      py = qy
    }
  }
  return chordBetween(cuts, Math.hypot(dx, dy), (t) => depthInRingsM(rings, ax + t * dx, ay + t * dy) > 0)
}

/** Where segment a-b lies inside a circle about the origin, or null. */
export function chordOfCircle(radiusM: number, ax: number, ay: number, bx: number, by: number): Chord | null {
  const dx = bx - ax
  const dy = by - ay
  const a = dx * dx + dy * dy
  const b = ax * dx + ay * dy
  const root = b * b - a * (ax * ax + ay * ay - radiusM * radiusM)
  if (a === 0 || root <= 0) return null
  const from = Math.max(0, (-b - Math.sqrt(root)) / a)
  const to = Math.min(1, (-b + Math.sqrt(root)) / a)
  return from < to ? { from, to, insideM: (to - from) * Math.sqrt(a) } : null
}

/** A segment of a corridor is looked at in steps of half its half width, at most so many. */
const MOST_STEPS = 400

/** Where segment a-b lies within `halfWidthM` of a line, or null; ends are right to a quarter of the half width. */
export function chordOfCorridor(
  line: FlatLine,
  halfWidthM: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): Chord | null {
  const lengthM = Math.hypot(bx - ax, by - ay)
  const steps = Math.min(MOST_STEPS, Math.max(2, Math.ceil(lengthM / (halfWidthM / 2))))
  const cuts = Array.from({ length: steps + 1 }, (_, i) => i / steps)
  return chordBetween(cuts, lengthM, (t) => toLineM(line, ax + t * (bx - ax), ay + t * (by - ay)) < halfWidthM)
}

function chordBetween(cuts: number[], lengthM: number, inside: (t: number) => boolean): Chord | null {
  cuts.sort((a, b) => a - b)
  let chord: Chord | null = null
  for (let i = 1; i < cuts.length; i++) {
    const from = cuts[i - 1]!
    const to = cuts[i]!
    if (to <= from || !inside((from + to) / 2)) continue
    const insideM = (to - from) * lengthM
    chord = chord === null ? { from, to, insideM } : { from: chord.from, to, insideM: chord.insideM + insideM }
  }
  return chord
}
