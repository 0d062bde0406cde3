import type { Command, DomainEvent, Room, RoomVoice, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { handlerRule, joinedSeat } from './join.ts'
import { keysOf, membersFor, owing, seatKey, voiceOf } from './members.ts'
import { roomFor } from './room-of.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** The voice a seat has in a room, and its coming into it where it is not there by itself yet. */
export function speaker(picture: Picture, incidentId: string, seat: Seat): { voice: RoomVoice; joins: DomainEvent[] } {
  const [member] = membersFor(picture, incidentId, seat)
  // A desk answers, but a person speaks: whoever sits at it comes in with their own name.
  if (member !== undefined && member.kind !== 'desk')
    return { voice: { key: member.key, name: member.name }, joins: [] }
  const incident = picture.incident.get(incidentId)
  const rule = incident === undefined ? null : handlerRule(picture, incident)
  return { voice: voiceOf(seat), joins: [joinedSeat(incidentId, seat, rule)] }
}

export function decideSay(
  picture: Picture,
  { incidentId, text, urgent }: CommandOf<'room.say'>,
  ctx: { seat: Seat },
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, ctx.seat)
  if (!room.ok) return room
  const { voice, joins } = speaker(picture, incidentId, ctx.seat)
  return ok([...joins, said(picture, room.value, voice, text, urgent, keysOf(ctx.seat))])
}

/** A message with the next number. Whoever says it, at whatever desk, need not acknowledge it. */
export function said(
  picture: Picture,
  room: Room,
  from: RoomVoice,
  text: string,
  urgent: boolean,
  own: readonly string[],
): DomainEvent {
  const owed = urgent ? owing(picture, room).filter((key) => key !== from.key && !own.includes(key)) : []
  const { incidentId, lastNumber } = room
  return { type: 'room.said', incidentId, number: lastNumber + 1, from, text, urgent, owed }
}

/** What a unit's terminal writes is said in the room, where the unit is in it. */
export function saidByTerminal(picture: Picture, incidentId: string, unitId: string, text: string): DomainEvent[] {
  const room = picture.room.get(incidentId)
  const member = picture.member.get(`${incidentId}/unit:${unitId}`)
  if (room?.state !== 'open' || member === undefined || member.leftAtMs !== null) return []
  return [said(picture, room, { key: member.key, name: member.name }, text, false, [])]
}

/** Receipts of every member that the seat stands for; what is known already is not said again. */
export function decideReceive(
  picture: Picture,
  { incidentId, deliveredTo, readTo }: CommandOf<'room.receive'>,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const room = picture.room.get(incidentId)
  if (!room) return refuse(404, 'unknown-room', `no room of incident ${incidentId}`)
  const members = membersFor(picture, incidentId, seat)
  if (members.length === 0) return refuse(403, 'not-a-member', `${seat.name} is not in this room`)
  const read = Math.min(readTo, room.lastNumber)
  const delivered = Math.min(Math.max(deliveredTo, read), room.lastNumber)
  return ok(
    members.flatMap((member): DomainEvent[] => {
      const newer = (to: number, marks: typeof member.read): number | null => (to > (marks.at(-1)?.to ?? 0) ? to : null)
      const event = {
        type: 'room.received' as const,
        incidentId,
        key: member.key,
        name: seat.name,
        deliveredTo: newer(delivered, member.delivered),
        readTo: newer(read, member.read),
      }
      return event.deliveredTo === null && event.readTo === null ? [] : [event]
    }),
  )
}

/**
 * Acknowledges an urgent message for every member that the seat stands for and that owes it, or for another one by radio.
 * A second one changes nothing.
 */
export function decideAcknowledgeMessage(
  picture: Picture,
  { incidentId, number, forKey }: CommandOf<'room.acknowledge'>,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, seat)
  if (!room.ok) return room
  const message = picture.message.get(`${incidentId}/${number}`)
  if (!message) return refuse(404, 'unknown-message', `no message ${number} in this room`)
  const keys = answering(seat, forKey)
  if (!keys.ok) return keys
  const owes = message.owed.filter((key) => keys.value.includes(key))
  if (owes.length === 0) return refuse(409, 'nothing-owed', 'nobody waits for this acknowledgement')
  return ok(
    owes
      .filter((key) => !(key in message.acknowledged))
      .map((key) => ({
        type: 'room.acknowledged',
        incidentId,
        number,
        key,
        by: { key: seatKey(seat), name: seat.name },
        byRadio: forKey !== undefined,
      })),
  )
}

/** Whom a seat answers for: itself, its desk or crew; somebody else only where it answers for incidents and heard it by radio. */
export function answering(seat: Seat, forKey: string | undefined): Decision<readonly string[]> {
  if (forKey === undefined) return ok(keysOf(seat))
  if (seat.role === 'dispatcher' || seat.role === 'coordinator') return ok([forKey])
  return refuse(403, 'role-not-allowed', `a ${seat.role} does not answer for others`)
}
