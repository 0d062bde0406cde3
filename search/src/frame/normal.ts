/**
 * Standard normal distribution function. Absolute error below 1e-14.
 * Source: series and continued fraction of erf (Abramowitz & Stegun 7.1.6, 7.1.14).
 */
export const normalCdf = (z: number): number =>
  z < -38 ? 0 : z > 38 ? 1 : 0.5 * (1 + Math.sign(z) * erf(Math.abs(z) / Math.SQRT2))

/** Error function for any real x, absolute error below 1e-14. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x)
  if (x > 6) return 1
  if (x < 3) {
    let term = x
    let sum = x
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1)
      sum += term
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
  }
  let fraction = x
  for (let n = 40; n >= 1; n--) fraction = x + n / 2 / fraction
  return 1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}

/** Inverse of `normalCdf` by bisection and Newton; RangeError unless 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('normalQuantile: need 0 < p < 1')
  let low = -38
  let high = 38
  for (let step = 0; step < 20; step++) {
    const mid = (low + high) / 2
    if (normalCdf(mid) < p) low = mid
    else high = mid
  }
  let z = (low + high) / 2
  for (let step = 0; step < 3; step++) {
    const pdf = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
    if (pdf > 0) z -= (normalCdf(z) - p) / pdf
  }
  return z
}
