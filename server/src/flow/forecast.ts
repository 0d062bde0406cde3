import type { FlowAhead, Spread, UsualFlow } from '@skerry/contract'
import { dayAt, type HolidayCalendar } from './calendar.ts'
import { fitLevel, followLevel, passHour, predict, see, type Level, type LevelPolicy, type SeenHour } from './level.ts'
import { quantiles } from './negative-binomial.ts'
import { queuePaths, waitMin, type ServicePlan } from './queue-paths.ts'
import type { QueueRecord } from './queue-record.ts'
import { comparableDays, learnSeasonal, sameHourOn, type HourOf, type Seasonal } from './seasonal.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Hours of the past that the level of now is followed through, and that its policy is fitted to. */
const FOLLOW_H = 72
const FIT_H = 6 * 7 * 24
/** What is said ahead: every quarter of an hour for three hours. */
export const AHEAD_MIN = 180
const STEP_MIN = 15
const PATHS = 240
const NINE_TENTHS = [0.05, 0.5, 0.95] as const
/** Hours from which on the hours of the week are worth saying: two days. */
const LEAST_HOURS = 48

/** What was learnt of one stream; made anew once a day. */
export interface FlowModel {
  seasonal: Seasonal
  policy: LevelPolicy
}

/** Null where too little was counted to say what an hour of the week brings. */
export function learnFlow(
  hourOf: HourOf,
  nowMs: number,
  calendar: HolidayCalendar,
  utcOffsetMin: number,
): FlowModel | null {
  const seasonal = learnSeasonal(hourOf, nowMs, calendar, utcOffsetMin)
  if (seasonal.n < LEAST_HOURS) return null
  return { seasonal, policy: fitLevel(fittingHours(hourOf, seasonal, nowMs)) }
}

/** Each hour against a mean that it is not part of: else history would look less uncertain than the future is. */
function fittingHours(hourOf: HourOf, seasonal: Seasonal, nowMs: number): SeenHour[] {
  const thisHour = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  return Array.from({ length: FIT_H }, (_, i) => {
    const hourMs = thisHour - (FIT_H - i) * HOUR_MS
    const count = hourOf(hourMs)
    return { count, rate: seasonal.at(hourMs, count ?? undefined) }
  })
}

function seenHours(hourOf: HourOf, seasonal: Seasonal, nowMs: number, hours: number): SeenHour[] {
  const thisHour = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  return Array.from({ length: hours }, (_, i) => {
    const hourMs = thisHour - (hours - i) * HOUR_MS
    return { count: hourOf(hourMs), rate: seasonal.at(hourMs) }
  })
}

/** How busy it is now: after the hours that are over, and what was counted of this one. */
export function levelNow(
  { seasonal, policy }: FlowModel,
  hourOf: HourOf,
  thisHour: { count: number; minutes: number },
  nowMs: number,
): Level {
  const level = passHour(followLevel(seenHours(hourOf, seasonal, nowMs, FOLLOW_H), policy), policy)
  const rate = seasonal.at(Math.floor(nowMs / HOUR_MS) * HOUR_MS)
  if (rate === null || thisHour.minutes === 0) return level
  return see(level, thisHour.count, (rate.perHour * thisHour.minutes) / 60, policy)
}

/** Count of a whole hour that begins `hours` after the current one began, nine tenths of the time within the spread. */
export function hourAhead({ seasonal, policy }: FlowModel, level: Level, nowMs: number, hours: number): Spread | null {
  const rate = seasonal.at((Math.floor(nowMs / HOUR_MS) + hours) * HOUR_MS)
  if (rate === null) return null
  let then = level
  for (let i = 0; i < hours; i++) then = passHour(then, policy)
  const { mean, size } = predict(then, rate, policy)
  const [p05, p50, p95] = quantiles(mean, size, NINE_TENTHS)
  return { p05: p05!, p50: p50!, p95: p95! }
}

/**
 * The next three hours.
 * @param queue null where nobody knows who waits, or how they are served
 * @param record how queues came out that were forecast before: it keeps this one, and widens its intervals by them
 */
export function flowAhead(
  model: FlowModel,
  level: Level,
  queue: { waiting: number; plan: ServicePlan } | null,
  nowMs: number,
  record: QueueRecord | null = null,
): FlowAhead[] | null {
  const atMs = Array.from({ length: AHEAD_MIN / STEP_MIN }, (_, i) => nowMs + (i + 1) * STEP_MIN * MINUTE_MS)
  const hours = Array.from({ length: 2 + AHEAD_MIN / 60 }, (_, i) => hourAhead(model, level, nowMs, i))
  const paths =
    queue === null
      ? null
      : queuePaths({ ...queue, ...model, level, nowMs, atMs, paths: PATHS, seed: Math.floor(nowMs / HOUR_MS) })
  record?.forecast(nowMs, paths?.map((each) => each?.waiting ?? null) ?? [])
  const ahead = atMs.map((at, i): FlowAhead | null => {
    const perHour = hours[Math.floor(at / HOUR_MS) - Math.floor(nowMs / HOUR_MS)]
    if (perHour == null) return null
    const path = paths?.[i] ?? null
    if (path === null || queue === null) return { atMs: at, perHour, waiting: null, waitMin: null }
    const waiting = record === null ? path.waiting : record.widened((at - nowMs) / HOUR_MS, path.waiting)
    return { atMs: at, perHour, waiting, waitMin: path.waitMin && widenedWait(queue.plan, path.waitMin, waiting, at) }
  })
  const first = ahead.indexOf(null)
  const known = (first < 0 ? ahead : ahead.slice(0, first)).filter((each) => each !== null)
  return known.length === 0 ? null : known
}

/** The wait that goes with a queue whose interval was widened; null where a queue so long has none that is known. */
function widenedWait(plan: ServicePlan, wait: Spread, { p05, p95 }: Spread, atMs: number): Spread | null {
  const [least, most] = [waitMin(plan, p05 + 1, atMs), waitMin(plan, p95 + 1, atMs)]
  if (least === null || most === null) return null
  return { p05: Math.min(wait.p05, Math.round(least)), p50: wait.p50, p95: Math.max(wait.p95, Math.round(most)) }
}

/** The same hour of comparable days; null where there are fewer than three. */
export function usualFlow(
  hourOf: HourOf,
  hourMs: number,
  calendar: HolidayCalendar,
  utcOffsetMin: number,
): UsualFlow | null {
  const day = dayAt(hourMs, utcOffsetMin)
  const { days, basis } = comparableDays(day, calendar)
  const counts = days
    .map((other) => hourOf(sameHourOn(hourMs, day, other)))
    .filter((count) => count !== null)
    .toSorted((a, b) => a - b)
  if (counts.length < 3) return null
  const at = (p: number): number => {
    const place = p * (counts.length - 1)
    const low = Math.floor(place)
    return counts[low]! + (place - low) * ((counts[low + 1] ?? counts[low]!) - counts[low]!)
  }
  const [p05, p50, p95] = NINE_TENTHS.map((p) => Math.round(at(p)))
  return { perHour: { p05: p05!, p50: p50!, p95: p95! }, n: counts.length, basis }
}
