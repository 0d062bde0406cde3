import { PURGED_TEXT, type Alarm, type Change, type EventOf } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

/** What an alarm says goes with the words of the call: of most kinds it is their place. */
export const purgedAlarm = (alarm: Alarm): Alarm => ({ ...alarm, detail: PURGED_TEXT, position: null })

/** The case itself has left the picture before. Alarms that still stand for it lose what they said of it. */
export function evolvePurge(picture: Picture, { incidentId, rules, personal }: EventOf<'case.purged'>): Change[] {
  if (!rules.includes(personal ? 'person' : 'messages')) return []
  return [...picture.alarm.values()]
    .filter((alarm) => alarm.incidentId === incidentId)
    .map((alarm) => changed('alarm', alarm.id, purgedAlarm(alarm)))
}

type HoldEvent = EventOf<'case.held' | 'case.lift-asked' | 'case.lift-refused' | 'case.released'>

/** Holds, by incident, whether or not it has left the picture. */
export function evolveHold(picture: Picture, event: HoldEvent, atMs: number): Change[] {
  const { incidentId } = event
  switch (event.type) {
    case 'case.held': {
      const { type: _type, ...facts } = event
      return [changed('hold', incidentId, { ...facts, atMs, lift: null })]
    }
    case 'case.lift-asked':
      return patched(picture, 'hold', incidentId, { lift: { reason: event.reason, by: event.by, atMs } })
    case 'case.lift-refused':
      return patched(picture, 'hold', incidentId, { lift: null })
    case 'case.released':
      return [changed('hold', incidentId, null)]
  }
}
