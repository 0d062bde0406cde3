import { describe, expect, it } from 'vitest'
import { noFlyZones } from './no-fly.ts'

describe('noFlyZones', () => {
  const zones = noFlyZones([
    [
      [0, 0],
      [100, 0],
      [100, 100],
      [50, 50],
      [0, 100],
    ],
  ])

  it('sees legs that cross, touch inside or pass by', () => {
    expect(zones.blocks([-10, 10], [200, 10])).toBe(true)
    expect(zones.blocks([10, 10], [20, 10])).toBe(true)
    expect(zones.blocks([-10, -10], [200, -10])).toBe(false)
    expect(zones.blocks([30, 95], [70, 95])).toBe(false)
    expect(zones.holds([50, 20])).toBe(true)
    expect(zones.holds([50, 80])).toBe(false)
  })

  it('finds a way round that touches no zone, close to the shortest', () => {
    const [a, b] = [
      [-100, 40],
      [200, 40],
    ]
    const path = [a, ...zones.route(a, b)!, b]
    let lengthM = 0
    for (let i = 1; i < path.length; i++) {
      expect(zones.blocks(path[i - 1]!, path[i]!)).toBe(false)
      lengthM += Math.hypot(path[i]![0]! - path[i - 1]![0]!, path[i]![1]! - path[i - 1]![1]!)
    }
    const direct = 2 * Math.hypot(100, 40) + 100
    expect(lengthM).toBeGreaterThan(direct)
    expect(lengthM).toBeLessThan(direct + 60)
    expect(zones.route([0, -50], [100, -50])).toEqual([])
  })

  it('knows when there is no way', () => {
    const square = (s: number): number[][] => [
      [-s, -s],
      [s, -s],
      [s, s],
      [-s, s],
    ]
    expect(noFlyZones([square(50)]).route([0, 0], [200, 0])).toBeNull()
  })
})
