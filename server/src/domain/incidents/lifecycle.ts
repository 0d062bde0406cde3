import { IncidentState, type DomainEvent, type Incident, type UnitReport, type UnitStepState } from '@skerry/contract'

/** Moves an incident on to `state`, never back: with several units its state is that of the furthest one. */
export function advanceIncident(incident: Incident, state: IncidentState): DomainEvent[] {
  const order = IncidentState.options
  return order.indexOf(state) > order.indexOf(incident.state)
    ? [{ type: 'incident.state-changed', incidentId: incident.id, state }]
    : []
}

/** How far an incident is by what a unit reports; null where the report moves nothing. */
export const STATE_OF_REPORT: Readonly<Record<UnitReport['kind'], UnitStepState | null>> = {
  acknowledged: 'acknowledged',
  declined: null,
  'en-route': 'en-route',
  'on-scene': 'on-scene',
  feedback: 'feedback-given',
  'person-located': 'feedback-given',
  'nothing-here': 'feedback-given',
  text: null,
}
