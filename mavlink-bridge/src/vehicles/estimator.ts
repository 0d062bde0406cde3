import type { TypedMessages } from '../wire/typed-messages.ts'

/** What an estimator cannot do now. */
export type EstimatorFault =
  | 'attitude'
  | 'velocity'
  | 'position'
  | 'height'
  | 'constant-position'
  | 'gps-glitch'
  | 'compass'
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
/** Only in EKF_STATUS_REPORT. */
const EKF_GPS_GLITCH = 32_768
/** Innovation test ratios: above this the filter rejects what it measures. */
const REJECTED_ABOVE = 1
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

type EkfReport = Pick<
  TypedMessages['EKF_STATUS_REPORT'],
  'flags' | 'velocity_variance' | 'pos_horiz_variance' | 'pos_vert_variance' | 'compass_variance'
>
/** Of EKF_STATUS_REPORT: ArduPilot's "variances" are test ratios, and a filter that rejects its position does not know it for long. */
export function ekfHealth(report: Readonly<EkfReport>): EstimatorHealth {
  const { flags } = report
  const rejected: (EstimatorFault | null)[] = [
    report.velocity_variance > REJECTED_ABOVE ? 'velocity' : null,
    report.pos_horiz_variance > REJECTED_ABOVE ? 'position' : null,
    report.pos_vert_variance > REJECTED_ABOVE ? 'height' : null,
    report.compass_variance > REJECTED_ABOVE ? 'compass' : null,
    (flags & EKF_GPS_GLITCH) === 0 ? null : 'gps-glitch',
  ]
  const faults = [...new Set([...shared(flags), ...rejected.filter((fault) => fault !== null)])]
  const { ok } = health(flags, faults)
  return { ok: ok && !rejected.includes('velocity') && !rejected.includes('position'), faults }
}

/** Of ESTIMATOR_STATUS.flags: PX4 does not use the bit for a constant position for what it says. */
export function estimatorHealth(flags: number): EstimatorHealth {
  const faults = shared(flags & ~CONST_POS)
  if ((flags & GPS_GLITCH) !== 0) faults.push('gps-glitch')
  if ((flags & ACCEL_ERROR) !== 0) faults.push('sensor')
  return health(flags & ~CONST_POS, faults)
}
