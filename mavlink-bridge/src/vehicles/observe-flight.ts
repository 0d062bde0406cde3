import type { DroneStatus } from '@skerry/contract'
import { NO_REPORT } from './arming-report.ts'
import { ekfHealth, estimatorHealth } from './estimator.ts'
import { remember } from './history.ts'
import { modeOf } from './modes.ts'
import { observeHighLatency } from './observe-summary.ts'
import { placeOf } from './place.ts'
import type { Observers } from './observer.ts'
import { observeBattery, observeBatteryV2, observeMainBattery } from './observe-battery.ts'
import { observeControl } from './operator-control.ts'
import { offeredMode } from './standard-modes.ts'
import type { Vehicle } from './vehicle.ts'

const UINT16_UNKNOWN = 65_535
const UINT8_UNKNOWN = 255
const PREARM_CHECK = 0x1000_0000
/** MAV_SYS_STATUS_SENSOR_RC_RECEIVER. */
const RC_RECEIVER = 0x10000
/** EXTENDED_SYS_STATE.vtol_state; 0 is no VTOL. */
const VTOL: ReadonlyMap<number, NonNullable<Vehicle['vtol']>> = new Map([
  [1, 'transition'],
  [2, 'transition'],
  [3, 'multicopter'],
  [4, 'fixed-wing'],
])
/** AVAILABLE_MODES counts its modes in one byte. */
const MAX_MODES = 255
/** A clock that goes back by more than this is a restart, not a late frame. */
const REBOOT_SLACK_MS = 2000

const LANDED: ReadonlyMap<number, NonNullable<DroneStatus['landed']>> = new Map([
  [1, 'on-ground'],
  [2, 'in-air'],
  [3, 'taking-off'],
  [4, 'landing'],
])

const degrees = (rad: number): number => ((rad * 180) / Math.PI + 360) % 360
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Notes the autopilot's own clock; when it went back, everything it was asked for is forgotten by it. */
function booted(vehicle: Vehicle, timeBootMs: number, atMs: number): Vehicle {
  const { boot } = vehicle
  if (boot !== null && timeBootMs + REBOOT_SLACK_MS < boot.timeBootMs) {
    return {
      ...vehicle,
      boot: { timeBootMs, atMs },
      reboots: vehicle.reboots + 1,
      extendedLanded: null,
      home: null,
      mission: { currentSeq: null, reachedSeq: null, total: null, onboardId: 0, fenceId: 0, rallyId: 0 },
      prearmOk: null,
      estimator: null,
      armingReport: NO_REPORT,
      gimbals: new Map([...vehicle.gimbals].map(([key, gimbal]) => [key, { ...gimbal, control: null }])),
      offeredModes: new Map(),
      modeList: null,
      modesSeq: null,
      control: null,
      controlAsked: null,
      // A parameter may have been changed by whoever restarted it.
      linkLossAfterS: null,
      safetyParams: new Map(),
      heardAtMs: new Map(),
    }
  }
  return boot !== null && timeBootMs < boot.timeBootMs ? vehicle : { ...vehicle, boot: { timeBootMs, atMs } }
}

