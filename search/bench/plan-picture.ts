import { panel, paths, shaded, shadeLimits, svg } from '../pictures/map-svg.ts'
import type { Cells, PathM } from '../src/plan/path-score.ts'

const SIDE_PX = 480

/** Picture of a plan: the map in shades, north up, one line per drone that starts with a dot. SVG. */
export function planPicture(grid: Cells, lines: readonly PathM[], title: string): string {
  const at = panel(0, 0, SIDE_PX, [0, 0], Math.max(grid.rows, grid.cols) * grid.cellM)
  return svg(SIDE_PX, SIDE_PX, title, shaded(grid, at, shadeLimits(grid)) + paths(lines, at))
}
