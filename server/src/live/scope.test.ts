import type { Alarm, Change, Seat, Update } from '@skerry/contract'
import { expect, it } from 'vitest'
import { decideGuest } from '../domain/rooms/advisers.ts'
import { REPORT } from '../domain/test-kit.ts'
import { CHEN, LIN, WANG, fireTown } from '../domain/rooms/room-kit.ts'
import { toSnapshot } from '../picture/picture.ts'
import { readableRooms, shownTo, updateFor } from './scope.ts'

const UNIT: Seat = { id: 'su', role: 'unit', name: 'u', account: 'u101', unitId: '101' }
const GUEST: Seat = { id: 'g1', role: 'guest', name: '救援队' }
const ADMIN: Seat = { id: 'sa', role: 'admin', name: 'a', account: 'boss' }

function town() {
  const fire = fireTown()
  fire.say(LIN, '一')
  const seen = (seat: Seat): Change[] =>
    shownTo(seat, readableRooms(fire.picture, seat), toSnapshot(fire.picture, 1, 0).changes)
  const kinds = (seat: Seat): string[] => [...new Set(seen(seat).map(({ kind }) => kind))].sort()
  return { ...fire, seen, kinds }
}

it('shows the whole to those who answer for incidents, and to a console nothing of rooms that are not its own', () => {
  const fire = town()
  for (const seat of [LIN, CHEN]) expect(fire.kinds(seat)).toEqual(['incident', 'member', 'message', 'room', 'unit'])
  for (const seat of [WANG, ADMIN]) expect(fire.kinds(seat)).toEqual(['incident', 'unit'])
  fire.staff.set('wang', { name: WANG.name, role: 'pilot' })
  fire.give(LIN, { type: 'room.invite', incidentId: fire.incidentId, account: 'wang', adviser: 'local', minutes: 9 })
  expect(fire.kinds(WANG)).toEqual(['incident', 'member', 'message', 'room', 'unit'])
})
it('shows a unit and a guest their room, the facts of its incident, and nothing else', () => {
  const fire = town()
  expect(fire.seen(UNIT)).toMatchObject([{ kind: 'unit', id: '101' }])
  expect(fire.seen(GUEST)).toEqual([])
  fire.send('101')
  const asked = { id: 'g1', label: '救援队', mayWrite: false, minutes: 9 }
  const guest = decideGuest(fire.picture, fire.incidentId, asked, { nowMs: fire.nowMs() })
  if (guest.ok) fire.apply(guest.value)
  fire.give(LIN, {
    type: 'incident.report',
    category: 'fire',
    priority: 'notice',
    position: [122, 30],
    place: '',
    text: '',
    occurredAtMs: fire.nowMs(),
    subject: null,
  })
  expect(fire.kinds(UNIT)).toEqual(['incident', 'member', 'message', 'room', 'unit'])
  expect(fire.seen(UNIT).filter(({ kind }) => kind === 'unit')).toHaveLength(1)
  expect(fire.kinds(GUEST)).toEqual(['incident', 'member', 'message', 'room'])
  for (const seat of [UNIT, GUEST]) {
    const incidents = fire.seen(seat).filter(({ kind }) => kind === 'incident')
    expect(incidents.map(({ id }) => id)).toEqual([fire.incidentId])
    expect(incidents[0]!.value).toMatchObject({ source: '' })
    expect(incidents[0]!.value).not.toHaveProperty('offers')
  }
})
it('keeps the description of a missing person from a guest, not from a unit that searches', () => {
  const fire = fireTown({
    category: 'missing-person',
    priority: 'critical',
    subject: {
      category: 'dementia',
      lastKnownAtMs: REPORT.occurredAtMs,
      lastKnownPosition: [122, 30],
      description: '蓝外套',
    },
  })
  fire.send('101')
  const asked = { id: 'g1', label: '救援队', mayWrite: true, minutes: 9 }
  const guest = decideGuest(fire.picture, fire.incidentId, asked, { nowMs: fire.nowMs() })
  if (guest.ok) fire.apply(guest.value)
  const subjectFor = (seat: Seat) =>
    shownTo(seat, readableRooms(fire.picture, seat), toSnapshot(fire.picture, 1, 0).changes).flatMap((change) =>
      change.kind === 'incident' ? [change.value?.subject?.description] : [],
    )
  expect(subjectFor(UNIT)).toEqual(['蓝外套'])
  expect(subjectFor(GUEST)).toEqual([undefined])
})
it('tells those who see rooms only the number of what is not theirs, and nothing more', () => {
  const update = {
    seq: 7,
    atMs: 1,
    type: 'drone.ordered',
    incidentId: 'other',
    changes: [{ kind: 'drone', id: 'd', value: null } as Change],
  }
  expect(updateFor(GUEST, new Set(), update)).toEqual({ seq: 7, atMs: 1, type: '', incidentId: null, changes: [] })
  expect(updateFor(WANG, new Set(), update)).toEqual(update)
})
it('names no act and nothing said in a room to those who may not read it, nor an act to a unit or a wall', () => {
  const wall: Seat = { id: 'w', role: 'wall', name: 'w' }
  const of = (type: string): Update => ({ seq: 7, atMs: 1, type, incidentId: 'fire', changes: [] })
  const name = (seat: Seat, type: string, rooms: string[]) => updateFor(seat, new Set(rooms), of(type)).type
  for (const type of ['act.opened', 'room.said']) {
    expect(updateFor(WANG, new Set(), of(type))).toEqual({ seq: 7, atMs: 1, type: '', incidentId: null, changes: [] })
    expect([name(wall, type, []), name(LIN, type, []), name(WANG, type, ['fire'])]).toEqual(['', type, type])
  }
  expect([name(UNIT, 'act.opened', ['fire']), name(UNIT, 'room.said', ['fire'])]).toEqual(['', 'room.said'])
})

