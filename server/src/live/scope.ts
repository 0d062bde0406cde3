import { seesRoomsOnly, type Alarm, type Change, type Incident, type Seat, type Update } from '@skerry/contract'
import { mayJoinAny, mayRead } from '../domain/rooms/members.ts'
import type { Picture } from '../picture/picture.ts'

/** Kinds that belong to the room of one incident, whose id their own begins with. */
const OF_ROOM: readonly Change['kind'][] = ['room', 'member', 'message', 'act']
const incidentIdOf = (id: string): string => id.split('/')[0]!

/** What a wall shows. Many pass by it: nothing said in rooms, nothing of a person, no settings. */
const ON_WALL: readonly Change['kind'][] = [
  'unit',
  'incident',
  'search',
  'task',
  'candidate',
  'drone',
  'checkpoint',
  'alarm',
  'zone',
  'dictionary',
]

/**
 * How much of the picture a seat is shown. `all`: everything. `own-rooms`: everything but rooms of others. `rooms-only`: its
 * rooms. `wall`: what everybody in the hall may read.
 */
export type ScopeKind = 'all' | 'own-rooms' | 'rooms-only' | 'wall'
export const scopeKindOf = (seat: Seat): ScopeKind =>
  mayJoinAny(seat) ? 'all' : seat.role === 'wall' ? 'wall' : seesRoomsOnly(seat.role) ? 'rooms-only' : 'own-rooms'

/** Whether an update says anything that not everybody with a console may see. */
export const touchesRooms = (changes: readonly Change[]): boolean => changes.some(({ kind }) => OF_ROOM.includes(kind))

/** Rooms that a seat may read now. */
export function readableRooms(picture: Picture, seat: Seat): Set<string> {
  const ids = new Set<string>()
  for (const id of picture.room.keys()) if (mayRead(picture, id, seat)) ids.add(id)
  return ids
}

/** Consignments whose accident a seat is told of because it has the room; none for seats that are shown them anyway. */
export function goodsOfRooms(picture: Picture, seat: Seat, rooms: ReadonlySet<string>): Set<string> {
  const ids = new Set<string>()
  if (scopeKindOf(seat) !== 'rooms-only') return ids
  for (const { id, incidentId } of picture.consignment.values())
    if (incidentId !== null && rooms.has(incidentId)) ids.add(id)
  return ids
}

/**
 * What of some changes a seat is shown, as one who may read `rooms`. A change that is left out is left out whole: an id
 * says something too.
 */
export function shownTo(seat: Seat, rooms: ReadonlySet<string>, changes: readonly Change[]): Change[] {
  const kind = scopeKindOf(seat)
  if (kind === 'all') return [...changes]
  if (kind === 'wall') return changes.flatMap((change) => (ON_WALL.includes(change.kind) ? [forWall(change)] : []))
  return changes.flatMap((change): Change[] => {
    // Sensitive acts are for those who have a console, also in a room that others are in too.
    if (change.kind === 'act' && kind === 'rooms-only') return []
    if (OF_ROOM.includes(change.kind)) return rooms.has(incidentIdOf(change.id)) ? [change] : []
    if (kind === 'own-rooms') return [change.kind === 'alarm' ? withoutGoodsPlace(change) : change]
    if (change.kind === 'dictionary') return [change]
    // Whoever goes to an accident has to know what lies there.
    if (change.kind === 'consignment')
      return change.value?.incidentId != null && rooms.has(change.value.incidentId) ? [change] : []
    if (change.kind === 'unit') return change.id === seat.unitId ? [change] : []
    if (change.kind === 'incident' && rooms.has(change.id))
      return [change.value === null ? change : { ...change, value: factsFor(seat, change.value) }]
    return []
  })
}

/** One update as a seat is shown it. It keeps its number, so that the line of numbers has no gap. */
export function updateFor(seat: Seat, rooms: ReadonlySet<string>, update: Update): Update {
  const { seq, atMs } = update
  const changes = shownTo(seat, rooms, update.changes)
  if (isNamed(seat, rooms, update)) return { ...update, changes }
  return { seq, atMs, type: '', incidentId: null, changes }
}

/** Whether a seat may know what happened and where: that a camera was opened, or something said, is news in itself. */
function isNamed(seat: Seat, rooms: ReadonlySet<string>, { type, incidentId }: Update): boolean {
  const kind = scopeKindOf(seat)
  if (kind === 'all') return true
  const inRoom = rooms.has(incidentId ?? '')
  if (type.startsWith('act.')) return kind === 'own-rooms' && inRoom
  return inRoom || (kind !== 'rooms-only' && !type.startsWith('room.'))
}

/**
 * Where dangerous goods are now is for those who answer for incidents: others see of their alarms what it is and in which
 * zone, as they see the corridor and not the vehicle.
 */
function withoutGoodsPlace(change: Extract<Change, { kind: 'alarm' }>): Change {
  if (change.value === null) return change
  return { ...change, value: withoutPlaceOfGoods(change.value) }
}

export const withoutPlaceOfGoods = (alarm: Alarm): Alarm => (isOfGoods(alarm) ? { ...alarm, position: null } : alarm)

/** About the vehicle of a consignment, or its meeting with something else, whose key names both. */
const isOfGoods = ({ subject, key }: Alarm): boolean =>
  subject.kind === 'consignment' || (key?.includes('consignment/') ?? false)

/** Without words that people wrote about people: descriptions, sightings, reports, reasons. */
function forWall(change: Change): Change {
  if (change.value === null) return change
  if (change.kind === 'alarm') return withoutGoodsPlace(change)
  if (change.kind === 'incident') {
    const { offers: _offers, sameAs: _sameAs, alert: _alert, ...facts } = change.value
    return { ...change, value: { ...facts, source: '', text: '', subject: null, outcome: null } }
  }
  if (change.kind === 'search') {
    const subject = { ...change.value.subject, description: '' }
    return { ...change, value: { ...change.value, subject, sightings: [], advice: null } }
  }
  return change
}

/** Facts of an incident for those who only have its room: who was asked and where the call came from is not theirs. */
function factsFor({ role }: Seat, incident: Incident): Incident {
  const { offers: _offers, sameAs: _sameAs, ...facts } = incident
  // A guest is no member of the staff: the description of a missing person is for those who search.
  return { ...facts, source: '', subject: role === 'guest' ? null : incident.subject }
}
