/** ArduCopter flight modes by their number in HEARTBEAT.custom_mode; only those that this vehicle flies. */
export const COPTER_MODES = {
  STABILIZE: 0,
  AUTO: 3,
  GUIDED: 4,
  LOITER: 5,
  RTL: 6,
  LAND: 9,
  POSHOLD: 16,
  BRAKE: 17,
  SMART_RTL: 21,
} as const
export type CopterMode = keyof typeof COPTER_MODES

/** The mode of a number, undefined where this vehicle has none. */
export const modeOf = (custom: number): CopterMode | undefined =>
  (Object.keys(COPTER_MODES) as CopterMode[]).find((name) => COPTER_MODES[name] === custom)

/** Modes that need a position estimate before they can be entered. */
export const needsPosition = (mode: CopterMode): boolean => mode !== 'STABILIZE' && mode !== 'LAND'

/** Modes that ArduCopter lets a ground station arm in (AUTO_OPTIONS bit 0 is not set). */
export const isArmable = (mode: CopterMode): boolean =>
  mode === 'STABILIZE' || mode === 'GUIDED' || mode === 'LOITER' || mode === 'POSHOLD'
