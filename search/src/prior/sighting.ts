import { gridFrame, type Grid } from '../frame/grid.ts'
import { normalCdf } from '../frame/normal.ts'

/** A report of the subject, or a clue, as evidence about where the subject is now. */
export interface Sighting {
  readonly position: readonly number[]
  /** One standard deviation of the reported place, metres, > 0. */
  readonly errorM: number
  /** Distance the subject may have moved since, as one standard deviation, metres. */
  readonly movedM?: number | undefined
  /** Seconds since; without `movedM` the subject is taken to have moved `WANDERING_MPS` times as many metres. */
  readonly sinceS?: number | undefined
  /** Direction of travel, degrees clockwise from north. Alone (no `movedM`, no `sinceS`) it says nothing of how far. */
  readonly headingDeg?: number | undefined
  /** One standard deviation of the heading, degrees; default 30 [assumption]. */
  readonly headingErrorDeg?: number | undefined
  /** Probability that the report is about this subject, 0..1. */
  readonly reliability: number
}

/** Result of weighing a map by evidence. */
export interface Weighed {
  readonly values: Float64Array
  readonly restOfWorld: number
  /** Prior probability of the evidence, up to a factor common to all maps of the same grid: weighs scenarios. */
  readonly evidence: number
}

/** Least evidence, against that of a sighting of anybody anywhere on the grid, with which a map agrees: some 7 deviations. */
const FITS = 1e-9
/** What is left of 1 less the sum of a density over all cells by rounding alone. */
const ROUNDING = 1e-12

/** Net speed of somebody on foot who wanders, rests and turns, m/s [assumption]. */
export const WANDERING_MPS = 0.4

/**
 * Bayes' rule with one sighting: p' ~ p L. L(cell) = rel D(cell) + (1 - rel) / A: a report about somebody else is uniform
 * over the grid's area A. D is the circular normal density with s^2 = errorM^2 + movedM^2, averaged over the cell, so
 * that a report sharper than a cell still counts. With a heading, D is turned towards it by a von Mises factor about the
 * reported place, blunted where the place itself is uncertain; a heading alone has D uniform over distance. Whoever is
 * outside the grid is taken to be anywhere in as much ground as the grid has [assumption]: L(rest of world) =
 * (rel q + 1 - rel) / A, with q the share of D outside the grid (1 for a heading alone). So a report from beyond the rim
 * raises the rest of world, and one from inside never does. Values and rest of world sum to 1 afterwards.
 * A sighting that fits no place of the map, `FITS` times worse than one of anybody anywhere, has evidence 0 and moves
 * nothing: below that a normal density is rounding and no knowledge, whatever the error of the place.
 * RangeError that names the field. Source: search-science notes 1.1 (detections with false alarms); the mixture is the
 * usual robust form [K].
 */
export function weighBySighting(grid: Grid, restOfWorld: number, sighting: Sighting): Weighed {
  const { reliability, errorM, sinceS, headingDeg, headingErrorDeg = 30 } = sighting
  if (!(reliability >= 0 && reliability <= 1)) throw new RangeError('sightings.reliability: must be 0 to 1')
  if (!(errorM > 0)) throw new RangeError('sightings.errorM: must be above 0 m')
  if (!(headingErrorDeg > 0)) throw new RangeError('sightings.headingErrorDeg: must be above 0 degrees')
  const movedM = sighting.movedM ?? (sinceS === undefined ? undefined : sinceS * WANDERING_MPS)
  if (!((movedM ?? 0) >= 0)) throw new RangeError('sightings.movedM: must be 0 m or above')
  const [eastM, northM] = gridFrame(grid).toLocal(sighting.position)
  const { rows, cols, cellM } = grid
  const perM2 = 1 / (rows * cols * cellM * cellM)
  const elsewhere = (1 - reliability) * perM2
  const headingOnly = headingDeg !== undefined && movedM === undefined
  const sigmaM = Math.hypot(errorM, movedM ?? 0)
  const overCols = headingOnly ? null : normalOverCells(cols, cellM, eastM, sigmaM)
  const overRows = headingOnly ? null : normalOverCells(rows, cellM, northM, sigmaM)
  const turned = headingDeg === undefined ? null : towards(headingDeg, headingErrorDeg, errorM)
  const values = new Float64Array(rows * cols)
  const outside = overCols && overRows ? 1 - sumM(overCols, cellM) * sumM(overRows, cellM) : 1
  const beyond = reliability * (outside > ROUNDING ? outside : 0) * perM2 + elsewhere
  let evidence = restOfWorld * beyond
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const i = row * cols + col
      let density = overCols && overRows ? overCols[col]! * overRows[row]! : perM2
      if (turned) density *= turned((col + 0.5) * cellM - eastM, (row + 0.5) * cellM - northM)
      const weighed = grid.values[i]! * (reliability * density + elsewhere)
      values[i] = weighed
      evidence += weighed
    }
  }
  if (!(evidence > FITS * perM2)) return { values: grid.values.slice(), restOfWorld, evidence: 0 }
  for (let i = 0; i < values.length; i++) values[i]! /= evidence
  return { values, restOfWorld: (restOfWorld * beyond) / evidence, evidence }
}

const sumM = (means: Float64Array, cellM: number): number => means.reduce((sum, mean) => sum + mean * cellM, 0)

/** Mean of a normal density over each cell of an axis, per metre. */
function normalOverCells(cells: number, cellM: number, atM: number, sigmaM: number): Float64Array {
  const means = new Float64Array(cells)
  let before = normalCdf(-atM / sigmaM)
  for (let i = 0; i < cells; i++) {
    const after = normalCdf(((i + 1) * cellM - atM) / sigmaM)
    means[i] = (after - before) / cellM
    before = after
  }
  return means
}

/**
 * Factor by direction with mean 1 over all bearings: von Mises about the heading, its concentration 1 / (heading error^2
 * + (place error / distance)^2), so that nothing is said about ground within the error of the place.
 */
function towards(headingDeg: number, errorDeg: number, placeErrorM: number): (eastM: number, northM: number) => number {
  const heading = (headingDeg * Math.PI) / 180
  const error = (errorDeg * Math.PI) / 180
  return (eastM, northM) => {
    const awayM = Math.hypot(eastM, northM)
    if (awayM === 0) return 1
    const concentration = 1 / (error * error + (placeErrorM / awayM) ** 2)
    const cos = Math.cos(Math.atan2(eastM, northM) - heading)
    return Math.exp(concentration * (cos - 1)) / scaledBesselI0(concentration)
  }
}

/** exp(-x) I0(x), relative error below 2e-7. Source: Abramowitz & Stegun 9.8.1, 9.8.2. */
function scaledBesselI0(x: number): number {
  if (x < 3.75) {
    const t = (x / 3.75) ** 2
    const c = [1, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813]
    return Math.exp(-x) * c.reduceRight((sum, each) => sum * t + each, 0)
  }
  const t = 3.75 / x
  const c = [
    0.39894228, 0.01328592, 0.00225319, -0.00157565, 0.00916281, -0.02057706, 0.02635537, -0.01647633, 0.00392377,
  ]
  return c.reduceRight((sum, each) => sum * t + each, 0) / Math.sqrt(x)
}
