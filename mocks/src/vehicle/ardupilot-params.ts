import type { Params } from './param-types.ts'

const INT8 = 2
const INT16 = 4
const INT32 = 6
const REAL32 = 9

/**
 * Parameters of a vehicle as its owner set it up, names and units as on ArduCopter 4.7 (cm, cm/s, seconds).
 * FS_GCS_ENABLE is 1 (return) where the factory default is 0: nobody flies a search without it.
 */
export const ardupilotParams = (systemId: number): Params => ({
  MAV_SYSID: { type: INT16, value: systemId },
  MAV_GCS_SYSID: { type: INT16, value: 255 },
  FS_GCS_ENABLE: { type: INT8, value: 1 },
  FS_GCS_TIMEOUT: { type: REAL32, value: 5 },
  FS_OPTIONS: { type: INT32, value: 16 },
  WPNAV_SPEED: { type: REAL32, value: 1200 },
  WPNAV_SPEED_UP: { type: REAL32, value: 300 },
  WPNAV_SPEED_DN: { type: REAL32, value: 200 },
  WPNAV_ACCEL: { type: REAL32, value: 250 },
  WPNAV_RADIUS: { type: REAL32, value: 200 },
  RTL_ALT: { type: INT32, value: 4000 },
  RTL_LOIT_TIME: { type: INT32, value: 5000 },
  RTL_SPEED: { type: INT16, value: 0 },
  LAND_SPEED: { type: INT16, value: 50 },
  LAND_ALT_LOW: { type: INT16, value: 1000 },
  DISARM_DELAY: { type: INT8, value: 10 },
  AUTO_OPTIONS: { type: INT32, value: 0 },
  MIS_RESTART: { type: INT8, value: 0 },
  BATT_CAPACITY: { type: INT32, value: 12_000 },
  BATT_FS_LOW_ACT: { type: INT8, value: 2 },
  BATT_LOW_MAH: { type: REAL32, value: 2640 },
  BATT_CRT_MAH: { type: REAL32, value: 1200 },
  BATT_FS_CRT_ACT: { type: INT8, value: 1 },
  ARMING_CHECK: { type: INT32, value: 1 },
  FENCE_ENABLE: { type: INT8, value: 0 },
  FRAME_CLASS: { type: INT8, value: 1 },
  MNT1_TYPE: { type: INT8, value: 8 },
  CAM1_THERM_PAL: { type: INT8, value: -1 },
  CAM1_THERM_GAIN: { type: INT8, value: 1 },
})