export const flightObservers: Observers = {
  SYSTEM_TIME: (vehicle, { time_boot_ms }, atMs, comp) =>
    comp === vehicle.autopilotComp ? booted(vehicle, time_boot_ms, atMs) : vehicle,

  ATTITUDE: (known, fields, atMs, comp) => {
    if (comp !== known.autopilotComp) return known
    const { roll, pitch, yaw, yawspeed } = fields
    const vehicle = booted(known, fields.time_boot_ms, atMs)
    if (![roll, pitch, yaw].every(Number.isFinite)) return vehicle
    const sample = { atMs, rollRad: roll, pitchRad: pitch, yawRad: yaw, yawRateRadS: finite(yawspeed) ?? 0 }
    return { ...vehicle, attitudes: remember(vehicle.attitudes, sample), headingDeg: degrees(yaw) }
  },

  GLOBAL_POSITION_INT: (known, fields, atMs, comp) => {
    if (comp !== known.autopilotComp) return known
    const vehicle = booted(known, fields.time_boot_ms, atMs)
    const lngLat = placeOf(fields.lat, fields.lon)
    if (lngLat === null) return vehicle
    const headingDeg = fields.hdg === UINT16_UNKNOWN ? null : fields.hdg / 100
    const sample = {
      atMs,
      bootMs: fields.time_boot_ms,
      lngLat,
      altAmslM: fields.alt / 1000,
      heightAboveTakeoffM: fields.relative_alt / 1000,
      velocityMps: [fields.vx / 100, fields.vy / 100, fields.vz / 100] as const,
      headingDeg,
    }
    return {
      ...vehicle,
      positions: remember(vehicle.positions, sample),
      groundSpeedMps: Math.hypot(fields.vx, fields.vy) / 100,
      climbMps: fields.vz === 0 ? 0 : -fields.vz / 100,
      headingDeg: headingDeg ?? vehicle.headingDeg,
    }
  },

  SYS_STATUS: (vehicle, fields, atMs, comp) => {
    if (comp !== vehicle.autopilotComp) return vehicle
    const present = (fields.onboard_control_sensors_present & PREARM_CHECK) !== 0
    const healthy = (fields.onboard_control_sensors_health & PREARM_CHECK) !== 0
    return {
      ...observeMainBattery(vehicle, fields, atMs),
      prearmOk: present ? healthy : null,
      radioControl:
        (fields.onboard_control_sensors_present & RC_RECEIVER) === 0
          ? null
          : (fields.onboard_control_sensors_health & RC_RECEIVER) !== 0,
    }
  },

  BATTERY_STATUS: observeBattery,
  BATTERY_STATUS_V2: observeBatteryV2,

  GPS_RAW_INT: (vehicle, fields) => ({
    ...vehicle,
    gps: {
      fixType: fields.fix_type,
      satellites: fields.satellites_visible === UINT8_UNKNOWN ? null : fields.satellites_visible,
      accuracyM: fields.h_acc > 0 ? fields.h_acc / 1000 : null,
    },
  }),

  EXTENDED_SYS_STATE: (vehicle, { landed_state, vtol_state }, atMs) => ({
    ...vehicle,
    extendedLanded: { state: LANDED.get(landed_state) ?? null, atMs },
    // ArduCopter says "multicopter" of plain copters, too: only of what has wings is that news.
    vtol: vehicle.kind === 'plane' ? (VTOL.get(vtol_state) ?? null) : null,
  }),

  VFR_HUD: (vehicle, fields) => ({
    ...vehicle,
    climbMps: finite(fields.climb) ?? vehicle.climbMps,
    groundSpeedMps: finite(fields.groundspeed) ?? vehicle.groundSpeedMps,
  }),

  WIND: (vehicle, { direction, speed }) =>
    Number.isFinite(direction) && Number.isFinite(speed)
      ? { ...vehicle, wind: { fromDeg: (direction + 360) % 360, speedMps: Math.abs(speed) } }
      : vehicle,

  WIND_COV: (vehicle, { wind_x, wind_y }) =>
    Number.isFinite(wind_x) && Number.isFinite(wind_y)
      ? { ...vehicle, wind: { fromDeg: degrees(Math.atan2(-wind_y, -wind_x)), speedMps: Math.hypot(wind_x, wind_y) } }
      : vehicle,

  HOME_POSITION: (vehicle, { latitude, longitude, altitude }) => {
    const lngLat = placeOf(latitude, longitude)
    return lngLat === null ? vehicle : { ...vehicle, home: { lngLat, altAmslM: altitude / 1000 } }
  },

  MISSION_CURRENT: (vehicle, fields) => ({
    ...vehicle,
    mission: {
      ...vehicle.mission,
      currentSeq: fields.seq,
      // It begins again, or flies another plan: what it had reached was reached before.
      reachedSeq: fields.seq < (vehicle.mission.currentSeq ?? 0) ? null : vehicle.mission.reachedSeq,
      // 0: this autopilot does not say; 65535: it has no plan.
      total: fields.total === UINT16_UNKNOWN ? 0 : fields.total === 0 ? vehicle.mission.total : fields.total,
      onboardId: fields.mission_id,
      fenceId: fields.fence_id,
      rallyId: fields.rally_points_id,
    },
  }),

  MISSION_ITEM_REACHED: (vehicle, { seq }) => ({ ...vehicle, mission: { ...vehicle.mission, reachedSeq: seq } }),

  EKF_STATUS_REPORT: (vehicle, fields) => ({ ...vehicle, estimator: ekfHealth(fields) }),

  ESTIMATOR_STATUS: (vehicle, { flags }) => ({ ...vehicle, estimator: estimatorHealth(flags) }),

  AUTOPILOT_VERSION: (vehicle, { capabilities, flight_sw_version, uid, uid2 }, _atMs, comp) =>
    comp === vehicle.autopilotComp
      ? { ...vehicle, capabilities, firmware: firmwareOf(flight_sw_version), uid: uidOf(uid, uid2) }
      : vehicle,

  AVAILABLE_MODES: (vehicle, fields, atMs, comp) => {
    if (comp !== vehicle.autopilotComp) return vehicle
    const { custom_mode, mode_name, standard_mode, properties, number_modes, mode_index } = fields
    const told = new Set(vehicle.modeList?.count === number_modes ? vehicle.modeList.told : []).add(mode_index)
    const noted = { ...vehicle, modeList: { count: number_modes, told, toldAtMs: atMs } }
    const full = vehicle.offeredModes.size >= MAX_MODES && !vehicle.offeredModes.has(custom_mode)
    if (mode_name === '' || full) return noted
    const mode = offeredMode(mode_name, standard_mode, properties)
    const offeredModes = new Map(vehicle.offeredModes).set(custom_mode, mode)
    return {
      ...noted,
      offeredModes,
      mode: modeOf(vehicle.autopilot, vehicle.kind, vehicle.customMode, offeredModes),
    }
  },

  // Another number says that the list has changed: what was told before may be offered no more, and is asked for again.
  AVAILABLE_MODES_MONITOR: (vehicle, { seq }, _atMs, comp) => {
    if (comp !== vehicle.autopilotComp || seq === vehicle.modesSeq) return vehicle
    if (vehicle.modesSeq === null) return { ...vehicle, modesSeq: seq }
    const offeredModes: Vehicle['offeredModes'] = new Map()
    return {
      ...vehicle,
      modesSeq: seq,
      modeList: null,
      offeredModes,
      mode: modeOf(vehicle.autopilot, vehicle.kind, vehicle.customMode, offeredModes),
    }
  },

  CONTROL_STATUS: observeControl,

  HIGH_LATENCY2: (vehicle, fields, atMs, comp) =>
    comp === vehicle.autopilotComp ? observeHighLatency(vehicle, fields, atMs) : vehicle,
}

/** FIRMWARE_VERSION_TYPE, the lowest byte of the version. */
const RELEASES: ReadonlyMap<number, string> = new Map([
  [0, '-dev'],
  [64, '-alpha'],
  [128, '-beta'],
  [192, '-rc'],
])
function firmwareOf(version: number): string | null {
  if (version === 0) return null
  const byte = (shift: number): number => (version >>> shift) & 0xff
  return `${byte(24)}.${byte(16)}.${byte(8)}${RELEASES.get(byte(0)) ?? ''}`
}

/** The 18-byte number where there is one, else the older 64-bit one; simulators send zeros. */
function uidOf(uid: bigint, uid2: Uint8Array): string | null {
  if (uid2.some((byte) => byte !== 0)) return Buffer.from(uid2).toString('hex')
  return uid === 0n ? null : uid.toString(16)
}
