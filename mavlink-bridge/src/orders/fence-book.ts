import type { FenceAboard } from '@skerry/contract'
import type { Vehicle } from '../vehicles/vehicle.ts'

/** What is known of fence and rally points in one aircraft, from reading them. */
export type FenceRecord =
  | { readonly state: 'unknown' }
  | {
      readonly state: 'none' | 'verified' | 'differs'
      readonly id: string | null
      readonly readAtMs: number
      /** The autopilot's own names for fence and rally points, 0 when it gives none. */
      readonly onboard: { readonly fence: number; readonly rally: number }
      readonly reboots: number
    }

/** MAV_PROTOCOL_CAPABILITY_MISSION_FENCE and _RALLY. */
const CAPABILITY_FENCE = 16_384n
const CAPABILITY_RALLY = 32_768n
/** MISSION_CURRENT comes once a second: the first ones after a transfer may still speak of what was there before. */
const SETTLED_MS = 2500
const MISSION_CURRENT_ID = 42

/** What the vehicle says that it can keep; null while it has not told its capabilities. */
export const fenceSupport = ({ capabilities }: Pick<Vehicle, 'capabilities'>): FenceAboard['can'] => ({
  fence: capabilities === null ? null : (capabilities & CAPABILITY_FENCE) !== 0n,
  rally: capabilities === null ? null : (capabilities & CAPABILITY_RALLY) !== 0n,
})

/** The state to show: nothing is taken for granted after a restart, and another id means that somebody else was there. */
export function fenceState(record: FenceRecord, vehicle: Vehicle): FenceAboard {
  const can = fenceSupport(vehicle)
  if (record.state === 'unknown' || record.reboots !== vehicle.reboots)
    return { can, state: 'unknown', id: null, readAtMs: null }
  const { readAtMs, onboard } = record
  const settled = (vehicle.heardAtMs.get(MISSION_CURRENT_ID) ?? 0) > readAtMs + SETTLED_MS
  const changed = isOther(onboard.fence, vehicle.mission.fenceId) || isOther(onboard.rally, vehicle.mission.rallyId)
  if (settled && changed) return { can, state: 'differs', id: null, readAtMs }
  return { can, state: record.state, id: record.id, readAtMs }
}

const isOther = (read: number, said: number): boolean => read !== 0 && said !== 0 && read !== said
