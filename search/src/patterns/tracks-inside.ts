import { type CoveragePathInput, coveragePath } from '../area-cover/coverage-path.ts'
import { laneCount } from '../plan/lane-count.ts'
import { localFrame } from '../frame/local-frame.ts'
import type { SearchPattern } from './search-pattern.ts'

/** A polygon to be searched on parallel tracks; see `coveragePath` for the fields. */
export type TracksInside = Omit<CoveragePathInput, 'bearingRad' | 'budgetM' | 'budgetS'>

/**
 * Parallel track (PS) inside any polygon, concave or with holes, in the bearing that takes the least time (`coveragePath`).
 * `points` never leave the polygon. To make it a task, give its `lanes` to `flyLanes` or `laneTask` with the polygon as
 * `within`. Null when the wind lets no track be flown. RangeError that names the field. Source: as `coveragePath`.
 */
export const parallelTrackInside = (area: TracksInside): SearchPattern | null => inside('parallel-track', area)

/**
 * Creeping line (CS) inside any polygon: tracks across its narrowest way, so that the search advances along the long one.
 * It begins at `startLngLat` when one is given, so give a place at the likelier end. Null and errors as
 * `parallelTrackInside`. Source: IAMSAR II, creeping line search [K]; as `coveragePath`.
 */
export function creepingLineInside(area: TracksInside): SearchPattern | null {
  const outer = area.polygon[0] ?? []
  const frame = localFrame(outer[0] ?? [0, 0])
  const narrow = laneCount(
    outer.map((p) => frame.toLocal(p)),
    1,
  )
  return inside('creeping-line', area, narrow.bearingRad + Math.PI / 2)
}

function inside(
  name: 'parallel-track' | 'creeping-line',
  area: TracksInside,
  bearingRad?: number,
): SearchPattern | null {
  const path = coveragePath({ ...area, bearingRad })
  return (
    path && {
      name,
      points: path.points,
      lanes: path.lanes,
      trackSpacingM: path.trackSpacingM,
      lengthM: path.lengthM,
    }
  )
}
