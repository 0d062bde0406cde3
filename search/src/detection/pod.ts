import { erf } from '../frame/normal.ts'

/**
 * POD of coverage C for ordinary searching: 1 - exp(-C) (random search; Koopman 1946). The default for any flown track.
 * RangeError for C < 0. Source: search-science notes 1.1, vectors `pod`.
 */
export const podExponential = (coverage: number): number => 1 - Math.exp(-notNegative(coverage))

/**
 * POD of perfect parallel lanes with an inverse-cube detection law: erf(C sqrt(pi) / 2). A ceiling to show beside the
 * exponential, never the default: field trials fall between the two. RangeError for C < 0. Source: notes 1.1.
 */
export const podInverseCube = (coverage: number): number => erf((notNegative(coverage) * Math.sqrt(Math.PI)) / 2)

/** POD of a sensor that sees everything inside its width and nothing outside: min(1, C). RangeError for C < 0. */
export const podDefiniteRange = (coverage: number): number => Math.min(1, notNegative(coverage))

/** POD of `looks` independent looks that each detect with probability `perLook`: 1 - (1 - g)^n. */
export const podOfLooks = (perLook: number, looks: number): number => 1 - (1 - perLook) ** looks

/** POD of several independent searches of the same ground: 1 - prod(1 - POD_k). Order does not matter. */
export const podCombined = (pods: readonly number[]): number => 1 - pods.reduce((left, pod) => left * (1 - pod), 1)

/**
 * POD of a cell whose ground hides a share 1 - `cap` of all positions from this sensor, whatever the effort:
 * cap (1 - exp(-C / cap)). C is the coverage with the hidden share already taken out of the sweep width (as
 * `sweepWidth` does), so a thin coverage gives POD = C and endless coverage gives `cap`. With cap 1 it is the
 * exponential. RangeError unless 0 <= cap <= 1 and C >= 0.
 * Source: notes 1.1 (looks at a target hidden by canopy are not independent: POD <= 1 - h).
 */
export function podCapped(coverage: number, cap: number): number {
  if (!(cap >= 0 && cap <= 1)) throw new RangeError('pod: cap must be 0 to 1')
  return cap === 0 ? 0 : cap * (1 - Math.exp(-notNegative(coverage) / cap))
}

/**
 * POD of adding `added` coverage to ground that already has `before`, given that nothing was found there:
 * 1 - Q(before + added) / Q(before), Q = 1 - podCapped. Under cover it falls from look to look, because what is left to
 * find is more and more what this sensor cannot see; without a cap it is the exponential whatever was flown before.
 * RangeError as `podCapped`. Source: notes 1.1 (looks at a target hidden by canopy are not independent).
 */
export function podFurther(before: number, added: number, cap: number): number {
  const left = 1 - podCapped(before, cap)
  const after = 1 - podCapped(before + notNegative(added), cap)
  return left > 0 ? 1 - after / left : 0
}

function notNegative(coverage: number): number {
  if (!(coverage >= 0)) throw new RangeError('pod: coverage must be 0 or above')
  return coverage
}
