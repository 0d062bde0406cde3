import type { LandPolygon } from '@skerry/basemap'
import type { LngLat } from '@skerry/contract'
import { moved, offsetM } from '../base/flat.ts'
import { type LandRaster, rasterise } from '../world/land-raster.ts'

export type Medium = 'land' | 'sea'

export const passable = (raster: LandRaster, cell: number, medium: Medium): boolean =>
  cell >= 0 && raster.land[cell] === (medium === 'land' ? 1 : 0)

/** Whether the straight line between two places (metres from the raster's origin) never leaves the medium. */
export function isClear(
  raster: LandRaster,
  a: readonly [number, number],
  b: readonly [number, number],
  medium: Medium,
): boolean {
  const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / (raster.cellM / 2)))
  for (let i = 0; i <= steps; i++) {
    const t = i / steps
    const cell = raster.cell(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
    if (!passable(raster, cell, medium)) return false
  }
  return true
}

const MOST_CELLS = 240
const MARGIN_M = 2500

/**
 * A way that stays on land or on water, as corners from `from` to the reachable place that is nearest to `to`.
 * Empty where it cannot move at all.
 */
export function findPath(land: readonly LandPolygon[], from: LngLat, to: LngLat, medium: Medium): LngLat[] {
  const [de, dn] = offsetM(from, to)
  const middle = moved(from, de / 2, dn / 2)
  const halfM = Math.max(Math.abs(de), Math.abs(dn)) / 2 + MARGIN_M
  const exact = rasterise(land, middle, halfM, Math.max(40, (2 * halfM) / MOST_CELLS))
  const raster = medium === 'sea' ? offShore(exact) : exact
  const start = nearestPassable(raster, raster.cell(-de / 2, -dn / 2), medium)
  if (start < 0) return []
  const cells = search(raster, start, [de / 2, dn / 2], medium)
  const corners = straighten(raster, cells, medium).map((c) => moved(middle, c[0], c[1]))
  const last = cells.at(-1)
  const gapM =
    last === undefined ? Infinity : Math.hypot(raster.middle(last)[0] - de / 2, raster.middle(last)[1] - dn / 2)
  const arrives = gapM < raster.cellM && passable(raster, raster.cell(de / 2, dn / 2), medium)
  if (arrives) corners.push(to)
  return corners
}

/** The same with the land one cell wider: a boat keeps off the shore. */
function offShore(raster: LandRaster): LandRaster {
  const land = new Uint8Array(raster.land)
  for (let cell = 0; cell < land.length; cell++)
    if (raster.land[cell] === 1) for (const [next] of around(raster, cell)) land[next] = 1
  return { ...raster, land }
}

/** The cell itself, or the nearest one (within five) that can be entered; -1 where there is none. */
function nearestPassable(raster: LandRaster, cell: number, medium: Medium): number {
  if (passable(raster, cell, medium)) return cell
  const [row, col] = [Math.floor(cell / raster.size), cell % raster.size]
  let best = -1
  let bestD = Infinity
  for (let dr = -5; dr <= 5; dr++) {
    for (let dc = -5; dc <= 5; dc++) {
      const [r, c] = [row + dr, col + dc]
      if (r < 0 || c < 0 || r >= raster.size || c >= raster.size) continue
      const d = dr * dr + dc * dc
      if (d < bestD && passable(raster, r * raster.size + c, medium)) [best, bestD] = [r * raster.size + c, d]
    }
  }
  return best
}

/** Shortest way over eight neighbours (A*); ends at the goal, or at the cell that came nearest to it. */
function search(raster: LandRaster, start: number, goal: readonly [number, number], medium: Medium): number[] {
  const cost = new Float64Array(raster.land.length).fill(Infinity)
  const cameFrom = new Int32Array(raster.land.length).fill(-1)
  const left = (cell: number): number => {
    const [e, n] = raster.middle(cell)
    return Math.hypot(e - goal[0], n - goal[1])
  }
  const open = new Heap()
  cost[start] = 0
  open.push(start, left(start))
  let nearest = start
  for (let cell = open.pop(); cell >= 0; cell = open.pop()) {
    if (left(cell) < left(nearest)) nearest = cell
    if (left(cell) < raster.cellM * 0.75) break
    for (const [next, stepM] of around(raster, cell)) {
      if (!passable(raster, next, medium)) continue
      const reach = cost[cell]! + stepM
      if (reach >= cost[next]! - 1e-9) continue
      cost[next] = reach
      cameFrom[next] = cell
      open.push(next, reach + left(next))
    }
  }
  const way: number[] = []
  for (let cell = nearest; cell >= 0; cell = cameFrom[cell]!) way.unshift(cell)
  return way
}

function around(raster: LandRaster, cell: number): [number, number][] {
  const [row, col] = [Math.floor(cell / raster.size), cell % raster.size]
  const out: [number, number][] = []
  for (let dr = -1; dr <= 1; dr++) {
    for (let dc = -1; dc <= 1; dc++) {
      const [r, c] = [row + dr, col + dc]
      if ((dr === 0 && dc === 0) || r < 0 || c < 0 || r >= raster.size || c >= raster.size) continue
      out.push([r * raster.size + c, raster.cellM * (dr !== 0 && dc !== 0 ? Math.SQRT2 : 1)])
    }
  }
  return out
}

/** Leaves out the cells between which the straight line is free. */
function straighten(raster: LandRaster, cells: readonly number[], medium: Medium): (readonly [number, number])[] {
  const points = cells.map((c) => raster.middle(c))
  const kept: (readonly [number, number])[] = []
  for (let i = 0; i < points.length;) {
    kept.push(points[i]!)
    let far = i + 1
    for (let j = Math.min(points.length - 1, i + 40); j > i + 1; j--) {
      if (isClear(raster, points[i]!, points[j]!, medium)) {
        far = j
        break
      }
    }
    i = far
  }
  return kept
}

/** Binary heap of cells by priority, smallest first. */
class Heap {
  private readonly items: { cell: number; at: number }[] = []

  push(cell: number, at: number): void {
    const items = this.items
    let i = items.push({ cell, at }) - 1
    while (i > 0 && items[(i - 1) >> 1]!.at > at) {
      items[i] = items[(i - 1) >> 1]!
      i = (i - 1) >> 1
    }
    items[i] = { cell, at }
  }

  /** The next cell, or -1 when there is none. */
  pop(): number {
    const items = this.items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined) return -1
    if (items.length === 0) return top.cell
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= items.length) break
      if (child + 1 < items.length && items[child + 1]!.at < items[child]!.at) child++
      if (items[child]!.at >= last.at) break
      items[i] = items[child]!
      i = child
    }
    items[i] = last
    return top.cell
  }
}
