import { type Command, type DomainEvent, reasonOf } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { inAir } from '../tasks/states.ts'

type Take = Extract<Command, { type: 'drone.take-lease' }>
type Release = Extract<Command, { type: 'drone.release-lease' }>

/** A pilot takes the drone, also from another seat; the reason stands in the journal beside both names. */
export function decideTakeLease(picture: Picture, command: Take, ctx: DecideContext): Decision<DomainEvent[]> {
  const drone = picture.drone.get(command.droneId)
  if (!drone) return refuse(404, 'unknown-drone', `no drone ${command.droneId}`)
  const { id: seatId, name } = ctx.seat
  if (drone.lease?.seatId === seatId) return ok([])
  return ok([
    ...(drone.lease
      ? [
          {
            type: 'drone.lease-released' as const,
            droneId: drone.id,
            seatId: drone.lease.seatId,
            reason: reasonOf('lease-taken-over', `${name}: ${command.reason}`),
          },
        ]
      : []),
    { type: 'drone.leased', lease: { droneId: drone.id, seatId, name, takenAtMs: ctx.nowMs } },
  ])
}

/** Whoever holds a drone in the air keeps holding it: it is never left without a pilot. */
export function decideReleaseLease(picture: Picture, command: Release, ctx: DecideContext): Decision<DomainEvent[]> {
  const drone = picture.drone.get(command.droneId)
  if (!drone) return refuse(404, 'unknown-drone', `no drone ${command.droneId}`)
  if (drone.lease?.seatId !== ctx.seat.id) return refuse(409, 'lease-not-held', `you do not hold ${drone.id}`)
  if (inAir(ctx.drones.get(drone.id)) === true)
    return refuse(409, 'drone-in-air', `${drone.id} is in the air: land it or hand it over`)
  return ok([
    { type: 'drone.lease-released', droneId: drone.id, seatId: ctx.seat.id, reason: reasonOf('lease-released') },
  ])
}
