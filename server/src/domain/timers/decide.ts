import type { Command, DomainEvent, LoneTimer } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm, raiseAlarm } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** Starts the timer of a unit, or sets it anew. */
export function decideStartTimer(
  picture: Picture,
  { unitId, everyMin }: CommandOf<'timer.start'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const unit = picture.unit.get(unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
  if (!unit.onDuty) return refuse(409, 'unit-off-duty', `${unit.callSign} is off duty`)
  return ok(set(picture, { unitId, everyMin, startedBy: ctx.seat.name }, ctx.nowMs))
}

/** The unit was heard to be well, by whatever means; someone at a seat answers for it with their name. */
export function decideCheckIn(
  picture: Picture,
  { unitId }: CommandOf<'timer.check-in'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const timer = picture.timer.get(unitId)
  return timer ? ok(set(picture, timer, ctx.nowMs)) : refuse(404, 'no-timer', `no timer runs for ${unitId}`)
}

export function decideStopTimer(picture: Picture, { unitId }: CommandOf<'timer.stop'>): Decision<DomainEvent[]> {
  if (!picture.timer.has(unitId)) return refuse(404, 'no-timer', `no timer runs for ${unitId}`)
  return ok(ended(picture, unitId))
}

/** A unit's own terminal has spoken: a sign of life. Nothing where no timer runs. */
export function signOfLife(picture: Picture, unitId: string, nowMs: number): DomainEvent[] {
  const timer = picture.timer.get(unitId)
  return timer ? set(picture, timer, nowMs) : []
}

/**
 * Timers that ran out, and those of units that went off duty in time. What ran out is ended by a person or a sign of life
 * alone: a roster that says that the shift is over has not found anybody.
 */
export function timersDue(picture: Picture, ctx: { nowMs: number; newId: () => string }): DomainEvent[] {
  return [...picture.timer.values()].flatMap((timer) => {
    const unit = picture.unit.get(timer.unitId)
    if (ctx.nowMs <= timer.dueAtMs) return unit?.onDuty === true ? [] : ended(picture, timer.unitId)
    return raiseAlarm(picture, ctx, {
      priority: 'critical',
      kind: 'lone-worker',
      subject: { kind: 'unit', id: timer.unitId },
      incidentId: unit?.assignment?.incidentId ?? null,
      detail: `${unit?.callSign ?? timer.unitId} · ${timer.everyMin} min`,
    })
  })
}

const set = (
  picture: Picture,
  { unitId, everyMin, startedBy }: Pick<LoneTimer, 'unitId' | 'everyMin' | 'startedBy'>,
  nowMs: number,
): DomainEvent[] => [
  { type: 'timer.set', timer: { unitId, everyMin, startedBy, saidAtMs: nowMs, dueAtMs: nowMs + everyMin * 60_000 } },
  ...clearAlarm(picture, 'lone-worker', unitId),
]

const ended = (picture: Picture, unitId: string): DomainEvent[] => [
  { type: 'timer.ended', unitId },
  ...clearAlarm(picture, 'lone-worker', unitId),
]
