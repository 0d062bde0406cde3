import type { AlarmKind, AlarmMeasures, JournalEntry, Priority } from '@skerry/contract'
import { FLOOD } from '@skerry/contract'

/** What the ledger keeps of one raising of an alarm. */
interface Raised {
  id: string
  kind: AlarmKind
  source: string
  priority: Priority
  atMs: number
  ackAtMs: number | null
  ackBy: string | null
  clearedAtMs: number | null
  /** Raised while a standing cause explained it: nobody was asked. */
  suppressed: boolean
}

/** The longest span that is asked for is a month; what still stands is kept for as long as it stands. */
const KEPT_MS = 31 * 24 * 3_600_000
/** Three times in a minute is chatter (ISA-18.2). */
const CHATTER = { times: 3, withinMs: 60_000 } as const
/** Standing for longer than this it has become part of the furniture (ISA-18.2: stale). */
const STALE_MS = 24 * 3_600_000

/** The load that alarms put on people, kept from the journal alone. */
export interface AlarmLedger {
  follow(entry: JournalEntry, suppressed: (alarmId: string) => boolean): void
  measures(fromMs: number, toMs: number): AlarmMeasures
  /** What the measures are of, for percentiles with their interval. */
  samples(fromMs: number, toMs: number): AlarmSamples
}

export interface AlarmSamples {
  /** Alarms that asked somebody, in each whole hour from the beginning of the span (or of the record) on. */
  perHour: number[]
  /** From raised to acknowledged, seconds, of those raised in the span. */
  acknowledgeS: number[]
}

export function createAlarmLedger(): AlarmLedger {
  let raised: Raised[] = []
  const open = new Map<string, Raised>()
  /** Before this nothing was recorded, so that nothing can be said of it. */
  let firstAtMs: number | null = null

  return {
    follow({ event, atMs, actor }, suppressed) {
      firstAtMs ??= atMs
      if (event.type === 'alarm.raised') {
        const { id, kind, subject, key = '', priority } = event.alarm
        const standing = open.get(id)
        if (event.alarm.late && standing?.clearedAtMs === null) return // the same, with a better time
        const one: Raised = {
          id,
          kind,
          source: `${kind} ${subject.id} ${key}`.trim(),
          priority,
          atMs,
          ackAtMs: null,
          ackBy: null,
          clearedAtMs: null,
          suppressed: suppressed(id),
        }
        raised.push(one)
        open.set(id, one)
        if (raised.length % 1000 === 0) {
          raised = raised.filter((r) => atMs - r.atMs <= KEPT_MS || r.clearedAtMs === null)
          for (const [known, r] of open) if (atMs - r.atMs > KEPT_MS && r.clearedAtMs !== null) open.delete(known)
        }
        return
      }
      if (event.type !== 'alarm.acknowledged' && event.type !== 'alarm.cleared') return
      const one = open.get(event.alarmId)
      if (!one) return
      if (event.type === 'alarm.cleared') one.clearedAtMs ??= atMs
      else if (one.ackAtMs === null) {
        one.ackAtMs = atMs
        one.ackBy = actor.kind === 'seat' ? actor.seat.name : event.name
      }
    },
    measures: (fromMs, toMs) => measure(raised, begin(fromMs, toMs), toMs),
    samples: (fromMs, toMs) => sample(raised, begin(fromMs, toMs), toMs),
  }
  function begin(fromMs: number, toMs: number): number {
    return Math.min(toMs, Math.max(fromMs, toMs - KEPT_MS, firstAtMs ?? toMs))
  }
}

const HOUR_MS = 3_600_000

function sample(all: readonly Raised[], fromMs: number, toMs: number): AlarmSamples {
  const perHour = Array.from({ length: Math.floor((toMs - fromMs) / HOUR_MS) }, () => 0)
  const acknowledgeS: number[] = []
  for (const { suppressed, atMs, ackAtMs } of all) {
    if (suppressed || atMs < fromMs || atMs > toMs) continue
    const hour = Math.floor((atMs - fromMs) / HOUR_MS)
    if (hour < perHour.length) perHour[hour]!++
    if (ackAtMs !== null && ackAtMs <= toMs) acknowledgeS.push((ackAtMs - atMs) / 1000)
  }
  return { perHour, acknowledgeS }
}

function measure(all: readonly Raised[], fromMs: number, toMs: number): AlarmMeasures {
  const asked = all.filter((r) => !r.suppressed && r.atMs >= fromMs && r.atMs <= toMs)
  const hours = Math.max((toMs - fromMs) / 3_600_000, 1e-9)
  const acks = asked.filter((r) => r.ackAtMs !== null && r.ackAtMs <= toMs)
  const waits = acks.map((r) => (r.ackAtMs! - r.atMs) / 1000).sort((a, b) => a - b)
  const standing = all.filter((r) => r.atMs <= toMs && (r.clearedAtMs === null || r.clearedAtMs > toMs))
  return {
    fromMs,
    toMs,
    raised: asked.length,
    suppressed: all.filter((r) => r.suppressed && r.atMs >= fromMs && r.atMs <= toMs).length,
    perHour: asked.length / hours,
    priorities: countBy(asked, (r) => r.priority),
    seats: [...group(acks, (r) => r.ackBy!)]
      .map(([name, rows]) => ({ name, acknowledged: rows.length, perHour: rows.length / hours }))
      .sort((a, b) => b.acknowledged - a.acknowledged || (a.name < b.name ? -1 : 1)),
    acknowledge: {
      n: waits.length,
      p50S: percentile(waits, 0.5),
      p90S: percentile(waits, 0.9),
      waiting: asked.length - acks.length,
    },
    standing: standing.length,
    stale: standing.filter((r) => toMs - r.atMs > STALE_MS).length,
    chattering: [...group(asked, (r) => r.source)]
      .filter(([, rows]) => chatters(rows))
      .map(([source, rows]) => ({ source, times: rows.length })),
    floodShare: floodShare(
      asked.map((r) => r.atMs),
      fromMs,
      toMs,
    ),
    worst: [...group(asked, (r) => r.source)]
      .map(([source, rows]) => ({ source, kind: rows[0]!.kind, times: rows.length }))
      .sort((a, b) => b.times - a.times || (a.source < b.source ? -1 : 1))
      .slice(0, 10),
  }
}

function group<T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row])
  return groups
}

function countBy(rows: readonly Raised[], by: (row: Raised) => Priority): Record<Priority, number> {
  const counts = { critical: 0, warning: 0, notice: 0 }
  for (const row of rows) counts[by(row)]++
  return counts
}

/** Nearest-rank percentile of sorted values; null of none. */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null

function chatters(rows: readonly Raised[]): boolean {
  for (let i = CHATTER.times - 1; i < rows.length; i++)
    if (rows[i]!.atMs - rows[i - CHATTER.times + 1]!.atMs <= CHATTER.withinMs) return true
  return false
}

/** Share of the span in which more alarms than one operator can answer had come in the ten minutes before. */
function floodShare(times: readonly number[], fromMs: number, toMs: number): number {
  let floodMs = 0
  let until = fromMs
  for (let i = FLOOD.alarms; i < times.length; i++) {
    const first = times[i - FLOOD.alarms]!
    if (times[i]! - first > FLOOD.withinMs) continue
    const from = Math.max(times[i]!, until)
    until = Math.max(until, Math.min(toMs, first + FLOOD.withinMs))
    floodMs += Math.max(0, until - from)
  }
  return toMs > fromMs ? floodMs / (toMs - fromMs) : 0
}
