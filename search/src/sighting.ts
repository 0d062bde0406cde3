import { gridFrame, type Grid } from './grid.ts'

/** A report of the subject, or a clue, as evidence about where the subject is now. */
export interface Sighting {
  readonly position: readonly number[]
  /** One standard deviation of the reported place, metres, > 0. */
  readonly errorM: number
  /** Distance the subject may have moved since, as one standard deviation, metres; 0 when omitted. */
  readonly movedM?: number | undefined
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

/**
 * Bayes' rule with one sighting: p' ~ p L. L(cell) = rel N(distance; s) + (1 - rel) / A, where N is the circular normal
 * density with s^2 = errorM^2 + movedM^2 and a report about somebody else is uniform over the grid's area A. Outside the
 * grid only the second term counts. Values and rest of world sum to 1 afterwards.
 * RangeError for an error of 0 or a reliability outside 0..1. Source: search-science notes 1.1 (detections with false
 * alarms); the mixture is the usual robust form [K].
 */
export function weighBySighting(grid: Grid, restOfWorld: number, sighting: Sighting): Weighed {
  const { reliability } = sighting
  if (!(reliability >= 0 && reliability <= 1)) throw new RangeError('sightings.reliability: must be 0 to 1')
  if (!(sighting.errorM > 0)) throw new RangeError('sightings.errorM: must be above 0 m')
  const variance = sighting.errorM ** 2 + (sighting.movedM ?? 0) ** 2
  const [eastM, northM] = gridFrame(grid).toLocal(sighting.position)
  const { rows, cols, cellM } = grid
  const elsewhere = (1 - reliability) / (rows * cols * cellM * cellM)
  const peak = reliability / (2 * Math.PI * variance)
  const values = new Float64Array(rows * cols)
  let evidence = restOfWorld * elsewhere
  for (let row = 0; row < rows; row++) {
    const dNorth2 = ((row + 0.5) * cellM - northM) ** 2
    for (let col = 0; col < cols; col++) {
      const i = row * cols + col
      const d2 = dNorth2 + ((col + 0.5) * cellM - eastM) ** 2
      const weighed = grid.values[i]! * (peak * Math.exp(-d2 / (2 * variance)) + elsewhere)
      values[i] = weighed
      evidence += weighed
    }
  }
  if (!(evidence > 0)) return { values: grid.values.slice(), restOfWorld, evidence: 0 }
  for (let i = 0; i < values.length; i++) values[i]! /= evidence
  return { values, restOfWorld: (restOfWorld * elsewhere) / evidence, evidence }
}
