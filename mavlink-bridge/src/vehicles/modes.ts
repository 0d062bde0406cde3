import type { DroneStatus, ModeKind } from '@skerry/contract'
import { modeOfOffered, type OfferedMode } from './standard-modes.ts'

export type Autopilot = DroneStatus['autopilot']
export type Mode = NonNullable<DroneStatus['mode']>
/** Which ArduPilot firmware flies a MAV_TYPE: the numbers of its modes depend on it. */
export type VehicleClass = 'copter' | 'plane' | 'rover' | 'sub' | 'other'

/** HEARTBEAT.autopilot. */
export const MAV_AUTOPILOT_ARDUPILOTMEGA = 3
export const MAV_AUTOPILOT_INVALID = 8
export const MAV_AUTOPILOT_PX4 = 12

/** HEARTBEAT.type of things that fly, drive or dive themselves, in words. Stations, gimbals and cameras are not here. */
const VEHICLE_TYPES: ReadonlyMap<number, readonly [words: string, kind: VehicleClass]> = new Map([
  [0, ['vehicle', 'other']],
  [1, ['fixed-wing', 'plane']],
  [2, ['quadrotor', 'copter']],
  [3, ['coaxial', 'copter']],
  [4, ['helicopter', 'copter']],
  [7, ['airship', 'other']],
  [8, ['balloon', 'other']],
  [9, ['rocket', 'other']],
  [10, ['rover', 'rover']],
  [11, ['boat', 'rover']],
  [12, ['submarine', 'sub']],
  [13, ['hexarotor', 'copter']],
  [14, ['octorotor', 'copter']],
  [15, ['tricopter', 'copter']],
  [16, ['flapping-wing', 'other']],
  [17, ['kite', 'other']],
  [19, ['vtol', 'plane']],
  [20, ['vtol', 'plane']],
  [21, ['vtol', 'plane']],
  [22, ['vtol', 'plane']],
  [23, ['vtol', 'plane']],
  [24, ['vtol', 'plane']],
  [25, ['vtol', 'plane']],
  [28, ['parafoil', 'other']],
  [29, ['dodecarotor', 'copter']],
  [35, ['decarotor', 'copter']],
  [43, ['multirotor', 'copter']],
])

/** What a MAV_TYPE is; null for stations, gimbals, cameras and other equipment. */
export function vehicleType(mavType: number): { words: string; kind: VehicleClass } | null {
  const found = VEHICLE_TYPES.get(mavType)
  return found === undefined ? null : { words: found[0], kind: found[1] }
}

export const autopilotOf = (code: number): Autopilot =>
  code === MAV_AUTOPILOT_ARDUPILOTMEGA ? 'ardupilot' : code === MAV_AUTOPILOT_PX4 ? 'px4' : 'other'

type ModeTable = ReadonlyMap<number, readonly [name: string, kind: ModeKind]>

const COPTER: ModeTable = new Map([
  [0, ['STABILIZE', 'manual']],
  [1, ['ACRO', 'manual']],
  [2, ['ALT_HOLD', 'manual']],
  [3, ['AUTO', 'auto']],
  [4, ['GUIDED', 'guided']],
  [5, ['LOITER', 'hold']],
  [6, ['RTL', 'return']],
  [7, ['CIRCLE', 'other']],
  [9, ['LAND', 'land']],
  [11, ['DRIFT', 'manual']],
  [13, ['SPORT', 'manual']],
  [14, ['FLIP', 'other']],
  [15, ['AUTOTUNE', 'other']],
  [16, ['POSHOLD', 'hold']],
  [17, ['BRAKE', 'hold']],
  [18, ['THROW', 'other']],
  [19, ['AVOID_ADSB', 'other']],
  [20, ['GUIDED_NOGPS', 'guided']],
  [21, ['SMART_RTL', 'return']],
  [22, ['FLOWHOLD', 'hold']],
  [23, ['FOLLOW', 'other']],
  [24, ['ZIGZAG', 'other']],
  [25, ['SYSTEMID', 'other']],
  [26, ['AUTOROTATE', 'other']],
  [27, ['AUTO_RTL', 'return']],
  [28, ['TURTLE', 'other']],
  [29, ['RATE_ACRO', 'manual']],
])
const PLANE: ModeTable = new Map([
  [0, ['MANUAL', 'manual']],
  [1, ['CIRCLE', 'hold']],
  [2, ['STABILIZE', 'manual']],
  [3, ['TRAINING', 'manual']],
  [4, ['ACRO', 'manual']],
  [5, ['FBWA', 'manual']],
  [6, ['FBWB', 'manual']],
  [7, ['CRUISE', 'manual']],
  [8, ['AUTOTUNE', 'other']],
  [10, ['AUTO', 'auto']],
  [11, ['RTL', 'return']],
  [12, ['LOITER', 'hold']],
  [13, ['TAKEOFF', 'takeoff']],
  [14, ['AVOID_ADSB', 'other']],
  [15, ['GUIDED', 'guided']],
  [16, ['INITIALISING', 'other']],
  [17, ['QSTABILIZE', 'manual']],
  [18, ['QHOVER', 'manual']],
  [19, ['QLOITER', 'hold']],
  [20, ['QLAND', 'land']],
  [21, ['QRTL', 'return']],
  [22, ['QAUTOTUNE', 'other']],
  [23, ['QACRO', 'manual']],
  [24, ['THERMAL', 'other']],
  [25, ['LOITER_ALT_QLAND', 'land']],
  [26, ['AUTOLAND', 'land']],
])
const ROVER: ModeTable = new Map([
  [0, ['MANUAL', 'manual']],
  [1, ['ACRO', 'manual']],
  [3, ['STEERING', 'manual']],
  [4, ['HOLD', 'hold']],
  [5, ['LOITER', 'hold']],
  [6, ['FOLLOW', 'other']],
  [7, ['SIMPLE', 'manual']],
  [8, ['DOCK', 'other']],
  [9, ['CIRCLE', 'other']],
  [10, ['AUTO', 'auto']],
  [11, ['RTL', 'return']],
  [12, ['SMART_RTL', 'return']],
  [15, ['GUIDED', 'guided']],
  [16, ['INITIALISING', 'other']],
])
const SUB: ModeTable = new Map([
  [0, ['STABILIZE', 'manual']],
  [1, ['ACRO', 'manual']],
  [2, ['ALT_HOLD', 'manual']],
  [3, ['AUTO', 'auto']],
  [4, ['GUIDED', 'guided']],
  [7, ['CIRCLE', 'other']],
  [9, ['SURFACE', 'return']],
  [16, ['POSHOLD', 'hold']],
  [19, ['MANUAL', 'manual']],
  [20, ['MOTOR_DETECT', 'other']],
  [21, ['SURFTRAK', 'manual']],
])
const ARDUPILOT: Readonly<Record<VehicleClass, ModeTable>> = {
  copter: COPTER,
  plane: PLANE,
  rover: ROVER,
  sub: SUB,
  other: new Map(),
}

