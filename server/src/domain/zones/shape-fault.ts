import type { ZoneShape } from '@skerry/contract'
import { localFrame } from '@skerry/search'

/** Wider than this it is no zone but a region: the flat frame of its rules would no longer be true. */
const MOST_ACROSS_M = 300_000
const LEAST_ACROSS_M = 10

/** Why a shape cannot be a zone, or null. */
export function shapeFault(shape: ZoneShape): string | null {
  const points = shape.kind === 'polygon' ? shape.rings.flat() : shape.kind === 'corridor' ? shape.line : [shape.centre]
  if (points.some(([, lat]) => Math.abs(lat) > 84)) return 'it lies too near a pole'
  if (shape.kind === 'circle') return null
  const frame = localFrame(points[0]!)
  const local = points.map((at) => frame.toLocal(at))
  const acrossM = Math.max(...spans(local))
  if (acrossM > MOST_ACROSS_M) return `it is ${Math.round(acrossM / 1000)} km across; ${MOST_ACROSS_M / 1000} at most`
  if (acrossM < LEAST_ACROSS_M) return `it is ${acrossM.toFixed(0)} m across; ${LEAST_ACROSS_M} at least`
  if (shape.kind === 'corridor') return null
  for (const ring of shape.rings) {
    const flat = ring.map((at) => frame.toLocal(at))
    if (isFlat(flat)) return 'its corners lie on one line'
    if (crossesItself(flat)) return 'its edge crosses itself'
  }
  return null
}

type Point = readonly [number, number]

function spans(points: readonly Point[]): [number, number] {
  const span = (values: number[]): number => Math.max(...values) - Math.min(...values)
  return [span(points.map(([x]) => x)), span(points.map(([, y]) => y))]
}

/** Whether all corners lie within a metre of the line through the first and the one farthest from it. */
function isFlat(ring: readonly Point[]): boolean {
  const [x0, y0] = ring[0]!
  const far = ring.reduce((a, b) => (Math.hypot(b[0] - x0, b[1] - y0) > Math.hypot(a[0] - x0, a[1] - y0) ? b : a))
  const lengthM = Math.hypot(far[0] - x0, far[1] - y0)
  return ring.every(([x, y]) => Math.abs((far[0] - x0) * (y - y0) - (far[1] - y0) * (x - x0)) <= lengthM)
}

/** Whether two edges that do not follow one another meet. */
function crossesItself(ring: readonly Point[]): boolean {
  const n = ring.length
  for (let i = 0; i < n; i++)
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue
      if (meet(ring[i]!, ring[(i + 1) % n]!, ring[j]!, ring[(j + 1) % n]!)) return true
    }
  return false
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const turn = (p: Point, q: Point, r: Point): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)
}
