import type { Spread } from '@skerry/contract'
import { passHour, type Level, type LevelPolicy } from './level.ts'
import { gammaOfNormal, normal, poisson, seeded } from './random.ts'
import type { Seasonal } from './seasonal.ts'

/** A boat in order of time, with the places that are still free on it. One that has left has none. */
export interface BoatPlaces {
  atMs: number
  places: number
  /** Somebody has said that it leaves at this time; else it leaves then or somewhat later. */
  said?: boolean
}
/** How those who wait are served. */
export type ServicePlan =
  | {
      by: 'boats'
      boats: readonly BoatPlaces[]
      /** Boats are known until then. */
      untilMs: number
      /** Minutes by which boats have lately left late, each as likely as the other; Infinity for one that was cancelled. */
      delaysMin?: readonly number[]
      /** Most that the gates let through in a minute; left out: all who wait at once. */
      gatePerMin?: number
    }
  /** Lanes that let so many through in a minute while anybody waits. */
  | { by: 'rate'; perMin: number }

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** A wait of a day or more is said as a day. */
export const MOST_WAIT_MIN = 1440
/** Gates are opened for a boat so long before it leaves. */
const BOARDING_MS = 15 * MINUTE_MS
/** People come for a boat in the hour before it, or since the one before. */
export const LEAD_MS = 60 * MINUTE_MS
/** Delays that are taken for likely where none has been seen: most boats on time, one in twenty very late. */
const USUAL_DELAYS_MIN: readonly number[] = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10, 14, 22]

/**
 * Minutes that the last of `waiting` waits from a moment, first come first served (the horizontal distance between the
 * curves of arrivals and of departures: Newell 1982, "Applications of Queueing Theory"). Null where the boats that are
 * known do not take them all, unless that is more than a day away.
 * @param waiting those in front, the one who asks included
 */
export function waitMin(plan: ServicePlan, waiting: number, atMs: number): number | null {
  if (plan.by === 'rate') {
    if (waiting <= 0) return 0
    return plan.perMin <= 0 ? null : Math.min(MOST_WAIT_MIN, waiting / plan.perMin)
  }
  let left = waiting
  for (const { atMs: leavesMs, places } of plan.boats) {
    if (leavesMs < atMs || places === 0) continue
    left -= places
    if (left <= 0) return Math.min(MOST_WAIT_MIN, Math.ceil((leavesMs - atMs) / MINUTE_MS))
  }
  return plan.untilMs - atMs >= MOST_WAIT_MIN * MINUTE_MS ? MOST_WAIT_MIN : null
}

export interface PathsInput {
  nowMs: number
  /** Who waits now. */
  waiting: number
  plan: ServicePlan
  seasonal: Seasonal
  /** Level at the end of the hour before the current one, or of what was seen of the current one. */
  level: Level
  policy: LevelPolicy
  /** Moments that are asked for, rising, after `nowMs`. */
  atMs: readonly number[]
  paths: number
  seed: number
}

const STEP_MIN = 5
const STEP_MS = STEP_MIN * MINUTE_MS

/**
 * Queue and wait at moments ahead: a fluid queue, by many paths. On each path the level is drawn from what is known of it
 * and drifts from hour to hour, every hour varies by itself, arrivals of five minutes are Poisson; boats leave at their time
 * or somewhat later and take what they hold, who comes while they are boarded included; lanes take what they can. Null at
 * moments whose hour of the week was never counted.
 */
export function queuePaths(input: PathsInput): ({ waiting: Spread; waitMin: Spread | null } | null)[] {
  const { nowMs, atMs, paths, plan, policy } = input
  const steps = Math.ceil(((atMs.at(-1) ?? nowMs) - nowMs) / STEP_MS)
  const usual = usualSteps(input, steps)
  const known = usual.findIndex((each) => each === null)
  const levels = hourLevels(input, nowMs + steps * STEP_MS)
  const rand = seeded(input.seed)
  const waiting = atMs.map(() => new Float64Array(paths))
  const waits = atMs.map(() => new Float64Array(paths))
  const boats = plan.by === 'boats' ? plan.boats.filter(({ atMs: at, places }) => at > nowMs && places > 0) : []
  const delays = (plan.by === 'boats' ? plan.delaysMin : undefined) ?? USUAL_DELAYS_MIN
  const gate = (plan.by === 'boats' ? plan.gatePerMin : undefined) ?? Infinity
  const near = boats.filter(({ atMs: at }) => at < nowMs + steps * STEP_MS + BOARDING_MS)
  const free = new Float64Array(near.length)
  const leaves = new Float64Array(near.length)
  for (let path = 0; path < paths; path++) {
    const factors = levelPath(levels, policy, rand)
    near.forEach(({ atMs: at, places, said }, i) => {
      free[i] = places
      leaves[i] = at + (said === true ? 0 : delays[Math.floor(rand() * delays.length)]! * MINUTE_MS)
    })
    let queue = input.waiting
    let first = 0
    let asked = 0
    for (let step = 0; step < steps && asked < atMs.length; step++) {
      const rate = usual[step]
      if (rate == null) break
      const startMs = nowMs + step * STEP_MS
      const endMs = startMs + STEP_MS
      const hour = Math.floor(startMs / HOUR_MS) - Math.floor(nowMs / HOUR_MS)
      queue += poisson(rand, (rate * STEP_MIN * factors[hour]!) / 60)
      if (plan.by === 'rate') queue = Math.max(0, queue - plan.perMin * STEP_MIN)
      for (let boat = first; boat < near.length && near[boat]!.atMs - BOARDING_MS <= endMs; boat++) {
        if (leaves[boat]! - BOARDING_MS > endMs) continue
        const openMs = Math.min(endMs, leaves[boat]!) - Math.max(startMs, leaves[boat]! - BOARDING_MS)
        if (openMs <= 0) continue
        const taken = Math.min(queue, free[boat]!, Math.ceil((gate * openMs) / MINUTE_MS))
        queue -= taken
        free[boat]! -= taken
        if (boat === first && leaves[boat]! <= endMs) first++
      }
      for (; asked < atMs.length && atMs[asked]! <= endMs; asked++) {
        waiting[asked]![path] = queue
        waits[asked]![path] = waitMin(plan, queue + 1, atMs[asked]!) ?? NaN
      }
    }
  }
  return atMs.map((at, i) => {
    if (known >= 0 && at > nowMs + known * STEP_MS) return null
    const wait = waits[i]!
    return { waiting: spreadOf(waiting[i]!), waitMin: wait.some(Number.isNaN) ? null : spreadOf(wait) }
  })
}

