import type { Command, DomainEvent, Incident, LngLat, Unit } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarmsOf } from '../alarms/rules.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { advanceIncident } from './lifecycle.ts'
import { WITHOUT_UNIT } from './offer.ts'

type Assign = Extract<Command, { type: 'incident.assign' }>
type Release = Extract<Command, { type: 'incident.release' }>

export function decideAssign(picture: Picture, command: Assign): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  const unit = picture.unit.get(command.unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${command.unitId} on the roster`)
  if (unit.assignment?.incidentId === incident.id && unit.assignment.candidateId === null) return ok([])
  const assigned = assignUnit(incident, unit, { position: incident.position, candidateId: null, note: incident.text })
  return assigned.ok ? ok([...assigned.value, ...clearAlarmsOf(picture, incident.id, WITHOUT_UNIT)]) : assigned
}

/** Sends a unit to a place of an incident; refused when the unit is not free for it. */
export function assignUnit(
  incident: Incident,
  unit: Unit,
  to: { position: LngLat; candidateId: string | null; note: string },
): Decision<DomainEvent[]> {
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (!unit.onDuty || unit.status === 'off-duty') return refuse(409, 'unit-off-duty', `${unit.callSign} is off duty`)
  if (unit.status === 'out-of-service') return refuse(409, 'unit-out-of-service', `${unit.callSign} is out of service`)
  if (unit.assignment && unit.assignment.incidentId !== incident.id)
    return refuse(409, 'unit-busy', `${unit.callSign} is assigned to another incident`)
  return ok([
    {
      type: 'incident.assigned',
      incidentId: incident.id,
      unitId: unit.id,
      assignment: {
        incidentId: incident.id,
        destination: to.position,
        candidateId: to.candidateId,
        note: to.note,
      },
    },
    ...advanceIncident(incident, 'dispatched'),
  ])
}

export function decideRelease(picture: Picture, command: Release): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (!incident.unitIds.includes(command.unitId))
    return refuse(409, 'unit-not-assigned', `unit ${command.unitId} is not assigned to incident ${incident.number}`)
  return ok([{ type: 'incident.released', incidentId: incident.id, unitId: command.unitId }])
}
