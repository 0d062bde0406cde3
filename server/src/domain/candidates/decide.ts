import type { Candidate, Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { assignUnit } from '../incidents/assign.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { airborneDrone, draftTask, nextTaskNumber, sortieDrone } from '../tasks/draft.ts'
import { noFlyFor } from '../tasks/no-fly.ts'
import { OFFER_MS, offersItself } from '../tasks/offer.ts'
import { inAir } from '../tasks/states.ts'
import { windFor } from '../wind-at-hand.ts'

type LookAgain = Extract<Command, { type: 'candidate.look-again' }>
type SendTeam = Extract<Command, { type: 'candidate.send-team' }>
type Dismiss = Extract<Command, { type: 'candidate.dismiss' }>

/** Another look is lower and slower than a sweep: more pixels on whatever is there. */
const LOOK_CLEARANCE_M = 40
const LOOK_SPEED_MPS = 5
/** The path covers the error circle, and never less than this around the place. */
const LEAST_RADIUS_M = 30

function undecided(picture: Picture, candidateId: string): Decision<Candidate> {
  const candidate = picture.candidate.get(candidateId)
  if (!candidate) return refuse(404, 'unknown-candidate', `no candidate ${candidateId}`)
  if (picture.search.get(candidate.searchId)?.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (candidate.state === 'confirmed')
    return refuse(409, 'candidate-settled', `candidate ${candidate.number} is confirmed`)
  return ok(candidate)
}

/** Cuts a small task for another look at the place, and offers it at once where nothing stands in its way. */
export function decideLookAgain(picture: Picture, command: LookAgain, ctx: DecideContext): Decision<DomainEvent[]> {
  const found = undecided(picture, command.candidateId)
  if (!found.ok) return found
  const candidate = found.value
  const search = picture.search.get(candidate.searchId)!
  if (!picture.drone.has(command.droneId))
    return refuse(409, 'drone-not-seen', `drone ${command.droneId} has never been seen`)
  const status = ctx.drones.get(command.droneId)
  // A drone that flies, or of which nobody knows, goes there from where it is, with what its battery still holds.
  const flies = inAir(status) !== false
  const drone = flies ? airborneDrone(command.droneId, status) : sortieDrone(command.droneId, status)
  if (!drone)
    return flies && status?.position && status.home
      ? refuse(409, 'drone-battery-unknown', `what the battery of drone ${command.droneId} holds is not known`)
      : refuse(409, 'drone-position-unknown', `where drone ${command.droneId} is, or lands, is not known`)
  const cover = ctx.maps.cover(search, status, LOOK_CLEARANCE_M, LOOK_SPEED_MPS)
  const cut = ctx.maps.relook({
    searchId: search.id,
    drone,
    centre: candidate.position,
    radiusM: Math.max(LEAST_RADIUS_M, candidate.errorRadiusM),
    noFly: noFlyFor(picture, search, [drone.id]),
    speedMps: LOOK_SPEED_MPS,
    cover,
    wind: windFor(status, ctx.drones),
  })
  if (!cut)
    return refuse(409, 'out-of-reach', `${command.droneId} cannot reach candidate ${candidate.number} and return`)
  const task = draftTask(picture, search, cut, {
    id: ctx.newId(),
    number: nextTaskNumber(picture, search.id),
    kind: 'look-again',
    candidateId: candidate.id,
    clearanceM: LOOK_CLEARANCE_M,
    speedMps: LOOK_SPEED_MPS,
    cover,
    status,
  })
  return ok([
    { type: 'search.tasks-cut', searchId: search.id, tasks: [task], replaced: [] },
    { type: 'candidate.looking-again', candidateId: candidate.id, taskId: task.id },
    ...clearAlarm(picture, 'candidate-raised', candidate.id),
    ...(!offersItself(task) || !status
      ? []
      : [{ type: 'task.offered' as const, taskId: task.id, expiresAtMs: ctx.nowMs + OFFER_MS }]),
  ])
}

/** Sends a unit on the ground to the place. A unit of the same incident may be sent on from where it is. */
export function decideSendTeam(picture: Picture, command: SendTeam): Decision<DomainEvent[]> {
  const found = undecided(picture, command.candidateId)
  if (!found.ok) return found
  const candidate = found.value
  const incident = picture.incident.get(candidate.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${candidate.incidentId}`)
  const unit = picture.unit.get(command.unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${command.unitId} on the roster`)
  if (candidate.state === 'team-sent' && unit.assignment?.candidateId === candidate.id) return ok([])
  const assigned = assignUnit(incident, unit, {
    position: candidate.position,
    candidateId: candidate.id,
    note: `candidate ${candidate.number}, within ${Math.round(candidate.errorRadiusM)} m`,
  })
  if (!assigned.ok) return assigned
  return ok([
    ...assigned.value,
    { type: 'candidate.team-sent', candidateId: candidate.id, unitId: unit.id },
    ...clearAlarm(picture, 'candidate-raised', candidate.id),
  ])
}

export function decideDismiss(picture: Picture, command: Dismiss): Decision<DomainEvent[]> {
  const found = undecided(picture, command.candidateId)
  if (!found.ok) return found
  if (found.value.state === 'dismissed') return ok([])
  return ok([
    { type: 'candidate.dismissed', candidateId: found.value.id, reason: command.reason },
    ...clearAlarm(picture, 'candidate-raised', found.value.id),
  ])
}
