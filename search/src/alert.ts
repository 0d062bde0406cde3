import { gridFrame, type Grid } from './grid.ts'

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
}

/**
 * Map after one detection with Poisson clutter: L(cell) = 1 + Pd N(distance; s) / lambda, N the circular normal density
 * and lambda the clutter per unit area; rest of world L = 1. Cells around the alert gain, all others lose a little.
 * The silence over the rest of the looked-at ground is not counted here: coverage already accounts for it.
 * `probabilityHere` is the posterior probability that this alert is the subject.
 * RangeError for values out of range. Source: notes 1.1 (Poisson clutter instead of Pfa) [K].
 */
export function alertOnMap(
  grid: Grid,
  restOfWorld: number,
  { position, errorM, pd, clutterPerKm2 }: ClutteredAlert,
): { readonly grid: Grid; readonly restOfWorld: number; readonly probabilityHere: number } {
  if (!(errorM > 0)) throw new RangeError('errorM: must be above 0 m')
  if (!(pd >= 0 && pd <= 1)) throw new RangeError('pd: must be 0 to 1')
  if (!(clutterPerKm2 > 0)) throw new RangeError('clutterPerKm2: must be above 0')
  const [eastM, northM] = gridFrame(grid).toLocal(position)
  const { cols, cellM } = grid
  const peak = (pd * 1e6) / (2 * Math.PI * errorM * errorM * clutterPerKm2)
  const values = new Float64Array(grid.values.length)
  let gained = 0
  for (let i = 0; i < values.length; i++) {
    const dEastM = ((i % cols) + 0.5) * cellM - eastM
    const dNorthM = (Math.floor(i / cols) + 0.5) * cellM - northM
    const gain = grid.values[i]! * peak * Math.exp(-(dEastM * dEastM + dNorthM * dNorthM) / (2 * errorM * errorM))
    gained += gain
    values[i] = grid.values[i]! + gain
  }
  const total = 1 + gained
  for (let i = 0; i < values.length; i++) values[i]! /= total
  return { grid: { ...grid, values }, restOfWorld: restOfWorld / total, probabilityHere: gained / total }
}
