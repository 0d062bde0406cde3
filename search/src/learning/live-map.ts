import { type ClutteredAlert, forEachGain } from '../alert.ts'
import { accumulateSweep, type Look, type SweepCredit, type SweepCreditPolicy } from '../coverage.ts'
import { type Grid, gridSum } from '../grid.ts'
import { podCapped } from '../pod.ts'
import type { Posterior } from '../posterior.ts'

/** Cells that changed: rows and columns from first to last, both included. */
export interface ChangedCells {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstCol: number
  readonly lastCol: number
}

/**
 * A probability map that follows the telemetry, tick by tick, on the main thread: a tick touches only the cells under the
 * footprint. The map is held un-normalised, `raw[i]` = prior x likelihood of alerts x (1 - POD), and one number makes it
 * a probability: POA = raw[i] x scale, scale = 1 / (sum of raw + raw rest of world). A texture takes `raw` and multiplies
 * by `scale` when drawing, so that nothing ever passes over the whole map.
 *
 * Each touched cell is computed anew from prior and coverage, so nothing drifts; the sum alone is carried along, with
 * compensation (1e-12 after a million ticks). The same ticks give the same map as `posterior` with the same coverage.
 */
export interface LiveMap {
  /** Un-normalised; read with `scale`. The same array throughout; do not write. */
  readonly raw: Float64Array
  readonly coverage: Float32Array
  /** POA = raw x scale, rest of world likewise. */
  readonly scale: number
  readonly restOfWorld: number
  /** Cumulative POS of the coverage alone: what it would have found on the prior map. */
  readonly pos: number
  /** Credits a camera moving from one look to the next (see `accumulateSweep`) and updates the cells it touched. */
  sweep(previous: Look, look: Look, policy: SweepCreditPolicy): SweepCredit
  /** Adds one alert's likelihood (see `alertsOnMap`) to the cells about it. An alert given twice counts twice. */
  alert(alert: ClutteredAlert): void
  /** Cells changed since this was last asked, or null. */
  takeChanged(): ChangedCells | null
  /** The whole map as probabilities, one pass over all cells: not for every tick. */
  snapshot(): Posterior
}

/**
 * @param podCap highest POD per cell or for all (1 - hidden share), default 1
 * @param coverage what was swept already, copied; default none
 * RangeError when lengths differ.
 */
export function createLiveMap(input: {
  readonly prior: Grid
  readonly restOfWorld: number
  readonly podCap?: number | ArrayLike<number> | undefined
  readonly coverage?: ArrayLike<number> | undefined
}): LiveMap {
  const { prior, restOfWorld, podCap = 1 } = input
  const cells = prior.values.length
  for (const [name, list] of Object.entries({ coverage: input.coverage, podCap })) {
    if (typeof list === 'object' && list.length !== cells) throw new RangeError(`${name}: need one number per cell`)
  }
  const coverage = input.coverage ? Float32Array.from(input.coverage) : new Float32Array(cells)
  const capOf = typeof podCap === 'number' ? () => podCap : (i: number) => podCap[i]!
  // Prior with the alerts in it: what `raw` is computed from.
  const base = prior.values.slice()
  const raw = base.map((poa, i) => poa * (1 - podCapped(coverage[i]!, capOf(i))))
  const prior0 = gridSum(prior.values)
  const left = compensated(gridSum(raw) + restOfWorld)
  // Of the prior alone, without alerts: for POS.
  const unfound = compensated(gridSum(raw))
  let changed: ChangedCells | null = null

  const touch = (area: ChangedCells): void => {
    changed = changed ? joined(changed, area) : area
  }
  const refresh = (area: ChangedCells): void => {
    for (let row = area.firstRow; row <= area.lastRow; row++) {
      for (let i = row * prior.cols + area.firstCol; i <= row * prior.cols + area.lastCol; i++) {
        const notFound = 1 - podCapped(coverage[i]!, capOf(i))
        const now = base[i]! * notFound
        if (now === raw[i]) continue
        const before = base[i]! > 0 ? raw[i]! / base[i]! : notFound
        left.add(now - raw[i]!)
        unfound.add(prior.values[i]! * (notFound - before))
        raw[i] = now
      }
    }
    touch(area)
  }

  return {
    raw,
    coverage,
    get scale() {
      return 1 / left.sum
    },
    get restOfWorld() {
      return restOfWorld / left.sum
    },
    get pos() {
      return Math.max(0, prior0 - unfound.sum)
    },
    sweep(previous, look, policy) {
      const credit = accumulateSweep(coverage, prior, previous, look, policy)
      const area = credit.kind === 'credited' ? boxOf(prior, [...previous.cornersM, ...look.cornersM]) : null
      if (area) refresh(area)
      return credit
    },
    alert(alert) {
      let area: ChangedCells | null = null
      forEachGain(prior, alert, (i, factor) => {
        const [row, col] = [Math.floor(i / prior.cols), i % prior.cols]
        const cell = { firstRow: row, lastRow: row, firstCol: col, lastCol: col }
        area = area ? joined(area, cell) : cell
        const gain = prior.values[i]! * factor
        const added = base[i]! > 0 ? raw[i]! * (gain / base[i]!) : 0
        base[i]! += gain
        raw[i]! += added
        left.add(added)
      })
      if (area) touch(area)
    },
    takeChanged() {
      const was = changed
      changed = null
      return was
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
function boxOf(
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

const joined = (a: ChangedCells, b: ChangedCells): ChangedCells => ({
  firstRow: Math.min(a.firstRow, b.firstRow),
  lastRow: Math.max(a.lastRow, b.lastRow),
  firstCol: Math.min(a.firstCol, b.firstCol),
  lastCol: Math.max(a.lastCol, b.lastCol),
})
