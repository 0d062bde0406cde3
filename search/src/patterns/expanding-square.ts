import type { LocalM } from '../frame/position.ts'
import { aboveZero, ahead, patternOf, type SearchPattern } from './search-pattern.ts'

/**
 * Expanding square (SS): from the datum legs of S, S, 2S, 2S, 3S, 3S ... each turned 90 degrees to the right, until
 * everything within `radiusM` lies within half a spacing of a leg (0.59 of a spacing inside the corners, where the
 * pattern turns). For a datum known well, with little drift.
 * @param firstLegRad bearing of the first leg, clockwise from north; into the wind or drift in IAMSAR's practice
 * @param turn `left` for the second drone's pattern, or to keep clear of something; default right
 * RangeError unless radius and spacing are above 0 and the radius is at most 100 spacings.
 * Source: IAMSAR II, expanding square search [K].
 */
export function expandingSquare(input: {
  readonly datum: readonly number[]
  readonly radiusM: number
  readonly trackSpacingM: number
  readonly firstLegRad?: number | undefined
  readonly turn?: 'right' | 'left' | undefined
}): SearchPattern {
  const { datum, radiusM, trackSpacingM, firstLegRad = 0, turn = 'right' } = input
  aboveZero({ trackSpacingM, radiusM })
  if (radiusM / trackSpacingM > 100) throw new RangeError('radiusM: must be at most 100 spacings')
  const points: LocalM[] = [[0, 0]]
  // Leg 4k is the last side of the square k spacings out; half a spacing beyond it is seen too.
  const rings = 2 * Math.max(1, Math.ceil((radiusM - trackSpacingM / 2) / trackSpacingM))
  for (let leg = 0; leg < 2 * rings + 1; leg++) {
    const lengthM = Math.min(rings, Math.floor(leg / 2) + 1) * trackSpacingM
    const bearing = firstLegRad + ((turn === 'right' ? 1 : -1) * leg * Math.PI) / 2
    points.push(ahead(points[points.length - 1]!, bearing, lengthM))
  }
  return patternOf('expanding-square', datum, points, trackSpacingM)
}
