import type { GroundSensor, LngLat, Ring } from '@skerry/contract'
import { type Grid, type LocalFrame, OBSERVER_POLICY, observerSweepWidth, thinTrack, trackEffort } from '@skerry/search'
import type { UnitFix } from '../domain/context.ts'
import type { PeopleEffort } from './seen-ground.ts'
import { cellsIn } from './task-ground.ts'

/** What a track has searched of a segment. */
export interface SegmentEffort {
  effort: PeopleEffort
  sweepWidthM: number
  sweepRangeM: [low: number, high: number]
  lengthM: number
  /** Mean over the segment. */
  coverage: number
  pod: number
  /** Fixes that count, and those that lead to them, thinned. */
  fixes: UnitFix[]
}

/**
 * Effort of a track inside a segment. The same fixes give the same effort, whether they come from a receiver or from the
 * journal: thinning a thinned track changes nothing. RangeError as `observerSweepWidth`.
 */
export function segmentEffort(
  grid: Grid,
  frameM: LocalFrame,
  segment: Ring,
  fixes: readonly UnitFix[],
  sensor: GroundSensor,
): SegmentEffort {
  const { sweepWidthM, low, high } = observerSweepWidth(sensor)
  const cells = cellsIn(grid, segment)
  const thin = thinTrack(
    fixes.map(({ atMs, position, accuracyM }) => ({ atMs, pointM: frameM.toLocal(position), accuracyM })),
  )
  const policy = { sweepWidthM, ...OBSERVER_POLICY[sensor.kind] }
  const { cells: covered, coverage, lengthM } = trackEffort(grid, thin, cells, policy)
  const sum = coverage.reduce((total, c) => total + c, 0)
  const pods = coverage.reduce((total, c) => total + 1 - Math.exp(-c), 0)
  return {
    effort: { source: sensor.kind === 'boat' ? 'boat' : 'team', cells: covered, coverage },
    sweepWidthM,
    sweepRangeM: [low, high],
    lengthM,
    coverage: cells.length > 0 ? sum / cells.length : 0,
    pod: cells.length > 0 ? pods / cells.length : 0,
    fixes: near(thin, segment, frameM, sweepWidthM).map(({ atMs, pointM }) => {
      const position: LngLat = frameM.toLngLat(pointM)
      return { atMs, position, accuracyM: null }
    }),
  }
}

/** Fixes from before the way first comes near a segment's box to after it last does: the rest is nobody's business here. */
function near<T extends { pointM: readonly number[] }>(
  fixes: readonly T[],
  segment: Ring,
  frameM: LocalFrame,
  sweepWidthM: number,
): T[] {
  const corners = segment.map((corner) => frameM.toLocal(corner))
  const inBox = ({ pointM }: T): boolean =>
    [0, 1].every((axis) => {
      const along = corners.map((corner) => corner[axis]!)
      return pointM[axis]! >= Math.min(...along) - sweepWidthM && pointM[axis]! <= Math.max(...along) + sweepWidthM
    })
  const first = fixes.findIndex(inBox)
  return first < 0 ? [] : fixes.slice(Math.max(0, first - 1), fixes.findLastIndex(inBox) + 2)
}
