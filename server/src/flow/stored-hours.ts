import type { CheckpointCountStore } from '../store/checkpoint-counts.ts'
import type { HolidayCalendar } from './calendar.ts'
import { hourFlow, type HourBook, type LaneHour } from './hour-book.ts'
import type { StreamParts } from './stream-figures.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** Former years whose days of a holiday are read when it comes. */
const FORMER_YEARS = 4

export interface Span {
  fromMs: number
  toMs: number
}

/** Reads what is stored of the hours of one checkpoint in a span, each stream's into its own book. */
export async function readStoredHours(
  store: Pick<CheckpointCountStore, 'laneSums' | 'queueEnds'>,
  checkpointId: string,
  streams: readonly { parts: StreamParts; hours: HourBook }[],
  { fromMs, toMs }: Span,
): Promise<void> {
  const firstMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS
  const sums = await store.laneSums(checkpointId, firstMs, toMs, 60)
  const ends = await store.queueEnds(checkpointId, firstMs, toMs, 60)
  const lanes = new Map<string, LaneHour>()
  for (const { lane, startMs, minutes, valid, manual, arrived } of sums)
    if (valid !== null) lanes.set(`${lane} ${startMs}`, { passed: valid + (manual ?? 0), arrived, minutes })
  const queues = new Map(
    ends.map(({ direction, counts, line, startMs, waiting: end }) => [
      `${direction} ${counts} ${line ?? ''} ${startMs}`,
      end,
    ]),
  )
  const endOf = ({ direction, counts, lines }: StreamParts, hourMs: number): number | null => {
    const whole = queues.get(`${direction} ${counts}  ${hourMs}`)
    if (whole !== undefined) return whole
    let sum = 0
    for (const line of lines) {
      const end = line === null ? undefined : queues.get(`${direction} ${counts} ${line} ${hourMs}`)
      if (end == null) return null
      sum += end
    }
    return lines.length === 0 ? null : sum
  }
  const hoursSeen = new Set(sums.map(({ startMs }) => startMs))
  for (const { parts, hours } of streams)
    for (const hourMs of hoursSeen)
      hours.put(
        hourMs,
        hourFlow(
          parts.lanes.map((lane) => lanes.get(`${lane.id} ${hourMs}`) ?? null),
          { before: endOf(parts, hourMs - HOUR_MS), after: endOf(parts, hourMs) },
        ),
      )
}

/** The days of former years that a holiday of today or tomorrow is compared with. */
export function formerHolidays(
  calendar: Pick<HolidayCalendar, 'holidayOn' | 'holidays'>,
  utcOffsetMin: number,
  nowMs: number,
): Span[] {
  const today = Math.floor((nowMs + utcOffsetMin * MINUTE_MS) / DAY_MS)
  const holiday = calendar.holidayOn(today) ?? calendar.holidayOn(today + 1)
  if (holiday === null) return []
  const firstYear = new Date(nowMs).getUTCFullYear() - FORMER_YEARS
  return calendar.holidays
    .filter(({ id, year }) => id === holiday.id && year < holiday.year && year >= firstYear)
    .map(({ from, to }) => ({
      fromMs: from * DAY_MS - utcOffsetMin * MINUTE_MS,
      toMs: (to + 1) * DAY_MS - utcOffsetMin * MINUTE_MS,
    }))
}
