import type { Ring, Task, TaskCoverage } from '@skerry/contract'
import { type GridShape, gridFrame, podCapped, podFurther, splitBySweep, type Lane } from '@skerry/search'
import type { SearchMap } from './search-map.ts'

/** Ground counts as flown from this share of the coverage that one pass gives. */
const FLOWN_SHARE = 0.5

type Ground = Pick<Task, 'id' | 'area' | 'lanes' | 'sweepWidthM' | 'laneSpacingM'>

/** Coverage C that flying all lanes of a task gives its ground: W / S. */
export const plannedCoverage = ({ sweepWidthM, laneSpacingM }: Pick<Task, 'sweepWidthM' | 'laneSpacingM'>): number =>
  laneSpacingM > 0 ? sweepWidthM / laneSpacingM : 0

/** Cells whose middle lies in a ring. */
export function cellsIn(grid: GridShape, ring: Ring): number[] {
  const { rows, cols, cellM } = grid
  const frame = gridFrame(grid)
  const corners = ring.map((corner) => frame.toLocal(corner))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.floor(value / cellM)))
  const cells: number[] = []
  for (let row = clamp(Math.min(...ys), rows - 1); row <= clamp(Math.max(...ys), rows - 1); row++)
    for (let col = clamp(Math.min(...xs), cols - 1); col <= clamp(Math.max(...xs), cols - 1); col++)
      if (holds(corners, (col + 0.5) * cellM, (row + 0.5) * cellM)) cells.push(row * cols + col)
  return cells
}

/** What a task's own flight has achieved on its ground; null while it has seen none of it. */
export function taskCoverage(map: SearchMap, task: Ground): TaskCoverage | null {
  const own = map.own(task.id)
  const cells = cellsIn(map.prior.grid, task.area)
  if (!own || !(own.passCoverage > 0) || !(task.sweepWidthM > 0) || cells.length === 0) return null
  const { podCap, coverage, prior } = map
  const flown = FLOWN_SHARE * Math.min(own.passCoverage, plannedCoverage(task))
  let [sum, pods, swept, pos] = [0, 0, 0, 0]
  for (const i of cells) {
    const mine = own.cells[i]!
    sum += mine
    pods += podCapped(mine, podCap)
    if (mine >= flown && mine > 0) swept += 1
    const others = Math.max(0, coverage[i]! - mine)
    pos += prior.grid.values[i]! * (podCapped(coverage[i]!, podCap) - podCapped(others, podCap))
  }
  return {
    taskId: task.id,
    plannedPod: podCapped(plannedCoverage(task), podCap),
    achievedPod: pods / cells.length,
    coverage: sum / cells.length,
    sweptShare: swept / cells.length,
    pos,
    remainder: splitBySweep(
      task.lanes.map(([from, to]): Lane => [from!, to ?? from!]),
      prior.grid,
      own.cells,
      // A sensor that saw less than was planned has flown the lane all the same: its own pass is the measure.
      {
        sweepWidthM: Math.min(own.passCoverage, plannedCoverage(task)) * task.laneSpacingM,
        laneSpacingM: task.laneSpacingM,
      },
      { minShare: FLOWN_SHARE },
    ).left,
  }
}

/**
 * Probability that flying what is still missing of a task's coverage finds the subject, given no find so far, on each
 * map after the search so far: sum p_i (POD(C + missing) - POD(C)) / (1 - POD(C)).
 */
export function gainsOf(map: SearchMap, task: Ground, maps: readonly { values: ArrayLike<number> }[]): number[] {
  const own = map.own(task.id)
  const planned = plannedCoverage(task)
  const { podCap, coverage } = map
  const gains = maps.map(() => 0)
  if (!(podCap > 0)) return gains
  for (const i of cellsIn(map.prior.grid, task.area)) {
    const share = podFurther(coverage[i]!, Math.max(0, planned - (own?.cells[i] ?? 0)), podCap)
    maps.forEach(({ values }, k) => (gains[k]! += values[i]! * share))
  }
  return gains
}

/** Whether a point lies in a ring (even-odd rule). */
export function holds(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!
    const [xj, yj] = ring[j]!
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
