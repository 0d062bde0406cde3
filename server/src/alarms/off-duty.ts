import type { Alarm, DomainEvent } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'

/**
 * Ends what zones and its own terminal said of a unit that has left duty: it is followed no longer, so nothing else could
 * ever end it. What a person has to answer for (a call for help, a lone-worker timer, an offer) is not ended by it.
 */
export function offDutyAlarms(picture: Picture): DomainEvent[] {
  return [...picture.alarm.values()]
    .filter(
      (alarm) => alarm.clearedAtMs === null && unitsOf(alarm).some((id) => picture.unit.get(id)?.onDuty === false),
    )
    .map(({ id }) => ({ type: 'alarm.cleared', alarmId: id, because: 'off-duty' }))
}

function unitsOf({ kind, subject, key }: Alarm): string[] {
  if (kind !== 'terminal-alarm' && !kind.startsWith('zone-')) return []
  // The key of a meeting names both: `ZONE|unit/A unit/B`.
  const met = kind === 'zone-meeting' ? (key?.slice(key.indexOf('|') + 1).split(' ') ?? []) : []
  return [
    ...(subject.kind === 'unit' ? [subject.id] : []),
    ...met.flatMap((mover) => (mover.startsWith('unit/') ? [mover.slice('unit/'.length)] : [])),
  ]
}
