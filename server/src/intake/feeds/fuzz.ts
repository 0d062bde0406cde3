import type { Decoded, SourceFix } from './observation.ts'

/** Seeded noise for tests of decoders: random bytes, and real messages that are cut, bent, doubled and swapped. */
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
    switch (below(5)) {
      case 0:
        return copy.subarray(0, below(copy.length + 1))
      case 1: {
        for (let i = 0; i <= below(8) && copy.length > 0; i++) copy[below(copy.length)] = below(256)
        return copy
      }
      case 2: {
        const at = below(copy.length + 1)
        return Uint8Array.from([...copy.subarray(0, at), ...bytes(20), ...copy.subarray(at)])
      }
      case 3: {
        const at = below(copy.length + 1)
        return Uint8Array.from([...copy.subarray(at), ...copy.subarray(0, at)])
      }
      default:
        return Uint8Array.from([...copy, ...copy])
    }
  }
  return { next, bytes, bent }
}

type Bend = (good: Uint8Array) => Uint8Array

/** Every position that a decoder lets out is one. */
export const isPlace = ([lng, lat]: readonly [number, number]): boolean =>
  Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lng) <= 180 && Math.abs(lat) <= 90

/** The fixes among what a decoder made of something. */
export const fixesOf = ({ observations }: Pick<Decoded, 'observations'>): SourceFix[] =>
  observations.flatMap((one) => (one.kind === 'fix' ? [one.fix] : []))
