import type { Change, Command, DomainEvent, EventOf, Incident } from '@skerry/contract'
import { patched, type Picture } from '../../picture/picture.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'

type Correct = Extract<Command, { type: 'incident.correct' }>
const FIELDS = ['position', 'place', 'text'] as const

/** A seat knows better where it is, what the place is called or what was said; what stood there before stays on record. */
export function decideCorrect(picture: Picture, command: Correct): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  const fields = FIELDS.filter((field) => command[field] !== undefined && !sameJson(command[field], incident[field]))
  if (fields.length === 0) return ok([])
  const of = (from: Pick<Incident, 'position' | 'place' | 'text'> | Correct) =>
    Object.fromEntries(fields.map((field) => [field, from[field]])) as NonNullable<Incident['corrected']>
  return ok([{ type: 'incident.corrected', incidentId: incident.id, changes: of(command), before: of(incident) }])
}

/** The first correction of a field keeps what its source stated: a source that repeats itself says nothing new. */
export const evolveCorrected = (
  picture: Picture,
  incident: Incident,
  { changes, before }: EventOf<'incident.corrected'>,
): Change[] => [
  ...patched(picture, 'incident', incident.id, { ...changes, corrected: { ...before, ...incident.corrected } }),
  ...redirected(picture, incident, changes),
]

/** Units that were sent to the place of an incident, and not to one of its own, go where it is now and read what is known now. */
export function redirected(
  picture: Picture,
  incident: Incident,
  { position, text }: Partial<Pick<Incident, 'position' | 'text'>>,
): Change[] {
  return incident.unitIds.flatMap((unitId) => {
    const assignment = picture.unit.get(unitId)?.assignment
    if (assignment?.incidentId !== incident.id || assignment.candidateId !== null) return []
    if (!sameJson(assignment.destination, incident.position)) return []
    const to = {
      ...assignment,
      ...(position === undefined ? {} : { destination: position }),
      ...(text === undefined ? {} : { note: text }),
    }
    return sameJson(to, assignment) ? [] : patched(picture, 'unit', unitId, { assignment: to })
  })
}
