/** Cumulative POS over time, rising; times in seconds from now. */
export type PosCurve = readonly { readonly atS: number; readonly pos: number }[]

/** What a drone in the air is doing. */
export interface RunningTask {
  readonly droneId: string
  readonly taskId: string
  /** POS still to come on this task, on the current map (see `posCurveOf`). Empty when only the way back is left. */
  readonly posCurve: PosCurve
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
  /** POS gained over going on, by the time `atS` at which the option is at its best. */
  readonly gainPos: number
  readonly atS: number
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

/**
 * Which drones in the air should fly something else, best gain first.
 *
 * Rule: assignments are compared by the highest average POS per minute they reach from now, transit included (marginal
 * value rule). A change is proposed only when the other one is better by `marginShare` and gains at least `minGainPos`,
 * so that small differences do not send drones to and fro; what the running task leaves unflown stays in the map.
 * Options that do not fit into the flight time left are not proposed; each drone and each option is used once (greedy by
 * gain). Pure: the caller gives curves drawn on the current map, and a person decides.
 * RangeError for a margin below 0 or a curve that falls. Source: search-science notes 5 (triage rule) and 1.2.
 */
export function reassignments(input: {
  readonly running: readonly RunningTask[]
  readonly options: readonly AssignmentOption[]
  /** Default 0.25: a quarter better. */
  readonly marginShare?: number | undefined
  /** Default 0.005: half a percent of probability. */
  readonly minGainPos?: number | undefined
}): Reassignment[] {
  const { running, options, marginShare = 0.25, minGainPos = 0.005 } = input
  if (!(marginShare >= 0)) throw new RangeError('marginShare: must be 0 or above')
  for (const { posCurve } of [...running, ...options]) checkCurve(posCurve)
  const offers = running.flatMap((task) => {
    const now = bestRate(task.posCurve)
    return options.flatMap((option): Reassignment[] => {
      if (option.droneId !== task.droneId || option.id === task.taskId || option.timeS > task.usableS) return []
      const other = bestRate(option.posCurve)
      if (!(other.perS > now.perS * (1 + marginShare))) return []
      const gainPos = posAt(option.posCurve, other.atS) - posAt(task.posCurve, other.atS)
      if (gainPos < minGainPos) return []
      return [
        {
          droneId: task.droneId,
          taskId: task.taskId,
          optionId: option.id,
          runningPerMin: now.perS * 60,
          optionPerMin: other.perS * 60,
          gainPos,
          atS: other.atS,
        },
      ]
    })
  })
  offers.sort((a, b) => b.gainPos - a.gainPos || a.optionId.localeCompare(b.optionId))
  const chosen: Reassignment[] = []
  for (const offer of offers) {
    if (!chosen.some(({ droneId, optionId }) => droneId === offer.droneId || optionId === offer.optionId))
      chosen.push(offer)
  }
  return chosen
}

function checkCurve(curve: PosCurve): void {
  let [lastS, lastPos] = [0, 0]
  for (const { atS, pos } of curve) {
    if (!(atS >= lastS && pos >= lastPos)) throw new RangeError('posCurve: must rise in time and POS from 0')
    lastS = atS
    lastPos = pos
  }
}
