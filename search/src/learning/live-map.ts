import { alertGain, type ClutteredAlert } from './alert.ts'
import { accumulateSweep, type Look, type SweepCredit, type SweepCreditPolicy } from '../detection/coverage.ts'
import type { Grid } from '../frame/grid.ts'
import { podCapped } from '../detection/pod.ts'
import type { Posterior } from './posterior.ts'
import { cellsUnder, type ChangedCells, type FollowedAlert, followedMap } from './followed-map.ts'

/**
 * A probability map that follows the telemetry, tick by tick, on the main thread: a tick touches only the cells under the
 * footprint. The map is held un-normalised, `raw[i]` = prior x (1 - POD) + what alerts add, and one number makes it a
 * probability: POA = raw[i] x scale, scale = 1 / (sum of raw + raw rest of world). A texture takes `raw` and multiplies
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
  /** Adds one alert (see `alertsOnMap`) to the cells about it. An alert given twice counts twice. */
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
    if (typeof list === 'object' && list.length !== cells)
      throw new RangeError(`${name}: must have one number per cell`)
  }
  const coverage = input.coverage ? Float32Array.from(input.coverage) : new Float32Array(cells)
  const capOf = typeof podCap === 'number' ? () => podCap : (i: number) => podCap[i]!
  const map = followedMap({ prior, restOfWorld, podAt: (i) => podCapped(coverage[i]!, capOf(i)) })
  const alerts: FollowedAlert[] = []
  let changed: ChangedCells | null = null
  const touch = (area: ChangedCells): void => {
    changed = changed ? joined(changed, area) : area
  }

  return {
    raw: map.raw,
    coverage,
    get scale() {
      return map.scale
    },
    get restOfWorld() {
      return map.restOfWorld
    },
    get pos() {
      return map.pos
    },
    sweep(previous, look, policy) {
      const credit = accumulateSweep(coverage, prior, previous, look, policy)
      const area = credit.kind === 'credited' ? cellsUnder(prior, [...previous.cornersM, ...look.cornersM]) : null
      if (area) {
        map.refresh(area)
        touch(area)
      }
      return credit
    },
    alert(alert) {
      const gain = alertGain(prior, restOfWorld, alert)
      alerts.push({ gain, clutterPerKm2: alert.clutterPerKm2 })
      map.setAlerts(alerts)
      for (const i of gain.cells) {
        const [row, col] = [Math.floor(i / prior.cols), i % prior.cols]
        touch({ firstRow: row, lastRow: row, firstCol: col, lastCol: col })
      }
    },
    takeChanged() {
      const was = changed
      changed = null
      return was
    },
    snapshot: map.snapshot,
  }
}

const joined = (a: ChangedCells, b: ChangedCells): ChangedCells => ({
  firstRow: Math.min(a.firstRow, b.firstRow),
  lastRow: Math.max(a.lastRow, b.lastRow),
  firstCol: Math.min(a.firstCol, b.firstCol),
  lastCol: Math.max(a.lastCol, b.lastCol),
})
