import type { LngLat } from '@skerry/contract'

/** Twice the signed area of a ring in square degrees: above 0 where it runs counter-clockwise. */
export function signedArea2(ring: readonly LngLat[]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = ring[i]!
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    sum += x * nextY - nextX * y
  }
  return sum
}

/** RFC 7946: outer rings counter-clockwise, holes clockwise. */
export const wound = (rings: readonly (readonly LngLat[])[]): LngLat[][] =>
  rings.map((ring, i) => (signedArea2(ring) > 0 === (i === 0) ? [...ring] : ring.toReversed()))

/** The first corner again at the end, as files want it. */
export const closed = (ring: readonly LngLat[]): LngLat[] => [...ring, ring[0]!]

/** Without a last corner that repeats the first, and without corners that repeat the one before. */
export function opened(ring: readonly LngLat[]): LngLat[] {
  const distinct = ring.filter((at, i) => i === 0 || !same(at, ring[i - 1]!))
  return distinct.length > 1 && same(distinct[0]!, distinct.at(-1)!) ? distinct.slice(0, -1) : distinct
}

const same = (a: LngLat, b: LngLat): boolean => a[0] === b[0] && a[1] === b[1]

/** Mean of the corners weighed by area; the mean of the corners where the ring has none. */
export function ringMiddle(ring: readonly LngLat[]): LngLat {
  const area2 = signedArea2(ring)
  const [x0, y0] = ring[0]!
  if (Math.abs(area2) < 1e-14) {
    const n = ring.length
    return [ring.reduce((sum, [x]) => sum + x, 0) / n, ring.reduce((sum, [, y]) => sum + y, 0) / n]
  }
  let [x, y] = [0, 0]
  for (let i = 0; i < ring.length; i++) {
    // From the first corner, so that nearly equal large numbers are not subtracted.
    const [ax, ay] = [ring[i]![0] - x0, ring[i]![1] - y0]
    const next = ring[(i + 1) % ring.length]!
    const [bx, by] = [next[0] - x0, next[1] - y0]
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x0 + x / (3 * area2), y0 + y / (3 * area2)]
}
