import { dayAt, hourAt, weekdayOf, type Day, type HolidayCalendar } from './calendar.ts'

/** Weeks of history that say what is usual. */
export const WEEKS = 8
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** A week counts for so much of the week after it. */
const WEEK_WEIGHT = 0.92
/** The mean of all days of a kind counts as much as so many weeks of one weekday. */
const POOL_WEEKS = 1.5

const weekWeight = (hoursBack: number): number => WEEK_WEIGHT ** Math.floor(hoursBack / (7 * 24))

/** What came in an hour, scaled to sixty counted minutes; null where too little of it was counted. */
export type HourOf = (hourMs: number) => number | null

/** The same hour on another local day. */
export const sameHourOn = (hourMs: number, day: Day, other: Day): number => hourMs + (other - day) * DAY_MS

/** Days to compare a day with, newest first, and what they have in common with it. */
export interface Comparable {
  days: readonly Day[]
  basis: 'same-weekday' | 'workdays' | 'rest-days' | 'former-holidays'
}

/**
 * Days of the last weeks that a day is like: the same weekday; for a weekend day that is worked, the workdays; for a day
 * of a public holiday, the days off, and the same days of that holiday in former years where they were counted.
 */
export function comparableDays(day: Day, calendar: HolidayCalendar): Comparable {
  const before = Array.from({ length: WEEKS * 7 }, (_, i) => day - 1 - i)
  const isUsual = (other: Day): boolean => !isOdd(other, calendar)
  const holiday = calendar.holidayOn(day)
  if (holiday !== null) {
    const offset = day - holiday.anchor
    const former = calendar.holidays
      .filter(({ id, year }) => id === holiday.id && year < holiday.year)
      .map(({ anchor, from, to }) => ({ day: anchor + offset, from, to }))
      .filter(({ day: same, from, to }) => same >= from && same <= to)
      .map(({ day: same }) => same)
    const rest = before.filter((other) => calendar.isRest(other) && isUsual(other))
    return former.length >= 2
      ? { days: [...former.reverse(), ...rest], basis: 'former-holidays' }
      : { days: [...rest, ...former], basis: 'rest-days' }
  }
  if (calendar.isMadeUp(day))
    return { days: before.filter((other) => !calendar.isRest(other) && isUsual(other)), basis: 'workdays' }
  return { days: before.filter((other) => (day - other) % 7 === 0 && isUsual(other)), basis: 'same-weekday' }
}

/** Mean of an hour of the week, and how uncertain the mean itself is (relative variance). */
export interface SlotRate {
  perHour: number
  relativeVariance: number
}

/** What each hour of a week usually brings. */
export interface Seasonal {
  /**
   * Null where nothing comparable was ever counted.
   * @param without the count of that very hour, to leave it out of its own mean
   */
  at(hourMs: number, without?: number): SlotRate | null
  /** Hours that it was learnt from. */
  n: number
}

/**
 * Learns the hours of the week from the last eight weeks: the mean of each weekday's hour, newer weeks counting more, drawn
 * towards the mean of all workdays, or all days off, by as much as one and a half weeks (an empirical Bayes estimate: with
 * few weeks a single odd one must not become the rule). Public holidays and weekend days that are worked do not enter.
 */
export function learnSeasonal(
  hourOf: HourOf,
  nowMs: number,
  calendar: HolidayCalendar,
  utcOffsetMin: number,
): Seasonal {
  const slots = new Map<number, { sum: number; weight: number; squares: number }>()
  const pools = new Map<number, { sum: number; weight: number }>()
  let n = 0
  const lastMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - HOUR_MS
  for (let back = 0; back < WEEKS * 7 * 24; back++) {
    const hourMs = lastMs - back * HOUR_MS
    const day = dayAt(hourMs, utcOffsetMin)
    const count = isOdd(day, calendar) ? null : hourOf(hourMs)
    if (count === null) continue
    n++
    const weight = weekWeight(back)
    const hour = hourAt(hourMs, utcOffsetMin)
    const slot = ofMap(slots, weekdayOf(day) * 24 + hour, () => ({ sum: 0, weight: 0, squares: 0 }))
    slot.sum += weight * count
    slot.weight += weight
    slot.squares += weight * weight
    const pool = ofMap(pools, (weekdayOf(day) > 5 ? 24 : 0) + hour, () => ({ sum: 0, weight: 0 }))
    pool.sum += weight * count
    pool.weight += weight
  }
  const poolOf = (rest: boolean, hour: number): number | null => {
    const pool = pools.get((rest ? 24 : 0) + hour) ?? pools.get((rest ? 0 : 24) + hour)
    return pool === undefined ? null : pool.sum / pool.weight
  }
  return {
    n,
    at(hourMs, without) {
      const day = dayAt(hourMs, utcOffsetMin)
      const hour = hourAt(hourMs, utcOffsetMin)
      const rest = calendar.isRest(day)
      const pool = poolOf(rest, hour)
      if (pool === null) return null
      const odd = isOdd(day, calendar)
      const slot = odd ? undefined : slots.get(weekdayOf(day) * 24 + hour)
      if (slot === undefined) return { perHour: pool, relativeVariance: odd ? ODD_DAY_VARIANCE : NEW_SLOT_VARIANCE }
      const own = without === undefined ? 0 : weekWeight((lastMs - hourMs) / HOUR_MS)
      const sum = slot.sum - own * (without ?? 0) + POOL_WEEKS * pool
      const weight = slot.weight - own + POOL_WEEKS
      const perHour = Math.max(0, sum / weight)
      // Of the mean of n hours that vary by themselves: their own variance over the effective n.
      const effective = weight ** 2 / (slot.squares - own * own + POOL_WEEKS)
      return { perHour, relativeVariance: HOUR_VARIANCE / effective + (perHour > 0 ? 1 / (perHour * effective) : 0) }
    },
  }
}

/** Relative variance of one hour about its usual mean that is taken before anything was learnt (sd 20 %). */
const HOUR_VARIANCE = 0.04
/** A public holiday may bring half or twice as much as a day off; what the day itself tells narrows it down. */
const ODD_DAY_VARIANCE = 0.35
const NEW_SLOT_VARIANCE = 0.1

/** A public holiday, or a weekend day that is worked: no day of its week. */
const isOdd = (day: Day, calendar: HolidayCalendar): boolean =>
  calendar.holidayOn(day) !== null || calendar.isMadeUp(day)

function ofMap<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Length of the history that says what is usual. */
export const HISTORY_MS = WEEKS * 7 * DAY_MS
