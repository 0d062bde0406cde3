/** Seeded pseudo-random numbers (mulberry32): a failing run can be repeated. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number
  /** Integer 0..below-1. */
  below(below: number): number
  bytes(length: number): Uint8Array
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { next, below, bytes: (length) => Uint8Array.from({ length }, () => below(256)) }
}
