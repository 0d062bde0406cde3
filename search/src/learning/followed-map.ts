import { type Grid, gridSum } from '../frame/grid.ts'
import { type AlertGain, checkedClutter } from './alert.ts'
import type { Posterior } from './posterior.ts'

/** Cells that changed: rows and columns from first to last, both included. */
export interface ChangedCells {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstCol: number
  readonly lastCol: number
}

/**
 * A probability map that follows the POD of its cells, and the alerts on it. It is held un-normalised, `raw[i]` = prior x
 * (1 - POD) + what alerts add, and one number makes it a probability: POA = raw[i] x scale, scale = 1 / `left`.
 *
 * Each refreshed cell is computed anew from prior and POD, so nothing drifts; the sum alone is carried along, with
 * compensation (1e-12 after a million ticks).
 */
export interface FollowedMap {
  /** Un-normalised; read with `scale`. The same array throughout; do not write. */
  readonly raw: Float64Array
  /** Sum of raw and raw rest of world: 1 at first. A scenario's weight is multiplied by it: how well it has foretold. */
  readonly left: number
  /** POA = raw x scale, rest of world likewise. */
  readonly scale: number
  readonly restOfWorld: number
  /** Cumulative POS of the PODs alone: what they would have found on the prior map. */
  readonly pos: number
  /** The POD of some of these cells has changed. */
  refresh(area: ChangedCells): void
  /** All alerts there are, in place of those before: what was given twice would count twice. */
  setAlerts(alerts: readonly FollowedAlert[]): void
  /** The whole map as probabilities, one pass over all cells: not for every tick. */
  snapshot(): Posterior
}

/** An alert on a map: `alertGain` of the map's own prior, and the clutter that it competes with. */
export interface FollowedAlert {
  readonly gain: AlertGain
  readonly clutterPerKm2: number
}

/**
 * Follows `podAt(i)`, the POD of cell i so far, 0..1, asked for the cells of `refresh` alone (and for all at first).
 * Several maps may follow the same POD: scenarios on the same ground. Source: search-science notes 1.1; `alertsOnMap`
 * for the alerts.
 */
export function followedMap(input: {
  readonly prior: Grid
  readonly restOfWorld: number
  readonly podAt: (cell: number) => number
}): FollowedMap {
  const { prior, restOfWorld, podAt } = input
  const raw = prior.values.map((poa, i) => poa * (1 - podAt(i)))
  const prior0 = gridSum(prior.values)
  const unfound = compensated(gridSum(raw))
  // What coverage alone has left; the same array as `raw` while there are no alerts.
  let kept = raw
  let added = new Map<number, number>()
  let [addedOutside, addedSum] = [0, 0]
  const left = (): number => unfound.sum + restOfWorld + addedSum

  return {
    raw,
    get left() {
      return left()
    },
    get scale() {
      return 1 / left()
    },
    get restOfWorld() {
      return (restOfWorld + addedOutside) / left()
    },
    get pos() {
      return Math.max(0, prior0 - unfound.sum)
    },
    refresh({ firstRow, lastRow, firstCol, lastCol }) {
      for (let row = firstRow; row <= lastRow; row++) {
        for (let i = row * prior.cols + firstCol; i <= row * prior.cols + lastCol; i++) {
          const now = prior.values[i]! * (1 - podAt(i))
          if (now === kept[i]) continue
          unfound.add(now - kept[i]!)
          kept[i] = now
          if (kept !== raw) raw[i] = now + (added.get(i) ?? 0)
        }
      }
    },
    setAlerts(alerts) {
      if (kept === raw && alerts.length > 0) kept = raw.slice()
      for (const i of added.keys()) raw[i] = kept[i]!
      added = new Map()
      ;[addedOutside, addedSum] = [0, 0]
      for (const { gain, clutterPerKm2 } of alerts) {
        const scale = 1 / checkedClutter(clutterPerKm2)
        gain.cells.forEach((i, k) => added.set(i, (added.get(i) ?? 0) + gain.gains[k]! * scale))
        addedOutside += gain.outside * scale
        addedSum += gain.sum * scale
      }
      for (const [i, mass] of added) raw[i] = kept[i]! + mass
    },
    snapshot() {
      const scale = 1 / left()
      const values = raw.map((value) => value * scale)
      return {
        grid: { ...prior, values },
        restOfWorld: (restOfWorld + addedOutside) * scale,
        pos: Math.max(0, prior0 - unfound.sum),
      }
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
