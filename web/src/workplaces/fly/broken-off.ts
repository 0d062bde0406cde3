import type { DroneStatus, LngLat, Task } from '@skerry/contract'
import { lineDistanceM } from '../../format/distance.ts'
import type { DroneWork } from './drone-work.ts'
import { inAir } from './aircraft-state.ts'
import { holdsPlanOf } from './flight-leg.ts'

/** A flight that was broken off before the end of its path, and can be gone on with. */
export interface BrokenOff {
  task: Task
  /** Last point that was reached, counted from 0; -1: none. */
  reached: number
  points: number
}

/**
 * The task whose path this drone has not flown to its end: it holds, comes back, or is down again. Null while it flies its
 * plan, while something else is prepared for it, and where the rest of it is another task already.
 */
export function brokenOff(
  { flight, next, last }: DroneWork,
  status: DroneStatus | null,
  searchOpen: (searchId: string) => boolean,
): BrokenOff | null {
  if (next !== null && next.state !== 'failed') return null
  const task = flight ?? (next?.state === 'failed' ? next : last)
  if (task === null || task.startedAtMs === null || task.restFlownBy !== undefined || !searchOpen(task.searchId))
    return null
  if (task.state === 'starting') return null
  const goesOn = inAir(status) !== false && status?.mode?.kind === 'auto' && holdsPlanOf(task, status)
  if (flight !== null && task.state !== 'returning' && goesOn) return null
  // Of a flight that ended without a word of any point only the end by an order says that it was broken off.
  if (task.reached === undefined && task.state === 'done' && task.reason === null) return null
  const reached = task.reached ?? -1
  return reached >= task.path.length - 1 ? null : { task, reached, points: task.path.length }
}

/** Metres of the path from a point on. */
export function leftM(path: readonly LngLat[], fromPoint: number): number {
  return path.slice(fromPoint + 1).reduce((sum, to, i) => sum + lineDistanceM(path[fromPoint + i]!, to), 0)
}
