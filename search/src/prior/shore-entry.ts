import { type DriftCloud, driftEnsemble, type DriftInput } from '../drift/drift-ensemble.ts'
import { gridIndexOfM, type GridShape } from '../frame/grid.ts'
import type { GriddedLand, Reach } from './reach.ts'

/** Draws of a place in the water beside a shore cell before the last one is taken as it is. */
const MOST_TRIES = 50

/** A point is land when its cell is at least half land; off the grid is open water. */
export const landTest =
  (shape: GridShape, { fraction }: GriddedLand) =>
  (eastM: number, northM: number): boolean => {
    const i = gridIndexOfM(shape, eastM, northM)
    return i >= 0 && fraction[i]! >= 0.5
  }

/**
 * Drift of somebody who entered the water somewhere on the shore that can be reached on foot: each particle begins at a
 * shore cell, by its radial mass, and somewhere in the water of this cell or of those beside it. Null where no shore is
 * in reach on the grid.
 * @param masses radial mass per cell, 0..1
 * @returns particles in the frame of the grid's south-west corner, metres, with where they began
 */
export function driftFromShore(
  shape: GridShape,
  masses: Float64Array,
  { shore }: Pick<Reach, 'shore'>,
  drift: Omit<DriftInput, 'start'> & { isLand: (eastM: number, northM: number) => boolean },
): DriftCloud | null {
  const start = shoreEntry(shape, masses, shore, drift.isLand)
  if (!start) return null
  const startsM = new Float64Array(2 * drift.particles)
  const cloud = driftEnsemble({
    ...drift,
    start: (i, random) => {
      const point = start(i, random)
      startsM.set(point, 2 * i)
      return point
    },
  })
  return { ...cloud, startsM }
}

function shoreEntry(
  shape: GridShape,
  masses: Float64Array,
  atShore: Uint8Array,
  isLand: (eastM: number, northM: number) => boolean,
): NonNullable<DriftInput['start']> | null {
  const shore = [...masses.keys()].filter((i) => atShore[i] && masses[i]! > 0)
  if (shore.length === 0) return null
  const upTo = new Float64Array(shore.length)
  shore.forEach((i, k) => (upTo[k] = (k > 0 ? upTo[k - 1]! : 0) + masses[i]!))
  return (_, random) => {
    const wanted = random() * upTo[upTo.length - 1]!
    const i = shore[upTo.findIndex((sum) => sum >= wanted)] ?? shore[shore.length - 1]!
    let point: readonly [number, number] = [0, 0]
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const eastM = ((i % shape.cols) - 1 + 3 * random()) * shape.cellM
      const northM = (Math.floor(i / shape.cols) - 1 + 3 * random()) * shape.cellM
      point = [eastM, northM]
      if (!isLand(eastM, northM)) break
    }
    return point
  }
}