/**
 * Arrivals an hour in each step ahead. Where boats leave seldom people come for them (Jolliffe & Hutchinson 1975; Bowman &
 * Turnquist 1981): the sum of an hour of the week is spread over its minutes evenly by the boats whose hour before they lie
 * in. Without boats, straight lines through the hours that keep the sum of each.
 */
function usualSteps({ nowMs, plan, seasonal }: PathsInput, steps: number): (number | null)[] {
  const middle = (step: number): number => nowMs + (step + 0.5) * STEP_MS
  const smooth = (atMs: number): number | null => usualAt(seasonal, atMs)
  if (plan.by === 'rate') return Array.from({ length: steps }, (_, step) => smooth(middle(step)))
  const pull = boatPull(plan.boats)
  const means = new Map<number, number>()
  return Array.from({ length: steps }, (_, step) => {
    const atMs = middle(step)
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS
    const perHour = seasonal.at(hourMs)?.perHour
    if (perHour === undefined) return null
    let mean = means.get(hourMs)
    if (mean === undefined) {
      mean = 0
      for (let minute = 0; minute < 60; minute++) mean += pull(hourMs + (minute + 0.5) * MINUTE_MS) / 60
      means.set(hourMs, mean)
    }
    return mean > 0 ? (perHour * pull(atMs)) / mean : perHour
  })
}

/** How strongly boats draw people at a moment: each evenly over the hour before it, or since the one before it. */
function boatPull(boats: readonly BoatPlaces[]): (atMs: number) => number {
  const leads = boats.map(({ atMs }, i) => {
    const before = boats[i - 1]?.atMs ?? -Infinity
    return { fromMs: Math.max(atMs - LEAD_MS, Math.min(before, atMs - STEP_MS)), toMs: atMs }
  })
  return (atMs) => {
    let sum = 0
    for (const { fromMs, toMs } of leads) {
      if (fromMs > atMs) break
      if (atMs < toMs) sum += HOUR_MS / (toMs - fromMs)
    }
    return sum
  }
}

/** Arrivals an hour at a moment: straight lines through the hours of the week that keep the sum of each hour. */
function usualAt(seasonal: Seasonal, atMs: number): number | null {
  const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS
  const here = seasonal.at(hourMs)?.perHour
  if (here === undefined) return null
  const before = ((seasonal.at(hourMs - HOUR_MS)?.perHour ?? here) + here) / 2
  const after = ((seasonal.at(hourMs + HOUR_MS)?.perHour ?? here) + here) / 2
  const middle = Math.max(0, 2 * here - (before + after) / 2)
  const share = (atMs - hourMs) / HOUR_MS
  const line = share < 0.5 ? before + (middle - before) * 2 * share : middle + (after - middle) * (2 * share - 1)
  const mean = (before + 2 * middle + after) / 4
  return mean > 0 ? (line * here) / mean : 0
}

/** What is known of the level in the current hour and each after it. */
function hourLevels({ nowMs, level, policy }: PathsInput, lastMs: number): Level[] {
  const levels = [level]
  const hours = Math.floor(lastMs / HOUR_MS) - Math.floor(nowMs / HOUR_MS)
  for (let i = 0; i <= hours; i++) levels.push(passHour(levels.at(-1)!, policy))
  return levels
}

/** One way that the level may go: each hour's is drawn from its own distribution, and neighbours are alike. */
function levelPath(levels: readonly Level[], { keep, k }: LevelPolicy, rand: () => number): number[] {
  let z = normal(rand)
  return levels.map(({ a, b }, i) => {
    if (i > 0) z = keep * z + Math.sqrt(1 - keep * keep) * normal(rand)
    return (a / b) * gammaOfNormal(z, a) * gammaOfNormal(normal(rand), k)
  })
}

/** Whole persons and minutes. Sorts in place. */
function spreadOf(values: Float64Array): Spread {
  values.sort()
  const at = (p: number): number => values[Math.min(values.length - 1, Math.floor(p * values.length))]!
  return { p05: Math.round(at(0.05)), p50: Math.round(at(0.5)), p95: Math.round(at(0.95)) }
}
