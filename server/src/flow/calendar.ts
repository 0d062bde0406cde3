import { readConfigText } from '@skerry/contract'
import { z } from 'zod'

const DAY_MS = 86_400_000

/** A local calendar day: days since 1970-01-01. */
export type Day = number

export const dayAt = (atMs: number, utcOffsetMin: number): Day => Math.floor((atMs + utcOffsetMin * 60_000) / DAY_MS)
/** Start of a local day, ms since 1970 UTC. */
export const startOfDay = (day: Day, utcOffsetMin: number): number => day * DAY_MS - utcOffsetMin * 60_000
export const hourAt = (atMs: number, utcOffsetMin: number): number =>
  Math.floor(atMs / 3_600_000 + utcOffsetMin / 60) % 24
/** 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1
/** `yyyy-mm-dd`. */
export const dayText = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
export const dayOfText = (text: string): Day => Date.parse(`${text}T00:00:00Z`) / DAY_MS
export const yearOf = (day: Day): number => new Date(day * DAY_MS).getUTCFullYear()

const HolidayFile = z.strictObject({
  source: z.string(),
  years: z.array(
    z.strictObject({
      year: z.number().int(),
      notice: z.string(),
      holidays: z.array(
        z.strictObject({
          id: z.string().regex(/^[a-z-]{1,40}$/),
          /** First and last day off, and the festival day that years are aligned by. */
          from: z.iso.date(),
          to: z.iso.date(),
          anchor: z.iso.date(),
        }),
      ),
      /** Weekend days on which people work. */
      workdays: z.array(z.iso.date()),
    }),
  ),
})

export interface Holiday {
  id: string
  year: number
  from: Day
  to: Day
  anchor: Day
}

/** Public holidays and the weekend days that are worked for them. A year without a notice is not known. */
export interface HolidayCalendar {
  source: string
  years: readonly number[]
  holidays: readonly Holiday[]
  holidayOn(day: Day): Holiday | null
  /** A Saturday or Sunday on which people work. */
  isMadeUp(day: Day): boolean
  /** Nobody goes to work: a weekend or a holiday. */
  isRest(day: Day): boolean
}

/** @throws Error of one line that names the field at fault */
export function readHolidays(text: string): HolidayCalendar {
  const file = readConfigText(text, HolidayFile)
  const holidays = file.years.flatMap(({ year, holidays }) =>
    holidays.map(({ id, from, to, anchor }) => ({
      id,
      year,
      from: dayOfText(from),
      to: dayOfText(to),
      anchor: dayOfText(anchor),
    })),
  )
  const off = new Map<Day, Holiday>()
  for (const holiday of holidays) for (let day = holiday.from; day <= holiday.to; day++) off.set(day, holiday)
  const worked = new Set(file.years.flatMap(({ workdays }) => workdays.map(dayOfText)))
  return {
    source: file.source,
    years: file.years.map(({ year }) => year),
    holidays,
    holidayOn: (day) => off.get(day) ?? null,
    isMadeUp: (day) => worked.has(day),
    isRest: (day) => off.has(day) || (weekdayOf(day) > 5 && !worked.has(day)),
  }
}
