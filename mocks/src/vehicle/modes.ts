/** Which autopilot a vehicle plays. */
export type AutopilotName = 'ardupilot' | 'px4'

/** Flight modes of both autopilots under ArduCopter's names; PX4 calls AUTO mission, LOITER hold, STABILIZE position. */
export type Mode =
  | 'STABILIZE'
  | 'AUTO'
  | 'GUIDED'
  | 'LOITER'
  | 'RTL'
  | 'LAND'
  | 'POSHOLD'
  | 'BRAKE'
  | 'SMART_RTL'
  | 'TAKEOFF'
type Numbers = Readonly<Partial<Record<Mode, number>>>

/** ArduCopter: the plain number of a mode; only those that this vehicle flies. */
const COPTER: Numbers = {
  STABILIZE: 0,
  AUTO: 3,
  GUIDED: 4,
  LOITER: 5,
  RTL: 6,
  LAND: 9,
  POSHOLD: 16,
  BRAKE: 17,
  SMART_RTL: 21,
}
/** PX4: main mode in bits 16 to 23, sub mode in bits 24 to 31. */
const px4 = (main: number, sub = 0): number => ((main << 16) | (sub << 24)) >>> 0
const PX4: Numbers = {
  STABILIZE: px4(3),
  TAKEOFF: px4(4, 2),
  LOITER: px4(4, 3),
  AUTO: px4(4, 4),
  RTL: px4(4, 5),
  LAND: px4(4, 6),
}
const NUMBERS: Readonly<Record<AutopilotName, Numbers>> = { ardupilot: COPTER, px4: PX4 }

/** HEARTBEAT.custom_mode. RangeError for a mode that the autopilot does not have. */
export function customModeOf(autopilot: AutopilotName, mode: Mode): number {
  const number = NUMBERS[autopilot][mode]
  if (number === undefined) throw new RangeError(`${autopilot} has no mode ${mode}`)
  return number
}

/** The mode of a number, undefined where this vehicle has none. */
export const modeOf = (autopilot: AutopilotName, custom: number): Mode | undefined =>
  (Object.keys(NUMBERS[autopilot]) as Mode[]).find((name) => NUMBERS[autopilot][name] === custom)

export const px4CustomMode = px4

/** Modes that need a position estimate before they can be entered. */
export const needsPosition = (mode: Mode): boolean => mode !== 'STABILIZE' && mode !== 'LAND'

/** Modes that a ground station may arm in. ArduCopter: AUTO_OPTIONS bit 0 is not set; PX4: not on the way down. */
export const isArmable = (autopilot: AutopilotName, mode: Mode): boolean =>
  autopilot === 'px4'
    ? mode !== 'RTL' && mode !== 'LAND'
    : mode === 'STABILIZE' || mode === 'GUIDED' || mode === 'LOITER' || mode === 'POSHOLD'
