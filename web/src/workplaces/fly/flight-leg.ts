import type { DroneStatus, LngLat, Task } from '@skerry/contract'

/** Steps of a task's plan before its path: take-off, speed, camera. */
const STEPS_BEFORE_PATH = 3

/** The plan in the aircraft is this task's, as far as anyone knows: another one may have been loaded meanwhile. */
export const holdsPlanOf = (task: Task, status: Pick<DroneStatus, 'mission'> | null): boolean =>
  status === null || status.mission.planId === null || status.mission.planId === task.upload?.planId

/** The corner of the path that the aircraft flies to now; null off its lanes, and where its plan is not this task's. */
export function nextCorner(task: Task | null, mission: DroneStatus['mission'] | null): LngLat | null {
  if (task?.state !== 'flying' || mission === null || mission.current === null) return null
  if (!holdsPlanOf(task, { mission })) return null
  const first = task.resumeFrom ?? 0
  const points = task.path.length - first
  // A path that is not flown at the usual speed has a step for that behind its first point.
  const slow = task.upload !== null && task.upload.total > points + STEPS_BEFORE_PATH + 1
  const at = mission.current - STEPS_BEFORE_PATH
  const point = slow && at > 0 ? Math.max(1, at - 1) : at
  return point < 0 ? null : (task.path[first + point] ?? null)
}
