import type { DomainEvent, DroneStatus } from '@skerry/contract'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import { inAir } from '../domain/tasks/states.ts'
import type { Picture } from '../picture/picture.ts'

/**
 * What a change in a vehicle's telemetry means for the record and for people: first sight, link lost and back, two
 * vehicles under one id. Pure; asked again with the newest picture before anything is written.
 */
export function statusRules(
  picture: Picture,
  status: DroneStatus,
  before: DroneStatus | null,
  ctx: { nowMs: number; newId: () => string; bridgeId: string },
): DomainEvent[] {
  const { droneId } = status
  const events: DomainEvent[] = []
  const known = picture.drone.get(droneId)
  if (!known) events.push(seen(picture, status, ctx))
  else if (known.autopilot !== status.autopilot || known.vehicle !== status.vehicle)
    events.push({
      type: 'drone.seen',
      drone: { ...lasting(status, ctx.bridgeId), handle: known.handle, firstSeenAtMs: known.firstSeenAtMs },
    })

  const task = picture.task.get(known?.taskId ?? '')
  const subject = { kind: 'drone', id: droneId } as const
  const lost = status.link.state === 'lost'
  const wasLost = before?.link.state === 'lost'
  if (before && lost !== wasLost) events.push({ type: 'drone.link-changed', droneId, state: lost ? 'lost' : 'live' })
  const mayFly = status.armed !== false && inAir(status) !== false
  if (lost && mayFly)
    events.push(
      ...raiseAlarm(picture, ctx, {
        priority: 'critical',
        kind: 'drone-link-lost',
        subject,
        incidentId: task?.incidentId ?? null,
        detail: droneId,
      }),
    )
  if (!lost) events.push(...clearAlarm(picture, 'drone-link-lost', droneId))
  if (status.duplicateId)
    events.push(
      ...raiseAlarm(picture, ctx, {
        priority: 'critical',
        kind: 'duplicate-system-id',
        subject,
        incidentId: task?.incidentId ?? null,
        detail: `${droneId}: ${status.link.remote}`,
      }),
    )
  else events.push(...clearAlarm(picture, 'duplicate-system-id', droneId))
  return events
}

/** The motion plane names drones by number: the next one after all that were ever given. */
function seen(picture: Picture, status: DroneStatus, ctx: { nowMs: number; bridgeId: string }): DomainEvent {
  let handle = 0
  for (const drone of picture.drone.values()) handle = Math.max(handle, drone.handle)
  return {
    type: 'drone.seen',
    drone: { ...lasting(status, ctx.bridgeId), handle: handle + 1, firstSeenAtMs: ctx.nowMs },
  }
}

const lasting = ({ droneId, systemId, autopilot, vehicle }: DroneStatus, bridgeId: string) => ({
  id: droneId,
  systemId,
  bridgeId,
  autopilot,
  vehicle,
})
