import { SailingReport, type SAILING_REFUSALS, type SailingReports, type SailingReportsResult } from '@skerry/contract'
import { dayAt, startOfDay, weekdayOf } from '../flow/calendar.ts'
import type { FerryLine } from './ferry-lines.ts'
import type { SailingFacts } from './sailing-facts.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const FUTURE_LIMIT_MS = 5000

type SailingRefusal = (typeof SAILING_REFUSALS)[number]

/** Judges each report by itself. Pure: lines, what is known and the time decide alone. */
export function judgeReports(
  batch: SailingReports,
  ctx: {
    nowMs: number
    utcOffsetMin: number
    lines: readonly FerryLine[]
    known: (report: Pick<SailingReport, 'line' | 'from' | 'scheduledAtMs'>) => SailingFacts | undefined
  },
): { good: SailingReport[]; refused: SailingReportsResult['refused'] } {
  const good: SailingReport[] = []
  const refused: SailingReportsResult['refused'] = []
  batch.sailings.forEach((given, index) => {
    const read = SailingReport.safeParse(given)
    if (!read.success) {
      const [first] = read.error.issues
      const field = first === undefined || first.path.length === 0 ? 'sailing' : first.path.map(String).join('.')
      refused.push({ index, reason: 'malformed', detail: `${field}: ${first?.message ?? 'does not fit'}` })
      return
    }
    const reason = refusal(read.data, ctx)
    if (reason === null) good.push(read.data)
    else refused.push({ index, reason })
  })
  return { good, refused }
}

function refusal(report: SailingReport, ctx: Parameters<typeof judgeReports>[1]): SailingRefusal | null {
  const { nowMs, utcOffsetMin, lines } = ctx
  const { line, from, scheduledAtMs, atMs, extra } = report
  const same = lines.filter(({ id }) => id === line)
  if (same.length === 0) return 'unknown-line'
  const way = same.find((each) => each.from === from)
  if (way === undefined) return 'wrong-terminal'
  const told = [atMs, report.departedAtMs ?? 0, report.arrivedAtMs ?? 0]
  if (Math.max(...told) > nowMs + FUTURE_LIMIT_MS || scheduledAtMs > nowMs + 2 * DAY_MS) return 'future-clock'
  if (scheduledAtMs < nowMs - 2 * DAY_MS) return 'past-clock'
  if (extra !== true && !isInTimetable(way, scheduledAtMs, utcOffsetMin)) return 'not-in-timetable'
  const known = ctx.known(report)
  return known?.saidAtMs != null && atMs < known.saidAtMs ? 'older-than-known' : null
}

export function isInTimetable(line: FerryLine, scheduledAtMs: number, utcOffsetMin: number): boolean {
  const day = dayAt(scheduledAtMs, utcOffsetMin)
  const minute = (scheduledAtMs - startOfDay(day, utcOffsetMin)) / MINUTE_MS
  return line.days.has(weekdayOf(day)) && line.departures.includes(minute)
}
