import type { DroneStatus, Task, TaskState } from '@skerry/contract'
import type { DronesPort } from '../context.ts'

/** States in which the task's drone is, or may be, away on it. */
const OUT: readonly TaskState[] = ['starting', 'flying', 'returning']
/** States in which a task is over for good. */
const OVER: readonly TaskState[] = ['done', 'refused', 'withdrawn', 'failed']
/** States in which a task can be taken back: the drone is not flying it. */
const RECALLABLE: readonly TaskState[] = [
  'drafted',
  'offered',
  'seen',
  'accepted',
  'uploading',
  'ready',
  'refused',
  'failed',
  'unknown',
]

export const isOut = (task: Task): boolean => OUT.includes(task.state)
export const isOver = (task: Task): boolean => OVER.includes(task.state)
export const isRecallable = (task: Task): boolean => RECALLABLE.includes(task.state)

/** The vehicle is off the ground, as far as its telemetry says; null where it says nothing. */
export function inAir(status: DroneStatus | null): boolean | null {
  if (!status) return null
  if (status.landed !== null) return status.landed !== 'on-ground'
  if (status.armed === false) return false
  if (status.armed === null) return null
  const heightM = status.position?.heightAboveTakeoffM
  return heightM === null || heightM === undefined ? null : heightM > 2
}

/** On its way to go on with a flight that was broken off, which may have been in the air. */
const GOING_ON: readonly TaskState[] = ['uploading', 'ready', 'failed']

/** The task's drone is out on it, or nobody can say that it is not: what is unknown counts as flying. */
export function droneOut(task: Task, drones: DronesPort): boolean {
  if (isOut(task)) return true
  const mayBe = task.state === 'unknown' || (task.resumeFrom !== undefined && GOING_ON.includes(task.state))
  return mayBe && inAir(drones.get(task.droneId)) !== false
}