/** PX4: main mode in bits 16-23, sub mode in bits 24-31. Keyed main * 256 + sub; sub 0 where a main mode has none. */
export const px4Mode = (main: number, sub = 0): number => ((sub << 24) | (main << 16)) >>> 0
const PX4: ModeTable = new Map([
  [px4Mode(1), ['MANUAL', 'manual']],
  [px4Mode(2), ['ALTCTL', 'manual']],
  [px4Mode(3), ['POSCTL', 'manual']],
  [px4Mode(3, 1), ['ORBIT', 'other']],
  [px4Mode(3, 2), ['POSCTL SLOW', 'manual']],
  [px4Mode(4, 1), ['AUTO READY', 'other']],
  [px4Mode(4, 2), ['TAKEOFF', 'takeoff']],
  [px4Mode(4, 3), ['HOLD', 'hold']],
  [px4Mode(4, 4), ['MISSION', 'auto']],
  [px4Mode(4, 5), ['RTL', 'return']],
  [px4Mode(4, 6), ['LAND', 'land']],
  [px4Mode(4, 7), ['RETURN TO STATION', 'return']],
  [px4Mode(4, 8), ['FOLLOW', 'other']],
  [px4Mode(4, 9), ['PRECISION LAND', 'land']],
  [px4Mode(4, 10), ['VTOL TAKEOFF', 'takeoff']],
  [px4Mode(5), ['ACRO', 'manual']],
  [px4Mode(6), ['OFFBOARD', 'guided']],
  [px4Mode(7), ['STABILIZED', 'manual']],
  [px4Mode(8), ['RATTITUDE', 'manual']],
  [px4Mode(10), ['TERMINATION', 'other']],
  [px4Mode(11), ['ALTITUDE CRUISE', 'manual']],
])

/** Whether the numbers of its modes are known to us. */
export const hasModeTable = ({
  autopilot,
  kind,
}: {
  readonly autopilot: Autopilot
  readonly kind: VehicleClass
}): boolean => autopilot === 'px4' || (autopilot === 'ardupilot' && ARDUPILOT[kind].size > 0)

/**
 * Flight mode of a HEARTBEAT.custom_mode; null where the autopilot's numbers are not known to us. The tables come
 * first: their kinds are the ones that orders wait for. What the vehicle itself says of its modes fills the rest.
 */
export function modeOf(
  autopilot: Autopilot,
  kind: VehicleClass,
  customMode: number,
  offered: ReadonlyMap<number, OfferedMode> = new Map(),
): Mode | null {
  const found = autopilot === 'other' ? undefined : (autopilot === 'px4' ? PX4 : ARDUPILOT[kind]).get(customMode)
  if (found !== undefined) return { name: found[0], kind: found[1] }
  const own = offered.get(customMode)
  if (own !== undefined) return modeOfOffered(own)
  return autopilot === 'other' ? null : { name: `MODE ${customMode}`, kind: 'other' }
}
