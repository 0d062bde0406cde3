import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Mark = Extract<Command, { type: 'incident.mark-same' }>
type Unmark = Extract<Command, { type: 'incident.unmark-same' }>

/**
 * A dispatcher says that an incident is another report of a known one. Reports always hang on the first of a group:
 * marking one that is marked itself leads to its first, and those that hung on this one move with it.
 */
export function decideMarkSame(
  picture: Picture,
  command: Mark,
  ctx: { seat: { name: string } },
): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  const named = picture.incident.get(command.sameAsId)
  if (!incident || !named)
    return refuse(404, 'unknown-incident', `no incident ${incident ? command.sameAsId : command.incidentId}`)
  const firstId = named.sameAs?.incidentId ?? named.id
  if (firstId === incident.id)
    return refuse(422, 'same-itself', `incident ${incident.number} cannot be a report of itself`)
  if (incident.sameAs?.incidentId === firstId && incident.sameAs.kind === command.kind) return ok([])
  const follow = [...picture.incident.values()].filter(({ sameAs }) => sameAs?.incidentId === incident.id)
  const mark = (incidentId: string, kind: Mark['kind']): DomainEvent => ({
    type: 'incident.marked-same',
    incidentId,
    sameAsId: firstId,
    kind,
    by: ctx.seat.name,
  })
  return ok([mark(incident.id, command.kind), ...follow.map(({ id, sameAs }) => mark(id, sameAs!.kind))])
}

export function decideUnmarkSame(picture: Picture, command: Unmark): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (!incident.sameAs) return refuse(409, 'not-marked-same', `incident ${incident.number} stands for itself`)
  return ok([{ type: 'incident.unmarked-same', incidentId: incident.id, sameAsId: incident.sameAs.incidentId }])
}
