import { type Grid, gridSum } from '../grid.ts'
import type { Posterior } from '../posterior.ts'

/** Cells that changed: rows and columns from first to last, both included. */
export interface ChangedCells {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstCol: number
  readonly lastCol: number
}

/**
 * A probability map that follows the POD of its cells. It is held un-normalised, `raw[i]` = prior x likelihood of alerts
 * x (1 - POD), and one number makes it a probability: POA = raw[i] x scale, scale = 1 / (sum of raw + raw rest of world).
 *
 * Each refreshed cell is computed anew from prior and POD, so nothing drifts; the sum alone is carried along, with
 * compensation (1e-12 after a million ticks).
 */
export interface FollowedMap {
  /** Un-normalised; read with `scale`. The same array throughout; do not write. */
  readonly raw: Float64Array
  /** POA = raw x scale, rest of world likewise. */
  readonly scale: number
  readonly restOfWorld: number
  /** Cumulative POS of the PODs alone: what they would have found on the prior map. */
  readonly pos: number
  /** The POD of some of these cells has changed. */
  refresh(area: ChangedCells): void
  /** Multiplies a cell's prior by 1 + factor: evidence that is no search, for example an alert. */
  weigh(cell: number, factor: number): void
  /** The whole map as probabilities, one pass over all cells: not for every tick. */
  snapshot(): Posterior
}

/**
 * Follows `podAt(i)`, the POD of cell i so far, 0..1, asked for the cells of `refresh` alone (and for all at first).
 * Several maps may follow the same POD: scenarios on the same ground. Source: search-science notes 1.1.
 */
export function followedMap(input: {
  readonly prior: Grid
  readonly restOfWorld: number
  readonly podAt: (cell: number) => number
}): FollowedMap {
  const { prior, restOfWorld, podAt } = input
  // Prior with the alerts in it: what `raw` is computed from.
  const base = prior.values.slice()
  const raw = base.map((poa, i) => poa * (1 - podAt(i)))
  const prior0 = gridSum(prior.values)
  const left = compensated(gridSum(raw) + restOfWorld)
  // Of the prior alone, without alerts: for POS.
  const unfound = compensated(gridSum(raw))

  return {
    raw,
    get scale() {
      return 1 / left.sum
    },
    get restOfWorld() {
      return restOfWorld / left.sum
    },
    get pos() {
      return Math.max(0, prior0 - unfound.sum)
    },
    refresh({ firstRow, lastRow, firstCol, lastCol }) {
      for (let row = firstRow; row <= lastRow; row++) {
        for (let i = row * prior.cols + firstCol; i <= row * prior.cols + lastCol; i++) {
          const notFound = 1 - podAt(i)
          const now = base[i]! * notFound
          if (now === raw[i]) continue
          const before = base[i]! > 0 ? raw[i]! / base[i]! : notFound
          left.add(now - raw[i]!)
          unfound.add(prior.values[i]! * (notFound - before))
          raw[i] = now
        }
      }
    },
    weigh(i, factor) {
      const gain = prior.values[i]! * factor
      const added = base[i]! > 0 ? raw[i]! * (gain / base[i]!) : 0
      base[i]! += gain
      raw[i]! += added
      left.add(added)
    },
    snapshot() {
      const scale = 1 / left.sum
      const values = raw.map((value) => value * scale)
      return { grid: { ...prior, values }, restOfWorld: restOfWorld * scale, pos: Math.max(0, prior0 - unfound.sum) }
    },
  }
}

/** A sum carried along with what rounding lost (Neumaier 1974). */
function compensated(start: number): { readonly sum: number; add(value: number): void } {
  let [sum, lost] = [start, 0]
  return {
    get sum() {
      return sum + lost
    },
    add(value) {
      const next = sum + value
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
      sum = next
    },
  }
}

/** Cells under the bounding box of points of the grid's frame, or null outside it. */
export function cellsUnder(
  { rows, cols, cellM }: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  points: readonly (readonly number[])[],
): ChangedCells | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const p of points) {
    west = Math.min(west, p[0]!)
    east = Math.max(east, p[0]!)
    south = Math.min(south, p[1]!)
    north = Math.max(north, p[1]!)
  }
  const area = {
    firstRow: Math.max(0, Math.floor(south / cellM)),
    lastRow: Math.min(rows - 1, Math.floor(north / cellM)),
    firstCol: Math.max(0, Math.floor(west / cellM)),
    lastCol: Math.min(cols - 1, Math.floor(east / cellM)),
  }
  return area.firstRow <= area.lastRow && area.firstCol <= area.lastCol ? area : null
}
