import type { Command, DomainEvent, MemberKey, NewGuest, Role, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { isActive, memberOf } from './members.ts'
import { openRoom } from './room-of.ts'

type Invite = Extract<Command, { type: 'room.invite' }>

/** The staff, as decisions see it: who can be brought into a room. */
export interface StaffPort {
  get(account: string): { name: string; role: Role } | null
}

/** Brings an expert in for a time; again: for another time from now. Who is in the room by rule needs no invitation. */
export function decideInvite(
  picture: Picture,
  { incidentId, account, adviser, minutes }: Invite,
  ctx: { nowMs: number; staff: StaffPort },
): Decision<DomainEvent[]> {
  const room = openRoom(picture, incidentId)
  if (!room.ok) return room
  if (!dictionaryOf(picture).advisers.some(({ id }) => id === adviser))
    return refuse(422, 'unknown-adviser', `no adviser ${adviser} in the dictionary`)
  const person = ctx.staff.get(account)
  if (person === null || person.role === 'unit')
    return refuse(404, 'unknown-account', `no account ${account} to invite`)
  const key: MemberKey = `seat:${account}`
  const known = memberOf(picture, incidentId, key)
  if (isActive(known) && known.kind !== 'adviser') return ok([])
  return ok([
    {
      type: 'room.joined',
      incidentId,
      key,
      kind: 'adviser',
      name: person.name,
      rule: null,
      untilMs: ctx.nowMs + minutes * 60_000,
      mayWrite: true,
      adviser,
    },
  ])
}

/** A guest for one room. The link itself is no matter of the journal. */
export function decideGuest(
  picture: Picture,
  incidentId: string,
  guest: NewGuest & { id: string },
  ctx: { nowMs: number },
): Decision<DomainEvent[]> {
  const room = openRoom(picture, incidentId)
  if (!room.ok) return room
  return ok([
    {
      type: 'room.joined',
      incidentId,
      key: `guest:${guest.id}`,
      kind: 'guest',
      name: guest.label,
      rule: null,
      untilMs: ctx.nowMs + guest.minutes * 60_000,
      mayWrite: guest.mayWrite,
      adviser: null,
    },
  ])
}

/** The first opening of a guest's link; nothing the second time. */
export function guestEntered(picture: Picture, incidentId: string, seat: Seat): DomainEvent[] {
  const key: MemberKey = `guest:${seat.id}`
  const member = memberOf(picture, incidentId, key)
  return isActive(member) && member.enteredAtMs === null ? [{ type: 'room.guest-entered', incidentId, key }] : []
}
