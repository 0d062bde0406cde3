import { PURGED_TEXT, type Alarm, type Change, type EventOf } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'

/** What an alarm says goes with the words of the call: of most kinds it is their place. */
export const purgedAlarm = (alarm: Alarm): Alarm => ({ ...alarm, detail: PURGED_TEXT, position: null })

/** The case itself has left the picture before. Alarms that still stand for it lose what they said of it. */
export function evolvePurge(picture: Picture, { incidentId, rules, personal }: EventOf<'case.purged'>): Change[] {
  if (!rules.includes(personal ? 'person' : 'messages')) return []
  return [...picture.alarm.values()]
    .filter((alarm) => alarm.incidentId === incidentId)
    .map((alarm) => changed('alarm', alarm.id, purgedAlarm(alarm)))
}
