/** What an estimator cannot do now. */
export type EstimatorFault =
  | 'attitude'
  | 'velocity'
  | 'position'
  | 'height'
  | 'constant-position'
  | 'gps-glitch'
  | 'sensor'

/** What the autopilot's own position filter says of itself. */
export interface EstimatorHealth {
  /** It knows where it is, well enough to fly a plan. */
  readonly ok: boolean
  readonly faults: readonly EstimatorFault[]
}

/** ESTIMATOR_STATUS_FLAGS (PX4) and EKF_STATUS_FLAGS (ArduPilot) share these bits. */
const ATTITUDE = 1
const VELOCITY_HORIZ = 2
const POS_HORIZ_ABS = 16
const POS_VERT_ABS = 32
const POS_VERT_AGL = 64
const CONST_POS = 128
/** From here on only in ESTIMATOR_STATUS. */
const GPS_GLITCH = 1024
const ACCEL_ERROR = 2048

function shared(flags: number): EstimatorFault[] {
  const faults: EstimatorFault[] = []
  if ((flags & ATTITUDE) === 0) faults.push('attitude')
  if ((flags & VELOCITY_HORIZ) === 0) faults.push('velocity')
  if ((flags & POS_HORIZ_ABS) === 0) faults.push('position')
  if ((flags & (POS_VERT_ABS | POS_VERT_AGL)) === 0) faults.push('height')
  if ((flags & CONST_POS) !== 0) faults.push('constant-position')
  return faults
}

const health = (flags: number, faults: EstimatorFault[]): EstimatorHealth => ({
  ok: (flags & POS_HORIZ_ABS) !== 0 && (flags & CONST_POS) === 0,
  faults,
})

/** Of EKF_STATUS_REPORT.flags. */
export const ekfHealth = (flags: number): EstimatorHealth => health(flags, shared(flags))

/** Of ESTIMATOR_STATUS.flags: PX4 does not use the bit for a constant position for what it says. */
export function estimatorHealth(flags: number): EstimatorHealth {
  const faults = shared(flags & ~CONST_POS)
  if ((flags & GPS_GLITCH) !== 0) faults.push('gps-glitch')
  if ((flags & ACCEL_ERROR) !== 0) faults.push('sensor')
  return health(flags & ~CONST_POS, faults)
}
