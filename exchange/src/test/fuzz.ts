/** Seeded noise for tests of readers: random bytes, and real files that are cut, bent, doubled and swapped. */
export function createFuzz(seed: number): { next: () => number; bytes: (most: number) => Uint8Array; bent: Bend } {
  let state = seed >>> 0 || 1
  /** xorshift32, 0 <= x < 1. */
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  const bytes = (most: number): Uint8Array => Uint8Array.from({ length: below(most + 1) }, () => below(256))
  const bent: Bend = (good) => {
    const copy = Uint8Array.from(good)
    const at = below(copy.length + 1)
    switch (below(5)) {
      case 0:
        return copy.subarray(0, at)
      case 1:
        for (let i = 0; i <= below(8) && copy.length > 0; i++) copy[below(copy.length)] = below(256)
        return copy
      case 2:
        return Uint8Array.from([...copy.subarray(0, at), ...bytes(20), ...copy.subarray(at)])
      case 3: {
        const end = at + below(copy.length - at + 1)
        return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(end)])
      }
      default:
        return Uint8Array.from([...copy.subarray(at), ...copy.subarray(0, at)])
    }
  }
  return { next, bytes, bent }
}
type Bend = (good: Uint8Array) => Uint8Array
