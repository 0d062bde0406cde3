import type { Checkpoint, Flowing, HolidayComparison } from '@skerry/contract'
import type { DaySum } from '../store/checkpoint-counts.ts'
import { dayText, type Day, type Holiday, type HolidayCalendar } from './calendar.ts'

/** Years that are shown side by side. */
export const COMPARED_YEARS = 4
/** Weeks before a holiday that say what was usual. */
const USUAL_WEEKS = 4
/** A day of which less was counted has no sum: a smaller one would look like fewer people. */
const LEAST_COUNTED = 0.95
const DAY_MIN = 1440

/** Days of which sums are needed for a holiday of some years; `null` where the year's notice is not known. */
export function holidaySpans(
  calendar: HolidayCalendar,
  id: string,
  lastYear: number,
): { year: number; holiday: Holiday | null; from: Day; to: Day }[] {
  return Array.from({ length: COMPARED_YEARS }, (_, i) => lastYear - i).map((year) => {
    const holiday = calendar.holidays.find((each) => each.id === id && each.year === year) ?? null
    return {
      year,
      holiday,
      from: holiday === null ? 0 : holiday.from - USUAL_WEEKS * 7,
      to: holiday?.to ?? -1,
    }
  })
}

/** The same holiday of several years, day by day, each with what was usual in the weeks before it. */
export function compareHoliday(input: {
  calendar: HolidayCalendar
  id: string
  counts: Flowing
  lastYear: number
  /** The last day that is over, or is today. */
  today: Day
  checkpoints: readonly Pick<Checkpoint, 'id' | 'lanes'>[]
  sums: readonly DaySum[]
}): HolidayComparison {
  const { calendar, id, counts, lastYear, today, checkpoints, sums } = input
  const lanes = checkpoints.flatMap((checkpoint) =>
    checkpoint.lanes
      .filter((lane) => lane.counts === counts)
      .map(({ id: lane, direction }) => ({ key: `${checkpoint.id} ${lane}`, direction })),
  )
  const known = new Map(sums.map((sum) => [`${sum.checkpointId} ${sum.lane} ${sum.day}`, sum]))
  const flowOn = (day: Day): { in: number | null; out: number | null; counted: number } => {
    const flow = { in: 0, out: 0, minutes: 0 }
    for (const { key, direction } of lanes) {
      const sum = known.get(`${key} ${day}`)
      flow[direction] += sum?.passed ?? 0
      flow.minutes += Math.min(DAY_MIN, sum?.minutes ?? 0)
    }
    const counted = lanes.length === 0 ? 0 : flow.minutes / (lanes.length * DAY_MIN)
    const enough = counted >= LEAST_COUNTED && day < today
    return { in: enough ? flow.in : null, out: enough ? flow.out : null, counted }
  }
  const usualOn = (day: Day, calendarDays: HolidayCalendar) => {
    const days = Array.from({ length: USUAL_WEEKS }, (_, i) => day - 7 * (i + 1)).filter(
      (other) => calendarDays.holidayOn(other) === null && !calendarDays.isMadeUp(other),
    )
    const flows = days.map(flowOn).filter((flow) => flow.in !== null)
    return { in: median(flows.map((flow) => flow.in!)), out: median(flows.map((flow) => flow.out!)), n: flows.length }
  }
  return {
    holiday: id,
    counts,
    source: calendar.source,
    years: holidaySpans(calendar, id, lastYear).map(({ year, holiday }) => {
      if (holiday === null) return { year, anchor: '', days: [], usual: [], known: calendar.years.includes(year) }
      const days = Array.from({ length: holiday.to - holiday.from + 1 }, (_, i) => holiday.from + i)
      return {
        year,
        anchor: dayText(holiday.anchor),
        days: days.map((day) => ({ day: dayText(day), offset: day - holiday.anchor, ...flowOn(day) })),
        usual: days.map((day) => usualOn(day, calendar)),
        known: true,
      }
    }),
  }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
