import type { Lane } from '@skerry/contract'
import { hourFlow, type HourBook, type LaneHour } from './hour-book.ts'
import { BOOK_MIN, passedIn, passedThrough, type MinuteBook } from './minute-book.ts'
import { queueAt, type StreamParts } from './stream-figures.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Writes the hours that the minute book still holds whole into a stream's hours, so that late minutes count in them. */
export function noteHours(book: MinuteBook, parts: StreamParts, hours: HourBook, nowMs: number): void {
  const thisHour = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  for (let back = 1; back <= Math.floor(BOOK_MIN / 60) - 1; back++) {
    const hourMs = thisHour - back * HOUR_MS
    const flow = hourFlow(
      parts.lanes.map((lane) => laneHour(book, lane, hourMs)),
      { before: queueAtEnd(book, parts, hourMs), after: queueAtEnd(book, parts, hourMs + HOUR_MS) },
    )
    if (flow.passed !== null) hours.put(hourMs, flow)
  }
}

/** What was counted of an hour that still runs, on the same footing as its hours. */
export function partOfHour(
  book: MinuteBook,
  parts: StreamParts,
  hours: HourBook,
  hourMs: number,
): { count: number; minutes: number } {
  let [count, minutes, lastMs] = [0, 0, hourMs]
  for (let at = hourMs; at < hourMs + HOUR_MS; at += MINUTE_MS) {
    const passed = passedThrough(book, parts.lanes, at)
    if (passed === null) continue
    count += passed
    minutes++
    lastMs = at + MINUTE_MS
  }
  if (!hours.knowsArrivals()) return { count, minutes }
  const before = queueAtEnd(book, parts, hourMs)
  const after = queueAtEnd(book, parts, lastMs)
  if (before === null || after === null) return { count: 0, minutes: 0 }
  return { count: Math.max(0, count + after - before), minutes }
}

function laneHour(book: MinuteBook, { id }: Lane, hourMs: number): LaneHour | null {
  const sum: LaneHour = { passed: 0, arrived: 0, minutes: 0 }
  for (let at = hourMs; at < hourMs + HOUR_MS; at += MINUTE_MS) {
    const minute = book.lane(id, at)
    const passed = passedIn(minute)
    if (passed === null) continue
    sum.passed += passed
    sum.minutes++
    sum.arrived = sum.arrived === null || minute?.arrived == null ? null : sum.arrived + minute.arrived
  }
  return sum.minutes === 0 ? null : sum
}

/** Who waited when an hour began. */
function queueAtEnd(book: MinuteBook, parts: StreamParts, atMs: number): number | null {
  for (let back = 1; back <= 5; back++) {
    const queue = queueAt(book, parts, atMs - back * MINUTE_MS)
    if (queue !== null) return queue
  }
  return null
}
