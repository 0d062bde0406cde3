import {
  somebodyLost,
  type Candidate,
  type Command,
  type DomainEvent,
  type Seat,
  type UnitReport,
} from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { raiseAlarm } from '../alarms/rules.ts'
import type { IntakeContext } from '../context.ts'
import { distanceM } from '../geo.ts'
import { STATE_OF_REPORT, advanceIncident } from '../incidents/lifecycle.ts'
import { signOfLife } from '../timers/decide.ts'
import { answerEvents } from '../incidents/offer.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { answeredByUnit } from '../rooms/roll-call.ts'
import { saidByTerminal } from '../rooms/say.ts'

/** Clocks of terminals may run this far ahead of ours, milliseconds. */
const FUTURE_LIMIT_MS = 5000
/** A unit within this distance of a candidate speaks of it, metres. */
const BY_IT_M = 60

/**
 * What a unit reports about its assignment. The incident only moves forward. "Person located" raises an alarm and
 * waits for the coordinator: a unit's word is not the confirmation. "Nothing here" settles the candidate it was sent to.
 * @param heardBy seat that heard it by radio; null where the unit's own terminal or seat says it
 */
export function decideUnitReport(
  picture: Picture,
  report: UnitReport,
  ctx: Pick<IntakeContext, 'nowMs' | 'newId'>,
  heardBy: Seat | null = null,
): Decision<DomainEvent[]> {
  const unit = picture.unit.get(report.unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${report.unitId} on the roster`)
  const incident = picture.incident.get(report.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${report.incidentId}`)
  if (report.atMs > ctx.nowMs + FUTURE_LIMIT_MS) return refuse(422, 'future-clock', 'the report is from the future')
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (unit.assignment?.incidentId !== incident.id)
    return refuse(409, 'unit-not-assigned', `${unit.callSign} is not assigned to incident ${incident.number}`)
  if (report.kind === 'feedback' && !report.text?.trim())
    return refuse(422, 'text-required', 'text: feedback says what was found or done')
  if (report.kind === 'person-located' && !somebodyLost(incident))
    return refuse(409, 'not-a-search', `incident ${incident.number} is not about a missing person`)

  const events: DomainEvent[] = [
    { type: 'unit.reported', report, ...(heardBy === null ? {} : { byRadio: true as const }) },
    ...signOfLife(picture, unit.id, ctx.nowMs),
    ...answeredByUnit(picture, incident.id, unit.id, heardBy),
    // The words of a desk are not put into the mouth of a unit: they are in the timeline alone.
    ...(report.text === undefined || report.kind === 'declined' || heardBy !== null
      ? []
      : saidByTerminal(picture, incident.id, unit.id, report.text)),
  ]
  if (report.kind === 'declined') {
    const answer = answerEvents(incident, unit.id, 'declined', report.text ?? null)
    if (answer.length === 0) return refuse(409, 'no-offer-open', `${unit.callSign} was ordered, or has answered before`)
    return ok([...events, ...answer])
  }
  const state = STATE_OF_REPORT[report.kind]
  // Whoever is on the way has understood, said or not: the answer is taken from the deed.
  if (state)
    events.push(...answerEvents(incident, unit.id, 'accepted', null).slice(0, 1), ...advanceIncident(incident, state))
  const candidate = picture.candidate.get(unit.assignment.candidateId ?? '') ?? candidateNear(picture, report)
  if (report.kind === 'nothing-here' && candidate?.state === 'team-sent' && candidate.unitId === unit.id)
    events.push({ type: 'candidate.nothing-there', candidateId: candidate.id, unitId: unit.id })
  if (report.kind === 'person-located')
    events.push(
      ...raiseAlarm(picture, ctx, {
        priority: 'critical',
        kind: 'person-located',
        subject: candidate ? { kind: 'candidate', id: candidate.id } : { kind: 'incident', id: incident.id },
        incidentId: incident.id,
        detail: [unit.callSign, report.text].filter(Boolean).join(': '),
      }),
    )
  return ok(events)
}

/** The same from a unit's own seat. */
export function decideSeatReport(
  picture: Picture,
  { incidentId, kind, text }: Extract<Command, { type: 'unit.report' }>,
  ctx: Pick<IntakeContext, 'nowMs' | 'newId'> & { seat: Seat },
): Decision<DomainEvent[]> {
  const { unitId } = ctx.seat
  if (unitId === undefined) return refuse(403, 'no-unit-seat', 'this seat speaks for no unit')
  const report = { unitId, incidentId, atMs: ctx.nowMs, kind, ...(text ? { text } : {}) }
  return decideUnitReport(picture, report, ctx)
}

/** What a unit said by radio, entered at a desk. */
export function decideEnterReport(
  picture: Picture,
  { incidentId, unitId, kind, text }: Extract<Command, { type: 'incident.enter-report' }>,
  ctx: Pick<IntakeContext, 'nowMs' | 'newId'> & { seat: Seat },
): Decision<DomainEvent[]> {
  const report = { unitId, incidentId, atMs: ctx.nowMs, kind, ...(text ? { text } : {}) }
  return decideUnitReport(picture, report, ctx, ctx.seat)
}

/** The candidate that a report without one is about: the nearest of its incident, if the unit stands by it. */
function candidateNear(picture: Picture, { incidentId, position }: UnitReport): Candidate | undefined {
  if (!position) return undefined
  const near = [...picture.candidate.values()]
    .filter((candidate) => candidate.incidentId === incidentId)
    .map((candidate) => ({ candidate, awayM: distanceM(position, candidate.position) }))
    .filter(({ awayM }) => awayM <= BY_IT_M)
    .sort((a, b) => a.awayM - b.awayM)
  return near[0]?.candidate
}
