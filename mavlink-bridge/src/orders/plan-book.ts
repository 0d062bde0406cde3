import type { DroneStatus } from '@skerry/contract'
import type { Vehicle } from '../vehicles/vehicle.ts'

/** What is known of the plan in one aircraft, from reading it back; everything else is unknown. */
export type PlanRecord =
  | { readonly state: 'unknown' }
  | {
      readonly state: 'none' | 'verified' | 'differs'
      readonly planId: string | null
      /** The autopilot's own name for it, 0 when it gives none. */
      readonly onboardId: number
      /** Items without ArduPilot's home. */
      readonly total: number
      readonly readAtMs: number
      readonly reboots: number
    }

/** MISSION_CURRENT comes once a second: the first ones after a transfer may still speak of the old plan. */
const SETTLED_MS = 2500
const MISSION_CURRENT_ID = 42

/**
 * The state to show. After a restart of the autopilot nothing is taken for granted; another id or another number of
 * items than were read back mean that somebody else has changed the plan.
 */
export function planState(
  record: PlanRecord,
  vehicle: Vehicle,
): { readonly state: DroneStatus['mission']['plan']; readonly planId: string | null } {
  if (record.state === 'unknown' || record.reboots !== vehicle.reboots) return { state: 'unknown', planId: null }
  const settled = (vehicle.heardAtMs.get(MISSION_CURRENT_ID) ?? 0) > record.readAtMs + SETTLED_MS
  const { onboardId, total } = vehicle.mission
  const otherId = record.onboardId !== 0 && onboardId !== 0 && record.onboardId !== onboardId
  const otherTotal = total !== null && total !== record.total
  if (record.state === 'verified' && settled && (otherId || otherTotal)) return { state: 'differs', planId: null }
  return { state: record.state, planId: record.planId }
}
