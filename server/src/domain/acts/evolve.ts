import { actId, type Change, type EventOf, type EventType } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type ActEvent = EventOf<Extract<EventType, `act.${string}`>>

/** Sensitive acts. One that has ended stays with its room. */
export function evolveAct(picture: Picture, event: ActEvent, atMs: number): Change[] {
  const id = actId(event.incidentId, event.number)
  switch (event.type) {
    case 'act.asked': {
      const { type: _type, ...facts } = event
      return [
        changed('act', id, {
          ...facts,
          state: 'waiting',
          askedAtMs: atMs,
          approvedBy: null,
          approvedAtMs: null,
          untilMs: null,
          endedAtMs: null,
          because: null,
          endReason: null,
        }),
      ]
    }
    case 'act.approved':
      return patched(picture, 'act', id, {
        state: 'running',
        approvedBy: event.by,
        approvedAtMs: atMs,
        untilMs: event.untilMs,
      })
    case 'act.ended':
      return patched(picture, 'act', id, {
        state: 'ended',
        endedAtMs: atMs,
        because: event.because,
        endReason: event.reason,
      })
    case 'act.opened': // for the record alone
      return []
  }
}
