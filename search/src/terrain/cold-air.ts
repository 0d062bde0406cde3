/** Clothing and wind of the two published curves. */
export type ColdAirCase = 'nude-1-kmh' | 'two-loose-layers-5-kmh'

/** Predicted survival in cold air: hours, or more than the model tells. */
export type ColdAirHours = { readonly hours: number } | { readonly moreThanHours: 24 }

const TABLE: Readonly<Record<ColdAirCase, readonly (readonly [airC: number, hours: number])[]>> = {
  'nude-1-kmh': [
    [-30, 1.8],
    [-20, 2.5],
    [-10, 4.1],
    [0, 9],
  ],
  'two-loose-layers-5-kmh': [
    [-50, 4],
    [-40, 5.6],
    [-30, 8.6],
    [-20, 15.4],
  ],
}

/** Air in which the published hours are only said to be more than 24. */
const PAST_MODEL_C: Readonly<Record<ColdAirCase, number>> = { 'nude-1-kmh': 10, 'two-loose-layers-5-kmh': -10 }
const MODEL_HOURS = 24

/**
 * Survival in cold dry air, between the published points along straight lines; colder than the table counts as its
 * coldest. Between the last point with hours and the one said to be "more than 24 h" the line goes to 24 h, which is the
 * least that the source allows. From there on nothing is known but that it is more than 24 h: not how much more. To rank
 * urgency, shown as "most valuable hours": never a reason to end a search. Wet clothing shortens it much.
 * @param airC Celsius; RangeError unless a number
 * Source: Tikuisis 1995, search-science notes 6, vectors `tikuisis_1995_air_hours`.
 */
export function coldAirHours(which: ColdAirCase, airC: number): ColdAirHours {
  if (!Number.isFinite(airC)) throw new RangeError('airC: must be a number')
  if (airC >= PAST_MODEL_C[which]) return { moreThanHours: MODEL_HOURS }
  const points = [...TABLE[which], [PAST_MODEL_C[which], MODEL_HOURS] as const]
  const above = points.findIndex(([at]) => at >= airC)
  if (above === 0) return { hours: points[0]![1] }
  const [[fromC, from], [toC, to]] = [points[above - 1]!, points[above]!]
  return { hours: from + ((to - from) * (airC - fromC)) / (toC - fromC) }
}
