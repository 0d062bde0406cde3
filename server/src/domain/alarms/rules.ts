import type { Alarm, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

type NewAlarm = Pick<Alarm, 'priority' | 'kind' | 'subject' | 'incidentId' | 'detail'>

/** Raises an alarm, unless the same cause already has one that stands. */
export function raiseAlarm(
  picture: Picture,
  ctx: { nowMs: number; newId: () => string },
  alarm: NewAlarm,
): DomainEvent[] {
  if (standing(picture, alarm.kind, alarm.subject.id)) return []
  return [
    {
      type: 'alarm.raised',
      alarm: { id: ctx.newId(), ...alarm, raisedAtMs: ctx.nowMs, clearedAtMs: null, acknowledged: null },
    },
  ]
}

/** The cause is gone. Nothing when no such alarm stands. */
export function clearAlarm(picture: Picture, kind: Alarm['kind'], subjectId: string): DomainEvent[] {
  const alarm = standing(picture, kind, subjectId)
  return alarm ? [{ type: 'alarm.cleared', alarmId: alarm.id }] : []
}

/** Every alarm of an incident of the given kinds: the incident or its search is over. */
export function clearAlarmsOf(picture: Picture, incidentId: string, kinds: readonly Alarm['kind'][]): DomainEvent[] {
  return [...picture.alarm.values()]
    .filter((alarm) => alarm.incidentId === incidentId && alarm.clearedAtMs === null && kinds.includes(alarm.kind))
    .map(({ id }) => ({ type: 'alarm.cleared', alarmId: id }))
}

function standing(picture: Picture, kind: Alarm['kind'], subjectId: string): Alarm | undefined {
  for (const alarm of picture.alarm.values())
    if (alarm.kind === kind && alarm.subject.id === subjectId && alarm.clearedAtMs === null) return alarm
  return undefined
}
