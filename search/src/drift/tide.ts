import type { Flow } from './flow.ts'
import type { VelocityMps } from './leeway.ts'

/** Half of the principal lunar tide M2 (12.4206 h), seconds. */
export const HALF_TIDE_S = 22_357

/** A channel's tide as a coordinator knows it: two vectors and the times of slack water. Editable, stated, rough. */
export interface TidePair {
  /** Strongest ebb, m/s the way it runs TO. */
  readonly ebb: VelocityMps
  readonly flood: VelocityMps
  /** Slack water, seconds after the start of the drift (before it: negative), rising; at least one. */
  readonly slackS: readonly number[]
  /** What runs after the first of them. */
  readonly afterFirstSlack: 'ebb' | 'flood'
  /** From one high water to the next, seconds, above 0; default that of M2. */
  readonly periodS?: number | undefined
}

/**
 * Current of a tide pair: between two slacks it rises and falls as half a sine to the strongest ebb or flood. Before the
 * first and after the last given slack the tide goes on with half periods.
 * The same over the whole area, which an island channel never is: show it as the assumption it is.
 * RangeError unless the slacks rise and the period is above 0. Source: search-science notes 3 (editable ebb and flood pair) [K].
 */
export function tidalFlow(tide: TidePair): Flow {
  slacksChecked(tide)
  return (atS) => {
    const { fromS, toS, number } = phaseAt(tide, atS)
    const running = number % 2 === 0 ? tide.afterFirstSlack : tide.afterFirstSlack === 'ebb' ? 'flood' : 'ebb'
    const share = Math.sin((Math.PI * (atS - fromS)) / (toS - fromS))
    const peak = tide[running]
    return [peak[0] * share, peak[1] * share]
  }
}

/** The first slack water after `atS`, seconds: as far as a cloud should be drawn with one look. */
export const nextSlackS = (tide: TideTimes, atS: number): number => phaseAt(slacksChecked(tide), atS).toS

type TideTimes = Pick<TidePair, 'slackS' | 'periodS'>

interface Phase {
  fromS: number
  toS: number
  number: number
}

/** Phase that holds a time: its two slacks, and how many slacks it lies from the first given one. */
function phaseAt({ slackS, periodS = 2 * HALF_TIDE_S }: TideTimes, atS: number): Phase {
  const halfS = periodS / 2
  const first = slackS[0]!
  const last = slackS[slackS.length - 1]!
  if (atS < first) {
    const back = Math.ceil((first - atS) / halfS)
    return { fromS: first - back * halfS, toS: first - (back - 1) * halfS, number: back }
  }
  if (atS >= last) {
    const on = Math.floor((atS - last) / halfS)
    return { fromS: last + on * halfS, toS: last + (on + 1) * halfS, number: slackS.length - 1 + on }
  }
  let number = 0
  while (slackS[number + 1]! <= atS) number++
  return { fromS: slackS[number]!, toS: slackS[number + 1]!, number }
}

function slacksChecked(tide: TideTimes): TideTimes {
  const { slackS, periodS } = tide
  if (periodS !== undefined && !(periodS > 0 && Number.isFinite(periodS)))
    throw new RangeError('tide.periodS: must be above 0')
  if (slackS.length === 0 || slackS.some((t, i) => !Number.isFinite(t) || (i > 0 && !(t > slackS[i - 1]!))))
    throw new RangeError('tide.slackS: must be one or more rising times')
  return tide
}
