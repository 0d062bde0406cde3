import { type Grid, gridFrame } from '../frame/grid.ts'
import { podFurther } from '../detection/pod.ts'
import { areaInBoxM2 } from '../frame/polygon.ts'
import type { LocalM } from '../frame/position.ts'

/** What is known of the ground and of the sensor when the worth of lanes is asked for. */
export interface LaneSensor {
  /** Current map (posterior): what was swept already is in it. */
  readonly grid: Grid
  /** Coverage per cell so far; without it further looks under cover are overrated. Default none. */
  readonly coverage?: ArrayLike<number> | undefined
  /** Metres, everywhere or per cell of the map. */
  readonly sweepWidthM: number | ArrayLike<number>
  readonly laneSpacingM: number
  /** Highest POD over this ground, 0..1, everywhere or per cell; default 1. */
  readonly podCap?: number | ArrayLike<number> | undefined
}

/** Rectangle `widthM` wide about the straight line from a to b, not longer than it. Empty for a line of no length. */
export function stripAbout(a: readonly number[], b: readonly number[], widthM: number): LocalM[] {
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const lengthM = Math.hypot(dx, dy)
  if (!(lengthM > 0)) return []
  const [x, y] = [(-dy / lengthM) * (widthM / 2), (dx / lengthM) * (widthM / 2)]
  return [
    [a[0]! + x, a[1]! + y],
    [a[0]! - x, a[1]! - y],
    [b[0]! - x, b[1]! - y],
    [b[0]! + x, b[1]! + y],
  ]
}

/** Calls back with every cell that a convex ring of the grid's frame touches, and the share of the cell inside it. */
export function cellsOf(
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  ringM: readonly (readonly number[])[],
  visit: (index: number, share: number) => void,
): void {
  if (ringM.length < 3) return
  const { rows, cols, cellM } = grid
  const [xs, ys] = [ringM.map((p) => p[0]!), ringM.map((p) => p[1]!)]
  const firstCol = Math.max(0, Math.floor(Math.min(...xs) / cellM))
  const lastCol = Math.min(cols - 1, Math.floor(Math.max(...xs) / cellM))
  const firstRow = Math.max(0, Math.floor(Math.min(...ys) / cellM))
  const lastRow = Math.min(rows - 1, Math.floor(Math.max(...ys) / cellM))
  for (let row = firstRow; row <= lastRow; row++) {
    for (let col = firstCol; col <= lastCol; col++) {
      const insideM2 = areaInBoxM2(ringM, col * cellM, row * cellM, (col + 1) * cellM, (row + 1) * cellM)
      if (insideM2 > 0) visit(row * cols + col, insideM2 / (cellM * cellM))
    }
  }
}

/** Probability (POA) on the strip of a lane and the POS that flying it once adds, given all that was flown before. */
export function laneWorth(
  fromM: readonly number[],
  toM: readonly number[],
  sensor: LaneSensor,
): { readonly poa: number; readonly pos: number } {
  const { grid, coverage, sweepWidthM, laneSpacingM, podCap = 1 } = sensor
  const at = (all: number | ArrayLike<number>, cell: number): number => (typeof all === 'number' ? all : all[cell]!)
  let [poa, pos] = [0, 0]
  cellsOf(grid, stripAbout(fromM, toM, laneSpacingM), (index, share) => {
    const here = grid.values[index]! * share
    poa += here
    pos += here * podFurther(coverage?.[index] ?? 0, at(sweepWidthM, index) / laneSpacingM, at(podCap, index))
  })
  return { poa, pos }
}

/**
 * Cumulative POS of lanes flown one after another, at the end of each, on the map as it is now. The lanes of one task
 * do not overlap, so their POS add. Use it to look again at a running task with what is left of its lanes.
 * @param lanes `[from, to]` on WGS-84 in flying order; `endS` when each ends, seconds from now, rising
 * RangeError unless spacing is above 0 and 0 <= sweep width. Source: search-science notes 1.1.
 */
export function posCurveOf(
  lanes: readonly { readonly lane: readonly (readonly number[])[]; readonly endS: number }[],
  sensor: LaneSensor,
): { readonly atS: number; readonly pos: number }[] {
  if (!(sensor.laneSpacingM > 0)) throw new RangeError('laneSpacingM: must be above 0')
  const { sweepWidthM, grid } = sensor
  if (typeof sweepWidthM === 'object' && sweepWidthM.length !== grid.values.length)
    throw new RangeError('sweepWidthM: must have one number, or one per cell')
  if (typeof sweepWidthM === 'number' && !(sweepWidthM >= 0)) throw new RangeError('sweepWidthM: must be 0 or above')
  const frame = gridFrame(grid)
  let pos = 0
  return lanes.map(({ lane, endS }) => {
    pos += laneWorth(frame.toLocal(lane[0]!), frame.toLocal(lane[1]!), sensor).pos
    return { atS: endS, pos }
  })
}
