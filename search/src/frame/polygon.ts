/** Signed area of a ring in a flat frame, square metres; positive when counter-clockwise. Closing point optional. */
export function ringAreaM2(ring: readonly (readonly number[])[]): number {
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    twice += a[0]! * b[1]! - b[0]! * a[1]!
  }
  return twice / 2
}

/** Whether a point lies in a ring (even-odd rule). */
export function inRing(ring: readonly (readonly number[])[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!
    const b = ring[j]!
    if (a[1]! > y !== b[1]! > y && x < ((b[0]! - a[0]!) * (y - a[1]!)) / (b[1]! - a[1]!) + a[0]!) inside = !inside
  }
  return inside
}

/** Convex hull, counter-clockwise, no repeated point (Andrew's monotone chain). Fewer than 3 points when degenerate. */
export function convexHull(points: readonly (readonly number[])[]): (readonly number[])[] {
  const sorted = [...points].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)
  const half = (list: (readonly number[])[]): (readonly number[])[] => {
    const chain: (readonly number[])[] = []
    for (const p of list) {
      while (chain.length > 1) {
        const [a, b] = [chain[chain.length - 2]!, chain[chain.length - 1]!]
        if ((b[0]! - a[0]!) * (p[1]! - a[1]!) - (b[1]! - a[1]!) * (p[0]! - a[0]!) > 0) break
        chain.pop()
      }
      chain.push(p)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

/** Area of a convex ring within an axis-parallel box, square metres (Sutherland-Hodgman, one side after another). */
export function areaInBoxM2(
  ring: readonly (readonly number[])[],
  west: number,
  south: number,
  east: number,
  north: number,
): number {
  let clipped = ring
  clipped = clip(clipped, 0, west, 1)
  clipped = clip(clipped, 0, east, -1)
  clipped = clip(clipped, 1, south, 1)
  clipped = clip(clipped, 1, north, -1)
  return clipped.length < 3 ? 0 : Math.abs(ringAreaM2(clipped))
}

/** Keeps the part of a ring where side * (coordinate - limit) >= 0. */
function clip(
  ring: readonly (readonly number[])[],
  axis: 0 | 1,
  limit: number,
  side: 1 | -1,
): readonly (readonly number[])[] {
  const kept: (readonly number[])[] = []
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    const aIn = side * (a[axis]! - limit) >= 0
    const bIn = side * (b[axis]! - limit) >= 0
    if (aIn) kept.push(a)
    if (aIn !== bIn) {
      const t = (limit - a[axis]!) / (b[axis]! - a[axis]!)
      kept.push([a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)])
    }
  }
  return kept
}
