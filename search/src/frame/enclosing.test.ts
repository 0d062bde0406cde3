import { describe, expect, it } from 'vitest'
import { enclosingPolygon } from './enclosing.ts'
import { ringAreaM2 } from './polygon.ts'

/** How far a point lies inside the nearest side of a counter-clockwise convex ring, metres. */
function depthM(ring: readonly (readonly number[])[], point: readonly number[]): number {
  return Math.min(
    ...ring.map((a, i) => {
      const b = ring[(i + 1) % ring.length]!
      const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
      return (dx * (point[1]! - a[1]!) - dy * (point[0]! - a[0]!)) / Math.hypot(dx, dy)
    }),
  )
}
function isConvex(ring: readonly (readonly number[])[]): boolean {
  return ring.every((a, i) => {
    const [b, c] = [ring[(i + 1) % ring.length]!, ring[(i + 2) % ring.length]!]
    return (b[0]! - a[0]!) * (c[1]! - b[1]!) - (b[1]! - a[1]!) * (c[0]! - b[0]!) > 0
  })
}
let seed = 7
const random = (): number => {
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
}

describe('a polygon around points', () => {
  it('is convex, keeps the margin from every point, and has no more corners than it may', () => {
    for (let round = 0; round < 200; round++) {
      const count = 1 + Math.floor(random() * 60)
      const points = Array.from({ length: count }, () => [random() * 3000 - 1500, random() * 800])
      for (const most of [8, 12, 40]) {
        const ring = enclosingPolygon(points, 100, most)
        expect(ring.length).toBeLessThanOrEqual(most)
        expect(isConvex(ring)).toBe(true)
        expect(Math.min(...points.map((point) => depthM(ring, point)))).toBeGreaterThan(100 - 1e-6)
      }
    }
  })

  it('is no larger than it has to be: a square with its corners cut', () => {
    const square = [
      [0, 0],
      [1000, 0],
      [1000, 1000],
      [0, 1000],
    ]
    const ring = enclosingPolygon(square, 100, 40)
    expect(ring).toHaveLength(8)
    // Four sides moved out by 100 m, and the corners of an octagon around a circle of that radius.
    expect(ringAreaM2(ring)).toBeCloseTo(1000 ** 2 + 4 * 1000 * 100 + 8 * Math.tan(Math.PI / 8) * 100 ** 2, 3)
  })

  it('takes one point, and points on a line', () => {
    expect(enclosingPolygon([[5, 5]], 10, 8)).toHaveLength(8)
    const ring = enclosingPolygon(
      [
        [0, 0],
        [100, 37],
        [200, 74],
      ],
      10,
      20,
    )
    expect(isConvex(ring)).toBe(true)
    expect(depthM(ring, [100, 37])).toBeCloseTo(10, 6)
  })

  it('says no to nothing', () => {
    expect(() => enclosingPolygon([], 10, 20)).toThrow(RangeError)
    expect(() => enclosingPolygon([[0, 0]], NaN, 20)).toThrow(RangeError)
    expect(() => enclosingPolygon([[0, 0]], 10, 4)).toThrow(RangeError)
  })
})
