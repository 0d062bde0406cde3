import type { TaskStory } from '../plan/cut-tasks.ts'
import { foundAlive, survivalKnown, worthOfFind } from '../plan/survival-curve.ts'
import type { TimeValue } from '../plan/time-value.ts'

/** Cumulative POS over time, rising; times in seconds from now. */
export type PosCurve = readonly { readonly atS: number; readonly pos: number }[]

/** Parts into which each piece of a curve is cut, to weigh its finds by their time. */
const PARTS = 12

/** What a drone in the air is doing. */
export interface RunningTask {
  readonly droneId: string
  readonly taskId: string
  /** POS still to come on this task, on the current map (see `posCurveOf`). Empty when only the way back is left. */
  readonly posCurve: PosCurve
  /** The part of each story in `posCurve`: that it is true and the subject found. Needed where stories are given. */
  readonly byStory?: readonly PosCurve[] | undefined
  /** Flight time left above the reserve, seconds: nothing that takes longer is offered. */
  readonly usableS: number
}

/** Something else that the drone could do from where it is now. */
export interface AssignmentOption {
  /** What would be flown; one thing is given to one drone only. */
  readonly id: string
  readonly droneId: string
  /** POS over time with the way there included: the first entries lie after the transit. */
  readonly posCurve: PosCurve
  /** As of a running task. */
  readonly byStory?: readonly PosCurve[] | undefined
  /** The whole of it with transit, turns and the way back to land, seconds. */
  readonly timeS: number
}

/** A change worth making, and what it buys. */
export interface Reassignment {
  readonly droneId: string
  readonly taskId: string
  readonly optionId: string
  /** POS per minute, transit included, of going on and of changing. */
  readonly runningPerMin: number
  readonly optionPerMin: number
  /**
   * POS gained over going on, by the time `atS` at which the option is at its best. Where finds are weighed by survival it
   * may be below 0: an option that finds less in all, and more in time.
   */
  readonly gainPos: number
  readonly atS: number
  /** The same gain with each find counted by what it is worth at its time; `gainPos` where nothing is known of survival. */
  readonly gainWorth: number
  /** The same gain in finds of a subject that lives, 0..1 or below 0; null where nothing is known of survival. */
  readonly gainAlive: number | null
}

/** Highest average POS per second that a curve reaches, and when: the slope of the line from now to its best point. */
export function bestRate(curve: PosCurve): { readonly perS: number; readonly atS: number } {
  let [perS, bestS] = [0, 0]
  for (const { atS, pos } of curve) {
    if (atS > 0 && pos / atS > perS) [perS, bestS] = [pos / atS, atS]
  }
  return { perS, atS: bestS }
}

/** POS a curve has reached at a time; straight between its points, from 0 now, flat after the last. */
export function posAt(curve: PosCurve, atS: number): number {
  let [lastS, lastPos] = [0, 0]
  for (const point of curve) {
    if (point.atS >= atS) {
      const share = point.atS > lastS ? (atS - lastS) / (point.atS - lastS) : 1
      return lastPos + (point.pos - lastPos) * share
    }
    lastS = point.atS
    lastPos = point.pos
  }
  return lastPos
}

/** A story as assignments are weighed by it: how long the subject may live if it is true. */
export type ReassignStory = Pick<TaskStory, 'survival' | 'sinceS'>

/**
 * Which drones in the air should fly something else, best gain first.
 *
 * Rule: assignments are compared by the highest average POS per minute they reach from now, transit included (marginal
 * value rule). With stories each find counts by what it is worth at its time (`worthOfFind`, as cuts count it): the
 * assignment that finds more while the subject lives is the better one. A change is proposed only when the other one is
 * better by `marginShare` and gains as much as `minGainPos` of its own finds are worth, so that small differences do not
 * send drones to and fro; what the running task leaves unflown stays in the map.
 * Options that do not fit into the flight time left are not proposed; each drone and each option is used once (greedy by
 * gain). Pure: the caller gives curves drawn on the current map, and a person decides.
 * RangeError for a margin below 0, a curve that falls, and where stories are given and a curve of one is missing.
 * Source: search-science notes 5 (triage rule) and 1.2 (time value).
 */
