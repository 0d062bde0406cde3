import type { Room, RoomMember, RoomMessage } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { emptyPicture } from '../stores/apply-changes.ts'
import { askingIn, keysOf, membersOf, myRooms, owedIn, receiptsOf, unreadIn } from './room-view.ts'

const room = (change: Partial<Room> = {}): Room => ({
  incidentId: 'i',
  state: 'open',
  openedAtMs: 0,
  closedAtMs: null,
  lastNumber: 3,
  memberKeys: ['desk:dispatcher', 'seat:lin', 'unit:101'],
  unacknowledged: [],
  checklist: [],
  rollCall: null,
  ...change,
})
const member = (key: RoomMember['key'], change: Partial<RoomMember> = {}): RoomMember => ({
  incidentId: 'i',
  key,
  kind: 'seat',
  name: key,
  rule: null,
  joinedAtMs: 0,
  leftAtMs: null,
  untilMs: null,
  mayWrite: true,
  adviser: null,
  enteredAtMs: null,
  delivered: [],
  read: [],
  ...change,
})
const message = (number: number, from: RoomMember['key'], change: Partial<RoomMessage> = {}): RoomMessage => ({
  incidentId: 'i',
  number,
  atMs: number * 1000,
  from: { key: from, name: from },
  text: '',
  urgent: false,
  owed: [],
  acknowledged: {},
  ...change,
})
const picture = (parts: { room?: Room; members?: RoomMember[]; messages?: RoomMessage[] }) => ({
  ...emptyPicture(),
  room: new Map([['i', parts.room ?? room()]]),
  member: new Map((parts.members ?? []).map((one) => [`i/${one.key}`, one])),
  message: new Map((parts.messages ?? []).map((one) => [`i/${one.number}`, one])),
})
const KEYS = keysOf({ id: 's1', account: 'lin', role: 'dispatcher' })
const THREE = [message(1, 'unit:101'), message(2, 'seat:lin'), message(3, 'unit:101')]
const mark = (to: number) => ({ to, atMs: 9000, name: 'x' })

describe('unread messages', () => {
  it('are those of others after the last one read, for the seat itself before its desk', () => {
    const read = [mark(1)]
    const members = [member('desk:dispatcher', { read: [mark(3)] }), member('seat:lin', { read })]
    expect(unreadIn(picture({ members, messages: THREE }), room(), KEYS)).toBe(1)
  })
  it('are the desk’s for who only sits there, and none for who is not in the room', () => {
    expect(unreadIn(picture({ members: [member('desk:dispatcher')], messages: THREE }), room(), KEYS)).toBe(2)
    const gone = [member('seat:lin', { leftAtMs: 5 })]
    expect(unreadIn(picture({ members: gone, messages: THREE }), room(), KEYS)).toBe(0)
  })
})

describe('what is owed', () => {
  it('is what this seat has not acknowledged, and the roll-call it has not answered', () => {
    const urgent = message(3, 'unit:101', { urgent: true, owed: ['seat:lin', 'unit:102'] })
    const rollCall = {
      number: 2,
      calledAtMs: 0,
      dueAtMs: 1,
      by: { key: 'seat:chen' as const, name: 'Chen' },
      owed: ['desk:dispatcher' as const],
      answers: {},
      endedAtMs: null,
    }
    const asked = room({ unacknowledged: [3], rollCall })
    const all = picture({
      room: asked,
      members: [member('seat:lin'), member('desk:dispatcher')],
      messages: [urgent],
    })
    expect(owedIn(all, asked, KEYS)).toEqual({ messages: [urgent], roll: true })
    expect(askingIn(myRooms(all, KEYS))).toEqual(['i/3', 'i/roll-2'])
    expect(owedIn(all, { ...asked, state: 'closed' }, KEYS).roll).toBe(false)
    expect(owedIn(all, asked, ['unit:7'])).toEqual({ messages: [], roll: false })
  })
})

describe('receipts', () => {
  it('tell read, delivered and neither apart, and leave the author and those who had gone out', () => {
    const members = [
      member('seat:lin'),
      member('desk:dispatcher', { delivered: [mark(3)], read: [mark(1)] }),
      member('unit:101', { delivered: [mark(3)], read: [mark(3)] }),
      member('guest:g', { leftAtMs: 1500 }),
    ]
    const found = receiptsOf(members, message(2, 'seat:lin'))
    expect(found.map(({ member: { key }, isDelivered, isRead }) => [key, isDelivered, isRead])).toEqual([
      ['desk:dispatcher', true, false],
      ['unit:101', true, true],
    ])
    expect(found[1]!.readAtMs).toBe(9000)
  })
  it('say no time where the picture no longer holds it', () => {
    const read = Array.from({ length: 40 }, (_, i) => ({ to: i + 50, atMs: i, name: 'x' }))
    const [old] = receiptsOf([member('unit:101', { read })], message(2, 'seat:lin'))
    expect([old!.isRead, old!.readAtMs]).toEqual([true, null])
  })
})

it('lists who is here before who has gone', () => {
  const members = [member('desk:dispatcher', { leftAtMs: 1 }), member('seat:lin'), member('unit:101')]
  expect(membersOf(picture({ members }), room()).map(({ key }) => key)).toEqual([
    'seat:lin',
    'unit:101',
    'desk:dispatcher',
  ])
})
