import { gaussian, streamFor } from '../../base/rand.ts'

const SHANGHAI_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** Local day in Asia/Shanghai (no summer time), days since 1970. */
export const dayOf = (ms: number): number => Math.floor((ms + SHANGHAI_MS) / DAY_MS)
export const minuteOfDay = (ms: number): number => Math.floor((ms + SHANGHAI_MS) / 60_000) % 1440
export const startOfDay = (day: number): number => day * DAY_MS - SHANGHAI_MS
/** 1 Monday to 7 Sunday. */
export const weekday = (day: number): number => ((day + 3) % 7) + 1

const OF_WEEK = [1, 0.97, 0.98, 1.02, 1.12, 1.3, 1.24] as const

/** The demo city's own holidays: National Day, Labour Day, New Year's Day. */
function isHoliday(day: number): boolean {
  const date = new Date(day * DAY_MS)
  const [month, of] = [date.getUTCMonth() + 1, date.getUTCDate()]
  return (month === 10 && of <= 7) || (month === 5 && of <= 5) || (month === 1 && of === 1)
}

/** How much busier a day is than a usual one: weekday, holidays, growth by the year, weather that lasts some days. */
export function dayFactor(seed: number, day: number): number {
  const weather = gaussian(streamFor(seed, 'day', day)) + 0.6 * gaussian(streamFor(seed, 'day', day - 1))
  const growth = 1.04 ** (new Date(day * DAY_MS).getUTCFullYear() - 2024)
  return OF_WEEK[weekday(day) - 1]! * (isHoliday(day) ? 2.1 : 1) * growth * Math.exp(0.09 * weather - 0.006)
}

/** How much busier one hour of one way is than the day says. */
export const hourFactor = (seed: number, way: string, hour: number): number =>
  Math.exp(0.09 * gaussian(streamFor(seed, 'hour', way, hour)) - 0.004)

/** Fog lies on the water in some mornings: until this minute of the day; null for a clear day. */
export function fogUntil(seed: number, day: number): number | null {
  const rand = streamFor(seed, 'fog', day)
  return rand() < 0.05 ? 7 * 60 + Math.floor(rand() * 240) : null
}
