import { localFrame } from './local-frame.ts'
import type { LngLat, LocalM } from './position.ts'

/**
 * Expanding square about a place, for another look at a candidate: legs of s, s, 2s, 2s, 3s, ... from the centre out,
 * turning right, until everything within `radiusM` lies within half a spacing of a leg (0.59 of
 * a spacing inside the corners, where the pattern turns).
 * @param spacingM distance between parallel legs, metres, > 0
 * @param bearingRad direction of the first leg, clockwise from north, default 0; another bearing than the first pass
 *   shows the place from another side
 * RangeError unless radiusM > 0 and spacingM > 0 (and no more than 200 turns).
 * Source: expanding-square pattern as in IAMSAR II [K].
 */
export function relookPath(input: {
  readonly centreLngLat: readonly number[]
  readonly radiusM: number
  readonly spacingM: number
  readonly bearingRad?: number | undefined
}): LngLat[] {
  const { centreLngLat, radiusM, spacingM, bearingRad = 0 } = input
  if (!(spacingM > 0)) throw new RangeError('spacingM: must be above 0')
  if (!(radiusM > 0 && radiusM / spacingM <= 100))
    throw new RangeError('radiusM: must be above 0, at most 100 spacings')
  const frame = localFrame(centreLngLat)
  const points: LocalM[] = [[0, 0]]
  // Leg 4k is the last side of the square k spacings out; half a spacing beyond it is seen too.
  const rings = 2 * Math.max(1, Math.ceil((radiusM - spacingM / 2) / spacingM))
  for (let leg = 0; leg < 2 * rings + 1; leg++) {
    const lengthM = Math.min(rings, Math.floor(leg / 2) + 1) * spacingM
    const turn = bearingRad + (leg * Math.PI) / 2
    const [eastM, northM] = points[points.length - 1]!
    points.push([eastM + lengthM * Math.sin(turn), northM + lengthM * Math.cos(turn)])
  }
  return points.map((p) => frame.toLngLat(p))
}
