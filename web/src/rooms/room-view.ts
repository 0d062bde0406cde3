import type { MemberKey, Room, RoomMember, RoomMessage, Seat } from '@skerry/contract'
import { memberId, messageId } from '@skerry/contract'
import type { Picture } from '../stores/apply-changes.ts'

type Rooms = Pick<Picture, 'room' | 'member' | 'message'>

/** Members that a seat speaks and answers for, its own first. */
export function keysOf({ id, account, role, unitId }: Pick<Seat, 'id' | 'account' | 'role' | 'unitId'>): MemberKey[] {
  if (role === 'guest') return [`guest:${id}`]
  if (role === 'unit' && unitId !== undefined) return [`unit:${unitId}`]
  const own: MemberKey = `seat:${account ?? id}`
  return role === 'dispatcher' || role === 'coordinator' ? [own, `desk:${role}`] : [own]
}

export const isHere = (member: RoomMember | undefined): member is RoomMember => member?.leftAtMs === null

/** Everybody who is in a room, or was when it closed; who left before comes last. */
export const membersOf = (picture: Rooms, room: Room): RoomMember[] =>
  room.memberKeys
    .flatMap((key) => picture.member.get(memberId(room.incidentId, key)) ?? [])
    .sort((a, b) => Number(a.leftAtMs !== null) - Number(b.leftAtMs !== null))

/** Those of a seat's members that are in a room, its own first. */
export const mineIn = (picture: Rooms, incidentId: string, keys: readonly MemberKey[]): RoomMember[] =>
  keys.flatMap((key) => {
    const member = picture.member.get(memberId(incidentId, key))
    return isHere(member) ? [member] : []
  })

/** Messages of a room in their order. */
export function messagesOf(picture: Rooms, { incidentId, lastNumber }: Room): RoomMessage[] {
  const found: RoomMessage[] = []
  for (let number = 1; number <= lastNumber; number++) {
    const message = picture.message.get(messageId(incidentId, number))
    if (message !== undefined) found.push(message)
  }
  return found
}

/** Up to which message a member holds and has read. */
export const deliveredTo = (member: RoomMember): number => member.delivered.at(-1)?.to ?? 0
export const readTo = (member: RoomMember): number => member.read.at(-1)?.to ?? 0

/** How many messages of others a seat has not read: as itself where it is in the room, else as its desk. */
export function unreadIn(picture: Rooms, room: Room, keys: readonly MemberKey[]): number {
  const [me] = mineIn(picture, room.incidentId, keys)
  if (me === undefined) return 0
  let unread = 0
  for (let number = readTo(me) + 1; number <= room.lastNumber; number++) {
    const from = picture.message.get(messageId(room.incidentId, number))?.from.key
    if (from !== undefined && !keys.includes(from)) unread++
  }
  return unread
}

/** Members of a seat that owe an answer to a message or a roll-call, and are here. */
export const owedBy = (
  picture: Rooms,
  incidentId: string,
  { owed }: Pick<RoomMessage, 'owed'>,
  given: Readonly<Record<MemberKey, unknown>>,
  keys: readonly MemberKey[],
): MemberKey[] =>
  owed.filter((key) => keys.includes(key) && !(key in given) && isHere(picture.member.get(memberId(incidentId, key))))

/** What waits for an answer of this seat in one room. */
export interface Owed {
  messages: RoomMessage[]
  roll: boolean
}
export function owedIn(picture: Rooms, room: Room, keys: readonly MemberKey[]): Owed {
  const { incidentId, rollCall } = room
  const messages = room.unacknowledged
    .flatMap((number) => picture.message.get(messageId(incidentId, number)) ?? [])
    .filter((message) => owedBy(picture, incidentId, message, message.acknowledged, keys).length > 0)
  const roll =
    room.state === 'open' &&
    rollCall !== null &&
    owedBy(picture, incidentId, rollCall, rollCall.answers, keys).length > 0
  return { messages, roll }
}

export interface Receipt {
  member: RoomMember
  /** Null: not yet, or longer ago than the picture holds. */
  deliveredAtMs: number | null
  readAtMs: number | null
  isDelivered: boolean
  isRead: boolean
}

/** What became of one message at every other member who was there when it was said or came later. */
export function receiptsOf(members: readonly RoomMember[], message: RoomMessage): Receipt[] {
  return members
    .filter(({ key, leftAtMs }) => key !== message.from.key && (leftAtMs === null || leftAtMs >= message.atMs))
    .map((member) => ({
      member,
      deliveredAtMs: markAt(member.delivered, message.number),
      readAtMs: markAt(member.read, message.number),
      isDelivered: deliveredTo(member) >= message.number,
      isRead: readTo(member) >= message.number,
    }))
}

const markAt = (marks: RoomMember['read'], number: number): number | null => {
  const at = marks.findIndex(({ to }) => to >= number)
  // The first mark that is held may stand for many that are not.
  return at < 0 || (at === 0 && marks.length >= MARKS_HELD) ? null : marks[at]!.atMs
}
/** As many as the server keeps in the picture. */
const MARKS_HELD = 40

/** Rooms that a seat is in, those that ask something of it first, then those with the newest word. */
export function myRooms(picture: Rooms, keys: readonly MemberKey[]): { room: Room; unread: number; owed: Owed }[] {
  const asks = ({ messages, roll }: Owed): number => messages.length + Number(roll)
  const lastAt = ({ incidentId, lastNumber, openedAtMs }: Room): number =>
    picture.message.get(messageId(incidentId, lastNumber))?.atMs ?? openedAtMs
  return [...picture.room.values()]
    .filter((room) => room.state === 'open' && mineIn(picture, room.incidentId, keys).length > 0)
    .map((room) => ({ room, unread: unreadIn(picture, room, keys), owed: owedIn(picture, room, keys) }))
    .sort((a, b) => asks(b.owed) - asks(a.owed) || b.unread - a.unread || lastAt(b.room) - lastAt(a.room))
}

/** One name for everything that asks a seat for an answer, so that each sounds by itself. */
export const askingIn = (rooms: ReturnType<typeof myRooms>): string[] =>
  rooms.flatMap(({ room: { incidentId, rollCall }, owed }) => [
    ...owed.messages.map(({ number }) => `${incidentId}/${number}`),
    ...(owed.roll ? [`${incidentId}/roll-${rollCall?.number}`] : []),
  ])
