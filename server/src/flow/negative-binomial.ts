/** Coefficients of the Lanczos approximation with g = 7, n = 9 (relative error below 1e-13 for x > 0). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** Logarithm of the gamma function, x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  let sum: number = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (z + i)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * Log probability of a count under the negative binomial with this mean and size (variance mean + mean^2 / size; size
 * Infinity is Poisson).
 */
export function logProbability(count: number, mean: number, size: number): number {
  if (mean <= 0) return count === 0 ? 0 : -Infinity
  if (!Number.isFinite(size)) return count * Math.log(mean) - mean - logGamma(count + 1)
  return (
    logGamma(count + size) -
    logGamma(size) -
    logGamma(count + 1) +
    size * Math.log(size / (size + mean)) +
    count * Math.log(mean / (size + mean))
  )
}

/**
 * Smallest counts whose cumulated probability reaches each of the given ones; 0 for a mean of 0.
 * @param probabilities rising, 0 < p < 1
 */
export function quantiles(mean: number, size: number, probabilities: readonly number[]): number[] {
  if (mean <= 0) return probabilities.map(() => 0)
  const share = Number.isFinite(size) ? mean / (size + mean) : 0
  // Begins where next to nothing lies below, so that large means do not underflow and cost little.
  const sd = Math.sqrt(mean + (Number.isFinite(size) ? mean ** 2 / size : 0))
  let count = Math.max(0, Math.floor(mean - 12 * sd))
  let probability = Math.exp(logProbability(count, mean, size))
  let sum = probability
  const most = mean + 40 * sd + 40
  return probabilities.map((p) => {
    while (sum < p && count < most) {
      count++
      probability *= Number.isFinite(size) ? ((count - 1 + size) / count) * share : mean / count
      sum += probability
    }
    return count
  })
}
