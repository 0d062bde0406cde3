import type { Room, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { refuse, type Decision } from '../result.ts'
import { mayJoinAny, membersFor } from './members.ts'

/** A room that can be acted in, or why not. */
export function openRoom(picture: Picture, incidentId: string): Decision<Room> {
  const room = picture.room.get(incidentId)
  if (!room) return refuse(404, 'unknown-room', `no room of incident ${incidentId}`)
  if (room.state === 'closed') return refuse(409, 'room-closed', 'the incident is closed, and its room with it')
  return { ok: true, value: room }
}

/** The same for a seat, which must be a member or answer for incidents. */
export function roomFor(picture: Picture, incidentId: string, seat: Seat): Decision<Room> {
  const room = openRoom(picture, incidentId)
  if (!room.ok) return room
  if (!mayJoinAny(seat) && !membersFor(picture, incidentId, seat).some(({ mayWrite }) => mayWrite))
    return refuse(403, 'not-a-member', `${seat.name} is not in this room`)
  return room
}
