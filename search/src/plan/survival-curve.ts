import { coldAirHours } from '../terrain/cold-air.ts'
import { waterSurvival } from './survival.ts'
import type { TimeValue } from './time-value.ts'

/**
 * What is known of how long a subject may live, everything optional. Where several say something, the lowest share
 * counts: they are not independent, so they are not multiplied.
 */
export interface SurvivalConditions {
  /** An agency's own curve: share alive by hours since the subject went missing, from 1 at 0 h; hours rise, shares do not. */
  readonly points?: readonly (readonly [hours: number, alive: number])[] | undefined
  /** Category with known shares alive when found, see `ALIVE_WHEN_FOUND`; others say nothing. */
  readonly category?: string | undefined
  /** In the water: its temperature, Celsius, -2..40; above 20 it says nothing. */
  readonly waterC?: number | undefined
  /** In cold air, two loose layers of clothing, light wind: its temperature, Celsius; above -10 it says nothing. */
  readonly airC?: number | undefined
}

/**
 * Shares alive among those found within 24 h, 24 to 48 h and later, put at 12, 36 and 60 h. A record of finds, not of
 * lives: who was found late was also looked for longer. Source: Koester-based, search-science notes 2.2.
 */
export const ALIVE_WHEN_FOUND: Readonly<Record<string, readonly (readonly [hours: number, alive: number])[]>> = {
  dementia: [
    [12, 0.95],
    [36, 0.77],
    [60, 0.6],
  ],
  despondent: [
    [12, 0.75],
    [36, 0.43],
    [60, 0.32],
  ],
}

/**
 * Steepness of the share alive about the hours of a cold-water or cold-air model, which are taken as its median:
 * 1 / (1 + (t / median)^k). An assumption, the models give one time each: k = 3 leaves 0.89 alive at half of it, 0.11
 * at twice of it.
 */
const STEEPNESS = 3

/**
 * Probability that the subject is alive so many hours after it went missing (into the water, for water). Never an end of
 * a search: it only tells which hours are worth more than others. 1 where nothing is known (ask `survivalKnown` first: an
 * unknown chance is not a certain one); beyond the last point of a table its last share, for nobody knows more.
 * @param hours 0 or more
 * RangeError that names the field.
 * Source: S(t) of search-science notes 1.2; water Hayward 1975, air Tikuisis 1995, notes 6; categories notes 2.2.
 */
export function aliveShare({ points, category, waterC, airC }: SurvivalConditions, hours: number): number {
  if (!(hours >= 0)) throw new RangeError('hours: must be 0 or above')
  const known = category === undefined || !Object.hasOwn(ALIVE_WHEN_FOUND, category) ? undefined : category
  const water = waterC === undefined ? null : waterSurvival(waterC)
  const air = airC === undefined ? null : coldAirHours('two-loose-layers-5-kmh', airC)
  return Math.min(
    points === undefined ? 1 : between(checkedPoints(points), hours),
    known === undefined ? 1 : between(ALIVE_WHEN_FOUND[known]!, hours),
    water && !water.exhaustion ? aboutMedian(water.minutes / 60, hours) : 1,
    air !== null && 'hours' in air ? aboutMedian(air.hours, hours) : 1,
  )
}

/**
 * Whether anything that is given says something of survival. Water above 20 C does not: exhaustion decides there, and the
 * tables say "3 h to indefinite" (search-science notes 6). Nor does air of -10 C and warmer, nor do most categories.
 */
export const survivalKnown = (conditions: SurvivalConditions): boolean =>
  conditions.points !== undefined ||
  (conditions.waterC !== undefined && !waterSurvival(conditions.waterC).exhaustion) ||
  (conditions.airC !== undefined && 'hours' in coldAirHours('two-loose-layers-5-kmh', conditions.airC)) ||
  (conditions.category !== undefined && Object.hasOwn(ALIVE_WHEN_FOUND, conditions.category))

/**
 * Chance that the subject is alive when it is found: S(t).
 * @param sinceS seconds from when the subject went missing to the start of the plan, 0 or more
 */
export const foundAlive =
  (conditions: SurvivalConditions, sinceS: number): TimeValue =>
  (atS) =>
    aliveShare(conditions, (sinceS + atS) / 3600)

/** What a find of a subject that is no longer alive still counts in a plan: so no plan ever ends for want of hope. */
const LEAST_WORTH = 0.01

/** What a find is worth to a plan: the chance that the subject is alive then, and a little however late it comes. */
export function worthOfFind(conditions: SurvivalConditions, sinceS: number): TimeValue {
  const alive = foundAlive(conditions, sinceS)
  return (atS) => LEAST_WORTH + (1 - LEAST_WORTH) * alive(atS)
}

/** Sum of dPOS(t) V(t): probability to find the subject, each find weighed by its time. */
export function valuedPos(
  steps: readonly { readonly atS: number; readonly pos: number }[],
  valueAt: TimeValue,
): number {
  let [sum, before] = [0, 0]
  for (const { atS, pos } of steps) {
    sum += (pos - before) * valueAt(atS)
    before = pos
  }
  return sum
}

const aboutMedian = (medianHours: number, hours: number): number => 1 / (1 + (hours / medianHours) ** STEEPNESS)

function between(points: readonly (readonly [hours: number, alive: number])[], hours: number): number {
  let [fromHours, from] = [0, 1]
  for (const [toHours, to] of points) {
    if (hours <= toHours)
      return toHours > fromHours ? from + ((to - from) * (hours - fromHours)) / (toHours - fromHours) : to
    ;[fromHours, from] = [toHours, to]
  }
  return from
}

function checkedPoints(
  points: readonly (readonly [hours: number, alive: number])[],
): readonly (readonly [hours: number, alive: number])[] {
  points.forEach(([hours, alive], i) => {
    const [beforeHours, before] = i > 0 ? points[i - 1]! : [0, 1]
    if (!(hours >= beforeHours && (i === 0 || hours > beforeHours)))
      throw new RangeError(`points[${i}]: hours must be 0 or above and rise`)
    if (!(alive >= 0 && alive <= before)) throw new RangeError(`points[${i}]: share alive must be 0 to 1 and not rise`)
  })
  return points
}
