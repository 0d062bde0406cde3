import { type Grid, gridFrame } from './grid.ts'
import { inRing } from './polygon.ts'

/** Cells whose middle lies in a ring, `[lng, lat]` on WGS-84, by the even-odd rule; row-major numbers, rising. */
export function cellsInRing(
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM' | 'origin'>,
  ring: readonly (readonly number[])[],
): number[] {
  const { rows, cols, cellM } = grid
  const frame = gridFrame(grid)
  const corners = ring.map((corner) => frame.toLocal(corner))
  if (corners.length < 3) return []
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.floor(value / cellM)))
  const cells: number[] = []
  for (let row = clamp(Math.min(...ys), rows - 1); row <= clamp(Math.max(...ys), rows - 1); row++)
    for (let col = clamp(Math.min(...xs), cols - 1); col <= clamp(Math.max(...xs), cols - 1); col++)
      if (inRing(corners, (col + 0.5) * cellM, (row + 0.5) * cellM)) cells.push(row * cols + col)
  return cells
}
