import type { LocalM } from '../frame/position.ts'
import { aboveZero, ahead, patternOf, type SearchPattern } from './search-pattern.ts'

/** Turns of the nine legs of equal length: out, across the rim, and back through the datum, three times over. */
const LEG_TURNS = [0, 1, 2, 2, 0, 1, 1, 2, 0] as const

/**
 * Sector search (VS): nine legs of one radius with 120 degree turns to the right, crossing the datum three times and
 * ending on it; a second run is turned by 30 degrees to the right, so that its legs fall between the first ones. Densest
 * at the datum: for a place known very well and a small object. `trackSpacingM` is the length of the rim leg.
 * @param firstLegRad bearing of the first leg, clockwise from north
 * RangeError unless the radius is above 0.
 * Source: IAMSAR II, sector search (VS; three sectors, 120 degree turns, second pass turned by 30 degrees) [K].
 */
export function sectorSearch(input: {
  readonly datum: readonly number[]
  readonly radiusM: number
  readonly firstLegRad?: number | undefined
  /** Runs of nine legs, 1 or 2; default 1. */
  readonly runs?: 1 | 2 | undefined
}): SearchPattern {
  const { datum, radiusM, firstLegRad = 0, runs = 1 } = input
  aboveZero({ radiusM })
  const points: LocalM[] = [[0, 0]]
  for (let run = 0; run < runs; run++) {
    for (const turns of LEG_TURNS) {
      const bearing = firstLegRad + (run * Math.PI) / 6 + (turns * 2 * Math.PI) / 3
      points.push(ahead(points[points.length - 1]!, bearing, radiusM))
    }
    points[points.length - 1] = [0, 0] // nine exact legs close on the datum; rounding must not add up
  }
  return patternOf('sector', datum, points, radiusM)
}
