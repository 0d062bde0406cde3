import { localFrame, type LocalFrame } from './local-frame.ts'
import type { LngLat, LocalM } from './position.ts'

/**
 * Values on square cells over a local metric frame. Row 0 is the southernmost, column 0 the westernmost, row-major:
 * cell (row, col) is `values[row * cols + col]`. The frame is `localFrame(origin)`: the south-west corner of the grid
 * is `[0, 0]`, so cell (row, col) spans `[col, col + 1] x [row, row + 1]` times `cellM` in it.
 */
export interface Grid {
  readonly rows: number
  readonly cols: number
  /** Side of a cell, metres. */
  readonly cellM: number
  /** South-west corner of the grid. */
  readonly origin: Readonly<LngLat>
  /** `rows * cols` numbers. In a probability grid: probability of the cell (POA), not a density. */
  readonly values: Float64Array
}

/** The shape of a grid without its values. */
export type GridShape = Omit<Grid, 'values'>

/** Grid of zeros (or of `values`, taken as they are). RangeError when the size does not fit. */
export function createGrid(shape: GridShape, values?: Float64Array): Grid {
  const { rows, cols, cellM, origin } = shape
  if (!(rows > 0 && cols > 0 && Number.isInteger(rows) && Number.isInteger(cols))) {
    throw new RangeError('grid: rows and cols must be positive integers')
  }
  if (!(cellM > 0)) throw new RangeError('grid: cellM must be above 0')
  if (values && values.length !== rows * cols) throw new RangeError('grid: values must have rows x cols numbers')
  return { rows, cols, cellM, origin: [origin[0], origin[1]], values: values ?? new Float64Array(rows * cols) }
}

/**
 * Shape of a square grid with `centre` exactly in its middle: 2 `halfSizeM` wide, rounded up to whole cells. With an odd
 * number of cells per side the centre is the middle of a cell, with an even one the corner of four.
 * RangeError unless 0 < cellM <= 2 halfSizeM.
 */
export function gridAround(centre: readonly number[], halfSizeM: number, cellM: number): GridShape {
  if (!(cellM > 0 && 2 * halfSizeM >= cellM && Number.isFinite(halfSizeM)))
    throw new RangeError('grid: need 0 < cellM <= 2 halfSizeM')
  // A width that is whole cells but for the last digit of the division must not get another row.
  const side = Math.ceil((2 * halfSizeM) / cellM - 1e-9)
  const halfM = (side * cellM) / 2
  let origin = localFrame(centre).toLngLat([-halfM, -halfM])
  // The frame hangs on the corner, not on the centre; walk the corner until the centre falls in the middle.
  for (let step = 0; step < 4; step++) {
    const [eastM, northM] = localFrame(origin).toLocal(centre)
    origin = localFrame(origin).toLngLat([eastM - halfM, northM - halfM])
  }
  return { rows: side, cols: side, cellM, origin }
}

/** The metric frame a grid lives in; its `[0, 0]` is the south-west corner. */
export const gridFrame = (grid: Pick<Grid, 'origin'>): LocalFrame => localFrame(grid.origin)

/** Centre of a cell in the grid's frame, metres. */
export const gridCellCentreM = (grid: Pick<Grid, 'cellM'>, row: number, col: number): LocalM => [
  (col + 0.5) * grid.cellM,
  (row + 0.5) * grid.cellM,
]

/** Centre of a cell on WGS-84. Build the frame once with `gridFrame` when asking for many. */
export const gridCellCentre = (grid: GridShape, row: number, col: number): LngLat =>
  gridFrame(grid).toLngLat(gridCellCentreM(grid, row, col))

/** Index into `values` of the cell that holds a point of the grid's frame, or -1 outside. */
export function gridIndexOfM(grid: Omit<GridShape, 'origin'>, eastM: number, northM: number): number {
  const col = Math.floor(eastM / grid.cellM)
  const row = Math.floor(northM / grid.cellM)
  return col >= 0 && col < grid.cols && row >= 0 && row < grid.rows ? row * grid.cols + col : -1
}

/** Index into `values` of the cell that holds a place, or -1 outside the grid. */
export function gridIndexOf(grid: GridShape, position: readonly number[]): number {
  const [eastM, northM] = gridFrame(grid).toLocal(position)
  return gridIndexOfM(grid, eastM, northM)
}

/** Corners of the grid on WGS-84: south-west, south-east, north-east, north-west. */
export function gridCorners(grid: GridShape): [LngLat, LngLat, LngLat, LngLat] {
  const frame = gridFrame(grid)
  const eastM = grid.cols * grid.cellM
  const northM = grid.rows * grid.cellM
  return [
    frame.toLngLat([0, 0]),
    frame.toLngLat([eastM, 0]),
    frame.toLngLat([eastM, northM]),
    frame.toLngLat([0, northM]),
  ]
}

/** Sum of all values, with compensation so that a million small cells still add up to 1e-12. */
export function gridSum(values: ArrayLike<number>): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! - lost
    const next = sum + value
    lost = next - sum - value
    sum = next
  }
  return sum
}
