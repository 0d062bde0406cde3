import type { Line, LngLat, Ring, Task, TaskCoverage } from '@skerry/contract'
import { podCapped } from '@skerry/search'
import type { SearchMap } from './search-map.ts'

/** Ground counts as flown from this share of the coverage that one pass gives. */
const FLOWN_SHARE = 0.5
/** A piece of lane shorter than this is not worth a flight of its own, in cells. */
const SHORTEST_PIECE_CELLS = 1.5

type Ground = Pick<Task, 'id' | 'area' | 'lanes' | 'sweepWidthM' | 'laneSpacingM'>

/** Coverage C that flying all lanes of a task gives its ground: W / S. */
export const plannedCoverage = ({ sweepWidthM, laneSpacingM }: Pick<Task, 'sweepWidthM' | 'laneSpacingM'>): number =>
  laneSpacingM > 0 ? sweepWidthM / laneSpacingM : 0

/** Cells whose middle lies in a ring. */
export function cellsIn(map: SearchMap, ring: Ring): number[] {
  const { rows, cols, cellM } = map.prior.grid
  const corners = ring.map((corner) => map.frameM.toLocal(corner))
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
  const cells = cellsIn(map, task.area)
  if (!own || cells.length === 0) return null
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
    remainder: remainderOf(map, task, (cell) => own.cells[cell]! >= flown && own.cells[cell]! > 0),
  }
}

/** Pieces of the lanes over ground that was not flown, in the order and direction of the lanes. */
export function remainderOf(map: SearchMap, { lanes }: Pick<Task, 'lanes'>, flown: (cell: number) => boolean): Line[] {
  const { rows, cols, cellM } = map.prior.grid
  const shortestM = SHORTEST_PIECE_CELLS * cellM
  const pieces: Line[] = []
  for (const lane of lanes)
    for (let i = 1; i < lane.length; i++) {
      const [a, b] = [map.frameM.toLocal(lane[i - 1]!), map.frameM.toLocal(lane[i]!)]
      const lengthM = Math.hypot(b[0] - a[0], b[1] - a[1])
      const steps = Math.max(1, Math.ceil(lengthM / (cellM / 2)))
      const at = (t: number): LngLat => map.frameM.toLngLat([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
      let from: number | null = null
      for (let step = 0; step <= steps; step++) {
        const t = (step + 0.5) / steps
        const [col, row] = [(a[0] + t * (b[0] - a[0])) / cellM, (a[1] + t * (b[1] - a[1])) / cellM].map(Math.floor)
        const onMap = col! >= 0 && row! >= 0 && col! < cols && row! < rows
        const open = step < steps && onMap && !flown(row! * cols + col!)
        if (open) from ??= step / steps
        else if (from !== null) {
          const until = step / steps
          if ((until - from) * lengthM >= Math.min(shortestM, lengthM)) pieces.push([at(from), at(until)])
          from = null
        }
      }
    }
  return pieces
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
  for (const i of cellsIn(map, task.area)) {
    const before = coverage[i]!
    const after = before + Math.max(0, planned - (own?.cells[i] ?? 0))
    const left = 1 - podCapped(before, podCap)
    const share = left > 0 ? (podCapped(after, podCap) - podCapped(before, podCap)) / left : 0
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
