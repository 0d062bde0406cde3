import { type Lattice, latticeMass } from './lattice.ts'
import type { Cells, PathM } from './path-score.ts'

/** A map whose finds are worth something that falls with time. */
export interface ValuedMap {
  /** Probability per cell of the grid that is planned on. */
  readonly values: Float64Array
  /** Worth of a find in flights of each epoch, see `LookField`. */
  readonly worth: readonly number[]
}

/**
 * What all looks of a plan leave, on a lattice whose lanes are cut into narrow strips: every leg of a flight looks at the
 * strip of ground under it, a lane apart to either side, ways out and back and turns as well as lanes. An epoch is a
 * stretch of time in which flights count as simultaneous.
 */
export interface LookField {
  /**
   * Asks what one more look is worth to a flight of this epoch, given all looks that are booked: the value of what it
   * would find less the value of what later looks would then no longer find. Per square of the lattice, into `prices`.
   */
  price(epoch: number, prices: Float64Array): void
  /** Worth of all looks of a flight at the prices asked for last; further looks at the same ground count less. */
  worth(points: PathM): number
  book(points: PathM, epoch: number): void
  unbook(points: PathM, epoch: number): void
}

/** Strips that a lane is cut into: the edge of a look is known to a sixth of a spacing. */
const STRIPS = 6
/** Most parts of all lanes together; a wider lattice is cut into fewer strips. */
const MOST_PARTS = 200_000

/**
 * @param leftAfterLook share of the probability that stays where a look has been, exp(-coverage), 0..1
 * @param blocked squares that nobody searches; looks at them are worth nothing
 */
export function createLookField(
  cells: Cells,
  maps: readonly ValuedMap[],
  lattice: Lattice,
  leftAfterLook: number,
): LookField {
  const { lanes, steps, spacingM, stepM } = lattice
  const strips = Math.max(1, Math.min(STRIPS, Math.floor(MOST_PARTS / (lanes * steps))))
  const rows = lanes * strips
  // What a find in each part is worth, by epoch: over all stories.
  const valued = (maps[0]?.worth ?? []).map(() => new Float64Array(rows * steps))
  for (const { values, worth } of maps) {
    const mass = openOnly(latticeMass({ ...cells, values }, lattice, strips), lattice, strips)
    valued.forEach((sum, epoch) => mass.forEach((p, part) => (sum[part]! += p * worth[epoch]!)))
  }
  const looks = valued.map(() => new Uint16Array(rows * steps))
  const [prices, scratch] = [new Float64Array(rows * steps), new Float64Array(rows * steps)]
  const left = Float64Array.from({ length: 65_536 }, (_, count) => leftAfterLook ** count)

  /** Calls with each run of parts that a leg looks at: first index and one past the last. */
  const underLeg = (a: readonly number[], b: readonly number[], run: (from: number, to: number) => void): void => {
    const [[u0, v0], [u1, v1]] = [lattice.fromLocal(a), lattice.fromLocal(b)]
    const [x0, y0] = [u0 * stepM, v0 * spacingM]
    const [dx, dy] = [u1 * stepM - x0, v1 * spacingM - y0]
    const lengthM = Math.hypot(dx, dy)
    if (!(lengthM > 0)) return
    const [ux, uy] = [dx / lengthM, dy / lengthM]
    const [halfM, rowM] = [spacingM / 2, spacingM / strips]
    const reachM = Math.abs(ux) * halfM
    const first = Math.max(0, Math.ceil((Math.min(y0, y0 + dy) - reachM) / rowM - 0.5))
    const last = Math.min(rows - 1, Math.floor((Math.max(y0, y0 + dy) + reachM) / rowM - 0.5))
    for (let row = first; row <= last; row++) {
      const y = (row + 0.5) * rowM - y0
      // 0 <= along < length and -half <= across < half, both linear in x along the row.
      let [low, high] = [-Infinity, Infinity]
      if (Math.abs(ux) > 1e-9) {
        const [p, q] = [(-y * uy) / ux, (lengthM - y * uy) / ux]
        ;[low, high] = [Math.min(p, q), Math.max(p, q)]
      } else if (y * uy < 0 || y * uy >= lengthM) continue
      if (Math.abs(uy) > 1e-9) {
        const [p, q] = [(y * ux - halfM) / uy, (y * ux + halfM) / uy]
        ;[low, high] = [Math.max(low, Math.min(p, q)), Math.min(high, Math.max(p, q))]
      } else if (y * ux < -halfM || y * ux >= halfM) continue
      const from = Math.max(0, Math.ceil((x0 + low) / stepM - 0.5 - 1e-9))
      const to = Math.min(steps, Math.ceil((x0 + high) / stepM - 0.5 - 1e-9))
      if (to > from) run(row * steps + from, row * steps + to)
    }
  }
  const underPath = (points: PathM, run: (from: number, to: number) => void): void => {
    for (let i = 1; i < points.length; i++) underLeg(points[i - 1]!, points[i]!, run)
  }

  return {
    price(epoch, out) {
      prices.set(valued[epoch]!)
      // `still`: share of what this look leaves to later ones that those before each of them have left.
      const still = scratch.fill(1)
      for (let later = epoch + 1; later < looks.length; later++) {
        const [counts, worth] = [looks[later]!, valued[later]!]
        for (let part = 0; part < prices.length; part++) {
          const count = counts[part]!
          if (count === 0) continue
          const after = still[part]! * left[count]!
          prices[part]! -= (still[part]! - after) * worth[part]!
          still[part] = after
        }
      }
      for (const counts of looks.slice(0, epoch + 1)) {
        for (let part = 0; part < prices.length; part++) {
          const count = counts[part]!
          if (count > 0) prices[part]! *= left[count]!
        }
      }
      out.fill(0)
      for (let row = 0; row < rows; row++) {
        const square = Math.floor(row / strips) * steps
        for (let step = 0; step < steps; step++) {
          const part = row * steps + step
          // Rounding may make a look worth a hair less than nothing.
          if (prices[part]! < 0) prices[part] = 0
          out[square + step]! += prices[part]!
        }
      }
    },
    worth(points) {
      scratch.set(prices)
      let sum = 0
      underPath(points, (from, to) => {
        for (let part = from; part < to; part++) {
          const price = scratch[part]!
          scratch[part] = price * leftAfterLook
          sum += price
        }
      })
      return sum * (1 - leftAfterLook)
    },
    book(points, epoch) {
      const counts = looks[epoch]!
      underPath(points, (from, to) => {
        for (let part = from; part < to; part++) counts[part]!++
      })
    },
    unbook(points, epoch) {
      const counts = looks[epoch]!
      underPath(points, (from, to) => {
        for (let part = from; part < to; part++) counts[part]!--
      })
    },
  }
}

function openOnly(mass: Float64Array, { steps, blocked }: Lattice, strips: number): Float64Array {
  mass.forEach((_, part) => {
    const [row, step] = [Math.floor(part / steps), part % steps]
    if (blocked[Math.floor(row / strips) * steps + step]) mass[part] = 0
  })
  return mass
}
