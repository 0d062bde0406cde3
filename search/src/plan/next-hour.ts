import type { SearchTask } from './cut-tasks.ts'

/** What flying a plan for a while is worth. */
export interface NextHour {
  /** Probability of finding the subject in this time, given that it has not been found so far. */
  readonly gain: number
  /** Cumulative POS at the end: posSoFar + (1 - posSoFar) gain. */
  readonly posAfter: number
  /** Cumulative POS over time, rising, from 0 to the horizon; at lane ends, for a chart. */
  readonly curve: readonly { readonly atS: number; readonly pos: number }[]
}

/**
 * Value of the next `horizonS` seconds: each drone flies its tasks one after another with `swapS` between landing and
 * the next take-off, all drones start now. The POS of the tasks add: where their areas overlap, the later task's curve must count only what
 * it adds to the earlier ones. Between lane ends the POS
 * rises linearly (a lane half flown has half its worth).
 * @param posSoFar POS of everything flown before the map the tasks were cut from, 0..1; RangeError outside
 */
export function nextHour(input: {
  readonly tasks: readonly Pick<SearchTask, 'droneId' | 'timeS' | 'posCurve'>[]
  readonly horizonS: number
  readonly posSoFar: number
  readonly swapS?: number | undefined
}): NextHour {
  const { tasks, horizonS, posSoFar, swapS = 300 } = input
  if (!(posSoFar >= 0 && posSoFar <= 1)) throw new RangeError('posSoFar: must be 0 to 1')
  if (!(horizonS >= 0)) throw new RangeError('horizonS: must be 0 or above')
  const freeAtS = new Map<string, number>()
  const gains: { atS: number; gain: number }[] = []
  for (const { droneId, timeS, posCurve } of tasks) {
    const startS = freeAtS.get(droneId) ?? 0
    let [lastS, lastPos] = [startS, 0]
    for (const { atS, pos } of posCurve) {
      const endS = startS + atS
      if (lastS >= horizonS) break
      const share = endS <= horizonS ? 1 : (horizonS - lastS) / (endS - lastS)
      gains.push({ atS: Math.min(endS, horizonS), gain: (pos - lastPos) * share })
      lastS = endS
      lastPos = pos
    }
    freeAtS.set(droneId, startS + timeS + swapS)
  }
  gains.sort((a, b) => a.atS - b.atS)
  let gain = 0
  const curve = [{ atS: 0, pos: posSoFar }]
  for (const step of gains) {
    gain += step.gain
    curve.push({ atS: step.atS, pos: posSoFar + (1 - posSoFar) * gain })
  }
  const posAfter = posSoFar + (1 - posSoFar) * gain
  if (curve[curve.length - 1]!.atS < horizonS) curve.push({ atS: horizonS, pos: posAfter })
  return { gain, posAfter, curve }
}

/**
 * Restricted mean time to find, hours or whatever the unit: integral of 1 - P(t) over the horizon, P the cumulative POS,
 * constant from each step to the next. Smaller is better. Source: search-science notes 1.2, vector `restricted_mean_time`.
 * @param steps times rising from 0, `pos` the cumulative POS from that time on
 */
export function restrictedMeanTime(
  steps: readonly { readonly at: number; readonly pos: number }[],
  horizon: number,
): number {
  let mean = 0
  steps.forEach(({ at, pos }, i) => {
    const until = Math.min(horizon, steps[i + 1]?.at ?? horizon)
    if (until > at) mean += (1 - pos) * (until - at)
  })
  return mean
}