export function reassignments(input: {
  readonly running: readonly RunningTask[]
  readonly options: readonly AssignmentOption[]
  /** In the order of `byStory`; those of which nothing is known count in full. Default: every find is worth the same. */
  readonly stories?: readonly ReassignStory[] | undefined
  /** Default 0.25: a quarter better. */
  readonly marginShare?: number | undefined
  /** Default 0.005: half a percent of probability. */
  readonly minGainPos?: number | undefined
}): Reassignment[] {
  const { running, options, stories, marginShare = 0.25, minGainPos = 0.005 } = input
  if (!(marginShare >= 0)) throw new RangeError('marginShare: must be 0 or above')
  for (const { posCurve, byStory = [] } of [...running, ...options]) [posCurve, ...byStory].forEach(checkCurve)
  // Where nothing is known of any story every find is worth the same.
  const known = stories?.some(({ survival }) => survivalKnown(survival)) ? stories : undefined
  const worth = known?.map(({ survival, sinceS }) => worthOfFind(survival, sinceS))
  const alive = known?.map(({ survival, sinceS }) => foundAlive(survival, sinceS))
  const choices = options.map((option) => ({ option, worthCurve: valuedCurve(option, worth) }))
  const offers = running.flatMap((task) => {
    const runningWorth = valuedCurve(task, worth)
    const now = bestRate(runningWorth)
    return choices.flatMap(({ option, worthCurve }): Reassignment[] => {
      if (option.droneId !== task.droneId || option.id === task.taskId || option.timeS > task.usableS) return []
      const other = bestRate(worthCurve)
      if (!(other.perS > now.perS * (1 + marginShare))) return []
      const { atS } = other
      const gainWorth = posAt(worthCurve, atS) - posAt(runningWorth, atS)
      const found = posAt(option.posCurve, atS)
      // In finds of the option's own kind: else no gain would be enough where few are still expected to live.
      if ((gainWorth * found) / posAt(worthCurve, atS) < minGainPos) return []
      return [
        {
          droneId: task.droneId,
          taskId: task.taskId,
          optionId: option.id,
          runningPerMin: perMinAt(task.posCurve, now.atS),
          optionPerMin: perMinAt(option.posCurve, atS),
          gainPos: found - posAt(task.posCurve, atS),
          atS,
          gainWorth,
          gainAlive: alive ? posAt(valuedCurve(option, alive), atS) - posAt(valuedCurve(task, alive), atS) : null,
        },
      ]
    })
  })
  offers.sort((a, b) => b.gainWorth - a.gainWorth || a.optionId.localeCompare(b.optionId))
  const chosen: Reassignment[] = []
  for (const offer of offers) {
    if (!chosen.some(({ droneId, optionId }) => droneId === offer.droneId || optionId === offer.optionId))
      chosen.push(offer)
  }
  return chosen
}

const perMinAt = (curve: PosCurve, atS: number): number => (atS > 0 ? (posAt(curve, atS) / atS) * 60 : 0)

/** A curve with each find counted by its story's value at its time; as it is where no values are given. */
function valuedCurve(
  { posCurve, byStory }: Pick<RunningTask, 'posCurve' | 'byStory'>,
  valueAt: readonly TimeValue[] | undefined,
): PosCurve {
  if (!valueAt) return posCurve
  if (byStory?.length !== valueAt.length) throw new RangeError('byStory: must have one curve per story')
  const timesS = [...new Set(byStory.flatMap((curve) => curve.map(({ atS }) => atS)))].toSorted((a, b) => a - b)
  let sum = 0
  return timesS.flatMap((toS, i) => {
    const fromS = timesS[i - 1] ?? 0
    const partS = (toS - fromS) / PARTS
    return Array.from({ length: PARTS }, (_, k) => {
      const [beginS, endS] = [fromS + k * partS, k + 1 === PARTS ? toS : fromS + (k + 1) * partS]
      byStory.forEach((curve, story) => {
        sum += (posAt(curve, endS) - posAt(curve, beginS)) * valueAt[story]!((beginS + endS) / 2)
      })
      return { atS: endS, pos: sum }
    })
  })
}

function checkCurve(curve: PosCurve): void {
  let [lastS, lastPos] = [0, 0]
  for (const { atS, pos } of curve) {
    if (!(atS >= lastS && pos >= lastPos)) throw new RangeError('posCurve: must rise in time and POS from 0')
    lastS = atS
    lastPos = pos
  }
}
