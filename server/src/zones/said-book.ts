import type { JournalEntry } from '@skerry/contract'
import { causeOf } from './zone-alarms.ts'

/** The newest alarm of one cause: when it began, by its sources, and when it was over; null: stands. */
export interface Said {
  alarmId: string
  fromMs: number
  toMs: number | null
}

/** What zones have said of late and when servers were started, learnt from the journal: after a restart it is not said again. */
export interface SaidBook {
  follow(entry: Pick<JournalEntry, 'event' | 'atMs'>): void
  of(cause: string): Said | null
  /** Starts of servers, oldest first, with the time of the last entry before each; null: there was none. */
  starts(): readonly { atMs: number; lastAtMs: number | null }[]
}

/** @param keptMs alarms raised longer ago than this are forgotten; those that stand are in the picture */
export function createSaidBook(keptMs: number): SaidBook {
  const said = new Map<string, Said & { raisedAtMs: number }>()
  const causes = new Map<string, string>()
  let starts: { atMs: number; lastAtMs: number | null }[] = []

  function forgetOld(nowMs: number): void {
    for (const [cause, { raisedAtMs, alarmId }] of said) {
      if (raisedAtMs > nowMs - keptMs) break // the rest was said later
      said.delete(cause)
      causes.delete(alarmId)
    }
  }
  return {
    follow({ event, atMs }) {
      if (event.type === 'server.started')
        starts = [...starts.filter((one) => one.atMs > atMs - keptMs), { atMs, lastAtMs: event.lastAtMs }]
      else if (event.type === 'alarm.raised' && event.alarm.zoneId != null) {
        forgetOld(atMs)
        const { alarm } = event
        const cause = causeOf(alarm)
        said.delete(cause)
        const fromMs = alarm.happenedAtMs ?? alarm.raisedAtMs
        said.set(cause, { alarmId: alarm.id, fromMs, toMs: null, raisedAtMs: atMs })
        causes.set(alarm.id, cause)
      } else if (event.type === 'alarm.cleared') {
        const known = said.get(causes.get(event.alarmId) ?? '')
        if (known !== undefined) known.toMs ??= atMs
      }
    },
    of: (cause) => said.get(cause) ?? null,
    starts: () => starts,
  }
}
