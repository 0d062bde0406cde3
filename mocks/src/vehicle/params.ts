/** How ArduPilot types a parameter (MAV_PARAM_TYPE); every one travels as its value cast to a float. */
export type ParamType = 2 | 4 | 6 | 9
export interface Param {
  readonly type: ParamType
  readonly value: number
}
export type Params = Readonly<Record<string, Param>>

const INT8 = 2
const INT16 = 4
const INT32 = 6
const REAL32 = 9

/**
 * Parameters of a vehicle as its owner set it up, names and units as on ArduCopter 4.7 (cm, cm/s, seconds).
 * FS_GCS_ENABLE is 1 (return) where the factory default is 0: nobody flies a search without it.
 */
export const defaultParams = (systemId: number): Params => ({
  MAV_SYSID: { type: INT16, value: systemId },
  MAV_GCS_SYSID: { type: INT16, value: 255 },
  FS_GCS_ENABLE: { type: INT8, value: 1 },
  FS_GCS_TIMEOUT: { type: REAL32, value: 5 },
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
})

/** Names that older ground stations use for the same thing. */
const OLD_NAMES: Readonly<Record<string, string>> = { SYSID_THISMAV: 'MAV_SYSID', SYSID_MYGCS: 'MAV_GCS_SYSID' }

/** The parameter under its own or its old name, or undefined. */
export function findParam(params: Params, name: string): { name: string; param: Param } | undefined {
  const own = OLD_NAMES[name] ?? name
  const param = params[own]
  return param === undefined ? undefined : { name: own, param }
}

/** A parameter's value; RangeError on a name that the vehicle does not have. */
export function paramValue(params: Params, name: string): number {
  const param = params[name]
  if (param === undefined) throw new RangeError(`no parameter ${name}`)
  return param.value
}

/** Sets a parameter as ArduPilot does: integers are cut, a NaN is ignored. Same object back where nothing changed. */
export function withParam(params: Params, name: string, value: number): Params {
  const found = findParam(params, name)
  if (found === undefined || !Number.isFinite(value)) return params
  const cast = found.param.type === REAL32 ? Math.fround(value) : Math.trunc(value)
  return { ...params, [found.name]: { type: found.param.type, value: cast } }
}
