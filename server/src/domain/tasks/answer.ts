import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { isReading } from '../fleet/upkeep.ts'
import { firstBlocker } from './offer.ts'
import { planOf } from './plan.ts'
import { isOut } from './states.ts'

type See = Extract<Command, { type: 'task.see' }>
type Accept = Extract<Command, { type: 'task.accept' }>
type Refuse = Extract<Command, { type: 'task.refuse' }>
type Upload = Extract<Command, { type: 'task.upload' }>
type CancelUpload = Extract<Command, { type: 'task.cancel-upload' }>

export function decideSee(picture: Picture, command: See, ctx: DecideContext): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  if (task.state !== 'offered') return ok([])
  return ok([{ type: 'task.seen', taskId: task.id, seatId: ctx.seat.id, name: ctx.seat.name }])
}

/**
 * The first pilot to accept has the task and the drone; its plan goes to the aircraft at once. The second one is told who
 * was first.
 */
export function decideAccept(picture: Picture, command: Accept, ctx: DecideContext): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  const { id: seatId, name, account } = ctx.seat
  if (task.pilot?.seatId === seatId) return ok([])
  if (task.pilot) return refuse(409, 'already-taken', `${task.pilot.name} has taken task ${task.number}`)
  if (task.state !== 'offered' && task.state !== 'seen')
    return refuse(409, 'not-offered', `task ${task.number} is ${task.state}`)
  if (task.offerExpiresAtMs !== null && ctx.nowMs > task.offerExpiresAtMs)
    return refuse(409, 'offer-expired', `the offer of task ${task.number} has run out`)
  const blocked = firstBlocker(task)
  if (blocked) return blocked
  const drone = picture.drone.get(task.droneId)
  if (!drone) return refuse(409, 'drone-not-seen', `drone ${task.droneId} has never been seen`)
  if (drone.lease && drone.lease.seatId !== seatId)
    return refuse(409, 'lease-held', `${drone.lease.name} holds ${drone.id}`)
  const other = picture.task.get(drone.taskId ?? '')
  if (other && other.id !== task.id && !isOut(other))
    return refuse(409, 'drone-busy', `${drone.id} has task ${other.number} already`)
  return ok([
    { type: 'task.accepted', taskId: task.id, seatId, name, ...(account === undefined ? {} : { account }) },
    ...(drone.lease
      ? []
      : [{ type: 'drone.leased' as const, lease: { droneId: drone.id, seatId, name, takenAtMs: ctx.nowMs } }]),
    { type: 'task.upload-started', taskId: task.id, total: planOf(task).steps.length },
  ])
}

export function decideRefuse(picture: Picture, command: Refuse, ctx: DecideContext): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  if (task.pilot && task.pilot.seatId !== ctx.seat.id)
    return refuse(409, 'already-taken', `${task.pilot.name} has taken task ${task.number}`)
  if (task.state !== 'offered' && task.state !== 'seen')
    return refuse(409, 'not-offered', `task ${task.number} is ${task.state}`)
  const { id: seatId, name } = ctx.seat
  return ok([{ type: 'task.refused', taskId: task.id, seatId, name, reason: command.reason }])
}

/** Another try after an upload that failed, or whose outcome nobody knows. */
export function decideUpload(picture: Picture, command: Upload, ctx: DecideContext): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  if (picture.drone.get(task.droneId)?.lease?.seatId !== ctx.seat.id)
    return refuse(403, 'lease-not-held', `you do not hold ${task.droneId}`)
  if (picture.search.get(task.searchId)?.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (!task.pilot || !['accepted', 'ready', 'failed', 'unknown'].includes(task.state))
    return refuse(409, 'not-uploadable', `task ${task.number} is ${task.state}`)
  const blocked = firstBlocker(task)
  if (blocked) return blocked
  const other = picture.task.get(picture.drone.get(task.droneId)?.taskId ?? '')
  if (other && other.id !== task.id && !isOut(other))
    return refuse(409, 'drone-busy', `${task.droneId} has task ${other.number} already`)
  const { job = null } = picture.drone.get(task.droneId)?.upkeep ?? {}
  if (job && !isReading(job.ask))
    return refuse(409, 'upkeep-running', `a parameter or the mission of ${task.droneId} is being changed`)
  return ok([
    ...clearAlarm(picture, 'upload-failed', task.id),
    { type: 'task.upload-started', taskId: task.id, total: planOf(task).steps.length },
  ])
}

/** Takes back an upload that is going on. Asked twice it is asked once. */
export function decideCancelUpload(
  picture: Picture,
  command: CancelUpload,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  if (picture.drone.get(task.droneId)?.lease?.seatId !== ctx.seat.id)
    return refuse(403, 'lease-not-held', `you do not hold ${task.droneId}`)
  if (task.state !== 'uploading') return refuse(409, 'not-uploading', `task ${task.number} is ${task.state}`)
  if (task.upload?.cancelling) return ok([])
  return ok([{ type: 'task.upload-cancelling', taskId: task.id, name: ctx.seat.name }])
}
