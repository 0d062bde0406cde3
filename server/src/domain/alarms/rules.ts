import type { Alarm, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

export type NewAlarm = Pick<
  Alarm,
  | 'priority'
  | 'kind'
  | 'subject'
  | 'incidentId'
  | 'detail'
  | 'key'
  | 'zoneId'
  | 'position'
  | 'feed'
  | 'happenedAtMs'
  | 'late'
>

/**
 * Raises an alarm, unless the same cause already has one that stands. One that comes back before a person settled it is the
 * same alarm once more, not another line.
 */
export function raiseAlarm(
  picture: Picture,
  ctx: { nowMs: number; newId: () => string },
  alarm: NewAlarm,
): DomainEvent[] {
  const known = sameCause(picture, alarm.kind, alarm.subject.id, alarm.key)
  if (known?.clearedAtMs === null) return []
  const fresh = { ...alarm, raisedAtMs: ctx.nowMs, clearedAtMs: null, acknowledged: null }
  if (!known) return [{ type: 'alarm.raised', alarm: { id: ctx.newId(), ...fresh } }]
  const { id, occurrences = 1, shelved = null } = known
  return [{ type: 'alarm.raised', alarm: { id, ...fresh, occurrences: occurrences + 1, shelved } }]
}

/** The cause is gone. Nothing when no such alarm stands. */
export function clearAlarm(picture: Picture, kind: Alarm['kind'], subjectId: string, key?: string): DomainEvent[] {
  const alarm = sameCause(picture, kind, subjectId, key)
  return alarm?.clearedAtMs === null ? [{ type: 'alarm.cleared', alarmId: alarm.id }] : []
}

/** Every alarm of an incident of the given kinds: the incident or its search is over. */
export function clearAlarmsOf(picture: Picture, incidentId: string, kinds: readonly Alarm['kind'][]): DomainEvent[] {
  return [...picture.alarm.values()]
    .filter((alarm) => alarm.incidentId === incidentId && alarm.clearedAtMs === null && kinds.includes(alarm.kind))
    .map(({ id }) => ({ type: 'alarm.cleared', alarmId: id }))
}

function sameCause(picture: Picture, kind: Alarm['kind'], subjectId: string, key?: string): Alarm | undefined {
  for (const alarm of picture.alarm.values())
    if (alarm.kind === kind && alarm.subject.id === subjectId && alarm.key === key) return alarm
  return undefined
}
