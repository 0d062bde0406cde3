import type {
  Change,
  Command,
  DomainEvent,
  DroneFence,
  DroneStatus,
  EventOf,
  FenceAsk,
  FencePlan,
  Task,
} from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { takeoffPoint } from '../tasks/draft.ts'
import { pathLeft } from '../tasks/plan.ts'
import { fenceHolds, fencePlanOf, isOutdated } from './fence-plan.ts'
import { heldDrone } from './order.ts'
import { isReading } from './upkeep.ts'

type FenceCommand = Extract<Command, { type: 'drone.send-fence' | 'drone.check-fence' | 'drone.clear-fence' }>
type CancelFence = Extract<Command, { type: 'drone.cancel-fence' }>
type FenceEvent = EventOf<
  | 'drone.fence-asked'
  | 'drone.fence-moved'
  | 'drone.fence-cancelling'
  | 'drone.fence-cancel-refused'
  | 'drone.fence-ended'
>

const NO_FENCE: DroneFence = { plan: null, taskId: null, id: null, transfer: null, last: null }

/**
 * Fence and rally points of a drone: its pilot puts those of a task into it, has them read and compared, or takes them
 * out. Changed only while it is known to be disarmed: an aircraft whose fence moves under way may turn round by itself.
 */
export function decideFence(picture: Picture, command: FenceCommand, ctx: DecideContext): Decision<DomainEvent[]> {
  const held = heldDrone(picture, command.droneId, ctx)
  if (!held.ok) return held
  const { id: droneId, fence, upkeep } = held.value
  const status = ctx.drones.get(droneId)
  if (!status || status.link.state === 'lost') return refuse(409, 'drone-link-lost', `no link to ${droneId}`)
  const can = status.fence?.can.fence ?? null
  if (can === null) return refuse(409, 'fence-support-unknown', `${droneId} has not said whether it keeps a fence`)
  if (!can) return refuse(409, 'fence-unsupported', `${droneId} says that it keeps no fence`)
  if (fence?.transfer) return refuse(409, 'fence-transfer-running', `a fence transfer of ${droneId} is going on`)
  if ([...picture.task.values()].some((task) => task.droneId === droneId && task.state === 'uploading'))
    return refuse(409, 'fence-transfer-running', `a plan is on its way into ${droneId}`)
  if (upkeep?.job && !isReading(upkeep.job.ask))
    return refuse(409, 'upkeep-running', `a parameter or the mission of ${droneId} is being changed`)
  const asked = (ask: FenceAsk, plan: FencePlan | null, taskId: string | null): DomainEvent => {
    const total = plan === null ? 0 : itemsOf(plan)
    return {
      type: 'drone.fence-asked',
      droneId,
      transfer: { id: ctx.newId(), ask, total, by: ctx.seat.name, plan, taskId },
    }
  }
  if (command.type === 'drone.check-fence') return ok([asked('check', fence?.plan ?? null, fence?.taskId ?? null)])
  if (status.armed !== false)
    return refuse(409, 'fence-while-armed', `${droneId} is armed, or may be: its fence changes only before arming`)
  if (command.type === 'drone.clear-fence') {
    const { only } = command
    // What is left after one part is compared with what was put in.
    if (only !== undefined) return ok([asked(`clear-${only}`, fence?.plan ?? null, fence?.taskId ?? null)])
    return ok([asked('clear', null, null)])
  }
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  if (task.droneId !== droneId || task.state !== 'ready')
    return refuse(409, 'task-not-ready', `task ${task.number} is ${task.state}`)
  const takeOff = takeoffPoint(status)
  if (!takeOff) return refuse(409, 'drone-position-unknown', `where ${droneId} takes off is not known`)
  const plan = fencePlanOf(picture, task, takeOff.lngLat, status.position?.lngLat ?? takeOff.lngLat)
  return plan.ok ? ok([asked('send', plan.value, task.id)]) : plan
}

/** Takes back a transfer that is going on, whichever it is. Asked twice it is asked once. */
export function decideCancelFence(picture: Picture, command: CancelFence, ctx: DecideContext): Decision<DomainEvent[]> {
  const { droneId } = command
  const drone = picture.drone.get(droneId)
  if (!drone) return refuse(404, 'unknown-drone', `no drone ${droneId}`)
  // To give up needs the lease alone, not what an order needs.
  if (drone.lease?.seatId !== ctx.seat.id) return refuse(403, 'lease-not-held', `you do not hold ${droneId}`)
  const transfer = drone.fence?.transfer
  if (!transfer) return refuse(409, 'no-fence-transfer', `no fence transfer of ${droneId} is going on`)
  if (transfer.cancelling) return ok([])
  return ok([{ type: 'drone.fence-cancelling', droneId, transferId: transfer.id, name: ctx.seat.name }])
}

