import { clamp } from '../base/flat.ts'
import { COMP, type Saying } from './mavlink.ts'
import type { Order } from './order.ts'

/** A two-axis gimbal, pitch 0 ahead and -90 down; yaw follows the vehicle. Degrees. */
export interface Gimbal {
  readonly pitchDeg: number
  readonly wantedPitchDeg: number
  readonly yawDeg: number
  readonly wantedYawDeg: number
  /** Who took control; 0 is nobody. */
  readonly controlSys: number
  readonly controlComp: number
  /** A place that it keeps in view, metres east, north and up of home. */
  readonly roi: { readonly eM: number; readonly nM: number; readonly upM: number } | null
}
/** Who speaks for a gimbal, and the number that it goes by there. */
export interface GimbalVoice {
  readonly comp: number
  readonly deviceId: number
}
export const GIMBAL_ID = 1
/** A gimbal without MAVLink of its own: the autopilot is its manager. */
const BY_AUTOPILOT: GimbalVoice = { comp: COMP.autopilot, deviceId: GIMBAL_ID }
const RATE_DPS = 60
export const LEVEL: Gimbal = {
  pitchDeg: 0,
  wantedPitchDeg: 0,
  yawDeg: 0,
  wantedYawDeg: 0,
  controlSys: 0,
  controlComp: 0,
  roi: null,
}
const RAD = Math.PI / 180
/** GIMBAL_DEVICE_FLAGS: roll lock 4, pitch lock 8, yaw in vehicle frame 32. */
const FLAGS = 4 | 8 | 32

/** Values outside the range of the gimbal end at its stops. NaN leaves an axis as it is. */
export const point = (g: Gimbal, pitchDeg: number, yawDeg: number): Gimbal => ({
  ...g,
  roi: null,
  wantedPitchDeg: Number.isFinite(pitchDeg) ? clamp(pitchDeg, -90, 30) : g.wantedPitchDeg,
  wantedYawDeg: Number.isFinite(yawDeg) ? clamp(yawDeg, -180, 180) : g.wantedYawDeg,
})

/** Turns towards the place that it keeps in view, as far as its stops allow. */
export function aimed(g: Gimbal, from: { eM: number; nM: number; upM: number; yawRad: number }): Gimbal {
  if (g.roi === null) return g
  const [east, north] = [g.roi.eM - from.eM, g.roi.nM - from.nM]
  const pitchDeg = Math.atan2(g.roi.upM - from.upM, Math.hypot(east, north)) / RAD
  const yawDeg = (((((Math.atan2(east, north) - from.yawRad) / RAD + 540) % 360) + 360) % 360) - 180
  return { ...point(g, pitchDeg, yawDeg), roi: g.roi }
}

/** @param dtS world seconds */
export function gimbalStep(g: Gimbal, dtS: number): Gimbal {
  const limit = RATE_DPS * dtS
  const pitchDeg = g.pitchDeg + clamp(g.wantedPitchDeg - g.pitchDeg, -limit, limit)
  const yawDeg = g.yawDeg + clamp(g.wantedYawDeg - g.yawDeg, -limit, limit)
  return { ...g, pitchDeg, yawDeg }
}

export const gimbalInformation = (bootMs: number, { comp, deviceId } = BY_AUTOPILOT): Saying => ({
  comp,
  name: 'GIMBAL_MANAGER_INFORMATION',
  fields: {
    time_boot_ms: bootMs,
    // retract, neutral, roll lock, pitch axis, pitch lock, yaw axis, yaw follow
    cap_flags: 1 | 2 | 16 | 32 | 128 | 256 | 1024,
    roll_min: 0,
    roll_max: 0,
    pitch_min: -90 * RAD,
    pitch_max: 30 * RAD,
    yaw_min: -180 * RAD,
    yaw_max: 180 * RAD,
    gimbal_device_id: deviceId,
  },
})

export const gimbalStatus = (g: Gimbal, bootMs: number, { comp, deviceId } = BY_AUTOPILOT): Saying => ({
  comp,
  name: 'GIMBAL_MANAGER_STATUS',
  fields: {
    time_boot_ms: bootMs,
    flags: FLAGS,
    gimbal_device_id: deviceId,
    primary_control_sysid: g.controlSys,
    primary_control_compid: g.controlComp,
    secondary_control_sysid: 0,
    secondary_control_compid: 0,
  },
})

/** Quaternion (w, x, y, z) of roll, pitch, yaw in the usual aerospace order. Radians. */
export function quaternion(rollRad: number, pitchRad: number, yawRad: number): [number, number, number, number] {
  const [cr, sr] = [Math.cos(rollRad / 2), Math.sin(rollRad / 2)]
  const [cp, sp] = [Math.cos(pitchRad / 2), Math.sin(pitchRad / 2)]
  const [cy, sy] = [Math.cos(yawRad / 2), Math.sin(yawRad / 2)]
  return [
    cr * cp * cy + sr * sp * sy,
    sr * cp * cy - cr * sp * sy,
    cr * sp * cy + sr * cp * sy,
    cr * cp * sy - sr * sp * cy,
  ]
}

/** Yaw is given in the vehicle's frame and says so in its flags. */
export const gimbalAttitude = (g: Gimbal, bootMs: number, { comp, deviceId } = BY_AUTOPILOT): Saying => ({
  comp,
  name: 'GIMBAL_DEVICE_ATTITUDE_STATUS',
  fields: {
    target_system: 0,
    target_component: 0,
    time_boot_ms: bootMs,
    flags: FLAGS,
    q: quaternion(0, g.pitchDeg * RAD, g.yawDeg * RAD),
    angular_velocity_x: 0,
    angular_velocity_y: 0,
    angular_velocity_z: 0,
    failure_flags: 0,
    delta_yaw: 0,
    delta_yaw_velocity: 0,
    gimbal_device_id: deviceId,
  },
})

/** DO_GIMBAL_MANAGER_CONFIGURE: -1 leaves it, -2 is the sender, -3 gives it up if the sender has it. */
export function controller(
  gimbal: Gimbal,
  o: Pick<Order, 'p'>,
  from: { sys: number; comp: number },
): Partial<Pick<Gimbal, 'controlSys' | 'controlComp'>> {
  if (o.p[0] === -1) return {}
  if (o.p[0] === -2) return { controlSys: from.sys, controlComp: from.comp }
  if (o.p[0] === -3)
    return gimbal.controlSys === from.sys && gimbal.controlComp === from.comp ? { controlSys: 0, controlComp: 0 } : {}
  return { controlSys: o.p[0], controlComp: o.p[1] }
}
