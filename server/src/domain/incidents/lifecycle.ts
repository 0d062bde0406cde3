import { IncidentState, type DomainEvent, type Incident } from '@skerry/contract'

/** Moves an incident on to `state`, never back: with several units its state is that of the furthest one. */
export function advanceIncident(incident: Incident, state: IncidentState): DomainEvent[] {
  const order = IncidentState.options
  return order.indexOf(state) > order.indexOf(incident.state)
    ? [{ type: 'incident.state-changed', incidentId: incident.id, state }]
    : []
}
