import type { Change, EventOf, EventType, Task } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'
import { isOut } from './states.ts'

type TaskEvent = EventOf<Extract<EventType, `task.${string}`>>

/** A task along its way from draft to done, and what that means for its drone and its candidate. */
export function evolveTask(picture: Picture, event: TaskEvent, atMs: number): Change[] {
  const task = picture.task.get(event.taskId)
  if (!task) return []
  const to = (fields: Partial<Task>): Change => changed('task', task.id, { ...task, ...fields })
  const over = (fields: Partial<Task>): Change[] => [
    to({ offerExpiresAtMs: null, endedAtMs: atMs, ...fields }),
    ...(picture.drone.get(task.droneId)?.taskId === task.id
      ? patched(picture, 'drone', task.droneId, { taskId: null })
      : []),
    ...lookEnded(picture, task),
  ]
  switch (event.type) {
    case 'task.approved':
      return [
        to({
          approvalRef: event.approvalRef,
          blockers: task.blockers.filter((blocker) => blocker !== 'no-approval-ref'),
        }),
      ]
    case 'task.offered':
      return [
        to({
          state: 'offered',
          reason: null,
          pilot: null,
          endedAtMs: null,
          offeredAtMs: atMs,
          offerExpiresAtMs: event.expiresAtMs,
        }),
      ]
    case 'task.seen':
      return task.state === 'offered' ? [to({ state: 'seen' })] : []
    case 'task.accepted':
      return [
        to({ state: 'accepted', offerExpiresAtMs: null, pilot: pilotOf(event) }),
        ...(droneFlies(picture, task.droneId) ? [] : patched(picture, 'drone', task.droneId, { taskId: task.id })),
      ]
    case 'task.refused':
      return over({ state: 'refused', reason: event.reason })
    case 'task.offer-expired':
      return [to({ state: 'drafted', offeredAtMs: null, offerExpiresAtMs: null })]
    case 'task.withdrawn':
      return over({ state: 'withdrawn', reason: event.reason })
    case 'task.handed-over':
      return [to({ restFlownBy: event.toTaskId })]
    case 'task.resumed':
      return [to({ resumeFrom: event.fromPoint, pilot: pilotOf(event) })]
    case 'task.reached':
      return [to({ reached: event.point })]
    case 'task.upload-started':
      return [
        to({
          state: 'uploading',
          reason: null,
          endedAtMs: null,
          upload: { done: 0, total: event.total, verified: false, planId: null },
        }),
        ...(droneFlies(picture, task.droneId) ? [] : patched(picture, 'drone', task.droneId, { taskId: task.id })),
      ]
    case 'task.upload-progressed': {
      const { done, total } = event
      return [to({ upload: { ...task.upload, done, total, verified: false, planId: null } })]
    }
    case 'task.upload-cancelling':
      return task.upload === null ? [] : [to({ upload: { ...task.upload, cancelling: true } })]
    case 'task.upload-cancel-refused': {
      if (task.upload === null) return []
      const { cancelling: _, ...upload } = task.upload
      return [to({ upload })]
    }
    case 'task.uploaded':
      return [
        to({
          state: 'ready',
          reason: null,
          endedAtMs: null,
          upload: { done: event.total, total: event.total, verified: true, planId: event.planId },
        }),
      ]
    case 'task.upload-failed':
      return over({ state: 'failed', reason: event.reason, upload: null })
    case 'task.starting':
      return [
        to({ state: 'starting', reason: null, endedAtMs: null }),
        ...patched(picture, 'drone', task.droneId, { taskId: task.id }),
      ]
    case 'task.start-failed':
      return [to({ state: 'ready', reason: event.reason })]
    case 'task.flying':
      return [
        to({ state: 'flying', reason: null, endedAtMs: null, startedAtMs: task.startedAtMs ?? atMs }),
        ...patched(picture, 'drone', task.droneId, { taskId: task.id }),
      ]
    case 'task.returning':
      return [to({ state: 'returning' })]
    case 'task.done':
      return over({ state: 'done', reason: event.reason ?? null })
    case 'task.failed':
      return over({ state: 'failed', reason: event.reason })
    case 'task.unknown':
      return [to({ state: 'unknown', reason: event.reason })]
  }
}

/** The drone is away on a task already; a second one waits until it is started in the air. */
function droneFlies(picture: Picture, droneId: string): boolean {
  const taskId = picture.drone.get(droneId)?.taskId
  const task = taskId ? picture.task.get(taskId) : undefined
  return task !== undefined && isOut(task)
}

/** Another look is over, whatever came of it: the candidate waits for the coordinator again. */
const lookEnded = (picture: Picture, task: Task): Change[] =>
  task.candidateId !== null &&
  picture.candidate.get(task.candidateId)?.state === 'looking-again' &&
  picture.candidate.get(task.candidateId)?.taskId === task.id
    ? patched(picture, 'candidate', task.candidateId, { state: 'open' })
    : []

const pilotOf = ({ seatId, name, account }: EventOf<'task.accepted' | 'task.resumed'>): NonNullable<Task['pilot']> => ({
  seatId,
  name,
  ...(account === undefined ? {} : { account }),
})
