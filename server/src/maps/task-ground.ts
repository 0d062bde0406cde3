import type { Ring, Task, TaskCoverage } from '@skerry/contract'
import { type GridShape, gridFrame, podCapped, splitBySweep, type Lane } from '@skerry/search'
import type { SearchMap } from './search-map.ts'
import { less } from './seen-ground.ts'

/** Ground counts as flown from this share of the coverage that one pass gives. */
const FLOWN_SHARE = 0.5

type Ground = Pick<Task, 'id' | 'area' | 'lanes' | 'sweepWidthM' | 'laneSpacingM'>

/** Coverage C that flying all lanes of a task gives its ground: W / S. */
export const plannedCoverage = ({ sweepWidthM, laneSpacingM }: Pick<Task, 'sweepWidthM' | 'laneSpacingM'>): number =>
  laneSpacingM > 0 ? sweepWidthM / laneSpacingM : 0

/** Areas do not change: their cells are looked for once. */
const known = new WeakMap<Ring, { grid: GridShape; cells: readonly number[] }>()

/** Cells whose middle lies in a ring. */
export function cellsIn(grid: GridShape, ring: Ring): readonly number[] {
  const before = known.get(ring)
  if (before && sameShape(before.grid, grid)) return before.cells
  const { rows, cols, cellM } = grid
  const frame = gridFrame(grid)
  const corners = ring.map((corner) => frame.toLocal(corner))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.floor(value / cellM)))
  const cells: number[] = []
  for (let row = clamp(Math.min(...ys), rows - 1); row <= clamp(Math.max(...ys), rows - 1); row++)
    for (let col = clamp(Math.min(...xs), cols - 1); col <= clamp(Math.max(...xs), cols - 1); col++)
      if (holds(corners, (col + 0.5) * cellM, (row + 0.5) * cellM)) cells.push(row * cols + col)
  known.set(ring, { grid, cells })
  return cells
}

const sameShape = (a: GridShape, b: GridShape): boolean =>
  a.rows === b.rows &&
  a.cols === b.cols &&
  a.cellM === b.cellM &&
  a.origin[0] === b.origin[0] &&
  a.origin[1] === b.origin[1]

/**
 * What a task's own flight has achieved on its ground; null while it has seen none of it. The achieved POD is the mean
 * over the cells of the task's area of the POD that its own looks amount to there: from the footprints as they lay, each
 * view direction for itself, under what the ground hides.
 */
export function taskCoverage(map: SearchMap, task: Ground): TaskCoverage | null {
  const { podCap, seen, prior } = map
  const own = seen.own(task.id)
  const cells = cellsIn(prior.grid, task.area)
  if (!own || !(own.passCoverage > 0) || !(task.sweepWidthM > 0) || cells.length === 0) return null
  const flown = FLOWN_SHARE * Math.min(own.passCoverage, plannedCoverage(task))
  let [sum, pods, swept, pos] = [0, 0, 0, 0]
  for (const i of cells) {
    const mine = own.views.sum(i)
    if (!(mine > 0)) continue
    const views = own.views.at(i)
    sum += mine
    pods += seen.podOf(views)
    if (mine >= flown) swept += 1
    pos += prior.grid.values[i]! * (seen.pod[i]! - seen.podOf(less(seen.views.at(i), views)))
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
      own.views.total(),
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
 * map after the search so far: sum p_i (POD(C + before + missing) - POD(C + before)) / (1 - POD(C)), the missing part
 * seen from above. `before` is the coverage per cell that tasks counted earlier will have given; this task's is added to
 * it, so that ground under two tasks is not found on twice.
 */
export function gainsOf(
  map: SearchMap,
  task: Ground,
  maps: readonly { values: ArrayLike<number> }[],
  before: Float64Array | null = null,
): number[] {
  const { podCap, seen, prior } = map
  const own = seen.own(task.id)
  const planned = plannedCoverage(task)
  const gains = maps.map(() => 0)
  if (!(podCap > 0)) return gains
  for (const i of cellsIn(prior.grid, task.area)) {
    const missing = Math.max(0, planned - (own?.views.sum(i) ?? 0))
    const now = seen.pod[i]!
    if (missing === 0 || now >= 1) continue
    const views = seen.views.at(i)
    const flown = before?.[i] ?? 0
    const pod = (more: number): number => seen.podOf({ ...views, down: views.down + more })
    const share = (pod(flown + missing) - (flown > 0 ? pod(flown) : now)) / (1 - now)
    if (before) before[i] = flown + missing
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
