/** Cells that have to be visited, each in one of its ways, with what everything costs. */
export interface CellCosts {
  /** Number of ways through each cell. */
  readonly ways: readonly number[]
  inside(cell: number, way: number): number
  /** From the end of one cell's way to the beginning of another's; Infinity when there is none. */
  between(cell: number, way: number, nextCell: number, nextWay: number): number
  /** Never above `between` for any ways of the two cells, and cheap to ask for. */
  betweenAtLeast(cell: number, nextCell: number): number
  /** From the start to a cell, and from a cell to the end; 0 when free. */
  out(cell: number, way: number): number
  back(cell: number, way: number): number
}
