/**
 * Exact permutation test of a sum: the probability that `draws` of the values, drawn without replacement, sum to at
 * least `sum`. Values are whole numbers >= 0; 0 <= draws <= number of values. One distribution per number of draws is
 * worked out and kept, by counting subsets value by value (a multivariate hypergeometric sum).
 */
export function upperTails(values: readonly number[]): (draws: number, sum: number) => number {
  const multiplicities = new Map<number, number>()
  for (const value of values) multiplicities.set(value, (multiplicities.get(value) ?? 0) + 1)
  const kept = new Map<number, Float64Array>()
  return (draws, sum) => {
    let tail = kept.get(draws)
    if (tail === undefined) kept.set(draws, (tail = tailOf(multiplicities, values.length, draws)))
    if (sum <= 0) return 1
    return sum < tail.length ? tail[sum]! : 0
  }
}

function tailOf(multiplicities: ReadonlyMap<number, number>, n: number, draws: number): Float64Array {
  const largest = Math.max(...multiplicities.keys())
  const size = draws * largest + 1
  // ways[k][s]: share of all subsets that take k of the values so far and sum to s.
  let ways = Array.from({ length: draws + 1 }, () => new Float64Array(size))
  ways[0]![0] = 1
  for (const [value, multiplicity] of multiplicities) {
    const next = Array.from({ length: draws + 1 }, () => new Float64Array(size))
    for (let taken = 0; taken <= draws; taken++)
      for (let more = 0; more <= Math.min(multiplicity, draws - taken); more++) {
        const subsets = choose(multiplicity, more)
        const from = ways[taken]!
        const to = next[taken + more]!
        for (let s = 0; s + more * value < size; s++) to[s + more * value]! += from[s]! * subsets
      }
    ways = next
  }
  const all = choose(n, draws)
  const tail = new Float64Array(size)
  let above = 0
  for (let s = size - 1; s >= 0; s--) {
    above += ways[draws]![s]! / all
    tail[s] = Math.min(1, above)
  }
  return tail
}

/** Binomial coefficient as a float; exact to some 1e-15 relative. */
function choose(n: number, k: number): number {
  let result = 1
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i
  return result
}
