import type { DomainEvent, Unit } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { raiseAlarm } from '../alarms/rules.ts'

/**
 * Whether a unit was ordered, has said nothing of it, and its time to sign is over. It may be on its way or have heard
 * nothing: nobody knows, and so it counts for no need of its incident.
 */
export const isUnsigned = ({ assignment }: Pick<Unit, 'assignment'>, nowMs: number): boolean =>
  assignment?.signByMs !== undefined && nowMs > assignment.signByMs

/**
 * Alarms of orders that nobody signed for in time, and the end of those that were signed for, taken back, given anew or
 * are over with their incident. The order stands: whether somebody else goes, a person decides, to whom the next is proposed.
 */
export function unsignedOrders(picture: Picture, ctx: { nowMs: number; newId: () => string }): DomainEvent[] {
  const late = [...picture.unit.values()].flatMap((unit) => {
    const incident = picture.incident.get(unit.assignment?.incidentId ?? '')
    return incident !== undefined && incident.state !== 'closed' && isUnsigned(unit, ctx.nowMs)
      ? [{ unit, incident }]
      : []
  })
  const over = [...picture.alarm.values()].filter(
    ({ kind, subject, key, clearedAtMs }) =>
      kind === 'order-unsigned' &&
      clearedAtMs === null &&
      !late.some(({ unit, incident }) => incident.id === subject.id && unit.id === key),
  )
  return [
    ...over.map(({ id }): DomainEvent => ({ type: 'alarm.cleared', alarmId: id })),
    ...late.flatMap(({ unit, incident }) =>
      raiseAlarm(picture, ctx, {
        priority: incident.priority,
        kind: 'order-unsigned',
        subject: { kind: 'incident', id: incident.id },
        key: unit.id,
        incidentId: incident.id,
        detail: `${unit.callSign} · #${incident.number} ${incident.place}`.trim(),
      }),
    ),
  ]
}
