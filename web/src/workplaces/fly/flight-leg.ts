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
  return task.path[mission.current - STEPS_BEFORE_PATH] ?? null
}
