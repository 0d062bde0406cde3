import type { DroneStatus } from '@skerry/contract'
import type { MoverFix } from '../stores/mover-table.ts'

/**
 * Statuses with the place and heading of the motion plane where that is newer: it moves a drone ten times a second,
 * its status comes less often.
 */
export function movedDrones(
  statuses: Iterable<DroneStatus>,
  fixOf: (droneId: string) => MoverFix | null,
): DroneStatus[] {
  return Array.from(statuses, (status) => {
    const fix = status.position === null ? null : fixOf(status.droneId)
    // A tenth of a second is what the age on the wire is good for.
    if (fix?.fixAtMs == null || status.position === null || fix.fixAtMs <= status.position.atMs + 100) return status
    return {
      ...status,
      headingDeg: fix.headingDeg ?? status.headingDeg,
      position: { ...status.position, lngLat: fix.lngLat, atMs: fix.fixAtMs },
    }
  })
}
