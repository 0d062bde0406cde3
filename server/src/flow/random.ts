/** Uniform numbers in [0, 1) that repeat with the seed (mulberry32): the same counts give the same forecast. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Standard normal number (Box-Muller). */
export const normal = (rand: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - rand())) * Math.cos(2 * Math.PI * rand())

/** Poisson count: by the product of uniforms below a mean of 12, above it the rounded normal, whose error is below 1 %. */
export function poisson(rand: () => number, mean: number): number {
  if (mean <= 0) return 0
  if (mean > 12) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(rand)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = rand(); product > limit; product *= rand()) count++
  return count
}

/** Gamma number of mean 1 from a standard normal one (Wilson & Hilferty 1931), shape > 0; error below 1 % for shapes over 2. */
export function gammaOfNormal(z: number, shape: number): number {
  const c = 1 / (9 * shape)
  return Math.max(0, 1 - c + z * Math.sqrt(c)) ** 3
}
