import { logProbability } from './negative-binomial.ts'
import type { SlotRate } from './seasonal.ts'

/**
 * How busy it is against the usual hour, as a number with its uncertainty: Gamma(a, b), mean a / b, around 1.
 *
 * The model is the gamma-Poisson level of Harvey and Fernandes (1989, "Time series models for count or qualitative
 * observations", J. Business & Economic Statistics 7, 407-417): a count is Poisson about usual x level; between two hours
 * the level is discounted, so that what was seen long ago says less; prediction is negative binomial in closed form. Here
 * what is discounted flows back to the usual (level 1, prior Gamma(a0, a0)), as in the busy-day models of telephone
 * centres (Whitt 1999; Jongbloed & Koole 2001; Avramidis, Deslauriers & L'Ecuyer 2004), and an hour may vary by itself
 * beyond Poisson without saying anything of the next (size k).
 */
export interface Level {
  a: number
  b: number
}

export interface LevelPolicy {
  /** Strength of "as usual": the level has variance 1 / a0 about 1 from day to day. */
  a0: number
  /** Share of what is known that is still known an hour later, 0..1. */
  keep: number
  /** Size of what varies within one hour alone (variance 1 / k of the mean squared); Infinity for none. */
  k: number
}

export const USUAL_POLICY: LevelPolicy = { a0: 25, keep: 0.85, k: 60 }

export const startLevel = ({ a0 }: LevelPolicy): Level => ({ a: a0, b: a0 })

/** The level an hour later, before anything more is seen. */
export const passHour = ({ a, b }: Level, { a0, keep }: LevelPolicy): Level => ({
  a: keep * a + (1 - keep) * a0,
  b: keep * b + (1 - keep) * a0,
})

/**
 * The level after a count. What an hour that varies by itself can say is bounded: a busy hour weighs at most k.
 * @param usual what the counted part of the hour usually brings, >= 0
 */
export function see({ a, b }: Level, count: number, usual: number, { k }: LevelPolicy): Level {
  if (usual <= 0) return { a, b }
  const weight = 1 / (1 + usual / k)
  return { a: a + weight * count, b: b + weight * usual }
}

/** Mean and size of the negative binomial of one hour's count. Its variance is that of level, hour, slot mean and Poisson. */
export function predict(level: Level, rate: SlotRate, { k }: LevelPolicy): { mean: number; size: number } {
  const mean = (rate.perHour * level.a) / level.b
  const byLevel = 1 / level.a
  const byHour = 1 / k
  const relative = (1 + byLevel) * (1 + byHour) * (1 + rate.relativeVariance) - 1
  return { mean, size: 1 / relative }
}

/** One hour of history with what is usual for it. */
export interface SeenHour {
  /** Null: not counted. */
  count: number | null
  rate: SlotRate | null
}

const KEEPS = [0.6, 0.75, 0.85, 0.93] as const
const LEVEL_VARIANCES = [0.004, 0.012, 0.03, 0.08, 0.2] as const
const HOUR_VARIANCES = [0.001, 0.005, 0.015, 0.04, 0.1, 0.25, 0.6] as const
/** The forecast is judged on the hour after next: that is what is asked of it. */
const AHEAD = 2
/** Hours in which next to nothing moves say nothing about how much it varies. */
const LEAST_RATE = 3
const LEAST_HOURS = 100

/**
 * The policy under which past hours were least surprising two hours ahead (maximum likelihood over a grid). With few hours
 * the usual policy stays.
 * @param hours in order of time, without a hole: an hour that was not counted is null
 */
export function fitLevel(hours: readonly SeenHour[]): LevelPolicy {
  const useful = hours.filter(({ count, rate }) => count !== null && rate !== null && rate.perHour >= LEAST_RATE)
  if (useful.length < LEAST_HOURS) return USUAL_POLICY
  let best = USUAL_POLICY
  let most = score(hours, USUAL_POLICY)
  for (const keep of KEEPS)
    for (const levelVariance of LEVEL_VARIANCES)
      for (const hourVariance of HOUR_VARIANCES) {
        const policy = { a0: 1 / levelVariance, keep, k: 1 / hourVariance }
        const sum = score(hours, policy)
        if (sum > most) [best, most] = [policy, sum]
      }
  return best
}

function score(hours: readonly SeenHour[], policy: LevelPolicy): number {
  let level = startLevel(policy)
  let sum = 0
  for (let i = 0; i + AHEAD - 1 < hours.length; i++) {
    const { count, rate } = hours[i]!
    const target = hours[i + AHEAD - 1]!
    if (target.count !== null && target.rate !== null && target.rate.perHour >= LEAST_RATE) {
      const { mean, size } = predict(passHour(level, policy), target.rate, policy)
      sum += logProbability(Math.round(target.count), mean, size)
    }
    level = passHour(level, policy)
    if (count !== null && rate !== null) level = see(level, count, rate.perHour, policy)
  }
  return sum
}

/** The level after all of the given hours. */
export function followLevel(hours: readonly SeenHour[], policy: LevelPolicy): Level {
  let level = startLevel(policy)
  for (const { count, rate } of hours) {
    level = passHour(level, policy)
    if (count !== null && rate !== null) level = see(level, count, rate.perHour, policy)
  }
  return level
}
