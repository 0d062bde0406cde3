import type { Service } from '@skerry/contract'
import { dayAt, startOfDay, weekdayOf } from '../flow/calendar.ts'

const MIN_MS = 60_000
/** A line that sails on one day of the week sails within so many days. */
const DAYS_AHEAD = 7

/** Departures of a service as minutes after local midnight, in order, without repeats. */
export function departuresOf(service: Service): number[] {
  if ('departures' in service) return [...new Set(service.departures.map(minuteOf))].sort((a, b) => a - b)
  const [first, last] = [minuteOf(service.first), minuteOf(service.last)]
  const all: number[] = []
  for (let at = first; at <= last; at += service.everyMin) all.push(at)
  return all
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** What is known of one sailing beyond the timetable. */
export interface ToldSailing {
  scheduledAtMs: number
  /** When it leaves from now on; null: it is cancelled, has left, or nobody knows. */
  leavesAtMs: number | null
}
/** One way of a line: its departures as minutes after local midnight, and the days of the week on which it sails. */
export interface Timetable {
  readonly departures: readonly number[]
  readonly days: ReadonlySet<number>
}

/**
 * First boat that leaves at or after a moment, and whether none leaves after it on that day. What was told of a sailing
 * goes before the timetable; a boat that was told of and is in no timetable sails as well. Null where none leaves within
 * a week.
 */
export function nextSailing(
  timetable: Timetable,
  told: readonly ToldSailing[],
  atMs: number,
  utcOffsetMin: number,
): { atMs: number; last: boolean } | null {
  const first = firstSailing(timetable, told, atMs, utcOffsetMin)
  if (first === null) return null
  const day = dayAt(first, utcOffsetMin)
  if (day !== dayAt(atMs, utcOffsetMin)) return { atMs: first, last: false }
  const after = firstSailing(timetable, told, first + 1, utcOffsetMin)
  return { atMs: first, last: after === null || dayAt(after, utcOffsetMin) !== day }
}

function firstSailing(
  { departures, days }: Timetable,
  told: readonly ToldSailing[],
  atMs: number,
  utcOffsetMin: number,
): number | null {
  let first = Infinity
  for (const { leavesAtMs } of told) if (leavesAtMs !== null && leavesAtMs >= atMs) first = Math.min(first, leavesAtMs)
  const today = dayAt(atMs, utcOffsetMin)
  for (let day = today; day <= today + DAYS_AHEAD; day++) {
    const midnightMs = startOfDay(day, utcOffsetMin)
    if (midnightMs >= first) return first
    if (!days.has(weekdayOf(day))) continue
    for (let i = day === today ? firstFrom(departures, (atMs - midnightMs) / MIN_MS) : 0; i < departures.length; i++) {
      const scheduledAtMs = midnightMs + departures[i]! * MIN_MS
      if (scheduledAtMs >= first) return first
      if (!told.some((each) => each.scheduledAtMs === scheduledAtMs)) return scheduledAtMs
    }
  }
  return Number.isFinite(first) ? first : null
}

/** Index of the first minute that is not before another. */
function firstFrom(minutes: readonly number[], minute: number): number {
  let low = 0
  let high = minutes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (minutes[middle]! < minute) low = middle + 1
    else high = middle
  }
  return low
}
