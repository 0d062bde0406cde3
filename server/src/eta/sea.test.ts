import { landInBox } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { LngLat } from '@skerry/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { lineM } from './line.ts'
import { seaDistanceM, seaField, seaWay } from './sea-field.ts'
import { seaGrid, type SeaGrid } from './sea-grid.ts'

const BOX = [122.0, 29.6, 122.6, 30.5] as const
const PIERS: readonly LngLat[] = [
  [122.3116, 29.9452],
  [122.2086, 30.2393],
  [122.3863, 29.9773],
  [122.2451, 29.77],
  [122.3027, 30.4231],
]
let grid: SeaGrid
beforeAll(async () => {
  grid = seaGrid(landInBox(await loadLand(), BOX), BOX, 250)
})
const far = (a: LngLat, b: LngLat): number => seaDistanceM(grid, seaField(grid, a, 150_000)!, b)!

describe('ways over water between the piers of the real coast', () => {
  it('never cross land, between any two of them', () => {
    for (const a of PIERS) {
      const field = seaField(grid, a, 150_000)!
      for (const b of PIERS) {
        const way = seaWay(grid, field, b)
        expect(way.length).toBeGreaterThan(0)
        for (let i = 1; i < way.length; i++)
          for (let t = 0.1; t < 1; t += 0.1) expect(onLand(way[i - 1]!, way[i]!, t)).toBe(false)
      }
    }
  })
  it('are as long there as back, and never shorter than the straight line', () => {
    for (const a of PIERS)
      for (const b of PIERS) {
        expect(far(a, b)).toBe(far(b, a))
        // Both ends are moved to the nearest water: up to four cells each.
        expect(far(a, b)).toBeGreaterThan(lineM(a, b) * 0.99 - 2500)
      }
  })
  it('go around an island that lies between', () => {
    const [south, north]: LngLat[] = [
      [122.12, 29.95],
      [122.12, 30.2],
    ]
    expect(far(south!, north!)).toBeGreaterThan(1.5 * lineM(south!, north!))
  })
})

describe('open water', () => {
  const open = seaGrid([], [122, 30, 122.4, 30.3], 250)
  it('is measured within three per cent of the straight distance in every direction', () => {
    const middle: LngLat = [122.2, 30.15]
    const field = seaField(open, middle, 100_000)!
    for (let deg = 0; deg < 360; deg += 7) {
      const to: LngLat = [
        122.2 + 0.13 * Math.sin((deg * Math.PI) / 180),
        30.15 + 0.11 * Math.cos((deg * Math.PI) / 180),
      ]
      const ratio = seaDistanceM(open, field, to)! / lineM(middle, to)
      expect(ratio).toBeGreaterThan(0.95)
      expect(ratio).toBeLessThan(1.05)
      expect(seaWay(open, field, to).length).toBeLessThanOrEqual(2)
    }
  })
  it('ends where it was asked to end', () => {
    const field = seaField(open, [122.2, 30.15], 5000)!
    expect(seaDistanceM(open, field, [122.38, 30.15])).toBeNull()
    expect(seaWay(open, field, [122.38, 30.15])).toEqual([])
  })
})

function onLand(a: LngLat, b: LngLat, t: number): boolean {
  const cell = grid.cell([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
  // On the border between two cells either may be meant.
  return cell >= 0 && grid.land[cell] !== 0 && ![1, -1, grid.cols, -grid.cols].some((d) => grid.land[cell + d] === 0)
}
