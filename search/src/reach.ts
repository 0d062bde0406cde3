import { gridIndexOfM, type GridShape } from './grid.ts'

/** Where the planning point stands, as the grid can tell. `unknown`: no land was given. */
export type PlanningPointOn = 'land' | 'water' | 'unknown'

/** Cells one can reach from a planning point without crossing to the other element. */
export interface Reach {
  readonly on: 'land' | 'water'
  /** 1 where the cell belongs to the connected land (or water) of the planning point, shore cells included. */
  readonly cells: Uint8Array
  /** 1 where such a cell touches both land and water. */
  readonly shore: Uint8Array
}

/** A share of land below this counts as no land at all (float noise of the rasteriser). */
const TRACE = 1e-4

/**
 * Connected ground of a planning point: on land the land one can walk to, in water the open water one can drift to.
 * A cell is ground to walk on when at least half of it is land; the shore cells beside it belong to it too, but do not
 * connect further, so a strait narrower than a cell still divides two islands. Connection is over the four sides.
 * A planning point whose cell holds any land is on land; one within one cell of land that is shown in water is taken to
 * be on that land, because a coastline is seldom truer than that (the caller sees it in `on`).
 * @param fraction share of land per cell, from `landFraction`
 * @param pointM planning point, grid frame; outside the grid it reaches nothing and `on` is 'land'
 */
export function reachableFrom(
  shape: Omit<GridShape, 'origin'>,
  fraction: ArrayLike<number>,
  pointM: readonly number[],
): Reach {
  const { rows, cols } = shape
  const cells = new Uint8Array(rows * cols)
  const shore = new Uint8Array(rows * cols)
  const index = gridIndexOfM(shape, pointM[0]!, pointM[1]!)
  if (index < 0) return { on: 'land', cells, shore }

  const start = fraction[index]! > TRACE ? index : nearbyLand(shape, fraction, index)
  const on = start >= 0 ? 'land' : 'water'
  const share = (i: number): number => (on === 'land' ? fraction[i]! : 1 - fraction[i]!)

  const stack = [start >= 0 ? start : index]
  cells[stack[0]!] = 1
  while (stack.length > 0) {
    for (const next of sides(stack.pop()!, rows, cols)) {
      if (cells[next] || share(next) <= TRACE) continue
      cells[next] = 1
      if (share(next) >= 0.5) stack.push(next)
    }
  }
  for (let i = 0; i < cells.length; i++) {
    if (!cells[i]) continue
    const mixed = fraction[i]! > TRACE && fraction[i]! < 1 - TRACE
    shore[i] = mixed || (share(i) > TRACE && sides(i, rows, cols).some((j) => share(j) <= TRACE)) ? 1 : 0
  }
  return { on, cells, shore }
}

function sides(index: number, rows: number, cols: number): number[] {
  const row = Math.floor(index / cols)
  const col = index % cols
  const found: number[] = []
  if (col > 0) found.push(index - 1)
  if (col < cols - 1) found.push(index + 1)
  if (row > 0) found.push(index - cols)
  if (row < rows - 1) found.push(index + cols)
  return found
}

/** The neighbour (corners included) with most land, or -1 when all eight are open water. */
function nearbyLand({ rows, cols }: Omit<GridShape, 'origin'>, fraction: ArrayLike<number>, index: number): number {
  const row = Math.floor(index / cols)
  const col = index % cols
  let best = -1
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
      const i = r * cols + c
      if (fraction[i]! > TRACE && (best < 0 || fraction[i]! > fraction[best]!)) best = i
    }
  }
  return best
}
