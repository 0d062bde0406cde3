import type { ClosedAs, Command, DomainEvent, Incident } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { endActsOf } from '../acts/decide.ts'
import { ending } from '../consignments/decide.ts'
import { clearAlarmsOf } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { takeBack } from './warn.ts'
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
  return ok(closing(picture, incident, command.outcome, ctx.nowMs, command.as))
}

/** An incident comes to its end, and with it the alarms that stood for it and the warning that went out about it. */
export const closing = (
  picture: Picture,
  incident: Incident,
  outcome: string,
  nowMs: number,
  as?: ClosedAs,
): DomainEvent[] => [
  ...clearAlarmsOf(picture, incident.id, [
    'person-located',
    'distress-signal',
    'candidate-raised',
    'offer-unanswered',
    'upload-failed',
    'dispatch-unanswered',
    'unit-lost',
    'order-unsigned',
  ]),
  ...takeBack(incident, outcome, nowMs),
  ...accidentsOver(picture, incident, outcome),
  ...endActsOf(picture, incident.id),
  { type: 'incident.closed', incidentId: incident.id, outcome, ...(as === undefined ? {} : { as }) },
]

/** Consignments whose accident the incident was about are dealt with, or go on in the open incident that it was a report of. */
function accidentsOver(picture: Picture, incident: Incident, outcome: string): DomainEvent[] {
  const first = picture.incident.get(incident.sameAs?.incidentId ?? '')
  return [...picture.consignment.values()].flatMap((consignment): DomainEvent[] => {
    if (consignment.state !== 'accident' || consignment.incidentId !== incident.id) return []
    if (first === undefined || first.state === 'closed') return ending(picture, consignment, outcome)
    return [
      {
        type: 'consignment.accident-moved',
        consignmentId: consignment.id,
        incidentId: first.id,
        fromId: incident.id,
      },
    ]
  })
}
