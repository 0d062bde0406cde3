import { hash32 } from '../base/rand.ts'

const unit = (seed: number, ix: number, iy: number): number => (hash32(seed, ix, iy) / 4_294_967_296) * 2 - 1
const smooth = (t: number): number => t * t * (3 - 2 * t)

/** Fixed random landscape of one octave: smooth, -1..1, features of about `sizeM` metres. Pure in seed and place. */
export function valueNoise(seed: number, sizeM: number): (eM: number, nM: number) => number {
  // Lattice values are asked for again and again while a camera passes.
  const known = new Map<number, number>()
  const at = (ix: number, iy: number): number => {
    const key = (ix + 100_000) * 200_000 + iy + 100_000
    const had = known.get(key)
    if (had !== undefined) return had
    if (known.size > 50_000) known.clear()
    const made = unit(seed, ix, iy)
    known.set(key, made)
    return made
  }
  return (eM, nM) => {
    const x = eM / sizeM
    const y = nM / sizeM
    const [ix, iy] = [Math.floor(x), Math.floor(y)]
    const [fx, fy] = [smooth(x - ix), smooth(y - iy)]
    const south = at(ix, iy) * (1 - fx) + at(ix + 1, iy) * fx
    const north = at(ix, iy + 1) * (1 - fx) + at(ix + 1, iy + 1) * fx
    return south * (1 - fy) + north * fy
  }
}
