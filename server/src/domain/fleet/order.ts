import type { AircraftCommand, AircraftOrder, Command, DomainEvent, Drone } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { inAir } from '../tasks/states.ts'

type Order = Extract<Command, { type: 'drone.order' }>
type CameraCommand = Extract<Command, { type: 'drone.camera' }>
type FleetOrder = Extract<Command, { type: 'fleet.order' }>

/** How long an order may still be delivered. A start that comes late is a surprise; a safety order is still wanted. */
const EXPIRY_MS: Record<AircraftOrder, number> = {
  hold: 60_000,
  return: 60_000,
  land: 60_000,
  resume: 15_000,
  'arm-and-start': 15_000,
  'start-in-air': 15_000,
  'look-at': 10_000,
  'look-down': 10_000,
  'look-ahead': 10_000,
  zoom: 10_000,
  photo: 10_000,
  palette: 10_000,
  'thermal-range': 10_000,
  'take-control': 15_000,
  'release-control': 15_000,
  'hand-over-control': 15_000,
}

/** A new row of a drone's ledger, authorised and not sent yet. */
export function newOrder(
  picture: Picture,
  droneId: string,
  order: AircraftOrder,
  ctx: DecideContext,
  taskId: string | null = picture.drone.get(droneId)?.taskId ?? null,
): AircraftCommand {
  return {
    id: ctx.newId(),
    droneId,
    order,
    state: 'authorised',
    by: ctx.seat.name,
    seatId: ctx.seat.id,
    atMs: ctx.nowMs,
    sentAtMs: null,
    ackedAtMs: null,
    effectiveAtMs: null,
    expiresAtMs: ctx.nowMs + EXPIRY_MS[order],
    tries: 0,
    reason: null,
    taskId,
  }
}

/** The drone, where this seat may order it now. */
export function heldDrone(picture: Picture, droneId: string, ctx: DecideContext): Decision<Drone> {
  const drone = picture.drone.get(droneId)
  if (!drone) return refuse(404, 'unknown-drone', `no drone ${droneId}`)
  if (drone.lease?.seatId !== ctx.seat.id)
    return refuse(
      403,
      'lease-not-held',
      drone.lease ? `${drone.lease.name} holds ${drone.id}` : `${drone.id} is not held`,
    )
  if (ctx.drones.get(drone.id)?.duplicateId)
    return refuse(409, 'duplicate-system-id', `two vehicles answer as ${drone.id}: orders are locked`)
  return ok(drone)
}

/** A wish of the pilot who holds the drone, for its gimbal or camera. */
export function decideCamera(picture: Picture, command: CameraCommand, ctx: DecideContext): Decision<DomainEvent[]> {
  const held = heldDrone(picture, command.droneId, ctx)
  if (!held.ok) return held
  const order = newOrder(picture, command.droneId, command.wish.do, ctx)
  return ok([{ type: 'drone.ordered', command: { ...order, camera: command.wish } }])
}

/** An order of the pilot who holds the drone. */
export function decideOrder(picture: Picture, command: Order, ctx: DecideContext): Decision<DomainEvent[]> {
  const held = heldDrone(picture, command.droneId, ctx)
  if (!held.ok) return held
  const drone = held.value
  if (command.order === 'resume') {
    const upload = picture.task.get(drone.taskId ?? '')?.upload
    if (!upload?.verified) return refuse(409, 'nothing-to-resume', `${drone.id} has no verified plan to resume`)
    const aboard = ctx.drones.get(drone.id)?.mission
    // A list that was half replaced, or touched by another station, has no name: it is nobody's plan.
    if (aboard !== undefined && (aboard.plan !== 'verified' || aboard.planId !== upload.planId))
      return refuse(409, 'nothing-to-resume', `${drone.id} does not carry the plan it was flying, as far as is known`)
  }
  // Handed to another station it has somebody; given back, nobody.
  if (command.order === 'release-control' && inAir(ctx.drones.get(drone.id)) !== false)
    return refuse(409, 'drone-in-air', `${drone.id} is in the air, or may be: hand control over, or land it first`)
  return ok([{ type: 'drone.ordered', command: newOrder(picture, drone.id, command.order, ctx) }])
}

/**
 * One order for every drone in the air, each with its own row. Needs no lease: a safety order of a pilot or the
 * coordinator outranks the holder, and the ledger says who gave it. A silent drone is ordered too, by what was last known.
 */
export function decideFleetOrder(picture: Picture, command: FleetOrder, ctx: DecideContext): Decision<DomainEvent[]> {
  const airborne = [...picture.drone.values()].filter(({ id }) => {
    const status = ctx.drones.get(id)
    return status !== null && inAir(status) !== false
  })
  if (airborne.length === 0) return refuse(409, 'no-drone-in-air', 'no drone is in the air')
  return ok(airborne.map(({ id }) => ({ type: 'drone.ordered', command: newOrder(picture, id, command.order, ctx) })))
}
