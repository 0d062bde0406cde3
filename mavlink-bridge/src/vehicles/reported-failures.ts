import type { ReportedFailure } from '@skerry/contract'

/** HL_FAILURE_FLAG, from bit 0 on. */
const FLAGS = [
  'gps',
  'airspeed',
  'barometer',
  'accelerometer',
  'gyro',
  'compass',
  'terrain',
  'battery',
  'radio-control',
  'offboard-link',
  'engine',
  'fence',
  'estimator',
  'mission',
] as const satisfies readonly ReportedFailure[]

/** What HIGH_LATENCY2.failure_flags says; bits that have no name yet say nothing. */
export const failuresOf = (flags: number): readonly ReportedFailure[] =>
  FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0)
