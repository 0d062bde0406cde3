import { type Command, type DomainEvent, reasonOf, type TakeOffWait } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { fenceBlocker } from '../fleet/fence.ts'
import { newOrder } from '../fleet/order.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { batteryTurnedOutLow, takeoffPoint } from './draft.ts'
import { firstBlocker } from './offer.ts'
import { pathLeft } from './plan.ts'
import { inAir, isOut } from './states.ts'
import { takeOffWaitOf } from './take-off.ts'
import { wayFlyable } from './way-flyable.ts'

type Start = Extract<Command, { type: 'task.start' }>

/** A take-off point this much lower or higher than planned makes the agreed height wrong, metres. */
const HOME_TOLERANCE_M = 10

/**
 * Arms and starts, or starts the new path of a drone that is in the air. Refused unless its plan was
 * verified and no other has been seen in the aircraft since, the link is live, it does not stand lower than the place that
 * the height was planned from, and no other flight of ours is in its way (but for a reason, which is journaled).
 */
export function decideStart(picture: Picture, command: Start, ctx: DecideContext): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  const drone = picture.drone.get(task.droneId)
  if (drone?.lease?.seatId !== ctx.seat.id) return refuse(403, 'lease-not-held', `you do not hold ${task.droneId}`)
  const search = picture.search.get(task.searchId)
  if (search?.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (task.state !== 'ready' || !task.upload?.verified)
    return refuse(409, 'task-not-ready', `task ${task.number} is ${task.state}`)
  const blocked = firstBlocker(task)
  if (blocked) return blocked
  const status = ctx.drones.get(drone.id)
  if (!status || status.link.state === 'lost') return refuse(409, 'drone-link-lost', `no link to ${drone.id}`)
  if (status.duplicateId) return refuse(409, 'duplicate-system-id', `two vehicles answer as ${drone.id}`)
  if (status.mission.plan === 'differs')
    return refuse(409, 'plan-differs', `${drone.id} holds another plan than task ${task.number}`)
  const air = inAir(status)
  if (air === null) return refuse(409, 'drone-state-unknown', `nobody knows whether ${drone.id} is in the air`)
  if (batteryTurnedOutLow(task, status))
    return refuse(409, 'drone-battery-low', `task ${task.number} was planned on a fuller battery`)
  const fenced = fenceBlocker(drone.fence, task, status, air)
  if (fenced) return fenced
  const home = takeoffPoint(status)
  const plannedHomeM = (task.highestGroundAmslM ?? 0) + task.clearanceM - (task.heightAboveTakeoffM ?? 0)
  // A drone that took off far above the searched ground flies at its lowest transit height, above the plan: that is safe.
  if (!home || home.altAmslM < plannedHomeM - HOME_TOLERANCE_M)
    return refuse(409, 'home-moved', `${drone.id} stands lower than task ${task.number} was planned from`)
  // In the air the battery drains and the drone moves on while a task waits to be started. Who answered for a full battery
  // answered for it on the ground: of one that has taken off since, nobody knows what is left. The rest of a flight that was
  // broken off fits no budget of before; what it needs is reckoned anew wherever it starts.
  if (air || task.resumeFrom !== undefined) {
    const way = [status.position?.lngLat ?? home.lngLat, ...pathLeft(task), home.lngLat]
    const flyable = wayFlyable(picture, search, task, { way, status, air }, ctx)
    if (!flyable.ok) return flyable
  }
  const wait: TakeOffWait = air ? CLEAR : takeOffWaitOf(picture, task, ctx)
  if (wait.kind !== 'clear' && command.despiteWait === undefined)
    return refuse(409, 'take-off-wait', waitDetail(wait, ctx.nowMs))
  const order = newOrder(picture, drone.id, air ? 'start-in-air' : 'arm-and-start', ctx, task.id)
  const before = picture.task.get(drone.taskId ?? '')
  return ok([
    ...(before && before.id !== task.id && isOut(before)
      ? [{ type: 'task.done' as const, taskId: before.id, reason: reasonOf('replaced-by-task', String(task.number)) }]
      : []),
    { type: 'drone.ordered', command: order },
    {
      type: 'task.starting',
      taskId: task.id,
      commandId: order.id,
      ...(wait.kind === 'clear' ? {} : { despiteWait: { wait, reason: command.despiteWait! } }),
    },
  ])
}

const CLEAR: TakeOffWait = { kind: 'clear', untilMs: null, behind: null }

/** What is waited for, and for how long, in one sentence. */
function waitDetail({ kind, untilMs, behind }: TakeOffWait, nowMs: number): string {
  const other = behind ? `${behind.droneId} (task ${behind.number})` : 'another flight'
  if (kind === 'goes-first') return `${other} takes off first`
  if (kind === 'until-down' || untilMs === null) return `${other} must be down first`
  return `${Math.ceil((untilMs - nowMs) / 1000)} s to go, to stay clear of ${other}`
}
