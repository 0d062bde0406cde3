import { type DomainEvent, reasonOf } from '@skerry/contract'
import { raiseAlarm } from '../domain/alarms/rules.ts'
import type { Picture } from '../picture/picture.ts'
import { fencesUnheard } from './fences.ts'
import { upkeepUnheard } from './upkeep.ts'

/** An order that was authorised and not delivered expires this long after its time, milliseconds. */
const UNDELIVERED_GRACE_MS = 1000
/** A delivered order of which nothing more is heard is unknown this long after its time, milliseconds. */
const SILENT_GRACE_MS = 120_000

/** What has become due: offers that nobody answered, orders and transfers that nobody delivered or heard of again. Pure. */
export function dueEvents(picture: Picture, ctx: { nowMs: number; newId: () => string }): DomainEvent[] {
  const events: DomainEvent[] = []
  for (const task of picture.task.values()) {
    if (task.state !== 'offered' && task.state !== 'seen') continue
    if (task.offerExpiresAtMs === null || ctx.nowMs <= task.offerExpiresAtMs) continue
    events.push(
      { type: 'task.offer-expired', taskId: task.id },
      ...raiseAlarm(picture, ctx, {
        priority: 'warning',
        kind: 'offer-unanswered',
        subject: { kind: 'task', id: task.id },
        incidentId: task.incidentId,
        detail: `#${task.number} ${task.droneId}`,
      }),
    )
  }
  for (const command of picture.command.values()) {
    const { id: commandId, droneId, order, tries, expiresAtMs } = command
    const change = { type: 'drone.command-changed' as const, commandId, droneId, order, atMs: ctx.nowMs, tries }
    if (command.state === 'authorised' && ctx.nowMs > expiresAtMs + UNDELIVERED_GRACE_MS)
      events.push({ ...change, state: 'expired', reason: reasonOf('not-delivered') })
    else if (['sent', 'acked', 'in-progress'].includes(command.state) && ctx.nowMs > expiresAtMs + SILENT_GRACE_MS)
      events.push({ ...change, state: 'unknown', reason: reasonOf('nothing-heard') })
  }
  events.push(...fencesUnheard(picture, ctx.nowMs), ...upkeepUnheard(picture, ctx.nowMs))
  return events
}
