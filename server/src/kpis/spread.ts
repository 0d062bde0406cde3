import { SMALL_N, type Percentile, type Share, type Percentiles } from '@skerry/contract'
import { wilson } from '../domain/incidents/repeat-rate.ts'

/** Left out on each side of a two-sided 95 % interval. */
const TAIL = 0.025

/**
 * Nearest-rank percentile of a sample and its distribution-free 95 % interval.
 *
 * The number of values below the true percentile is binomial (n, share), so the l-th and u-th of the sorted values hold
 * it with at least 95 %: l is the greatest rank with P(B < l) <= 2.5 %, u the smallest with P(B < u) >= 97.5 %. Where
 * there is no such rank the sample cannot bound the percentile on that side (David & Nagaraja, Order Statistics, 7.1).
 *
 * @param sorted ascending, at least one
 * @param share 0 < share < 1
 */
export function percentileOf(sorted: readonly number[], share: number): Percentile {
  const n = sorted.length
  const { low, high } = rankBounds(n, share)
  return {
    value: sorted[Math.max(1, Math.ceil(n * share)) - 1]!,
    low: low === null ? null : sorted[low - 1]!,
    high: high === null ? null : sorted[high - 1]!,
  }
}

/** Ranks, 1 for the smallest, of the interval's ends; null where a sample of `n` has none. */
export function rankBounds(n: number, share: number): { low: number | null; high: number | null } {
  let low: number | null = null
  let high: number | null = null
  let below = 0 // P(B < rank)
  for (let rank = 1; rank <= n; rank++) {
    below += binomial(n, rank - 1, share)
    if (below <= TAIL) low = rank
    if (below >= 1 - TAIL) {
      high = rank
      break
    }
  }
  return { low, high }
}

/** Probability of exactly `k` of `n`; by logarithms, since the coefficients of a large sample are no numbers. */
function binomial(n: number, k: number, share: number): number {
  return Math.exp(logChoose(n, k) + k * Math.log(share) + (n - k) * Math.log1p(-share))
}

const logFactorials = [0]
function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i))
  return logFactorials[n]!
}
const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/** Percentiles of values in any order; of fewer than `SMALL_N` only how many they are. */
export function spreadOf(values: readonly number[]): Percentiles {
  if (values.length < SMALL_N) return { n: values.length, p50: null, p90: null }
  const sorted = [...values].sort((a, b) => a - b)
  return { n: sorted.length, p50: percentileOf(sorted, 0.5), p90: percentileOf(sorted, 0.9) }
}

export const shareOf = (hits: number, n: number): Share => ({
  n,
  hits,
  share: n === 0 ? null : hits / n,
  interval: n === 0 ? null : wilson(hits, n),
})
