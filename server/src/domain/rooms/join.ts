import type { Command, DomainEvent, EventOf, Incident, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { isActive, mayJoinAny, memberOf, seatKey } from './members.ts'
import { holds, type Ruled } from './rules.ts'

export const joinedByRule = (incidentId: string, { key, kind, name, rule }: Ruled): EventOf<'room.joined'> => ({
  type: 'room.joined',
  incidentId,
  key,
  kind,
  name,
  rule,
  untilMs: null,
  mayWrite: true,
  adviser: null,
})

/** A seat that comes into a room by what it says or does; `rule` null where no rule would bring it. */
export const joinedSeat = (incidentId: string, seat: Seat, rule: string | null): EventOf<'room.joined'> => ({
  type: 'room.joined',
  incidentId,
  key: seatKey(seat),
  kind: 'seat',
  name: seat.name,
  rule,
  untilMs: null,
  mayWrite: true,
  adviser: null,
})

/** The rule by which whoever acts for an incident comes into its room; null for none. */
export const handlerRule = (picture: Picture, incident: Incident): string | null =>
  dictionaryOf(picture).roomRules.find((rule) => rule.join === 'handlers' && holds(rule, picture, incident))?.id ?? null

/** Commands by which a seat takes a hand in an incident. Looking, reading and closing are none. */
const HANDLING: readonly Command['type'][] = [
  'incident.assign',
  'incident.release',
  'incident.offer',
  'incident.answer-offer',
  'incident.enter-report',
  'incident.withdraw-step',
  'incident.note',
  'incident.classify',
  'incident.correct',
  'consignment.accident',
  'room.check',
  'room.ask-support',
  'room.answer-support',
  'room.call-roll',
  'search.open',
]

/** A seat that acted for an incident belongs to its room from then on. */
export function handlerJoins(picture: Picture, command: Command, seat: Seat): DomainEvent[] {
  if (!HANDLING.includes(command.type) || !('incidentId' in command) || !mayJoinAny(seat)) return []
  const { incidentId } = command
  if (incidentId === undefined) return []
  const incident = picture.incident.get(incidentId)
  if (!incident || picture.room.get(incidentId)?.state !== 'open') return []
  if (isActive(memberOf(picture, incidentId, seatKey(seat)))) return []
  const rule = handlerRule(picture, incident)
  return rule === null ? [] : [joinedSeat(incidentId, seat, rule)]
}
