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

/** A vehicle that gives its plans ids (PX4) says it once a second: so long it holds. */
const NAMED_FOR_MS = 3000

/** Whether the vehicle itself has just named the plan that was read back, by an id of its own. */
export function namesPlan(record: PlanRecord, vehicle: Vehicle, nowMs: number): boolean {
  if (record.state === 'unknown' || record.onboardId === 0) return false
  const heardAtMs = vehicle.heardAtMs.get(MISSION_CURRENT_ID) ?? 0
  const lately = nowMs - heardAtMs < NAMED_FOR_MS && heardAtMs > record.readAtMs + SETTLED_MS
  return lately && vehicle.mission.onboardId === record.onboardId && vehicle.mission.total === record.total
}

/** What to show of a plan, and whether the item that the vehicle says it flies to is one of this plan. */
export interface ShownPlan {
  readonly state: DroneStatus['mission']['plan']
  readonly planId: string | null
  readonly itemsCount: boolean
}

/**
 * The state to show. After a restart of the autopilot nothing is taken for granted; another id or another number of
 * items than were read back mean that somebody else has changed the plan.
 */
export function planState(record: PlanRecord, vehicle: Vehicle): ShownPlan {
  if (record.state === 'unknown' || record.reboots !== vehicle.reboots)
    return { state: 'unknown', planId: null, itemsCount: true }
  const settled = (vehicle.heardAtMs.get(MISSION_CURRENT_ID) ?? 0) > record.readAtMs + SETTLED_MS
  const { onboardId, total } = vehicle.mission
  const otherId = record.onboardId !== 0 && onboardId !== 0 && record.onboardId !== onboardId
  const otherTotal = total !== null && total !== record.total
  if (record.state === 'verified' && settled && (otherId || otherTotal))
    return { state: 'differs', planId: null, itemsCount: true }
  return { state: record.state, planId: record.planId, itemsCount: settled }
}
