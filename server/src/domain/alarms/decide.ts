import { SHELVE_MOST_MIN, type Alarm, type Command, type DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** The first acknowledgement counts; a second one is told so and changes nothing. */
export function decideAcknowledge(
  picture: Picture,
  command: CommandOf<'alarm.acknowledge'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const alarm = picture.alarm.get(command.alarmId)
  if (!alarm) return unknown(command.alarmId)
  return ok(acknowledged(alarm, ctx))
}

/** Those that left the list while the hand was on its way are passed over: the rest must not wait for them. */
export function decideAcknowledgeAll(
  picture: Picture,
  command: CommandOf<'alarm.acknowledge-all'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const alarms = [...new Set(command.alarmIds)].flatMap((id) => picture.alarm.get(id) ?? [])
  return ok(alarms.flatMap((alarm) => acknowledged(alarm, ctx)))
}

/** Puts an alarm away for a time, with a reason. It comes back by itself, asking for an answer again. */
export function decideShelve(
  picture: Picture,
  command: CommandOf<'alarm.shelve'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const alarm = picture.alarm.get(command.alarmId)
  if (!alarm) return unknown(command.alarmId)
  const most = SHELVE_MOST_MIN[alarm.priority]
  if (command.minutes > most)
    return refuse(422, 'shelf-too-long', `a ${alarm.priority} alarm may be shelved for ${most} minutes at most`)
  const { id: seatId, name } = ctx.seat
  const untilMs = ctx.nowMs + command.minutes * 60_000
  return ok([{ type: 'alarm.shelved', alarmId: alarm.id, seatId, name, untilMs, reason: command.reason }])
}

export function decideUnshelve(
  picture: Picture,
  command: CommandOf<'alarm.unshelve'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const alarm = picture.alarm.get(command.alarmId)
  if (!alarm) return unknown(command.alarmId)
  if (!alarm.shelved) return ok([])
  return ok([{ type: 'alarm.unshelved', alarmId: alarm.id, seatId: ctx.seat.id, name: ctx.seat.name }])
}

const acknowledged = (alarm: Alarm, { seat }: DecideContext): DomainEvent[] =>
  alarm.acknowledged ? [] : [{ type: 'alarm.acknowledged', alarmId: alarm.id, seatId: seat.id, name: seat.name }]

const unknown = (id: string): Decision<DomainEvent[]> => refuse(404, 'unknown-alarm', `no alarm ${id}`)
