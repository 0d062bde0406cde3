import { describe, expect, it } from 'vitest'
import { localFrame } from '../frame/local-frame.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { coastAlong } from './coast-along.ts'
import { shorelineSearch } from './shoreline-search.ts'

const HOME = [122.3, 29.95]
const frame = localFrame(HOME)
const ring = (points: [number, number][]) => points.map((p) => frame.toLngLat(p))
const SQUARE: [number, number][] = [
  [-1000, -1000],
  [1000, -1000],
  [1000, 1000],
  [-1000, 1000],
  [-1000, -1000],
]
const island = [[ring(SQUARE)]]
const lengthM = (line: readonly (readonly number[])[]): number => {
  const points = line.map((p) => frame.toLocal(p))
  return points.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - points[i]![0], p[1] - points[i]![1]), 0)
}

describe('coastAlong', () => {
  it('follows the nearest shore to either side of the place, round corners', () => {
    const found = coastAlong(island, frame.toLngLat([900, 700]), 500)!
    expect(found.awayM).toBeCloseTo(100, 3)
    expect(lengthM(found.coast)).toBeCloseTo(1000, 3)
    const [first, last] = [found.coast[0]!, found.coast.at(-1)!].map((p) => frame.toLocal(p))
    expect(first![0]).toBeCloseTo(1000, 3)
    expect(first![1]).toBeCloseTo(200, 3)
    expect(last![0]).toBeCloseTo(800, 3)
    expect(last![1]).toBeCloseTo(1000, 3)
    expect(found.landOn).toBe('left')
  })

  it('goes round a small island once, and comes back to where it began', () => {
    const { coast } = coastAlong(island, frame.toLngLat([0, -1200]), 4000)!
    expect(lengthM(coast)).toBeCloseTo(8000, 2)
    expect(coast[0]).toEqual(coast.at(-1))
  })

  it('knows on which side the land lies, however rings are wound, at lakes too', () => {
    const lake = SQUARE.map(([x, y]): [number, number] => [x / 2, y / 2])
    for (const turn of [(line: [number, number][]) => line, (line: [number, number][]) => line.toReversed()]) {
      const land = [[ring(turn(SQUARE)), ring(turn(lake))]]
      for (const near of [
        [1100, 0],
        [450, 0],
      ] as [number, number][]) {
        const { coast, landOn } = coastAlong(land, frame.toLngLat(near), 100)!
        const { points } = shorelineSearch({ coast, side: landOn === 'left' ? 'right' : 'left', offsetM: 40 })
        for (const point of points) {
          const [x, y] = frame.toLocal(point).map(Math.abs) as [number, number]
          expect(Math.max(x, y) > 1000 || Math.max(x, y) < 500).toBe(true)
        }
      }
    }
  })

  it('is never longer than asked for, and always on the shore (seeded)', () => {
    const random = seededRandom(7)
    for (let k = 0; k < 200; k++) {
      const reachM = 10 + 5000 * random()
      const { coast } = coastAlong(island, frame.toLngLat([4000 * random() - 2000, 4000 * random() - 2000]), reachM)!
      expect(lengthM(coast)).toBeLessThanOrEqual(Math.min(8000, 2 * reachM) + 0.01)
      for (const p of coast) expect(Math.max(...frame.toLocal(p).map(Math.abs))).toBeCloseTo(1000, 2)
    }
  })

  it('finds nothing where there is no land, and names a bad reach', () => {
    expect(coastAlong([], HOME, 100)).toBeNull()
    expect(() => coastAlong(island, HOME, 0)).toThrow(/^reachM/)
  })
})
