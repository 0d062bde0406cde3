import { gridFrame, type Grid } from './grid.ts'
import { normalCdf } from './normal.ts'

/**
 * Probability after a detector spoke or stayed silent: the odds are multiplied by Pd / Pfa after an alert, by
 * (1 - Pd) / (1 - Pfa) after silence. Use the measured recall and false-alarm rate of the very detector.
 * @param prior 0..1; @param pd recall, 0..1; @param pfa false-alarm probability, 0..1; RangeError outside
 * Source: search-science notes 1.1 [K], vectors `alert_update`.
 */
export function alertUpdate({
  prior,
  pd,
  pfa,
  alert,
}: {
  readonly prior: number
  readonly pd: number
  readonly pfa: number
  readonly alert: boolean
}): number {
  for (const [name, value] of Object.entries({ prior, pd, pfa })) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name}: must be 0 to 1`)
  }
  const ifThere = prior * (alert ? pd : 1 - pd)
  const ifNot = (1 - prior) * (alert ? pfa : 1 - pfa)
  return ifThere + ifNot > 0 ? ifThere / (ifThere + ifNot) : prior
}

/** A detection on the ground among false alarms that fall like rain. */
export interface ClutteredAlert {
  readonly position: readonly number[]
  /** One standard deviation of the placed position, metres, > 0. */
  readonly errorM: number
  /** Probability that the detector alerts when the subject is there and was looked at, 0..1. */
  readonly pd: number
  /** False alarms and other warm things the detector reports per km2 of ground searched, > 0. */
  readonly clutterPerKm2: number
  /**
   * Likelihood ratio of everything else known of this alert (a person looked at the picture, a second look, steadiness):
   * P(that | subject) / P(that | clutter), >= 0; default 1. 0 is a dismissal without any doubt.
   */
  readonly likelihoodRatio?: number | undefined
}

/**
 * Map after one detection with Poisson clutter; `probabilityHere` is the probability that this alert is the subject.
 * See `alertsOnMap`.
 */
export function alertOnMap(
  grid: Grid,
  restOfWorld: number,
  alert: ClutteredAlert,
): { readonly grid: Grid; readonly restOfWorld: number; readonly probabilityHere: number } {
  const { probabilities, ...after } = alertsOnMap(grid, restOfWorld, [alert])
  return { ...after, probabilityHere: probabilities[0]! }
}

/**
 * Map after all alerts of a search together, with Poisson clutter and one subject:
 * L(cell) = 1 + sum over alerts of r Pd N(cell; s) / lambda. N is the mean over the cell of the circular normal density
 * of the alert's place (exact, so the answer does not hang on the size of the cells or where their edges fall), lambda
 * the clutter per unit area, r the alert's own likelihood ratio; rest of world L = 1. Cells around alerts gain, all
 * others lose a little. At most one alert is the subject, so the alerts' probabilities compete and add up to less
 * than 1. The silence over the rest of the looked-at ground is not counted here: coverage already accounts for it.
 * Always start from the map without these alerts: an alert applied twice is counted twice.
 * @returns `probabilities`: that each alert is the subject, in the order given
 * RangeError for values out of range. Source: notes 1.1 (Poisson clutter instead of Pfa) [K]; the probabilistic data
 * association filter's likelihood (Bar-Shalom and Tse 1975) with the silence left to the coverage.
 */
export function alertsOnMap(
  grid: Grid,
  restOfWorld: number,
  alerts: readonly ClutteredAlert[],
): { readonly grid: Grid; readonly restOfWorld: number; readonly probabilities: number[] } {
  const values = grid.values.slice()
  const gains = alerts.map((alert) => {
    let gained = 0
    forEachGain(grid, alert, (index, factor) => {
      const gain = grid.values[index]! * factor
      gained += gain
      values[index]! += gain
    })
    return gained
  })
  const total = gains.reduce((sum, gain) => sum + gain, 1)
  for (let i = 0; i < values.length; i++) values[i]! /= total
  return {
    grid: { ...grid, values },
    restOfWorld: restOfWorld / total,
    probabilities: gains.map((gain) => gain / total),
  }
}

/** Standard deviations beyond which a cell's share of an alert (1e-9) is left out. */
const REACH_SIGMA = 6

/** Calls back with each cell around an alert and r Pd N / lambda there. */
export function forEachGain(grid: Grid, alert: ClutteredAlert, visit: (index: number, factor: number) => void): void {
  const { position, errorM, pd, clutterPerKm2, likelihoodRatio = 1 } = alert
  if (!(errorM > 0)) throw new RangeError('errorM: must be above 0 m')
  if (!(pd >= 0 && pd <= 1)) throw new RangeError('pd: must be 0 to 1')
  if (!(clutterPerKm2 > 0)) throw new RangeError('clutterPerKm2: must be above 0')
  if (!(likelihoodRatio >= 0 && Number.isFinite(likelihoodRatio)))
    throw new RangeError('likelihoodRatio: must be 0 or above')
  const [eastM, northM] = gridFrame(grid).toLocal(position)
  const { rows, cols, cellM } = grid
  const across = shares(eastM, errorM, cellM, cols)
  const along = shares(northM, errorM, cellM, rows)
  const scale = (likelihoodRatio * pd * 1e6) / (clutterPerKm2 * cellM * cellM)
  along.share.forEach((northShare, row) => {
    across.share.forEach((eastShare, col) => {
      visit((along.first + row) * cols + across.first + col, scale * northShare * eastShare)
    })
  })
}

/** Share of a normal distribution within each cell of one axis, for the cells within reach. */
function shares(atM: number, errorM: number, cellM: number, count: number): { first: number; share: number[] } {
  const first = Math.max(0, Math.floor((atM - REACH_SIGMA * errorM) / cellM))
  const last = Math.min(count - 1, Math.floor((atM + REACH_SIGMA * errorM) / cellM))
  const share: number[] = []
  for (let cell = first; cell <= last; cell++) {
    share.push(normalCdf(((cell + 1) * cellM - atM) / errorM) - normalCdf((cell * cellM - atM) / errorM))
  }
  return { first, share }
}
