import { PROBABLE_ERROR_SIGMAS } from '../drift/drift-ensemble.ts'
import { erf } from '../frame/normal.ts'
import { circularNormalOptimum } from './allocate-effort.ts'

/** The square about a point datum that an effort is spent best on. */
export interface DatumSquare {
  /** Half the side, metres. */
  readonly halfSideM: number
  /** Coverage of the square, C = Z / (2 h)^2. */
  readonly coverage: number
  readonly pos: number
  /** POS of the same effort laid where it finds most, not bound to an even square: the ceiling. */
  readonly unrestrictedPos: number
}

/**
 * Total probable error of a datum, metres: E = sqrt(initial^2 + drift^2 + navigation^2), the radius of the circle that
 * holds half of the positions; E = 1.1774 sigma. RangeError below 0. Source: IAMSAR II, search-science notes 3 [K].
 */
export function totalProbableErrorM(errors: {
  readonly initialM: number
  readonly driftM: number
  readonly navigationM: number
}): number {
  for (const [name, metres] of Object.entries(errors))
    if (!(metres >= 0)) throw new RangeError(`${name}: must be 0 or above`)
  return Math.hypot(errors.initialM, errors.driftM, errors.navigationM)
}

/** Half-sides looked among, as shares of the probable error: from far too small to far too large. */
const [LEAST_SHARE, MOST_SHARE] = [0.01, 8]
const STEPS = 80

/**
 * The even square about a point datum (circular normal, probable error E) that finds most with an effort Z:
 * POS(h) = erf(h / (sigma sqrt 2))^2 (1 - exp(-Z / (2 h)^2)), its one maximum by golden section.
 * @param effortM2 Z = W v t, area effectively swept, m2, > 0
 * @param probableErrorM E, metres, > 0
 * RangeError that names the field. Source: search-science notes 3, table by relative effort Z / E^2.
 */
export function datumSquare(effortM2: number, probableErrorM: number): DatumSquare {
  if (!(effortM2 > 0 && Number.isFinite(effortM2))) throw new RangeError('effortM2: must be above 0')
  if (!(probableErrorM > 0 && Number.isFinite(probableErrorM))) throw new RangeError('probableErrorM: must be above 0')
  const sigmaM = probableErrorM / PROBABLE_ERROR_SIGMAS
  const coverageOf = (halfM: number): number => effortM2 / (2 * halfM) ** 2
  const posOf = (halfM: number): number => erf(halfM / sigmaM / Math.SQRT2) ** 2 * (1 - Math.exp(-coverageOf(halfM)))
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [LEAST_SHARE * probableErrorM, MOST_SHARE * probableErrorM]
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)]
    if (posOf(a) < posOf(b)) low = a
    else high = b
  }
  const halfSideM = (low + high) / 2
  const { pos: unrestrictedPos } = circularNormalOptimum({ sigmaM, sweepWidthM: effortM2, speedMps: 1, timeS: 1 })
  return { halfSideM, coverage: coverageOf(halfSideM), pos: posOf(halfSideM), unrestrictedPos }
}
