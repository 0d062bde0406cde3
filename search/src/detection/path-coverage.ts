import type { Grid } from '../frame/grid.ts'
import { cellsOf, stripAbout } from '../learning/lane-worth.ts'

/**
 * Adds the coverage of a ground team or boat that moved from one fix to the next: a strip as wide as the sensor reaches
 * on both sides, each cell by its share in it, W / strip width per pass. Coverage x area adds up to W x distance, so the
 * same map serves teams, boats and drones. Fixes too far apart in time or place credit nothing: the way between is not
 * known.
 * @param coverage per cell, row-major as the grid; changed in place
 * @param from, to fixes in the grid's frame, metres, with their times
 * @returns effort added, square metres; 0 over a gap or standing still
 * RangeError unless 0 <= W <= 2 x range. Source: search-science notes 1.1 (Z = W v t).
 */
export function accumulatePath(
  coverage: Float32Array | Float64Array,
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  from: PathFix,
  to: PathFix,
  sensor: {
    readonly sweepWidthM: number
    /** Farthest a subject is ever seen on either side, metres; default 0.75 W (so W is two thirds of the strip). */
    readonly rangeM?: number | undefined
    readonly maxGapMs?: number | undefined
    readonly maxSpeedMps?: number | undefined
  },
): number {
  const { sweepWidthM, rangeM = 0.75 * sweepWidthM, maxGapMs = 120_000, maxSpeedMps = 20 } = sensor
  if (!(sweepWidthM >= 0 && sweepWidthM <= 2 * rangeM))
    throw new RangeError('sweepWidthM: must be 0 to twice the range')
  if (coverage.length !== grid.rows * grid.cols) throw new RangeError('coverage: must have one number per cell')
  const elapsedMs = to.atMs - from.atMs
  const movedM = Math.hypot(to.pointM[0]! - from.pointM[0]!, to.pointM[1]! - from.pointM[1]!)
  const known = elapsedMs > 0 && elapsedMs <= maxGapMs && movedM <= (maxSpeedMps * elapsedMs) / 1000
  if (!known || movedM === 0 || sweepWidthM === 0) return 0
  const perPass = sweepWidthM / (2 * rangeM)
  cellsOf(grid, stripAbout(from.pointM, to.pointM, 2 * rangeM), (index, share) => {
    coverage[index]! += perPass * share
  })
  return sweepWidthM * movedM
}

/** Where someone was, in the grid's frame, and when. */
export interface PathFix {
  readonly atMs: number
  readonly pointM: readonly number[]
}