it('tells where the alarm of a vehicle with dangerous goods is to those who answer for incidents alone', () => {
  const fire = town()
  const alarm = (id: string, over: Partial<Alarm>): Change => ({
    kind: 'alarm',
    id,
    value: {
      id,
      priority: 'warning',
      kind: 'zone-corridor',
      subject: { kind: 'consignment', id: 'c1' },
      zoneId: 'z',
      incidentId: null,
      detail: '危运-3 · DG-1',
      position: [122.2, 30],
      raisedAtMs: 0,
      clearedAtMs: null,
      acknowledged: null,
      ...over,
    },
  })
  const alarms = [
    alarm('corridor', {}),
    alarm('meeting', { kind: 'zone-meeting', subject: { kind: 'vessel', id: '1' }, key: 'z|consignment/T-3|vessel/1' }),
    alarm('other', { subject: { kind: 'unit', id: '101' }, key: 'z' }),
  ]
  const places = (seat: Seat) =>
    shownTo(seat, readableRooms(fire.picture, seat), alarms).map(({ value }) => (value as Alarm).position)
  const wall: Seat = { id: 'w', role: 'wall', name: 'w' }
  for (const seat of [LIN, CHEN])
    expect(places(seat)).toEqual([
      [122.2, 30],
      [122.2, 30],
      [122.2, 30],
    ])
  for (const seat of [WANG, ADMIN, wall]) expect(places(seat)).toEqual([null, null, [122.2, 30]])
  expect(alarms[0]!.value).toMatchObject({ position: [122.2, 30] })
})

it('shows sensitive acts to consoles that may read the room, and never to a unit or a guest in it', () => {
  const fire = town()
  fire.apply([
    { type: 'cameras.declared', cameras: [{ id: 'gate', label: { zh: '门', en: 'Gate' }, position: [122, 30] }] },
  ])
  const target = { kind: 'camera', id: 'gate' } as const
  fire.give(LIN, { type: 'act.ask', incidentId: fire.incidentId, target, reason: '看火势', minutes: 5 })
  fire.send('101')
  for (const seat of [LIN, CHEN]) expect(fire.kinds(seat)).toContain('act')
  for (const seat of [WANG, ADMIN, UNIT]) expect(fire.kinds(seat)).not.toContain('act')
  expect(fire.kinds(UNIT)).toContain('room')
})
