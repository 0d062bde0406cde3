import type { Command, DispatchOffer, DomainEvent, Incident, Priority, Unit } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarmsOf } from '../alarms/rules.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { advanceIncident } from './lifecycle.ts'

type Offer = Extract<Command, { type: 'incident.offer' }>
type Answer = Extract<Command, { type: 'incident.answer-offer' }>

/** How long a unit may take to answer, ms: within what the published sign-off figures call prompt (30 to 120 s). */
export const ANSWER_MS: Readonly<Record<Priority, number>> = { critical: 60_000, warning: 90_000, notice: 120_000 }

/** How a unit would come: seconds from now, and the boats that fetch it on its way. */
export interface Coming {
  etaS: number
  boatIds: readonly string[]
}
/** How a unit would come to an incident now, fetched by none of the boats that are `taken`; null where that is not known. */
export type EtaOf = (incident: Incident, unitId: string, taken: ReadonlySet<string>) => Coming | null

export function decideOffer(
  picture: Picture,
  command: Offer,
  ctx: { nowMs: number; etaOf: EtaOf },
): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  const units: Unit[] = []
  for (const unitId of new Set(command.unitIds)) {
    const unit = picture.unit.get(unitId)
    if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
    if (unit.assignment?.incidentId === incident.id) continue
    const hindrance = hindranceOf(incident, unit)
    if (hindrance) return hindrance
    units.push(unit)
  }
  return ok(offersTo(picture, incident, units, ctx, 'seat'))
}

/** Why a unit cannot be asked for an incident; null when it can. */
export function hindranceOf(incident: Incident, unit: Unit): Extract<Decision<never>, { ok: false }> | null {
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (!unit.onDuty || unit.status === 'off-duty') return refuse(409, 'unit-off-duty', `${unit.callSign} is off duty`)
  if (unit.status === 'out-of-service') return refuse(409, 'unit-out-of-service', `${unit.callSign} is out of service`)
  if (unit.assignment && unit.assignment.incidentId !== incident.id)
    return refuse(409, 'unit-busy', `${unit.callSign} is assigned to another incident`)
  return null
}

/** Alarms that an incident has nobody, or one fewer, to go; over when somebody is asked or sent again. */
export const WITHOUT_UNIT = ['dispatch-unanswered', 'unit-lost'] as const

/** The events of asking units, in order. */
export function offersTo(
  picture: Picture,
  incident: Incident,
  units: readonly Unit[],
  ctx: { nowMs: number; etaOf: EtaOf },
  chosenBy: DispatchOffer['chosenBy'],
): DomainEvent[] {
  if (units.length === 0) return []
  const before = incident.offers?.length ?? 0
  const answerByMs = ctx.nowMs + ANSWER_MS[incident.priority]
  // Those who are sent together share no boat, and one that is sent itself fetches nobody.
  const taken = new Set(units.map(({ id }) => id))
  const comings = units.map((unit) => {
    const coming = ctx.etaOf(incident, unit.id, taken)
    for (const boat of coming?.boatIds ?? []) taken.add(boat)
    return coming
  })
  return [
    ...units.map((unit, i): DomainEvent => ({
      type: 'incident.offered',
      incidentId: incident.id,
      offer: {
        unitId: unit.id,
        round: before + i + 1,
        offeredAtMs: ctx.nowMs,
        answerByMs,
        state: 'open',
        answeredAtMs: null,
        reason: null,
        etaS: comings[i]?.etaS ?? null,
        ...(comings[i]?.boatIds.length ? { boatIds: [...comings[i].boatIds] } : {}),
        chosenBy,
      },
      assignment: {
        incidentId: incident.id,
        destination: incident.position,
        candidateId: null,
        note: incident.text,
        answerByMs,
      },
    })),
    ...advanceIncident(incident, 'dispatched'),
    ...clearAlarmsOf(picture, incident.id, WITHOUT_UNIT),
  ]
}

const openOffer = (incident: Incident, unitId: string): DispatchOffer | undefined =>
  incident.offers?.find((offer) => offer.unitId === unitId && offer.state === 'open')

/** The dispatcher heard the answer by radio. */
export function decideAnswerOffer(picture: Picture, command: Answer): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (!openOffer(incident, command.unitId))
    return refuse(409, 'no-offer-open', `unit ${command.unitId} has nothing to answer in incident ${incident.number}`)
  const reason = command.reason === '' ? null : command.reason
  return ok(answerEvents(incident, command.unitId, command.answer, reason, true))
}

/** What an answer makes happen; nothing where the unit was ordered and not asked. */
export function answerEvents(
  incident: Incident,
  unitId: string,
  answer: 'accepted' | 'declined',
  reason: string | null,
  byRadio = false,
): DomainEvent[] {
  if (!openOffer(incident, unitId)) return []
  return [
    {
      type: 'incident.offer-answered',
      incidentId: incident.id,
      unitId,
      answer,
      reason,
      ...(byRadio ? { byRadio: true as const } : {}),
    },
    ...(answer === 'accepted' ? advanceIncident(incident, 'acknowledged') : []),
  ]
}
