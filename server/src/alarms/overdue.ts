import type { DomainEvent, Incident, JournalEntry, Priority } from '@skerry/contract'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import type { Picture } from '../picture/picture.ts'

/** How long an incident may stay in a state before someone is asked, seconds; null: as long as it takes. */
const GOAL_S: Readonly<Partial<Record<Incident['state'], Readonly<Record<Priority, number | null>>>>> = {
  received: { critical: 300, warning: null, notice: null },
  dispatched: { critical: 120, warning: 300, notice: 600 },
}

/** Since when each incident has been in its state, learnt from the journal: the same live and after a restart. */
export interface OverdueWatch {
  follow(entry: Pick<JournalEntry, 'event' | 'atMs'>): void
  due(picture: Picture, ctx: { nowMs: number; newId: () => string }): DomainEvent[]
}

export function createOverdueWatch(): OverdueWatch {
  const since = new Map<string, number>()
  return {
    follow({ event, atMs }) {
      if (event.type === 'incident.reported') since.set(event.incident.id, atMs)
      else if (event.type === 'incident.state-changed') since.set(event.incidentId, atMs)
      else if (event.type === 'incident.step-withdrawn') {
        // Back in an earlier state, and so since it was first reached; one that stays as it is keeps its time.
        since.set(event.incidentId, event.times[event.state] ?? since.get(event.incidentId) ?? atMs)
      } else if (event.type === 'incident.closed') since.delete(event.incidentId)
    },
    due(picture, ctx) {
      const events: DomainEvent[] = []
      for (const alarm of picture.alarm.values()) {
        if (alarm.kind !== 'overdue' || alarm.clearedAtMs !== null) continue
        const state = picture.incident.get(alarm.subject.id)?.state
        if (state !== alarm.key) events.push(...clearAlarm(picture, 'overdue', alarm.subject.id, alarm.key))
      }
      for (const [id, sinceMs] of since) {
        const incident = picture.incident.get(id)
        const goalS = incident && GOAL_S[incident.state]?.[incident.priority]
        if (!incident || goalS == null || ctx.nowMs - sinceMs <= goalS * 1000) continue
        events.push(
          ...raiseAlarm(picture, ctx, {
            priority: 'warning',
            kind: 'overdue',
            subject: { kind: 'incident', id },
            key: incident.state,
            incidentId: id,
            detail: `#${incident.number} ${incident.place}`,
            position: incident.position,
          }),
        )
      }
      return events
    },
  }
}
