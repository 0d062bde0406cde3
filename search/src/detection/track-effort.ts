import type { Grid } from '../frame/grid.ts'
import { accumulatePath, type PathFix } from './path-coverage.ts'

/** A fix of a track; null where its accuracy is not known. */
export interface TrackFix extends PathFix {
  readonly accuracyM: number | null
}

/** Movements below this, and below so many times the accuracy of a fix, may be noise of the receiver [assumption]. */
const LEAST_MOVE_M = 20
const ACCURACIES = 3
/** Within this, and within the accuracy of a fix, somebody has not left yet [assumption]. */
const STANDS_WITHIN_M = 5
/** A fix less accurate than this says nothing about where within a segment someone was, metres [assumption]. */
const MOST_ACCURACY_M = 50

/**
 * A track without the noise of its receiver: fixes that are too inaccurate, and those nearer to the last one kept than
 * 20 m or three times their accuracy, are left out, or people who stand still would seem to search. The last fix before
 * they left is kept too: a rest is no gap, and a walk that is told every second is as slow as it was walked. In order of
 * time; fixes of one moment once.
 */
export function thinTrack(fixes: readonly TrackFix[]): PathFix[] {
  const sorted = fixes
    .filter(({ accuracyM }) => accuracyM === null || accuracyM <= MOST_ACCURACY_M)
    .toSorted((a, b) => a.atMs - b.atMs)
  const kept: PathFix[] = []
  let leaving: PathFix | null = null
  let newestMs = -Infinity
  for (const { atMs, pointM, accuracyM } of sorted) {
    const last = kept.at(-1)
    if (atMs <= newestMs) continue
    newestMs = atMs
    if (!last) {
      kept.push({ atMs, pointM })
      continue
    }
    const movedM = Math.hypot(pointM[0]! - last.pointM[0]!, pointM[1]! - last.pointM[1]!)
    if (movedM < Math.max(LEAST_MOVE_M, ACCURACIES * (accuracyM ?? 0))) {
      if (movedM <= Math.max(STANDS_WITHIN_M, accuracyM ?? 0)) leaving = { atMs, pointM }
      continue
    }
    if (leaving !== null) kept.push(leaving)
    kept.push({ atMs, pointM })
    leaving = null
  }
  return kept
}

/** What a track gives one segment. */
export interface TrackEffort {
  /** Cells of the segment that were covered, with the coverage that the track adds to each. */
  readonly cells: Int32Array
  readonly coverage: Float32Array
  /** Way searched inside the segment, metres: its effort over the sweep width. */
  readonly lengthM: number
}

/**
 * Effort of a track inside a segment (`accumulatePath`), outside it nothing: on the way there nobody searches with the same
 * care. Too fast, or over a gap, credits nothing.
 * @param fixes thinned, in the grid's frame
 * @param segment cells of the segment
 * RangeError as `accumulatePath`. Source: search-science notes 1.1 (Z = W v t).
 */
export function trackEffort(
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  fixes: readonly PathFix[],
  segment: readonly number[],
  sensor: { readonly sweepWidthM: number; readonly maxSpeedMps: number; readonly maxGapMs: number },
): TrackEffort {
  const whole = new Float64Array(grid.rows * grid.cols)
  for (let i = 1; i < fixes.length; i++) accumulatePath(whole, grid, fixes[i - 1]!, fixes[i]!, sensor)
  const covered = segment.filter((cell) => whole[cell]! > 0)
  const coverage = Float32Array.from(covered, (cell) => whole[cell]!)
  const effortM2 = coverage.reduce((sum, c) => sum + c, 0) * grid.cellM ** 2
  return {
    cells: Int32Array.from(covered),
    coverage,
    lengthM: sensor.sweepWidthM > 0 ? effortM2 / sensor.sweepWidthM : 0,
  }
}
