import type { Change, EventOf, EventType } from '@skerry/contract'
import { evolveCorrected, redirected } from './correct.ts'
import { answered, evolveOffer } from './evolve-offer.ts'
import { changed, patched, type Picture } from '../../picture/picture.ts'
import { evolveLost } from './lost.ts'
import { ANSWER_MS } from './offer.ts'
import { leaves } from './put-away.ts'
import { evolveStepWithdrawn } from './withdraw-step.ts'

type IncidentEvent = EventOf<Extract<EventType, `incident.${string}`>>

/** Incidents and the assignments of units to them. Closing releases every unit and freezes the incident's clocks. */
export function evolveIncident(picture: Picture, event: IncidentEvent, atMs: number): Change[] {
  if (event.type === 'incident.reported') return [changed('incident', event.incident.id, event.incident)]
  const incident = picture.incident.get(event.incidentId)
  if (!incident) return []
  switch (event.type) {
    case 'incident.state-changed':
      return patched(picture, 'incident', incident.id, {
        state: event.state,
        times: { ...incident.times, [event.state]: atMs },
      })
    case 'incident.assigned':
      return [
        ...patched(picture, 'unit', event.unitId, {
          assignment: { ...event.assignment, orderedAtMs: atMs, signByMs: atMs + ANSWER_MS[incident.priority] },
          status: 'assigned',
        }),
        ...recalled(picture, event.unitId, event.assignment.candidateId),
        ...(incident.unitIds.includes(event.unitId)
          ? []
          : patched(picture, 'incident', incident.id, { unitIds: [...incident.unitIds, event.unitId] })),
      ]
    case 'incident.released':
      return [
        ...freed(picture, event.unitId, incident.id),
        ...recalled(picture, event.unitId, null),
        ...patched(picture, 'incident', incident.id, {
          unitIds: incident.unitIds.filter((id) => id !== event.unitId),
          ...answered(incident, event.unitId, 'withdrawn', null, atMs),
        }),
      ]
    case 'incident.unit-lost':
      return [
        ...freed(picture, event.unitId, incident.id),
        ...recalled(picture, event.unitId, null),
        ...evolveLost(picture, incident, event, atMs),
      ]
    case 'incident.noted':
      return []
    case 'incident.classified': {
      const { category, class: of, level, priority } = event
      return patched(picture, 'incident', incident.id, { category, class: of, level, priority, reclassified: true })
    }
    case 'incident.updated':
      return [
        ...patched(picture, 'incident', incident.id, {
          ...event.changes,
          ...(event.kept === undefined ? {} : { corrected: { ...incident.corrected, ...event.kept } }),
          ...(event.sourceAtMs === null ? {} : { sourceAtMs: event.sourceAtMs }),
        }),
        ...redirected(picture, incident, event.changes),
      ]
    case 'incident.corrected':
      return evolveCorrected(picture, incident, event)
    case 'incident.warning-sent':
      return patched(picture, 'incident', incident.id, { warnings: [...(incident.warnings ?? []), event.warning] })
    case 'incident.source-closed':
      return patched(picture, 'incident', incident.id, {
        sourceClosed: { atMs: event.atMs, outcome: event.outcome },
      })
    case 'incident.offered':
    case 'incident.offer-answered':
    case 'incident.offer-expired':
      return evolveOffer(picture, incident, event, atMs)
    case 'incident.step-withdrawn':
      return evolveStepWithdrawn(picture, incident, event, atMs)
    case 'incident.marked-same':
      return patched(picture, 'incident', incident.id, {
        sameAs: { incidentId: event.sameAsId, kind: event.kind, atMs, by: event.by },
      })
    case 'incident.unmarked-same':
      return patched(picture, 'incident', incident.id, { sameAs: null })
    case 'incident.archived':
      return leaves(picture, incident, event.searchIds)
    case 'incident.read': // for the record alone
    case 'incident.exported':
      return []
    case 'incident.closed':
      return [
        ...incident.unitIds.flatMap((unitId) => freed(picture, unitId, incident.id)),
        changed('incident', incident.id, {
          ...incident,
          state: 'closed',
          closedAtMs: atMs,
          outcome: event.outcome,
          ...(event.as === undefined ? {} : { closedAs: event.as }),
          times: { ...incident.times, closed: atMs },
        }),
        ...patched(picture, 'hold', incident.id, { toMs: atMs }),
      ]
  }
}

export function freed(picture: Picture, unitId: string, incidentId: string): Change[] {
  const unit = picture.unit.get(unitId)
  if (unit?.assignment?.incidentId !== incidentId) return []
  return patched(picture, 'unit', unitId, {
    assignment: null,
    // Whoever is out of service does not come back into it by being let go.
    status: !unit.onDuty ? 'off-duty' : unit.status === 'out-of-service' ? 'out-of-service' : 'available',
  })
}

/** Candidates that the unit was on its way to, and no longer is: they wait for the coordinator again. */
function recalled(picture: Picture, unitId: string, nowTo: string | null): Change[] {
  return [...picture.candidate.values()]
    .filter(({ id, state, unitId: sent }) => state === 'team-sent' && sent === unitId && id !== nowTo)
    .flatMap(({ id }) => patched(picture, 'candidate', id, { state: 'open', unitId: null }))
}
