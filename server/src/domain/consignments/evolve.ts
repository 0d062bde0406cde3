import type { Change, Consignment, ConsignmentState, EventOf, EventType } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type ConsignmentEvent = EventOf<Extract<EventType, `consignment.${string}`>>

/** Consignments and their lifecycle. How a duty desk is reached never comes into the picture. */
export function evolveConsignment(picture: Picture, event: ConsignmentEvent, atMs: number): Change[] {
  if (event.type === 'consignment.declared') return [changed('consignment', event.consignment.id, event.consignment)]
  const known = picture.consignment.get(event.consignmentId)
  if (!known) return []
  const to = (state: ConsignmentState, more: Partial<Consignment> = {}): Change[] =>
    patched(picture, 'consignment', known.id, { state, times: { ...known.times, [state]: atMs }, ...more })
  switch (event.type) {
    case 'consignment.checked':
      return to('checked', { checkedBy: event.by })
    case 'consignment.started':
      return to('under-way', { zoneId: event.zoneId })
    case 'consignment.arrived':
      return to('arrived', { zoneId: null })
    case 'consignment.ended':
      return to('ended', { zoneId: null, reason: event.reason })
    case 'consignment.accident':
      return [
        ...to('accident', { zoneId: null, incidentId: event.incidentId }),
        ...about(picture, event.incidentId, known.id),
      ]
    case 'consignment.accident-moved':
      return [
        ...patched(picture, 'consignment', known.id, { incidentId: event.incidentId }),
        ...about(picture, event.incidentId, known.id),
      ]
    case 'consignment.contact-read': // for the record alone
      return []
    case 'consignment.archived':
      return [changed('consignment', known.id, null)]
  }
}

/** An incident names the first consignment that it became about; those that came after name it. */
const about = (picture: Picture, incidentId: string, consignmentId: string): Change[] =>
  picture.incident.get(incidentId)?.consignmentId === undefined
    ? patched(picture, 'incident', incidentId, { consignmentId })
    : []
