import type { Change, Command, DomainEvent, DroneUpkeep, EventOf, UpkeepAsk } from '@skerry/contract'
import { patched, type Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { isOut } from '../tasks/states.ts'
import { heldDrone } from './order.ts'

type UpkeepCommand = Extract<
  Command,
  { type: 'drone.read-params' | 'drone.read-param' | 'drone.set-param' | 'drone.clear-mission' }
>
type CancelUpkeep = Extract<Command, { type: 'drone.cancel-upkeep' }>
type UpkeepEvent = EventOf<
  | 'drone.upkeep-asked'
  | 'drone.upkeep-moved'
  | 'drone.upkeep-cancelling'
  | 'drone.upkeep-cancel-refused'
  | 'drone.upkeep-ended'
>

const NO_UPKEEP: DroneUpkeep = { job: null, params: null, mission: null }

/**
 * The parameters and the mission of a drone, for whoever holds it. What the aircraft does by itself changes only while it
 * is known to be disarmed, unless the policy of its bridge says otherwise; its mission only while it is also on no task.
 */
export function decideUpkeep(picture: Picture, command: UpkeepCommand, ctx: DecideContext): Decision<DomainEvent[]> {
  const held = heldDrone(picture, command.droneId, ctx)
  if (!held.ok) return held
  const { id: droneId, fence, upkeep } = held.value
  const status = ctx.drones.get(droneId)
  if (!status || status.link.state === 'lost') return refuse(409, 'drone-link-lost', `no link to ${droneId}`)
  if (upkeep?.job) return refuse(409, 'upkeep-running', `parameters or mission of ${droneId} are being worked on`)
  const tasks = [...picture.task.values()].filter((task) => task.droneId === droneId)
  if (fence?.transfer || tasks.some(({ state }) => state === 'uploading'))
    return refuse(409, 'fence-transfer-running', `a transfer of ${droneId} is going on`)
  const ask = askOf(command)
  if (ask.do === 'set-param' && status.armed !== false && status.upkeep?.setsWhileArmed !== true)
    return refuse(409, 'param-while-armed', `${droneId} is armed, or may be`)
  if (ask.do === 'clear-mission' && (status.armed !== false || tasks.some(isOut)))
    return refuse(409, 'mission-in-use', `${droneId} is armed or on a task, or may be`)
  return ok([{ type: 'drone.upkeep-asked', droneId, job: { id: ctx.newId(), ask, by: ctx.seat.name } }])
}

/** Nothing is changed by it: a transfer that matters more takes its place. */
export const isReading = (ask: UpkeepAsk): boolean => ask.do === 'read-params' || ask.do === 'read-param'

/** Takes back what is going on. Asked twice it is asked once. */
export function decideCancelUpkeep(
  picture: Picture,
  command: CancelUpkeep,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const { droneId } = command
  const drone = picture.drone.get(droneId)
  if (!drone) return refuse(404, 'unknown-drone', `no drone ${droneId}`)
  // To give up needs the lease alone, not what an order needs.
  if (drone.lease?.seatId !== ctx.seat.id) return refuse(403, 'lease-not-held', `you do not hold ${droneId}`)
  const job = drone.upkeep?.job
  if (!job) return refuse(409, 'no-upkeep-running', `nothing of the kind is going on in ${droneId}`)
  if (job.cancelling) return ok([])
  return ok([{ type: 'drone.upkeep-cancelling', droneId, jobId: job.id, name: ctx.seat.name }])
}

function askOf(command: UpkeepCommand): UpkeepAsk {
  switch (command.type) {
    case 'drone.read-params':
      return { do: 'read-params' }
    case 'drone.read-param':
      return { do: 'read-param', name: command.name }
    case 'drone.set-param':
      return { do: 'set-param', name: command.name, value: command.value, was: command.was }
    case 'drone.clear-mission':
      return { do: 'clear-mission' }
  }
}

/** What goes on in a drone, and how it ended, after an event. */
export function evolveUpkeep(picture: Picture, event: UpkeepEvent, atMs: number): Change[] {
  const { droneId } = event
  const upkeep = picture.drone.get(droneId)?.upkeep ?? NO_UPKEEP
  const to = (fields: Partial<DroneUpkeep>): Change[] =>
    patched(picture, 'drone', droneId, { upkeep: { ...upkeep, ...fields } })
  if (event.type === 'drone.upkeep-asked')
    return to({ job: { ...event.job, done: 0, total: 0, atMs, heardAtMs: atMs } })
  const { job } = upkeep
  if (job?.id !== event.jobId) return []
  switch (event.type) {
    case 'drone.upkeep-moved':
      return to({ job: { ...job, done: event.done, total: event.total, heardAtMs: atMs } })
    case 'drone.upkeep-cancelling':
      return to({ job: { ...job, cancelling: true } })
    case 'drone.upkeep-cancel-refused': {
      const { cancelling: _, ...goesOn } = job
      return to({ job: goesOn })
    }
    case 'drone.upkeep-ended': {
      const end = { ask: job.ask, outcome: event.outcome, by: job.by, atMs }
      return to({ job: null, ...(job.ask.do === 'clear-mission' ? { mission: end } : { params: end }) })
    }
  }
}
