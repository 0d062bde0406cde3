import { DEFAULT_TRIAGE_POLICY, type Candidate, type TriagePolicy } from '../triage/thermal-reading.ts'
import type { PlacedAlert } from './alert.ts'

/** Radius of a circular normal that holds 95 %, in standard deviations: sqrt(-2 ln 0.05). */
const RADIUS_95_SIGMA = 2.4477
/** No place is known better than this, metres. */
const LEAST_ERROR_M = 1

/**
 * A candidate of the triage as an alert on the map. Its likelihood ratio holds each of its independent looks once, hits
 * and later misses alike, so the newest figures stand in place of all earlier ones. The clutter that the map divides by
 * counts warm things that stay (what was dismissed, what an exercise marked by mistake); these are seen again as often as
 * a person is, so looks that agree speak for "it is there", not for "it is a person". Hence r = ratio over the most that
 * agreeing looks may say, at most 1: a candidate that every look shows competes as one warm thing among others, and one
 * that later passes do not show falls behind them. What tells a person from a rock is a look by people, or a team.
 * @param recall of the detector, 0..1
 */
export function candidateAlert(
  candidate: Pick<Candidate, 'errorRadiusM' | 'likelihoodRatio'> & { readonly position: readonly number[] },
  recall: number,
  policy: Pick<TriagePolicy, 'maxLikelihoodRatio'> = DEFAULT_TRIAGE_POLICY,
): PlacedAlert {
  return {
    position: candidate.position,
    errorM: Math.max(LEAST_ERROR_M, candidate.errorRadiusM / RADIUS_95_SIGMA),
    pd: recall,
    likelihoodRatio: Math.min(1, candidate.likelihoodRatio / policy.maxLikelihoodRatio),
  }
}
