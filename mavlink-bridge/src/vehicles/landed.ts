import type { DroneStatus } from '@skerry/contract'
import type { Vehicle } from './vehicle.ts'

const MAV_STATE_STANDBY = 3
const MAV_STATE_ACTIVE = 4
const MAV_STATE_CRITICAL = 5
/** EXTENDED_SYS_STATE is asked for twice a second; older than this it is not the state now. */
const FRESH_MS = 5000

/**
 * On the ground or in the air; null when the autopilot does not say. Where EXTENDED_SYS_STATE is not heard, ArduCopter's
 * heartbeat tells it: its status is STANDBY exactly while it has detected landing. Disarmed means standing, unless the
 * autopilot itself says now that it is in the air. A rover or boat never is.
 */
export function landedState(vehicle: Vehicle, nowMs: number): DroneStatus['landed'] {
  const extended = vehicle.extendedLanded
  const told = extended !== null && nowMs - extended.atMs < FRESH_MS ? extended.state : null
  if (vehicle.kind === 'rover') return 'on-ground'
  if (!vehicle.armedKnown) return told
  if (!vehicle.armed) return told === 'in-air' ? told : 'on-ground'
  if (told !== null) return told
  if (vehicle.autopilot !== 'ardupilot') return null
  const { kind, systemStatus } = vehicle
  if (kind === 'copter') {
    if (systemStatus === MAV_STATE_STANDBY) return 'on-ground'
    if (systemStatus === MAV_STATE_ACTIVE || systemStatus === MAV_STATE_CRITICAL) return 'in-air'
  }
  // ArduPlane says ACTIVE exactly while it takes itself to be flying; CRITICAL is any failsafe, on the ground too.
  if (kind === 'plane' && systemStatus === MAV_STATE_ACTIVE) return 'in-air'
  return kind === 'plane' && systemStatus === MAV_STATE_STANDBY ? 'on-ground' : null
}
