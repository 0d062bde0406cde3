import type { HolidayComparison } from '@skerry/contract'

type Year = HolidayComparison['years'][number]

/** One day of one year, against the usual and against the same day of the year before. */
export interface HolidayCell {
  day: string
  in: number | null
  out: number | null
  counted: number
  /** Both directions against the usual of both; null where one of them is not known. */
  timesUsual: number | null
  /** Change against the year before, with its sign, whole per cent. */
  againstLast: string | null
}

/** Null where the holiday of that year had no such day. */
export function dayCell(year: Year, offset: number, before: Year | null): HolidayCell | null {
  const at = year.days.findIndex((day) => day.offset === offset)
  const day = year.days[at]
  if (day === undefined) return null
  const whole = both(day)
  const usual = both(year.usual[at] ?? { in: null, out: null })
  const last = both(before?.days.find((each) => each.offset === offset) ?? { in: null, out: null })
  const change = whole === null || last === null || last === 0 ? null : Math.round((whole / last - 1) * 100)
  return {
    day: day.day,
    in: day.in,
    out: day.out,
    counted: day.counted,
    timesUsual: whole === null || usual === null || usual === 0 ? null : whole / usual,
    againstLast: change === null ? null : change > 0 ? `+${change}` : String(change),
  }
}

const both = (flow: { in: number | null; out: number | null }): number | null =>
  flow.in === null || flow.out === null ? null : flow.in + flow.out

/** All days together; null as long as one of them is not known. */
export function sumOf({ days }: Year): { in: number; out: number } | null {
  const sum = { in: 0, out: 0 }
  for (const day of days) {
    if (day.in === null || day.out === null) return null
    sum.in += day.in
    sum.out += day.out
  }
  return sum
}

/** The holiday that is on, or was last; the first of the list where none has begun. */
export function latestOf(holidays: readonly { id: string; fromMs: number }[], nowMs: number): string | null {
  const begun = holidays.filter(({ fromMs }) => fromMs <= nowMs)
  const latest = begun.toSorted((a, b) => b.fromMs - a.fromMs)[0]
  return latest?.id ?? holidays[0]?.id ?? null
}
