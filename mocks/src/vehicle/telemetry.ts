import { gimbalAttitude, gimbalInformation, gimbalStatus } from './gimbal.ts'
import { COMP, MSG, type Saying } from './mavlink.ts'
import { COPTER_MODES } from './modes.ts'
import { attitude, globalPosition, gpsRaw, hud, localPosition, wind } from './telemetry-motion.ts'
import { batteryStatus, sysStatus } from './telemetry-power.ts'
import { bootMs, isReady, type Vehicle } from './vehicle.ts'

const comp = COMP.autopilot
export const heartbeat = (v: Vehicle): Saying => {
  const guided = v.mode === 'AUTO' || v.mode === 'GUIDED' || v.mode === 'RTL' || v.mode === 'SMART_RTL' ? 8 : 0
  return {
    comp,
    name: 'HEARTBEAT',
    fields: {
      type: 2,
      autopilot: 3,
      base_mode: 1 | 16 | 64 | guided | (v.armed ? 128 : 0),
      custom_mode: COPTER_MODES[v.mode],
      system_status: v.gcsFailsafe || v.batteryFailsafe !== 'none' ? 5 : v.onGround ? 3 : 4,
    },
  }
}

/** MAV_LANDED_STATE: 1 ground, 2 air, 3 taking off, 4 landing. */
const landedState = (v: Vehicle): number => (v.onGround ? 1 : v.nav.do === 'takeoff' ? 3 : v.nav.do === 'land' ? 4 : 2)
const landed = (v: Vehicle): Saying => ({
  comp,
  name: 'EXTENDED_SYS_STATE',
  fields: { vtol_state: 3, landed_state: landedState(v) },
})

const homePosition = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'HOME_POSITION',
  fields: {
    latitude: Math.round(v.setup.home[1] * 1e7),
    longitude: Math.round(v.setup.home[0] * 1e7),
    altitude: Math.round(v.setup.homeAltAmslM * 1000),
    x: 0,
    y: 0,
    z: 0,
    q: [1, 0, 0, 0],
    approach_x: 0,
    approach_y: 0,
    approach_z: 0,
    time_usec: BigInt(bootMs(v, wallMs)) * 1000n,
  },
})

/** MISSION_STATE: 1 no mission, 2 not started, 3 active, 4 paused, 5 complete. */
export const missionCurrent = (v: Vehicle): Saying => {
  const total = Math.max(0, v.transfer.plans[0].length - 1)
  const flying = v.run.state === 'running' ? (v.mode === 'AUTO' ? 3 : 4) : v.run.state === 'complete' ? 5 : 2
  return {
    comp,
    name: 'MISSION_CURRENT',
    fields: {
      seq: v.run.current,
      total,
      mission_state: total === 0 ? 1 : flying,
      mission_mode: v.mode === 'AUTO' ? 1 : 2,
      mission_id: 0,
      fence_id: 0,
      rally_points_id: 0,
    },
  }
}

const version = (v: Vehicle): Saying => ({
  comp,
  name: 'AUTOPILOT_VERSION',
  fields: {
    // mission float and int, param float, command int, terrain-free MAVLink 2, fence and rally plans
    capabilities: BigInt(1 | 2 | 4 | 8 | 8192 | 16_384 | 32_768),
    flight_sw_version: 0x04070000,
    middleware_sw_version: 0,
    os_sw_version: 0,
    board_version: 0,
    vendor_id: 0,
    product_id: 0,
    flight_custom_version: new Uint8Array(8),
    middleware_custom_version: new Uint8Array(8),
    os_custom_version: new Uint8Array(8),
    uid: 0n,
    uid2: Uint8Array.from({ length: 18 }, (_, i) => (i === 0 ? v.setup.systemId : i * 7)),
  },
})

const ekf = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'EKF_STATUS_REPORT',
  fields: {
    flags: isReady(v, wallMs) ? 831 : 167,
    velocity_variance: 0.03,
    pos_horiz_variance: 0.04,
    pos_vert_variance: 0.02,
    compass_variance: 0.05,
    terrain_alt_variance: 0,
    airspeed_variance: 0,
  },
})

const systemTime = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'SYSTEM_TIME',
  fields: { time_unix_usec: BigInt(Math.round(wallMs)) * 1000n, time_boot_ms: bootMs(v, wallMs) },
})

const SENDERS: Readonly<Record<number, (v: Vehicle, wallMs: number) => Saying>> = {
  [MSG.HEARTBEAT]: heartbeat,
  [MSG.SYS_STATUS]: sysStatus,
  [MSG.SYSTEM_TIME]: systemTime,
  [MSG.GPS_RAW_INT]: gpsRaw,
  [MSG.ATTITUDE]: attitude,
  [MSG.LOCAL_POSITION_NED]: localPosition,
  [MSG.GLOBAL_POSITION_INT]: globalPosition,
  [MSG.MISSION_CURRENT]: missionCurrent,
  [MSG.VFR_HUD]: hud,
  [MSG.BATTERY_STATUS]: batteryStatus,
  [MSG.AUTOPILOT_VERSION]: version,
  [MSG.WIND]: wind,
  [MSG.EKF_STATUS_REPORT]: ekf,
  [MSG.HOME_POSITION]: homePosition,
  [MSG.EXTENDED_SYS_STATE]: landed,
  [MSG.GIMBAL_MANAGER_INFORMATION]: (v, wallMs) => gimbalInformation(bootMs(v, wallMs)),
  [MSG.GIMBAL_MANAGER_STATUS]: (v, wallMs) => gimbalStatus(v.gimbal, bootMs(v, wallMs)),
  [MSG.GIMBAL_DEVICE_ATTITUDE_STATUS]: (v, wallMs) => gimbalAttitude(v.gimbal, bootMs(v, wallMs)),
}

/** Messages that the autopilot can send when asked by number. */
export const canSend = (messageId: number): boolean => SENDERS[messageId] !== undefined

/** The message as it is now, or undefined where the autopilot has none of that number. */
export const telemetry = (v: Vehicle, messageId: number, wallMs: number): Saying | undefined =>
  SENDERS[messageId]?.(v, wallMs)
