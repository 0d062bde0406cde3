import { wrapDeg } from '../base/flat.ts'
import { moved } from '../base/flat.ts'
import { airspeedMps } from './flight.ts'
import { CELLS, HOVER_S, packVoltageV } from './battery.ts'
import { gimbalAttitude, gimbalInformation, gimbalStatus } from './gimbal.ts'
import { COMP, MSG, type Saying } from './mavlink.ts'
import { COPTER_MODES } from './modes.ts'
import { paramValue } from './params.ts'
import { bootMs, isReady, type Vehicle } from './vehicle.ts'

const DEG = 180 / Math.PI
const comp = COMP.autopilot
const PREARM_CHECK = 0x10000000
/** Gyro, accelerometer, compass, barometer, GPS, rate and attitude control, yaw, height, position, motors, AHRS, battery. */
const SENSORS = 0x1 | 0x2 | 0x4 | 0x8 | 0x20 | 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x200000 | 0x2000000

/** Position estimate as the autopilot reports it: truth plus its error. */
export function estimate(v: Vehicle): { lng: number; lat: number; upM: number } {
  const [offE, offN, offUp] = v.estimateOff
  const [lng, lat] = moved(v.setup.home, v.flight.eM + offE, v.flight.nM + offN)
  return { lng, lat, upM: v.flight.upM + offUp }
}

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

function sysStatus(v: Vehicle, wallMs: number): Saying {
  // As seen on a real one: the pre-arm bit turns healthy well before arming is really possible.
  const prearm = wallMs - v.bootedAtMs > v.setup.bootMs / 2 ? PREARM_CHECK : 0
  return {
    comp,
    name: 'SYS_STATUS',
    fields: {
      onboard_control_sensors_present: SENSORS | PREARM_CHECK,
      onboard_control_sensors_enabled: SENSORS | PREARM_CHECK,
      onboard_control_sensors_health: SENSORS | prearm,
      load: 210,
      voltage_battery: Math.round(packVoltageV(v.battery) * 1000),
      current_battery: Math.round(currentA(v) * 100),
      battery_remaining: Math.floor(v.battery.share * 100),
      drop_rate_comm: 0,
      errors_comm: 0,
      errors_count1: 0,
      errors_count2: 0,
      errors_count3: 0,
      errors_count4: 0,
    },
  }
}

const capacityAh = (v: Vehicle): number => paramValue(v.params, 'BATT_CAPACITY') / 1000
const currentA = (v: Vehicle): number => (v.battery.powerShare * capacityAh(v) * 3600) / HOVER_S

function batteryStatus(v: Vehicle): Saying {
  const cellMv = Math.round((packVoltageV(v.battery) / CELLS) * 1000)
  return {
    comp,
    name: 'BATTERY_STATUS',
    fields: {
      id: 0,
      battery_function: 0,
      type: 1,
      temperature: 2400,
      voltages: Array.from({ length: 10 }, (_, i) => (i < CELLS ? cellMv : 65535)),
      current_battery: Math.round(currentA(v) * 100),
      current_consumed: Math.round(v.battery.usedShare * capacityAh(v) * 1000),
      energy_consumed: -1,
      battery_remaining: Math.floor(v.battery.share * 100),
      time_remaining: v.armed ? Math.round((v.battery.share * HOVER_S) / Math.max(0.1, v.battery.powerShare)) : 0,
      charge_state: v.batteryFailsafe === 'critical' ? 3 : v.batteryFailsafe === 'low' ? 2 : 1,
      voltages_ext: [0, 0, 0, 0],
      mode: 0,
      fault_bitmask: 0,
    },
  }
}

function globalPosition(v: Vehicle, wallMs: number): Saying {
  const e = estimate(v)
  return {
    comp,
    name: 'GLOBAL_POSITION_INT',
    fields: {
      time_boot_ms: bootMs(v, wallMs),
      lat: Math.round(e.lat * 1e7),
      lon: Math.round(e.lng * 1e7),
      alt: Math.round((v.setup.homeAltAmslM + e.upM) * 1000),
      relative_alt: Math.round(e.upM * 1000),
      vx: Math.round(v.flight.vnMps * 100),
      vy: Math.round(v.flight.veMps * 100),
      vz: Math.round(-v.flight.vuMps * 100),
      hdg: Math.round(wrapDeg(v.flight.yawRad * DEG) * 100) % 36_000,
    },
  }
}

function gpsRaw(v: Vehicle, wallMs: number): Saying {
  const e = estimate(v)
  const speed = Math.hypot(v.flight.veMps, v.flight.vnMps)
  return {
    comp,
    name: 'GPS_RAW_INT',
    fields: {
      time_usec: BigInt(bootMs(v, wallMs)) * 1000n,
      fix_type: 6,
      lat: Math.round(e.lat * 1e7),
      lon: Math.round(e.lng * 1e7),
      alt: Math.round((v.setup.homeAltAmslM + e.upM) * 1000),
      eph: 80,
      epv: 120,
      vel: Math.round(speed * 100),
      cog: Math.round(wrapDeg(Math.atan2(v.flight.veMps, v.flight.vnMps) * DEG) * 100) % 36_000,
      satellites_visible: 17,
      alt_ellipsoid: 0,
      h_acc: 900,
      v_acc: 1400,
      vel_acc: 200,
      hdg_acc: 0,
      yaw: 0,
    },
  }
}

const attitude = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'ATTITUDE',
  fields: {
    time_boot_ms: bootMs(v, wallMs),
    roll: v.flight.rollRad,
    pitch: v.flight.pitchRad,
    yaw: v.flight.yawRad,
    rollspeed: 0,
    pitchspeed: 0,
    yawspeed: 0,
  },
})

const hud = (v: Vehicle): Saying => ({
  comp,
  name: 'VFR_HUD',
  fields: {
    airspeed: v.onGround ? 0 : airspeedMps(v.flight),
    groundspeed: Math.hypot(v.flight.veMps, v.flight.vnMps),
    alt: v.setup.homeAltAmslM + estimate(v).upM,
    climb: v.flight.vuMps,
    heading: Math.round(wrapDeg(v.flight.yawRad * DEG)) % 360,
    throttle: v.onGround ? 0 : Math.min(100, Math.round(38 * v.battery.powerShare)),
  },
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

const wind = (v: Vehicle): Saying => ({
  comp,
  name: 'WIND',
  fields: {
    // On ArduPilot the direction is where the wind comes from, -180..180.
    direction: Math.atan2(-v.flight.windEMps, -v.flight.windNMps) * DEG,
    speed: Math.hypot(v.flight.windEMps, v.flight.windNMps),
    speed_z: 0,
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

const localPosition = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'LOCAL_POSITION_NED',
  fields: {
    time_boot_ms: bootMs(v, wallMs),
    x: v.flight.nM + v.estimateOff[1],
    y: v.flight.eM + v.estimateOff[0],
    z: -(v.flight.upM + v.estimateOff[2]),
    vx: v.flight.vnMps,
    vy: v.flight.veMps,
    vz: -v.flight.vuMps,
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
