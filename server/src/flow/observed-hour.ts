import type { Surge } from '@skerry/contract'
import { dayAt, type HolidayCalendar } from './calendar.ts'
import type { HourBook } from './hour-book.ts'
import { passedThrough, type MinuteBook } from './minute-book.ts'
import { comparableDays, sameHourOn } from './seasonal.ts'
import { queueAt, type StreamParts } from './stream-figures.ts'
import { judgeSurge, type ComparableHour, type SurgePolicy } from './surge.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const HOUR_MIN = 60
const LEAST_MINUTES = 45
/** A queue of up to so many minutes before stands for that of an hour ago, or of now. */
const QUEUE_NEAR_MIN = 5

/**
 * Who wanted to pass in the sixty minutes that end with the newest count, on the same footing as the hours of the book:
 * arrivals where these are known, else who passed. Null where less than three quarters was counted.
 */
export function observedHour(
  book: MinuteBook,
  parts: StreamParts,
  arrivals: boolean,
): { count: number; endMs: number } | null {
  const newestMs = book.newestMinute()?.minuteMs
  if (newestMs === undefined) return null
  let passed = 0
  let arrived: number | null = 0
  let minutes = 0
  for (let i = 0; i < HOUR_MIN; i++) {
    const at = newestMs - i * MINUTE_MS
    const through = passedThrough(book, parts.lanes, at)
    if (through === null) continue
    minutes++
    passed += through
    const sensed: (number | null)[] = parts.lanes.map(({ id }) => book.lane(id, at)?.arrived ?? null)
    arrived =
      arrived === null || sensed.includes(null)
        ? null
        : arrived + sensed.reduce((sum: number, value) => sum + value!, 0)
  }
  if (minutes < LEAST_MINUTES) return null
  const endMs = newestMs + MINUTE_MS
  const scale = HOUR_MIN / minutes
  if (!arrivals) return { count: passed * scale, endMs }
  if (arrived !== null) return { count: arrived * scale, endMs }
  const after = nearQueue(book, parts, newestMs)
  const before = nearQueue(book, parts, newestMs - HOUR_MIN * MINUTE_MS)
  return after === null || before === null ? null : { count: Math.max(0, passed * scale + after - before), endMs }
}

function nearQueue(book: MinuteBook, parts: StreamParts, minuteMs: number): number | null {
  for (let back = 0; back < QUEUE_NEAR_MIN; back++) {
    const waiting = queueAt(book, parts, minuteMs - back * MINUTE_MS)
    if (waiting !== null) return waiting
  }
  return null
}

/** The same sixty minutes of comparable days, from their clock hours, and the hours beside them. */
export function comparableHours(
  hours: Pick<HourBook, 'wanted' | 'knowsArrivals'>,
  endMs: number,
  calendar: HolidayCalendar,
  utcOffsetMin: number,
): ComparableHour[] {
  const later = Math.floor(endMs / HOUR_MS) * HOUR_MS
  const share = (endMs - later) / HOUR_MS
  const day = dayAt(endMs - HOUR_MS / 2, utcOffsetMin)
  return comparableDays(day, calendar).days.flatMap((other): ComparableHour[] => {
    const at = (hourMs: number): number | null => hours.wanted(sameHourOn(hourMs, day, other))
    const [first, second] = [at(later - HOUR_MS), share === 0 ? 0 : at(later)]
    if (first === null || second === null) return []
    // People come one by one; only what boats land comes in lumps that a delay moves to the next hour.
    const around = hours.knowsArrivals()
      ? []
      : [at(later - 2 * HOUR_MS), first, at(later), at(later + HOUR_MS)].filter((count) => count !== null)
    return [{ same: (1 - share) * first + share * second, around }]
  })
}

/** Whether a stream surges now. @param stood it did so a minute ago */
export function surgeNow(
  book: MinuteBook,
  parts: StreamParts,
  hours: Pick<HourBook, 'wanted' | 'knowsArrivals'>,
  ctx: { calendar: HolidayCalendar; utcOffsetMin: number; policy: SurgePolicy; stood: boolean },
): Surge | null {
  const observed = observedHour(book, parts, hours.knowsArrivals())
  if (observed === null) return null
  const comparable = comparableHours(hours, observed.endMs, ctx.calendar, ctx.utcOffsetMin)
  return judgeSurge(Math.round(observed.count), comparable, parts.counts, ctx.policy, ctx.stood)
}
