import { gridFrame, type Grid } from '../frame/grid.ts'
import { normalCdf } from '../frame/normal.ts'

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

/** A detection on the ground, before the clutter that it competes with is known. */
export interface PlacedAlert {
  readonly position: readonly number[]
  /** One standard deviation of the placed position, metres, > 0. */
  readonly errorM: number
  /** Probability that the detector alerts when the subject is there and was looked at, 0..1. */
  readonly pd: number
  /**
   * Likelihood ratio of everything else known of this alert (a person looked at the picture, a second look, steadiness):
   * P(that | subject) / P(that | clutter), >= 0; default 1. 0 is a dismissal without any doubt.
   */
  readonly likelihoodRatio?: number | undefined
}

/** A detection on the ground among false alarms that fall like rain. */
export interface ClutteredAlert extends PlacedAlert {
  /** False alarms and other warm things the detector reports per km2 of ground searched, > 0. */
  readonly clutterPerKm2: number
}

/** What an alert adds to a map before any search, un-normalised: divide by the clutter per km2. */
export interface AlertGain {
  readonly cells: Int32Array
  /** Of each of these cells. */
  readonly gains: Float64Array
  /** Of the rest of the world. */
  readonly outside: number
  /** All of it. */
  readonly sum: number
}

/** Standard deviations beyond which a cell's share of an alert (1e-9) is left out. */
const REACH_SIGMA = 6

/**
 * The weight of "the subject is there, and is this alert" in each cell: r Pd N p, with N the mean over the cell of the
 * circular normal density of the alert's place (exact, so the answer does not hang on the size of the cells or where
 * their edges fall) and r the alert's own likelihood ratio. Where the map holds nothing (beyond a coast, off a drift's
 * cloud) and beyond its rim, p is that of the rest of the world, taken to be anywhere in as much ground as the grid has
 * [assumption, as for sightings]: an alert at the rim raises the rest of the world too, and never only the last cells.
 * @param prior map before any search; @param restOfWorld of the same map
 * RangeError that names the field for values out of range.
 */
export function alertGain(prior: Grid, restOfWorld: number, alert: PlacedAlert): AlertGain {
  const { position, errorM, pd, likelihoodRatio = 1 } = alert
  if (!(errorM > 0)) throw new RangeError('errorM: must be above 0 m')
  if (!(pd >= 0 && pd <= 1)) throw new RangeError('pd: must be 0 to 1')
  if (!(likelihoodRatio >= 0 && Number.isFinite(likelihoodRatio)))
    throw new RangeError('likelihoodRatio: must be 0 or above')
  const [eastM, northM] = gridFrame(prior).toLocal(position)
  const { rows, cols, cellM, values } = prior
  const across = shares(eastM, errorM, cellM, cols)
  const along = shares(northM, errorM, cellM, rows)
  const perKm2 = (likelihoodRatio * pd * 1e6) / (cellM * cellM)
  const elsewhere = restOfWorld / (rows * cols)
  const cells = new Int32Array(along.share.length * across.share.length)
  const gains = new Float64Array(cells.length)
  let [n, inside, sum] = [0, 0, 0]
  along.share.forEach((northShare, row) => {
    across.share.forEach((eastShare, col) => {
      const cell = (along.first + row) * cols + across.first + col
      const share = northShare * eastShare
      const poa = values[cell]!
      cells[n] = cell
      gains[n] = perKm2 * share * (poa > 0 ? poa : elsewhere)
      sum += gains[n]!
      inside += share
      n += 1
    })
  })
  const outside = perKm2 * Math.max(0, 1 - inside) * elsewhere
  return { cells, gains, outside, sum: sum + outside }
}

/**
 * Map after one detection with Poisson clutter; `probabilityHere` is the probability that this alert is the subject.
 * See `alertsOnMap`.
 */
export function alertOnMap(
  prior: Grid,
  restOfWorld: number,
  alert: ClutteredAlert,
  podOf?: ArrayLike<number>,
): { readonly grid: Grid; readonly restOfWorld: number; readonly probabilityHere: number } {
  const { probabilities, ...after } = alertsOnMap(prior, restOfWorld, [alert], podOf)
  return { ...after, probabilityHere: probabilities[0]! }
}

/**
 * Map after a search and all of its alerts together, with Poisson clutter and one subject:
 * p'(cell) ~ p (1 - POD + sum over alerts of r Pd N / lambda), lambda the clutter per unit area. The first part is the
 * subject missed by everything that looked; the others are the subject being one of the alerts, whose own looks are in r:
 * so each look counts once under each of them, and searching on around an alert does not wear it away. Cells around
 * alerts gain, all others lose a little. At most one alert is the subject, so the alerts' probabilities compete and add
 * up to less than 1. Always start from the map without these alerts: an alert applied twice is counted twice.
 * @param prior map before any search
 * @param podOf POD of each cell so far; default none
 * @returns `probabilities`: that each alert is the subject, in the order given
 * RangeError for values out of range. Source: notes 1.1 (Poisson clutter instead of Pfa) [K]; likelihood of the
 * probabilistic data association filter (Bar-Shalom and Tse 1975), its missed-detection term taken from the coverage.
 */
export function alertsOnMap(
  prior: Grid,
  restOfWorld: number,
  alerts: readonly ClutteredAlert[],
  podOf?: ArrayLike<number>,
): { readonly grid: Grid; readonly restOfWorld: number; readonly probabilities: number[] } {
  const values = prior.values.map((poa, i) => poa * (1 - (podOf?.[i] ?? 0)))
  let outside = restOfWorld
  let total = restOfWorld
  for (const value of values) total += value
  const sums = alerts.map((alert) => {
    const scale = 1 / checkedClutter(alert.clutterPerKm2)
    const gain = alertGain(prior, restOfWorld, alert)
    gain.cells.forEach((cell, k) => (values[cell]! += gain.gains[k]! * scale))
    outside += gain.outside * scale
    total += gain.sum * scale
    return gain.sum * scale
  })
  for (let i = 0; i < values.length; i++) values[i]! /= total
  return {
    grid: { ...prior, values },
    restOfWorld: outside / total,
    probabilities: sums.map((sum) => sum / total),
  }
}

/** RangeError unless above 0. */
export function checkedClutter(clutterPerKm2: number): number {
  if (!(clutterPerKm2 > 0)) throw new RangeError('clutterPerKm2: must be above 0')
  return clutterPerKm2
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
