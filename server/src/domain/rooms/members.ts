import { memberId, type MemberKey, type Room, type RoomMember, type RoomVoice, type Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

/** Roles that may take part in any room: they answer for incidents. Each has a desk of its own. */
const EVERYWHERE: readonly Seat['role'][] = ['dispatcher', 'coordinator']

export const mayJoinAny = (seat: Seat): boolean => EVERYWHERE.includes(seat.role)

/** The member that a seat is by itself: a unit's crew is the unit, a guest is its link, anybody else their account. */
export function seatKey({ role, account, unitId, id }: Seat): MemberKey {
  if (role === 'guest') return `guest:${id}`
  if (role === 'unit' && unitId !== undefined) return `unit:${unitId}`
  return `seat:${account ?? id}`
}

/** Members that a seat speaks and answers for, its own first. */
export const keysOf = (seat: Seat): MemberKey[] =>
  mayJoinAny(seat) ? [seatKey(seat), `desk:${seat.role}`] : [seatKey(seat)]

export const memberOf = (picture: Picture, incidentId: string, key: MemberKey): RoomMember | null =>
  picture.member.get(memberId(incidentId, key)) ?? null

export const isActive = (member: RoomMember | null): member is RoomMember => member !== null && member.leftAtMs === null

/** Who is in a room now, in the order in which they first came. */
export const activeMembers = (picture: Picture, room: Room): RoomMember[] =>
  room.memberKeys.map((key) => memberOf(picture, room.incidentId, key)).filter(isActive)

/** Members of a room that a seat stands for, its own first. */
export const membersFor = (picture: Picture, incidentId: string, seat: Seat): RoomMember[] =>
  keysOf(seat)
    .map((key) => memberOf(picture, incidentId, key))
    .filter(isActive)

/** Members who answer: not a guest who only reads, nor one who has not come yet. */
export const owing = (picture: Picture, room: Room): MemberKey[] =>
  activeMembers(picture, room)
    .filter(({ mayWrite, kind, enteredAtMs }) => mayWrite && (kind !== 'guest' || enteredAtMs !== null))
    .map(({ key }) => key)

/** What a seat says and does carries the name of the person, or of the unit or organisation that it stands for. */
export const voiceOf = (seat: Seat): RoomVoice => ({ key: seatKey(seat), name: seat.name })

/**
 * Whether a seat may read a room: those who answer for incidents read all, everybody else those that they are in, and staff
 * those that they were in until the incident closed.
 */
export function mayRead(picture: Picture, incidentId: string, seat: Seat): boolean {
  if (mayJoinAny(seat)) return true
  if (membersFor(picture, incidentId, seat).length > 0) return true
  const room = picture.room.get(incidentId)
  if (room?.state !== 'closed' || seat.role === 'guest') return false
  return memberOf(picture, incidentId, seatKey(seat))?.leftAtMs === room.closedAtMs
}
