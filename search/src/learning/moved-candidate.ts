import { localFrame } from '../frame/local-frame.ts'
import type { Candidate } from '../triage/thermal-reading.ts'

/** What is asked of a candidate: where it was seen, how surely, and from when to when. */
export type CandidateSight = Pick<Candidate, 'key' | 'position' | 'errorRadiusM' | 'firstSeenMs' | 'lastSeenMs'>

/** Two candidates that may be one subject who walked on. */
export interface PossibleMove {
  readonly from: string
  readonly to: string
  readonly distanceM: number
  /** Time between the last sight of one and the first of the other, seconds. */
  readonly elapsedS: number
  /** Speed that this takes, m/s. */
  readonly speedMps: number
}

/**
 * Pairs of candidates that a walking subject explains: the second was first seen after the first was last seen, no
 * farther away than `maxSpeedMps` allows (beyond both error radii), the slowest first. A hint for people, who look at both
 * pictures; nothing is merged by it. Things that stand still are told apart by passes that show them in their place, so
 * a first candidate that was seen again on a later pass than the second's first sight is never such a pair.
 * RangeError for a speed that is not above 0. Source: walking speed of a lost person on rough ground, about 1 m/s [K].
 */
export function possibleMoves(candidates: readonly CandidateSight[], maxSpeedMps = 1.2): PossibleMove[] {
  if (!(maxSpeedMps > 0)) throw new RangeError('maxSpeedMps: must be above 0')
  const moves: PossibleMove[] = []
  for (const from of candidates) {
    const frame = localFrame(from.position)
    for (const to of candidates) {
      const elapsedS = (to.firstSeenMs - from.lastSeenMs) / 1000
      if (from === to || !(elapsedS > 0)) continue
      const distanceM = Math.hypot(...frame.toLocal(to.position))
      const apartM = distanceM - Math.hypot(from.errorRadiusM, to.errorRadiusM)
      if (apartM <= maxSpeedMps * elapsedS)
        moves.push({ from: from.key, to: to.key, distanceM, elapsedS, speedMps: distanceM / elapsedS })
    }
  }
  return moves.sort((a, b) => a.speedMps - b.speedMps || a.to.localeCompare(b.to))
}
