import type { DomainEvent, IncidentState, UnitReport } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { raiseAlarm } from '../alarms/rules.ts'
import type { IntakeContext } from '../context.ts'
import { advanceIncident } from '../incidents/lifecycle.ts'
import { ok, refuse, type Decision } from '../result.ts'

/** Clocks of terminals may run this far ahead of ours, milliseconds. */
const FUTURE_LIMIT_MS = 5000

const STATE_OF_REPORT: Record<UnitReport['kind'], IncidentState | null> = {
  acknowledged: 'acknowledged',
  'en-route': 'en-route',
  'on-scene': 'on-scene',
  'person-located': 'feedback-given',
  'nothing-here': 'feedback-given',
  text: null,
}

/**
 * What a unit reports about its assignment. The incident only moves forward. "Person located" raises an alarm and
 * waits for the coordinator: a unit's word is not the confirmation. "Nothing here" settles the candidate it was sent to.
 */
export function decideUnitReport(
  picture: Picture,
  report: UnitReport,
  ctx: Pick<IntakeContext, 'nowMs' | 'newId'>,
): Decision<DomainEvent[]> {
  const unit = picture.unit.get(report.unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${report.unitId} on the roster`)
  const incident = picture.incident.get(report.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${report.incidentId}`)
  if (report.atMs > ctx.nowMs + FUTURE_LIMIT_MS) return refuse(422, 'future-clock', 'the report is from the future')
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (unit.assignment?.incidentId !== incident.id)
    return refuse(409, 'unit-not-assigned', `${unit.callSign} is not assigned to incident ${incident.number}`)

  const events: DomainEvent[] = [{ type: 'unit.reported', report }]
  const state = STATE_OF_REPORT[report.kind]
  if (state) events.push(...advanceIncident(incident, state))
  const { candidateId } = unit.assignment
  const candidate = candidateId === null ? undefined : picture.candidate.get(candidateId)
  if (report.kind === 'nothing-here' && candidate?.state === 'team-sent')
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
