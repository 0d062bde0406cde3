import { observeHeartbeat } from '../vehicles/observe.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'

export const ARMED = 0x80 | 1
export const DISARMED = 1

/** HEARTBEAT of an ArduCopter (or another autopilot), as its fields. */
export const heartbeat = (customMode: number, { armed = true, status = 4, autopilot = 3, type = 2 } = {}) => ({
  custom_mode: customMode,
  type,
  autopilot,
  base_mode: armed ? ARMED : DISARMED,
  system_status: status,
  mavlink_version: 3,
})

/** An ArduCopter in the air in some mode, hovering 60 m above its pad. */
export function copterInAir(customMode: number, atMs: number): Vehicle {
  const vehicle = observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(customMode), atMs)
  return {
    ...vehicle,
    headingDeg: 0,
    groundSpeedMps: 0,
    climbMps: 0,
    positions: [
      {
        atMs,
        lngLat: [122.1, 30],
        altAmslM: 70,
        heightAboveTakeoffM: 60,
        velocityMps: [0, 0, 0],
        headingDeg: 0,
      },
    ],
  }
}
