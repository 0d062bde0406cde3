/**
 * Upper tail of the binomial distribution: the probability of at least `k` successes in `n` trials of probability `q`.
 * Summed term by term from `k` upwards, each from the one before; the first by log factorials. Relative error some 1e-12.
 * @param n whole number >= 0
 * @param q 0..1
 */
export function binomialUpperTail(n: number, q: number, k: number): number {
  if (k <= 0) return 1
  if (k > n || q <= 0) return 0
  if (q >= 1) return 1
  const odds = q / (1 - q)
  let term = Math.exp(logChoose(n, k) + k * Math.log(q) + (n - k) * Math.log1p(-q))
  let tail = term
  for (let i = k + 1; i <= n; i++) {
    term *= ((n - i + 1) / i) * odds
    tail += term
    // Beyond the mean terms only fall, at least as fast as they fall here.
    if (term < tail * 1e-16 && i > n * q) break
  }
  return Math.min(1, tail)
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

const known = [0, 0]
function logFactorial(n: number): number {
  for (let i = known.length; i <= n; i++) known.push(known[i - 1]! + Math.log(i))
  return known[n]!
}
