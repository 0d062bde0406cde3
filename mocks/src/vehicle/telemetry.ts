import { gimbalAttitude, gimbalInformation, gimbalStatus } from './gimbal.ts'
import { COMP, MSG, type Saying } from './mavlink.ts'
import { type AutopilotName, customModeOf } from './modes.ts'
import { attitude, globalPosition, gpsRaw, hud, localPosition, wind } from './telemetry-motion.ts'
import { batteryStatus, sysStatus } from './telemetry-power.ts'
import { controlStatus } from './operator-control.ts'
import { estimatorStatus, windCov } from './px4-telemetry.ts'
import { bootMs, firstSeqOf, isReady, type Vehicle } from './vehicle.ts'
import { eventSequence } from './voice.ts'

const comp = COMP.autopilot
export const heartbeat = (v: Vehicle): Saying => {
  const px4 = v.setup.autopilot === 'px4'
  const guided = v.mode === 'AUTO' || v.mode === 'GUIDED' || v.mode === 'RTL' || v.mode === 'SMART_RTL' ? 8 : 0
  return {
    comp,
    name: 'HEARTBEAT',
    fields: {
      type: 2,
      autopilot: px4 ? 12 : 3,
      // PX4 says automatic (4) and guided (8) of every mode that flies by itself.
      base_mode: 1 | 16 | 64 | (px4 ? (v.mode === 'STABILIZE' ? 0 : 4 | 8) : guided) | (v.armed ? 128 : 0),
      custom_mode: customModeOf(v.setup.autopilot, v.mode),
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
  const total = Math.max(0, v.transfer.plans[0].length - firstSeqOf(v))
  const { ids } = v.transfer
  const flying = v.run.state === 'running' ? (v.mode === 'AUTO' ? 3 : 4) : v.run.state === 'complete' ? 5 : 2
  return {
    comp,
    name: 'MISSION_CURRENT',
    fields: {
      seq: v.run.current,
      total,
      mission_state: total === 0 ? 1 : flying,
      mission_mode: v.mode === 'AUTO' ? 1 : 2,
      mission_id: ids[0],
      fence_id: ids[1],
      rally_points_id: ids[2],
    },
  }
}

const version = (v: Vehicle): Saying => ({
  comp,
  name: 'AUTOPILOT_VERSION',
  fields: {
    // Mission float and int, command int, MAVLink 2, fence and rally plans; and how parameters are packed:
    // bytewise (16), or cast (131072, and the old flag 2 for it); operator control (524288).
    capabilities: BigInt(
      1 |
        4 |
        8 |
        8192 |
        16_384 |
        32_768 |
        (v.setup.autopilot === 'px4' ? 16 : 2 | 32 | 131_072) |
        (v.control === null ? 0 : 524_288),
    ),
    flight_sw_version: v.setup.autopilot === 'px4' ? 0x01_10_00_00 : 0x04_07_00_00,
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

/** MAV_STANDARD_MODE: 0 is none, 2 position hold, 5 safe recovery, 6 mission, 7 land, 8 take-off. */
const STANDARD: Readonly<Record<string, number>> = { STABILIZE: 1, RTL: 5, AUTO: 6, LAND: 7, TAKEOFF: 8 }
const currentMode = (v: Vehicle): Saying => {
  const number = customModeOf(v.setup.autopilot, v.mode)
  const fields = { standard_mode: STANDARD[v.mode] ?? 0, custom_mode: number, intended_custom_mode: number }
  return { comp, name: 'CURRENT_MODE', fields }
}

const protocolVersion = (): Saying => ({
  comp,
  name: 'PROTOCOL_VERSION',
  fields: {
    version: 200,
    min_version: 100,
    max_version: 200,
    spec_version_hash: new Uint8Array(8),
    library_version_hash: new Uint8Array(8),
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
  [MSG.ESTIMATOR_STATUS]: estimatorStatus,
  [MSG.WIND_COV]: windCov,
  [MSG.CURRENT_MODE]: currentMode,
  [MSG.CURRENT_EVENT_SEQUENCE]: eventSequence,
  [MSG.PROTOCOL_VERSION]: protocolVersion,
  [MSG.CONTROL_STATUS]: controlStatus,
  [MSG.HOME_POSITION]: homePosition,
  [MSG.EXTENDED_SYS_STATE]: landed,
  [MSG.GIMBAL_MANAGER_INFORMATION]: (v, wallMs) => gimbalInformation(bootMs(v, wallMs)),
  [MSG.GIMBAL_MANAGER_STATUS]: (v, wallMs) => gimbalStatus(v.gimbal, bootMs(v, wallMs)),
  [MSG.GIMBAL_DEVICE_ATTITUDE_STATUS]: (v, wallMs) => gimbalAttitude(v.gimbal, bootMs(v, wallMs)),
}

/** Messages that only one of the two autopilots has. */
const ONLY: Readonly<Record<number, AutopilotName>> = {
  [MSG.WIND]: 'ardupilot',
  [MSG.EKF_STATUS_REPORT]: 'ardupilot',
  [MSG.ESTIMATOR_STATUS]: 'px4',
  [MSG.WIND_COV]: 'px4',
  [MSG.CURRENT_MODE]: 'px4',
  [MSG.CURRENT_EVENT_SEQUENCE]: 'px4',
  [MSG.PROTOCOL_VERSION]: 'px4',
}

/** Messages that the autopilot can send when asked by number. */
export function canSend({ setup, control }: Vehicle, messageId: number): boolean {
  if (messageId === MSG.CONTROL_STATUS) return control !== null
  return SENDERS[messageId] !== undefined && (ONLY[messageId] ?? setup.autopilot) === setup.autopilot
}

/** The message as it is now, or undefined where the autopilot has none of that number. */
export const telemetry = (v: Vehicle, messageId: number, wallMs: number): Saying | undefined =>
  canSend(v, messageId) ? SENDERS[messageId]?.(v, wallMs) : undefined
