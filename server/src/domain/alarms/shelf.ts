import type { DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

/** Shelves whose time is over. */
export function shelvesOver(picture: Picture, nowMs: number): DomainEvent[] {
  return [...picture.alarm.values()]
    .filter(({ shelved }) => shelved != null && shelved.untilMs <= nowMs)
    .map(({ id }) => ({ type: 'alarm.unshelved', alarmId: id, seatId: null, name: null }))
}
