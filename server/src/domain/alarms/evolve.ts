import type { Alarm, Change, EventOf } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'
import { explains } from './cause.ts'

type AlarmEvent = EventOf<'alarm.raised' | 'alarm.cleared' | 'alarm.acknowledged' | 'alarm.shelved' | 'alarm.unshelved'>

/**
 * An alarm leaves the picture when its cause is gone and a person has acknowledged it (ISA-18.2), in either order; one that a
 * standing cause explains leaves with its own cause alone. One that is shelved stays until its shelf ends, so that it
 * comes back to the same place however often it comes.
 */
export function evolveAlarm(picture: Picture, event: AlarmEvent, atMs: number): Change[] {
  if (event.type === 'alarm.raised') {
    const { id } = event.alarm
    const alarm = { ...event.alarm, suppressedBy: causeOf(picture, event.alarm) }
    return [changed('alarm', id, alarm), ...suppressed(picture, alarm)]
  }
  const alarm = picture.alarm.get(event.alarmId)
  if (!alarm) return []
  const after = next(alarm, event, atMs)
  const changes = [changed('alarm', alarm.id, isOver(after) ? null : after)]
  return event.type === 'alarm.cleared' ? [...changes, ...released(picture, alarm)] : changes
}

function next(alarm: Alarm, event: Exclude<AlarmEvent, EventOf<'alarm.raised'>>, atMs: number): Alarm {
  switch (event.type) {
    case 'alarm.cleared':
      return { ...alarm, clearedAtMs: alarm.clearedAtMs ?? atMs }
    case 'alarm.acknowledged':
      return { ...alarm, acknowledged: alarm.acknowledged ?? { seatId: event.seatId, name: event.name, atMs } }
    case 'alarm.shelved': {
      const { seatId, name, untilMs, reason } = event
      return { ...alarm, shelved: { seatId, name, atMs, untilMs, reason } }
    }
    case 'alarm.unshelved':
      // Still there: it asks again. Gone meanwhile: nobody need be asked.
      return { ...alarm, shelved: null, acknowledged: alarm.clearedAtMs === null ? null : alarm.acknowledged }
  }
}

const isOver = (alarm: Alarm): boolean =>
  alarm.clearedAtMs !== null && !alarm.shelved && (alarm.acknowledged !== null || Boolean(alarm.suppressedBy))

function causeOf(picture: Picture, alarm: Alarm): string | null {
  for (const other of picture.alarm.values()) if (explains(other, alarm, picture)) return other.id
  return null
}

/** Alarms that a new one explains. */
function suppressed(picture: Picture, cause: Alarm): Change[] {
  return [...picture.alarm.values()]
    .filter((alarm) => alarm.id !== cause.id && !alarm.suppressedBy && explains(cause, alarm, picture))
    .map((alarm) => ({ ...alarm, suppressedBy: cause.id }))
    .map((alarm) => changed('alarm', alarm.id, isOver(alarm) ? null : alarm))
}

/** The cause is gone: what it explained stands for itself again. */
function released(picture: Picture, cause: Alarm): Change[] {
  return [...picture.alarm.values()]
    .filter((alarm) => alarm.suppressedBy === cause.id)
    .map((alarm) => changed('alarm', alarm.id, { ...alarm, suppressedBy: null }))
}
