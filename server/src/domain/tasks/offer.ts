import type { Command, DomainEvent, RefusalCode, Task } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'
import { batteryTurnedOutLow } from './draft.ts'
import { rederived } from './rederive.ts'
import { droneOut, isRecallable } from './states.ts'

type Approve = Extract<Command, { type: 'task.approve' }>
type Offer = Extract<Command, { type: 'task.offer' }>
type Withdraw = Extract<Command, { type: 'task.withdraw' }>

/** How long an offer waits for a pilot before it comes back with an alarm. */
export const OFFER_MS = 120_000

export function decideApprove(picture: Picture, command: Approve): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  if (task.state !== 'drafted')
    return refuse(409, 'task-not-drafted', `task ${task.number} is ${task.state}: approve before it is offered`)
  return ok([{ type: 'task.approved', taskId: task.id, approvalRef: command.approvalRef }])
}

/**
 * Offers a task to the pilots, once nothing stands in its way. Heights are derived afresh: a drone may have moved. What its
 * battery holds may be unknown, at base with the power off for one: then only where a person answers for a full one.
 */
export function decideOffer(picture: Picture, command: Offer, ctx: DecideContext): Decision<DomainEvent[]> {
  const known = picture.task.get(command.taskId)
  if (!known) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  const search = picture.search.get(known.searchId)
  if (search?.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (known.state !== 'drafted' && known.state !== 'refused')
    return refuse(409, 'task-not-drafted', `task ${known.number} is ${known.state}`)
  const status = ctx.drones.get(known.droneId)
  if (!status) return refuse(409, 'drone-not-seen', `drone ${known.droneId} is not on any bridge`)
  if (batteryTurnedOutLow(known, status))
    return refuse(409, 'drone-battery-low', `task ${known.number} was cut for a fuller battery: cut it again`)
  const task = rederived(picture, known, search.highestGroundAmslM, ctx)
  const blocked = firstBlocker(task)
  if (blocked) return blocked
  const guessed = task.batteryAssumedS !== undefined
  if (guessed && !command.batteryAnswered)
    return refuse(409, 'battery-not-answered', `batteryAnswered: nobody knows what ${task.droneId} holds`)
  return ok([
    ...(sameJson(task, known)
      ? []
      : [{ type: 'search.tasks-cut' as const, searchId: search.id, tasks: [task], replaced: [] }]),
    ...clearAlarm(picture, 'offer-unanswered', task.id),
    {
      type: 'task.offered',
      taskId: task.id,
      expiresAtMs: ctx.nowMs + OFFER_MS,
      ...(guessed ? { batteryAnswered: true as const } : {}),
    },
  ])
}

/** Whether a task may be offered without anybody asking for it: nothing stands in its way, and nobody need answer for it. */
export const offersItself = (task: Task): boolean => firstBlocker(task) === null && task.batteryAssumedS === undefined

/** Why a task may not be offered or uploaded; null where nothing stands in its way. Fails closed. */
export function firstBlocker(
  task: Task,
): { ok: false; error: { status: 409; code: RefusalCode; detail: string } } | null {
  const blocker =
    task.blockers[0] ??
    (task.heightAboveTakeoffM === null ? 'no-highest-ground' : null) ??
    (task.notices.length > 0 && task.approvalRef === null ? 'no-approval-ref' : null)
  return blocker === null
    ? null
    : { ok: false, error: { status: 409, code: blocker, detail: `task ${task.number} is blocked: ${blocker}` } }
}

export function decideWithdraw(
  picture: Picture,
  command: Withdraw,
  { drones }: Pick<DecideContext, 'drones'>,
): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  const hovers = task.resumeFrom !== undefined && droneOut(task, drones)
  if (!isRecallable(task) || hovers)
    return refuse(409, 'task-not-recallable', `task ${task.number} is ${task.state}: order the drone instead`)
  return ok([
    ...clearAlarm(picture, 'offer-unanswered', task.id),
    ...clearAlarm(picture, 'upload-failed', task.id),
    { type: 'task.withdrawn', taskId: task.id, reason: command.reason },
  ])
}
