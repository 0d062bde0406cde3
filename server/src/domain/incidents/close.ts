import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarmsOf } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { droneOut } from '../tasks/states.ts'

type Note = Extract<Command, { type: 'incident.note' }>
type Close = Extract<Command, { type: 'incident.close' }>

export function decideNote(picture: Picture, command: Note): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  return ok([{ type: 'incident.noted', incidentId: incident.id, text: command.text }])
}

/** Closing waits for the search to end and for every drone of it to be on the ground. */
export function decideClose(picture: Picture, command: Close, ctx: DecideContext): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  const search = incident.searchId === null ? undefined : picture.search.get(incident.searchId)
  const out = [...picture.task.values()].filter((task) => task.incidentId === incident.id && droneOut(task, ctx.drones))
  if (out.length > 0)
    return refuse(409, 'drones-in-air', `still out: ${[...new Set(out.map(({ droneId }) => droneId))].join(', ')}`)
  if (search?.state === 'open') return refuse(409, 'search-open', 'end the search first')
  return ok([
    ...clearAlarmsOf(picture, incident.id, [
      'person-located',
      'distress-signal',
      'candidate-raised',
      'offer-unanswered',
      'upload-failed',
      'dispatch-unanswered',
    ]),
    {
      type: 'incident.closed',
      incidentId: incident.id,
      outcome: command.outcome,
      ...(command.as === undefined ? {} : { as: command.as }),
    },
  ])
}
