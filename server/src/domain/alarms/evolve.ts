import type { Change, EventOf } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'

type AlarmEvent = EventOf<'alarm.raised' | 'alarm.cleared' | 'alarm.acknowledged'>

/** An alarm leaves the picture when its cause is gone and a person has acknowledged it (ISA-18.2), in either order. */
export function evolveAlarm(picture: Picture, event: AlarmEvent, atMs: number): Change[] {
  if (event.type === 'alarm.raised') return [changed('alarm', event.alarm.id, event.alarm)]
  const alarm = picture.alarm.get(event.alarmId)
  if (!alarm) return []
  const after =
    event.type === 'alarm.cleared'
      ? { ...alarm, clearedAtMs: alarm.clearedAtMs ?? atMs }
      : { ...alarm, acknowledged: alarm.acknowledged ?? { seatId: event.seatId, name: event.name, atMs } }
  const over = after.clearedAtMs !== null && after.acknowledged !== null
  return [changed('alarm', alarm.id, over ? null : after)]
}
