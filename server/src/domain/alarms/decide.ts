import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Acknowledge = Extract<Command, { type: 'alarm.acknowledge' }>

/** The first acknowledgement counts; a second one is told so and changes nothing. */
export function decideAcknowledge(picture: Picture, command: Acknowledge, ctx: DecideContext): Decision<DomainEvent[]> {
  const alarm = picture.alarm.get(command.alarmId)
  if (!alarm) return refuse(404, 'unknown-alarm', `no alarm ${command.alarmId}`)
  if (alarm.acknowledged) return ok([])
  return ok([{ type: 'alarm.acknowledged', alarmId: alarm.id, seatId: ctx.seat.id, name: ctx.seat.name }])
}
