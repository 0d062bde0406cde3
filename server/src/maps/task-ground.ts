import type { CoverShare, Ring, Task, TaskCoverage } from '@skerry/contract'
import { cellsInRing, COVER_CODES, type GridShape, NO_COVER, splitBySweep, type Lane } from '@skerry/search'
import { plannedPod, sweepOver } from '../domain/tasks/task-sweep.ts'
import type { SearchMap } from './search-map.ts'
import type { CellViews } from './seen-ground.ts'

/** Ground counts as flown from this share of the coverage that one pass gives. */
const FLOWN_SHARE = 0.5

type Ground = Pick<Task, 'id' | 'area' | 'lanes' | 'sweepWidthM' | 'sweepByCover' | 'laneSpacingM'>

/** Coverage C = W / S that flying all lanes of a task gives its ground, where no layer tells the cover or over one. */
export const plannedCoverage = (
  task: Pick<Task, 'sweepWidthM' | 'sweepByCover' | 'laneSpacingM'>,
  cover: CoverShare['cover'] = null,
): number => (task.laneSpacingM > 0 ? sweepOver(task, cover) / task.laneSpacingM : 0)

/** Areas do not change: their cells are looked for once. */
const known = new WeakMap<Ring, { grid: GridShape; cells: readonly number[] }>()

/** Cells whose middle lies in a ring. */
export function cellsIn(grid: GridShape, ring: Ring): readonly number[] {
  const before = known.get(ring)
  if (before && sameShape(before.grid, grid)) return before.cells
  const cells = cellsInRing(grid, ring)
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
    const passed = own.passed.sum(i)
    if (!(passed > 0)) continue
    const views = own.views.at(i)
    sum += mine
    pods += seen.podOf(views, i)
    if (passed >= flown) swept += 1
    pos += map.gainOfTask(task.id, i)
  }
  return {
    taskId: task.id,
    plannedPod: plannedPod(task, podCap),
    achievedPod: pods / cells.length,
    coverage: sum / cells.length,
    sweptShare: swept / cells.length,
    pos,
    remainder: splitBySweep(
      task.lanes.map(([from, to]): Lane => [from!, to ?? from!]),
      prior.grid,
      own.passed.total(),
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
 * Probability that flying what is still missing of a task's coverage finds the subject, given no find so far: on the
 * whole map first, then under each scenario: sum p_i (POD(C + before + missing) - POD(C + before)) / (1 - POD(C)), the
 * missing part seen from above. Under a drift that was moved C is what was searched since. `before` is the coverage per cell
 * that tasks counted earlier will have given; this task's is added to it, so that ground under two tasks is not found on twice.
 */
export function gainsOf(map: SearchMap, task: Ground, before: Float64Array | null = null): number[] {
  const { podCap, seen, prior } = map
  const own = seen.own(task.id)
  const planned = COVER_CODES.map((cover) => plannedCoverage(task, cover))
  const stories = map.plannedOn()
  const gains = stories.map(() => 0)
  const wholeFirst = (): number[] => [stories.reduce((sum, { share }, k) => sum + share * gains[k]!, 0), ...gains]
  if (!(podCap > 0)) return wholeFirst()
  // What is missing of a pass is missing of what it shows over the cell's cover. A sensor that saw less than was planned has
  // flown the ground all the same: its own pass is the measure.
  const wholePass = Math.min(own?.passCoverage || Infinity, planned[NO_COVER]!)
  const missingAt = (cell: number): number => {
    const passed = own?.passed.sum(cell) ?? 0
    const code = seen.covers?.[cell] ?? NO_COVER
    return wholePass > 0 ? planned[code]! * Math.max(0, 1 - passed / wholePass) : 0
  }
  for (const i of cellsIn(prior.grid, task.area)) {
    const missing = missingAt(i)
    if (missing === 0) continue
    const flown = before?.[i] ?? 0
    const found = (now: number, views: CellViews): number => {
      if (now >= 1) return 0
      const pod = (more: number): number => seen.podOf({ ...views, down: views.down + more }, i)
      return (pod(flown + missing) - (flown > 0 ? pod(flown) : now)) / (1 - now)
    }
    if (before) before[i] = flown + missing
    // Stories that stand still share what was seen of the ground.
    const still = found(seen.pod[i]!, seen.views.at(i))
    stories.forEach(({ values, moved, podAt, viewsAt }, k) => {
      gains[k]! += values[i]! * (moved ? found(podAt(i), viewsAt(i)) : still)
    })
  }
  return wholeFirst()
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