/** Why a task may not start with what is known of the fence in its drone; null where nothing stands in its way. */
export function fenceBlocker(
  fence: DroneFence | undefined,
  task: Task,
  status: DroneStatus,
  air: boolean,
): Exclude<Decision<never>, { ok: true }> | null {
  if (!fence) return null
  const { last } = fence
  if (fence.transfer && !air)
    return refuse(409, 'fence-transfer-running', `a fence transfer of ${task.droneId} is going on`)
  const broken = last?.outcome.kind === 'failed' && last.outcome.aboardUnknown
  const other = fence.plan !== null && (last?.outcome.kind === 'differs' || status.fence?.state === 'differs')
  if (!air && (broken || other))
    return refuse(409, 'fence-not-known', `what fence ${task.droneId} holds is not known: send, check or clear it`)
  if (fence.plan === null) return null
  const places = [takeoffPoint(status)?.lngLat, status.position?.lngLat].flatMap((place) => (place ? [place] : []))
  return fenceHolds(fence.plan, [...places, ...pathLeft(task)])
    ? null
    : refuse(409, 'outside-fence', `task ${task.number} leaves the fence in ${task.droneId}`)
}

/** Items of a fence plan, rally points included. */
const itemsOf = ({ inside, outside, rally }: FencePlan): number =>
  inside.length + rally.length + outside.reduce((sum, zone) => sum + ('ring' in zone ? zone.ring.length : 1), 0)

/** What a drone's fence is after an event. What broke may be aboard in part, and stands as its plan without a name. */
export function evolveFence(picture: Picture, event: FenceEvent, atMs: number): Change[] {
  const { droneId } = event
  const fence = picture.drone.get(droneId)?.fence ?? NO_FENCE
  const to = (fields: Partial<DroneFence>): Change[] =>
    patched(picture, 'drone', droneId, { fence: { ...fence, ...fields } })
  if (event.type === 'drone.fence-asked')
    return to({ transfer: { ...event.transfer, phase: 'waiting', done: 0, atMs } })
  const { transfer } = fence
  if (transfer?.id !== event.transferId) return []
  if (event.type === 'drone.fence-moved') {
    const { phase, done, total } = event
    return to({ transfer: { ...transfer, phase, done, total } })
  }
  if (event.type === 'drone.fence-cancelling') return to({ transfer: { ...transfer, cancelling: true } })
  if (event.type === 'drone.fence-cancel-refused') {
    const { cancelling: _, ...goesOn } = transfer
    return to({ transfer: goesOn })
  }
  const ended: DroneFence = {
    ...fence,
    transfer: null,
    last: { ask: transfer.ask, outcome: event.outcome, atMs },
    ...after(fence, event),
  }
  return patched(picture, 'drone', droneId, { fence: judged(picture, droneId, ended, atMs) })
}

/** What a change of zones means for the fences that are in drones. */
export const fencesAfterZone = (
  picture: Pick<Picture, 'zone' | 'drone'>,
  after: Picture['zone'],
  atMs: number,
): Change[] =>
  [...picture.drone.values()].flatMap(({ id, fence, ...drone }) => {
    if (!fence || fence.plan === null) return []
    const now = judged({ zone: after }, id, fence, atMs)
    return now === fence ? [] : [changed('drone', id, { ...drone, id, fence: now })]
  })

/** The same fence, with since when it is outdated where it is. */
function judged(picture: Pick<Picture, 'zone'>, droneId: string, fence: DroneFence, atMs: number): DroneFence {
  const old = fence.plan !== null && isOutdated(picture, droneId, fence.plan)
  if (old === (fence.outdatedAtMs !== undefined)) return fence
  const { outdatedAtMs: _, ...rest } = fence
  return old ? { ...rest, outdatedAtMs: atMs } : rest
}

function after(fence: DroneFence, { outcome }: EventOf<'drone.fence-ended'>): Partial<DroneFence> {
  const { transfer } = fence
  const asked = { plan: transfer?.plan ?? null, taskId: transfer?.taskId ?? null }
  switch (outcome.kind) {
    case 'verified':
      return { ...asked, id: outcome.id }
    case 'none':
      return { plan: null, taskId: null, id: null }
    case 'differs':
      return { id: null }
    case 'failed':
      if (!outcome.aboardUnknown) return {}
      return transfer?.ask === 'send' ? { ...asked, id: null } : { id: null }
  }
}
