import { expandingSquare } from '../patterns/expanding-square.ts'
import type { LngLat } from '../frame/position.ts'

/**
 * Expanding square about a place, for another look at a candidate: until everything within `radiusM` lies within half a
 * spacing of a leg (see `expandingSquare`).
 * @param spacingM distance between parallel legs, metres, > 0
 * @param bearingRad direction of the first leg, clockwise from north, default 0; another bearing than the first pass
 *   shows the place from another side
 * RangeError unless radiusM > 0 and spacingM > 0 (and no more than 200 turns).
 */
export function relookPath(input: {
  readonly centreLngLat: readonly number[]
  readonly radiusM: number
  readonly spacingM: number
  readonly bearingRad?: number | undefined
}): LngLat[] {
  const { centreLngLat, radiusM, spacingM, bearingRad } = input
  return expandingSquare({ datum: centreLngLat, radiusM, trackSpacingM: spacingM, firstLegRad: bearingRad }).points
}
