import type { Command, DomainEvent, LegalHold, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { seatKey, voiceOf } from '../rooms/members.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** Sets a hold at once: to keep something longer needs no second person. */
export function decideHold(
  picture: Picture,
  { incidentId, reason }: CommandOf<'case.hold'>,
  { seat, pastIncident }: Pick<DecideContext, 'seat' | 'pastIncident'>,
): Decision<DomainEvent[]> {
  const incident = picture.incident.get(incidentId) ?? pastIncident
  if (!incident || incident.id !== incidentId) return refuse(404, 'unknown-incident', `no incident ${incidentId}`)
  const { number, occurredAtMs, receivedAtMs, closedAtMs, purged } = incident
  if (picture.hold.has(incidentId)) return refuse(409, 'hold-exists', `case ${number} is held`)
  if (purged?.acts !== undefined) return refuse(409, 'case-purged', `nothing of case ${number} is left to be held`)
  const span = { fromMs: Math.min(occurredAtMs, receivedAtMs), toMs: closedAtMs }
  return ok([{ type: 'case.held', incidentId, number, reason, by: voiceOf(seat), ...span }])
}

export function decideAskLift(
  picture: Picture,
  { incidentId, reason }: CommandOf<'case.ask-lift'>,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const hold = known(picture, incidentId)
  if (!hold.ok) return hold
  if (hold.value.lift !== null) return refuse(409, 'lift-exists', `${hold.value.lift.by.name} has asked for it already`)
  return ok([{ type: 'case.lift-asked', incidentId, reason, by: voiceOf(seat) }])
}

/** A second person takes the responsibility too: another account, however many seats the first one has. */
export function decideApproveLift(
  picture: Picture,
  { incidentId }: CommandOf<'case.approve-lift'>,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const hold = asked(picture, incidentId)
  if (!hold.ok) return hold
  if (hold.value.lift?.by.key === seatKey(seat))
    return refuse(403, 'same-person', 'whoever asks for a hold to be lifted does not approve it')
  return ok([{ type: 'case.released', incidentId, by: voiceOf(seat) }])
}

export function decideRefuseLift(
  picture: Picture,
  { incidentId, reason }: CommandOf<'case.refuse-lift'>,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const hold = asked(picture, incidentId)
  if (!hold.ok) return hold
  return ok([{ type: 'case.lift-refused', incidentId, reason, by: voiceOf(seat) }])
}

/** Times of held cases, in which nobody's stored positions are removed. An open one has no end. */
export const heldSpans = (picture: Pick<Picture, 'hold'>): { fromMs: number; toMs: number }[] =>
  [...picture.hold.values()].map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? Number.MAX_SAFE_INTEGER }))

function known(picture: Picture, incidentId: string): Decision<LegalHold> {
  const hold = picture.hold.get(incidentId)
  return hold ? ok(hold) : refuse(404, 'unknown-hold', `case ${incidentId} is not held`)
}

function asked(picture: Picture, incidentId: string): Decision<LegalHold> {
  const hold = known(picture, incidentId)
  if (hold.ok && hold.value.lift === null)
    return refuse(409, 'no-lift-asked', `nobody asks for the hold on case ${hold.value.number} to be lifted`)
  return hold
}
