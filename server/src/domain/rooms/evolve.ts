import {
  memberId,
  messageId,
  type Change,
  type EventOf,
  type EventType,
  type MemberKey,
  type ReadingMark,
  type Room,
  type RoomMember,
  type RoomMessage,
} from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'
import { blank, checklistFor } from './checklist.ts'
import { supportAfter, supportEnded } from './support.ts'

type RoomEvent = EventOf<Extract<EventType, `room.${string}`>>

/** Marks of one member that the picture holds; older ones are in the journal. */
const MARKS_KEPT = 40

/** Rooms, who is in them, what was said. */
export function evolveRoom(picture: Picture, event: RoomEvent, atMs: number): Change[] {
  const { incidentId } = event
  if (event.type === 'room.opened') return [changed('room', incidentId, newRoom(event, atMs))]
  const room = picture.room.get(incidentId)
  if (!room) return []
  const patch = (fields: Partial<Room>): Change[] => patched(picture, 'room', incidentId, fields)
  switch (event.type) {
    case 'room.joined':
      return [
        changed('member', memberId(incidentId, event.key), joined(picture, event, atMs)),
        ...(room.memberKeys.includes(event.key) ? [] : patch({ memberKeys: [...room.memberKeys, event.key] })),
      ]
    case 'room.guest-entered':
      return patched(picture, 'member', memberId(incidentId, event.key), { enteredAtMs: atMs })
    case 'room.exported': // for the record alone
      return []
    case 'room.left': {
      const left = patched(picture, 'member', memberId(incidentId, event.key), { leftAtMs: atMs })
      return [...left, ...settled(picture, room, { gone: event.key }, atMs)]
    }
    case 'room.said': {
      const { number, from, text, urgent, owed } = event
      const message: RoomMessage = { incidentId, number, atMs, from, text, urgent, owed, acknowledged: {} }
      return [
        changed('message', messageId(incidentId, number), message),
        ...patch({
          lastNumber: number,
          unacknowledged: owed.length > 0 ? [...room.unacknowledged, number] : room.unacknowledged,
        }),
      ]
    }
    case 'room.received':
      return received(picture, event, atMs)
    case 'room.acknowledged':
      return acknowledged(picture, room, event, atMs)
    case 'room.checked':
      return patch({
        checklist: room.checklist.map((item) =>
          item.id !== event.itemId
            ? item
            : event.as === 'open'
              ? blank(item)
              : { ...item, state: event.as, by: event.by, atMs, reason: event.reason },
        ),
      })
    case 'room.checklist-set':
      return patch({ checklist: checklistFor(room, event.checklist) })
    case 'room.roll-called': {
      const { number, dueAtMs, by, owed } = event
      return patch({ rollCall: { number, calledAtMs: atMs, dueAtMs, by, owed, answers: {}, endedAtMs: null } })
    }
    case 'room.roll-answered': {
      const roll = room.rollCall
      if (roll === null) return []
      const answers = { ...roll.answers, [event.key]: { atMs, by: event.by, byRadio: event.byRadio } }
      const over = missing(picture, room, roll.owed, answers).length === 0
      return patch({ rollCall: { ...roll, answers, endedAtMs: roll.endedAtMs ?? (over ? atMs : null) } })
    }
    case 'room.roll-ended':
      return room.rollCall === null ? [] : patch({ rollCall: { ...room.rollCall, endedAtMs: atMs } })
    case 'room.support-asked':
    case 'room.support-answered':
      return patch({ support: supportAfter(room, event, atMs) })
    case 'room.closed':
      return [
        ...room.memberKeys.flatMap((key) => {
          const member = picture.member.get(memberId(incidentId, key))
          return member?.leftAtMs === null
            ? [changed('member', memberId(incidentId, key), { ...member, leftAtMs: atMs })]
            : []
        }),
        ...patch({
          state: 'closed',
          closedAtMs: atMs,
          unacknowledged: [],
          ...(room.support === undefined ? {} : { support: supportEnded(room, atMs) }),
        }),
      ]
    case 'room.archived':
      return [
        ...Array.from({ length: room.lastNumber }, (_, i) => changed('message', messageId(incidentId, i + 1), null)),
        ...room.memberKeys.map((key) => changed('member', memberId(incidentId, key), null)),
        changed('room', incidentId, null),
      ]
  }
}

const newRoom = ({ incidentId, checklist }: EventOf<'room.opened'>, atMs: number): Room => ({
  incidentId,
  state: 'open',
  openedAtMs: atMs,
  closedAtMs: null,
  lastNumber: 0,
  memberKeys: [],
  unacknowledged: [],
  checklist: checklist.map(blank),
  rollCall: null,
})

/** Whoever comes back finds what it had read. */
function joined(picture: Picture, event: EventOf<'room.joined'>, atMs: number): RoomMember {
  const { type: _type, incidentId, ...facts } = event
  const before = picture.member.get(memberId(incidentId, event.key))
  return {
    incidentId,
    ...facts,
    joinedAtMs: atMs,
    leftAtMs: null,
    enteredAtMs: before?.enteredAtMs ?? null,
    delivered: before?.delivered ?? [],
    read: before?.read ?? [],
  }
}

function received(picture: Picture, event: EventOf<'room.received'>, atMs: number): Change[] {
  const id = memberId(event.incidentId, event.key)
  const member = picture.member.get(id)
  if (!member) return []
  const marked = (marks: ReadingMark[], to: number | null): ReadingMark[] =>
    to === null ? marks : [...marks, { to, atMs, name: event.name }].slice(-MARKS_KEPT)
  return [
    changed('member', id, {
      ...member,
      delivered: marked(member.delivered, event.deliveredTo),
      read: marked(member.read, event.readTo),
    }),
  ]
}

function acknowledged(picture: Picture, room: Room, event: EventOf<'room.acknowledged'>, atMs: number): Change[] {
  const message = picture.message.get(messageId(room.incidentId, event.number))
  if (!message) return []
  const { key, by, byRadio, number } = event
  const after = { ...message, acknowledged: { ...message.acknowledged, [key]: { atMs, by, byRadio } } }
  return [changed('message', messageId(room.incidentId, number), after), ...settled(picture, room, { after }, atMs)]
}

/** What nobody who is here still owes is settled: urgent messages, and the roll-call. */
function settled(
  picture: Picture,
  room: Room,
  news: { gone?: MemberKey; after?: RoomMessage },
  atMs: number,
): Change[] {
  const open = room.unacknowledged.filter((number) => {
    const message = news.after?.number === number ? news.after : picture.message.get(messageId(room.incidentId, number))
    return message !== undefined && missing(picture, room, message.owed, message.acknowledged, news.gone).length > 0
  })
  const roll = room.rollCall
  const over =
    roll !== null &&
    roll.endedAtMs === null &&
    news.gone !== undefined &&
    missing(picture, room, roll.owed, roll.answers, news.gone).length === 0
  if (open.length === room.unacknowledged.length && !over) return []
  return patched(picture, 'room', room.incidentId, {
    unacknowledged: open,
    ...(over ? { rollCall: { ...roll, endedAtMs: atMs } } : {}),
  })
}

/** Of those who owed an answer: who is still here and has not given it. */
const missing = (
  picture: Picture,
  room: Room,
  owed: readonly MemberKey[],
  given: Readonly<Record<MemberKey, unknown>>,
  gone?: MemberKey,
): MemberKey[] =>
  owed.filter(
    (key) => !(key in given) && key !== gone && picture.member.get(memberId(room.incidentId, key))?.leftAtMs === null,
  )
