import type { Lattice } from './lattice.ts'
import { lanePath, type Flight, type LanePath, type Run } from './lane-path.ts'

/** An area of lattice squares that one flight can search, and the way to fly it. */
export interface Sortie {
  readonly squares: readonly number[]
  readonly runs: readonly Run[]
  readonly path: LanePath
  /** Probability inside the area. */
  readonly mass: number
}

/** Widest hole in a lane that is flown over rather than left out, squares. */
const BRIDGE = 2

/**
 * The largest prefix of `order` (see `growRegion`) whose tour fits into `budgetS`, or null when not even one square
 * does. Bisection on the size, then shrinking until it really fits: the time is not strictly rising in the size.
 */
export function largestSortie(
  lattice: Lattice,
  open: (square: number) => boolean,
  order: Int32Array,
  flight: Flight,
  budgetS: number,
): Sortie | null {
  let fits: Sortie | null = null
  const attempt = (count: number): boolean => {
    const squares = bridged(lattice, open, order.subarray(0, count))
    const runs = runsOf(lattice, squares)
    const path = lanePath(runs, flight)
    if (!path || path.totalS > budgetS) return false
    const mass = squares.reduce((sum, square) => sum + lattice.mass[square]!, 0)
    if (!fits || mass > fits.mass) fits = { squares, runs, path, mass }
    return true
  }
  let [low, high] = [0, order.length + 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (attempt(middle)) low = middle
    else high = middle
  }
  // A larger prefix may close a notch and be quicker to fly; look a little further.
  for (let count = low + 1; count <= Math.min(order.length, low + 6); count++) attempt(count)
  return fits
}

/** Adds the open squares of short holes along each lane: flying on is quicker than turning round. */
function bridged(lattice: Lattice, open: (square: number) => boolean, squares: Int32Array): number[] {
  const sorted = squares.toSorted()
  const all: number[] = []
  for (const square of sorted) {
    const previous = all[all.length - 1]
    if (previous !== undefined && Math.floor(previous / lattice.steps) === Math.floor(square / lattice.steps)) {
      const gap = square - previous - 1
      if (gap <= BRIDGE) {
        const between = Array.from({ length: gap }, (_, i) => previous + 1 + i)
        if (between.every(open)) all.push(...between)
      }
    }
    all.push(square)
  }
  return all
}

function runsOf(lattice: Lattice, sorted: readonly number[]): Run[] {
  const runs: Run[] = []
  for (let i = 0; i < sorted.length;) {
    let end = i
    const lane = Math.floor(sorted[i]! / lattice.steps)
    while (sorted[end + 1] === sorted[end]! + 1 && Math.floor(sorted[end + 1]! / lattice.steps) === lane) end++
    const fromAlong = sorted[i]! % lattice.steps
    const toAlong = fromAlong + (end - i) + 1
    runs.push({
      lane,
      fromAlong,
      toAlong,
      from: lattice.toLocal(fromAlong, lane + 0.5),
      to: lattice.toLocal(toAlong, lane + 0.5),
    })
    i = end + 1
  }
  return runs
}
