/** A measured share with the range it lies in (95 %). */
export interface MeasuredShare {
  readonly best: number
  readonly low: number
  readonly high: number
}

/**
 * Recall (or false-alarm share) of a detector from trials: `hits` of `trials`, with the Wilson score interval, which
 * stays inside 0..1 and is not certain after few trials. No trials: 0..1 and one half. RangeError unless 0 <= hits <=
 * trials. Source: Wilson 1927.
 */
export function measuredShare(hits: number, trials: number): MeasuredShare {
  if (!(hits >= 0 && hits <= trials && Number.isFinite(trials))) throw new RangeError('hits: must be 0 to trials')
  if (trials === 0) return { best: 0.5, low: 0, high: 1 }
  const z2 = 1.959964 ** 2
  const share = hits / trials
  const middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
  const half = Math.sqrt(z2 * ((share * (1 - share)) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials)
  return { best: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/**
 * Warm things that are not the subject, per km2: those people have dismissed (or ground teams have found to be nothing)
 * over the ground swept so far, with a prior guess that is worth `priorKm2` of swept ground. Gamma-Poisson mean
 * (n + rate x priorKm2) / (A + priorKm2), so it is never 0. RangeError for values below 0 or a prior of 0.
 */
export function clutterPerKm2(input: {
  readonly dismissed: number
  readonly sweptKm2: number
  /** Guess before anything was dismissed, > 0; default 5 per km2 [assumption]. */
  readonly priorPerKm2?: number | undefined
  /** Default 0.5 km2. */
  readonly priorKm2?: number | undefined
}): number {
  const { dismissed, sweptKm2, priorPerKm2 = 5, priorKm2 = 0.5 } = input
  if (!(dismissed >= 0)) throw new RangeError('dismissed: must be 0 or above')
  if (!(sweptKm2 >= 0)) throw new RangeError('sweptKm2: must be 0 or above')
  if (!(priorPerKm2 > 0 && priorKm2 > 0)) throw new RangeError('priorPerKm2, priorKm2: must be above 0')
  return (dismissed + priorPerKm2 * priorKm2) / (sweptKm2 + priorKm2)
}
