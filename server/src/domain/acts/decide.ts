import {
  APPROVE_WITHIN_MS,
  actId,
  isOver,
  type ActEnd,
  type ActTarget,
  type Command,
  type DomainEvent,
  type Seat,
  type SensitiveAct,
} from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { mayJoinAny, seatKey, voiceOf } from '../rooms/members.ts'
import { roomFor } from '../rooms/room-of.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>
type Context = Pick<DecideContext, 'nowMs' | 'seat' | 'drones'>

/** More than this in one incident is no exception any more. */
const MOST_ACTS = 60
const MIN_MS = 60_000

/** Asks for an act, from inside an open incident. It does nothing until a second person has approved it. */
export function decideAskAct(
  picture: Picture,
  { incidentId, target, reason, minutes }: CommandOf<'act.ask'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, ctx.seat)
  if (!room.ok) return room
  const fault = targetFault(picture, target, ctx)
  if (fault !== null) return fault
  const acts = actsOf(picture, incidentId)
  if (acts.length >= MOST_ACTS) return refuse(409, 'too-many-requests', `at most ${MOST_ACTS} acts an incident`)
  const askedBy = voiceOf(ctx.seat)
  const same = acts.find(
    (act) =>
      act.state !== 'ended' &&
      act.askedBy.key === askedBy.key &&
      act.target.kind === target.kind &&
      act.target.id === target.id,
  )
  if (same) return refuse(409, 'act-exists', `act ${same.number} of this incident is ${same.state}`)
  const number = Math.max(0, ...acts.map((act) => act.number)) + 1
  const approveByMs = ctx.nowMs + APPROVE_WITHIN_MS
  return ok([{ type: 'act.asked', incidentId, number, target, reason, minutes, askedBy, approveByMs }])
}

/** A second person takes the responsibility too: another account, however many seats the first one has. */
export function decideApproveAct(
  picture: Picture,
  { incidentId, number }: CommandOf<'act.approve'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const act = waiting(picture, incidentId, number, ctx)
  if (!act.ok) return act
  if (act.value.askedBy.key === seatKey(ctx.seat))
    return refuse(403, 'same-person', 'whoever asks for an act does not approve it')
  const untilMs = ctx.nowMs + act.value.minutes * MIN_MS
  return ok([{ type: 'act.approved', incidentId, number, by: voiceOf(ctx.seat), untilMs }])
}

export function decideRefuseAct(
  picture: Picture,
  { incidentId, number, reason }: CommandOf<'act.refuse'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const act = waiting(picture, incidentId, number, ctx)
  if (!act.ok) return act
  return ok([ended(act.value, 'refused', reason)])
}

/** Takes a request back, or stops an act before its time: whoever asked for it, and those who answer for incidents. */
export function decideEndAct(
  picture: Picture,
  { incidentId, number, reason }: CommandOf<'act.end'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const act = known(picture, incidentId, number)
  if (!act.ok) return act
  if (act.value.askedBy.key !== seatKey(ctx.seat) && !mayJoinAny(ctx.seat))
    return refuse(403, 'not-owner', 'it was asked for by somebody else')
  if (act.value.state === 'ended') return ok([])
  return ok([ended(act.value, act.value.state === 'waiting' ? 'withdrawn' : 'stopped', reason)])
}

/** Whether a seat may look through an act now: it runs, and the seat asked for it or approved it. Every look is recorded. */
export function decideOpenAct(
  picture: Picture,
  incidentId: string,
  number: number,
  ctx: { nowMs: number; seat: Seat },
): Decision<DomainEvent[]> {
  const act = known(picture, incidentId, number)
  if (!act.ok) return act
  const { state, untilMs, askedBy, approvedBy } = act.value
  const key = seatKey(ctx.seat)
  if (askedBy.key !== key && approvedBy?.key !== key)
    return refuse(403, 'not-owner', 'it was asked for and approved by others')
  if (state !== 'running' || untilMs === null || ctx.nowMs >= untilMs)
    return refuse(409, 'act-not-running', `act ${number} does not run`)
  return ok([{ type: 'act.opened', incidentId, number }])
}

/** What time alone does: requests that nobody approved, acts whose time is over, incidents that are closed or gone. */
export function actsDue(picture: Picture, nowMs: number): DomainEvent[] {
  return [...picture.act.values()].flatMap((act): DomainEvent[] => {
    if (act.state === 'ended') return []
    const incident = picture.incident.get(act.incidentId)
    if (incident === undefined || incident.state === 'closed') return [ended(act, 'incident-closed', null)]
    if (act.state === 'waiting') return nowMs > act.approveByMs ? [ended(act, 'not-approved', null)] : []
    return act.untilMs !== null && nowMs >= act.untilMs ? [ended(act, 'time-over', null)] : []
  })
}

/** Acts of an incident that comes to its end. */
export const endActsOf = (picture: Picture, incidentId: string): DomainEvent[] =>
  actsOf(picture, incidentId)
    .filter(({ state }) => state !== 'ended')
    .map((act) => ended(act, 'incident-closed', null))

/** Consignments that somebody may follow now, whatever they are doing, and since when, epoch ms. */
export function followedNow(picture: Picture, nowMs: number): ReadonlyMap<string, number> {
  const sinceMs = new Map<string, number>()
  for (const { target, state, untilMs, approvedAtMs } of picture.act.values()) {
    if (target.kind !== 'consignment' || state !== 'running' || (untilMs ?? 0) <= nowMs) continue
    sinceMs.set(target.id, Math.min(sinceMs.get(target.id) ?? Infinity, approvedAtMs ?? nowMs))
  }
  return sinceMs
}

const ended = ({ incidentId, number }: SensitiveAct, because: ActEnd, reason: string | null): DomainEvent => ({
  type: 'act.ended',
  incidentId,
  number,
  because,
  reason,
})

const actsOf = (picture: Picture, incidentId: string): SensitiveAct[] =>
  [...picture.act.values()].filter((act) => act.incidentId === incidentId)

function known(picture: Picture, incidentId: string, number: number): Decision<SensitiveAct> {
  const act = picture.act.get(actId(incidentId, number))
  return act ? ok(act) : refuse(404, 'unknown-act', `no act ${number} in this incident`)
}

/** A request that can still be decided, by somebody who may be in its room. */
function waiting(picture: Picture, incidentId: string, number: number, ctx: Context): Decision<SensitiveAct> {
  const room = roomFor(picture, incidentId, ctx.seat)
  if (!room.ok) return room
  const act = known(picture, incidentId, number)
  if (!act.ok) return act
  if (act.value.state !== 'waiting' || ctx.nowMs > act.value.approveByMs)
    return refuse(409, 'act-over', `act ${number} no longer waits for an approval`)
  return act
}

function targetFault(
  picture: Picture,
  target: ActTarget,
  ctx: Context,
): Extract<Decision<never>, { ok: false }> | null {
  const unknown = (what: string) => refuse(404, 'unknown-target', `no ${what} ${target.id}`)
  switch (target.kind) {
    case 'camera':
      return picture.camera.has(target.id) ? null : unknown('camera')
    case 'drone': {
      const streams = ctx.drones.get(target.id)?.camera?.streams ?? []
      if (streams.some(({ uri }) => uri !== '')) return null
      return refuse(409, 'no-stream', `${target.id} names no video stream`)
    }
    case 'consignment': {
      const consignment = picture.consignment.get(target.id)
      if (consignment === undefined || isOver(consignment.state)) return unknown('open consignment')
      if (consignment.vehicle.terminalId !== null) return null
      return refuse(409, 'no-stream', `consignment ${consignment.number} has no terminal`)
    }
  }
}
