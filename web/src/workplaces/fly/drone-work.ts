import type { Task, TaskState } from '@skerry/contract'

const OUT: readonly TaskState[] = ['starting', 'flying', 'returning', 'unknown']
const PREPARING: readonly TaskState[] = ['accepted', 'uploading', 'ready']
const OFFERED: readonly TaskState[] = ['offered', 'seen']

/** Somebody took it, and it is not over. */
export const isUnderWay = (task: Pick<Task, 'state'>): boolean =>
  OUT.includes(task.state) || PREPARING.includes(task.state)

export const isOffered = (task: Pick<Task, 'state'>): boolean => OFFERED.includes(task.state)

/** What one drone is about: what it flies, what comes next, and what it did last. */
export interface DroneWork {
  flight: Task | null
  /** Prepared before offered, offered before one whose upload failed. */
  next: Task | null
  /** Newest finished task, for the time after landing. */
  last: Task | null
}

/**
 * @param searchOpen whether a search still runs: a failed task of an ended one is nobody's next work
 */
export function workOf(droneId: string, tasks: Iterable<Task>, searchOpen: (searchId: string) => boolean): DroneWork {
  const own = [...tasks].filter((task) => task.droneId === droneId && task.state !== 'drafted')
  own.sort((a, b) => (b.offeredAtMs ?? 0) - (a.offeredAtMs ?? 0) || b.number - a.number)
  const first = (states: readonly TaskState[]): Task | null => own.find((task) => states.includes(task.state)) ?? null
  // A failed task waits for another try only until something newer came for this drone.
  const newest = own.find((task) => task.state !== 'withdrawn' && task.state !== 'refused') ?? null
  const failed = newest?.state === 'failed' && newest.pilot !== null && searchOpen(newest.searchId) ? newest : null
  const done = own.filter((task) => task.state === 'done').sort((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0))
  return { flight: first(OUT), next: first(PREPARING) ?? first(OFFERED) ?? failed, last: done[0] ?? null }
}

/** What the pilot is asked to do about the next task. */
export type Ask = 'answer' | 'taken' | 'wait-upload' | 'retry-upload' | 'start'

/**
 * @param mine this seat holds the drone, or took the task
 */
export function askOf(task: Task, mine: boolean): Ask {
  if (isOffered(task)) return 'answer'
  if (!mine) return 'taken'
  if (task.state === 'failed') return 'retry-upload'
  return task.state === 'ready' && task.upload?.verified === true ? 'start' : 'wait-upload'
}
