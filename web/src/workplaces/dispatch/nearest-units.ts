import type { LngLat, Unit } from '@skerry/contract'
import { lineDistanceM } from '../../format/distance.ts'

/** A unit that could be sent. Distance is along a straight line, which an island city may make very wrong. */
export interface NearUnit {
  unit: Unit
  distanceM: number | null
  fixAgeS: number | null
  /** Free to go: on duty, available, nothing assigned. */
  free: boolean
}

interface Fix {
  lngLat: LngLat
  fixAtMs: number | null
}

/** Older than this, a position says little about where a unit is. */
const STALE_S = 300

/**
 * Units on duty for a place: free ones before busy ones, known places before stale and unknown ones, then the nearest.
 * @param fixOf newest known place of a unit, null where unknown
 */
export function nearestUnits(
  units: Iterable<Unit>,
  place: LngLat,
  fixOf: (unit: Unit) => Fix | null,
  nowMs: number,
): NearUnit[] {
  const rows: NearUnit[] = []
  for (const unit of units) {
    if (!unit.onDuty || unit.status === 'off-duty' || unit.status === 'out-of-service') continue
    const fix = fixOf(unit)
    rows.push({
      unit,
      distanceM: fix === null ? null : lineDistanceM(fix.lngLat, place),
      fixAgeS: fix === null || fix.fixAtMs === null ? null : Math.max(0, (nowMs - fix.fixAtMs) / 1000),
      free: unit.assignment === null && unit.status === 'available',
    })
  }
  return rows.sort((a, b) => rank(a) - rank(b) || (a.distanceM ?? 0) - (b.distanceM ?? 0))
}

function rank(row: NearUnit): number {
  const doubtful = row.distanceM === null ? 2 : row.fixAgeS === null || row.fixAgeS > STALE_S ? 1 : 0
  return (row.free ? 0 : 3) + doubtful
}
