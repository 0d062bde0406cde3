import type { Command, DomainEvent, MemberKey, Room, RollCall, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { activeMembers, isActive, keysOf, memberOf, owing, seatKey, voiceOf } from './members.ts'
import { openRoom, roomFor } from './room-of.ts'
import { answering } from './say.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** Members who were asked, are still here, and have not answered. */
export const missingIn = (picture: Picture, room: Room, roll: RollCall): MemberKey[] =>
  roll.owed.filter((key) => !(key in roll.answers) && isActive(memberOf(picture, room.incidentId, key)))

/** Calls the roll: everybody in the room but whoever calls answers within the time. */
export function decideCallRoll(
  picture: Picture,
  { incidentId, withinS }: CommandOf<'room.call-roll'>,
  ctx: { nowMs: number; seat: Seat },
): Decision<DomainEvent[]> {
  const room = openRoom(picture, incidentId)
  if (!room.ok) return room
  const own = keysOf(ctx.seat)
  const owed = owing(picture, room.value).filter((key) => !own.includes(key))
  if (owed.length === 0) return refuse(409, 'nothing-owed', 'nobody else is in the room')
  const before = room.value.rollCall
  return ok([
    ...(before === null ? [] : clearAlarm(picture, 'roll-call-unanswered', incidentId, String(before.number))),
    {
      type: 'room.roll-called',
      incidentId,
      number: (before?.number ?? 0) + 1,
      dueAtMs: ctx.nowMs + withinS * 1000,
      by: voiceOf(ctx.seat),
      owed,
    },
  ])
}

/** An answer counts when it comes, also after the time: then the alarm about it ends with the last one. */
export function decideAnswerRoll(
  picture: Picture,
  { incidentId, forKey }: CommandOf<'room.answer-roll'>,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, seat)
  if (!room.ok) return room
  const roll = room.value.rollCall
  if (roll === null) return refuse(409, 'no-roll-call', 'no roll was called in this room')
  const keys = answering(seat, forKey)
  if (!keys.ok) return keys
  const owes = roll.owed.filter((key) => keys.value.includes(key))
  if (owes.length === 0) return refuse(409, 'nothing-owed', 'nobody waits for this answer')
  const answer = { by: { key: seatKey(seat), name: seat.name }, byRadio: forKey !== undefined }
  return ok(rollAnswers(picture, room.value, owes, answer))
}

/** A unit that reports anything is there, by its own terminal or, where `heardBy` is a seat, by radio. */
export function answeredByUnit(
  picture: Picture,
  incidentId: string,
  unitId: string,
  heardBy: Seat | null,
): DomainEvent[] {
  const room = picture.room.get(incidentId)
  const key: MemberKey = `unit:${unitId}`
  if (room?.state !== 'open' || !room.rollCall?.owed.includes(key)) return []
  const name = memberOf(picture, incidentId, key)?.name ?? unitId
  const by = heardBy === null ? { key, name } : { key: seatKey(heardBy), name: heardBy.name }
  return rollAnswers(picture, room, [key], { by, byRadio: heardBy !== null })
}

function rollAnswers(
  picture: Picture,
  room: Room,
  keys: readonly MemberKey[],
  answer: { by: { key: MemberKey; name: string }; byRadio: boolean },
): DomainEvent[] {
  const roll = room.rollCall!
  const news = keys.filter((key) => !(key in roll.answers))
  if (news.length === 0) return []
  const stillMissing = missingIn(picture, room, roll).filter((key) => !news.includes(key))
  return [
    ...news.map((key) => ({ type: 'room.roll-answered' as const, incidentId: room.incidentId, key, ...answer })),
    ...(stillMissing.length > 0
      ? []
      : clearAlarm(picture, 'roll-call-unanswered', room.incidentId, String(roll.number))),
  ]
}

/** Call signs and names for an alarm, in no language. */
export const namesOf = (picture: Picture, room: Room, keys: readonly MemberKey[]): string =>
  activeMembers(picture, room)
    .filter(({ key }) => keys.includes(key))
    .map(({ name }) => name)
    .join(', ')
