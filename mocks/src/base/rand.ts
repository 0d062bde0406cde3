/** A source of uniform numbers in [0, 1). Every simulator takes one, so that a seed gives the same world again. */
export type Rand = () => number

/** Mixes numbers and words into 32 bits (FNV-1a with a final avalanche); the same parts give the same bits. */
export function hash32(...parts: readonly (number | string)[]): number {
  let h = 0x811c9dc5
  for (const part of parts) {
    for (const char of `${String(part)}|`) h = Math.imul(h ^ char.codePointAt(0)!, 0x01000193)
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** mulberry32: small, fast, 2^32 period; enough for a demo city, not for secrets. */
export function seeded(seed: number): Rand {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** An own stream for one thing of the world: adding a thing never changes what the others draw. */
export const streamFor = (seed: number, ...name: readonly (number | string)[]): Rand => seeded(hash32(seed, ...name))

/** Standard normal number (Box-Muller). */
export const gaussian = (rand: Rand): number => Math.sqrt(-2 * Math.log(1 - rand())) * Math.cos(2 * Math.PI * rand())

export const uniform = (rand: Rand, low: number, high: number): number => low + (high - low) * rand()

/** One of a non-empty list; RangeError on an empty one. */
export function pick<T>(rand: Rand, from: readonly T[]): T {
  const at = Math.floor(rand() * from.length)
  if (from.length === 0) throw new RangeError('nothing to pick from')
  return from[at]!
}

/** Number of events of a Poisson process with this mean, by counting exponential gaps; mean 0..500. */
export function poisson(rand: Rand, mean: number): number {
  let count = 0
  for (let at = -Math.log(1 - rand()); at < mean; at -= Math.log(1 - rand())) count++
  return count
}
