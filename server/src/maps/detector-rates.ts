import type { Calibration, Candidate, DetectorRates, DroneStatus } from '@skerry/contract'
import { DEFAULT_TRIAGE_POLICY, nearestExercise } from '@skerry/search'
import { conditionsOf, exercised, type SensorGround } from './sensor-cover.ts'

/**
 * What is assumed of a detector that nobody has measured. Recall of the order that a hot-blob detector has on annotated
 * frames (HIT-UAV test split: 0.45 to 0.75 by threshold), and five warm things per km2 that are not the subject, worth half
 * a square kilometre of ground. ASSUMPTIONS, to be shown as such.
 */
const ASSUMED: Omit<DetectorRates, 'look'> = {
  recall: DEFAULT_TRIAGE_POLICY.recall,
  recallRange: [0.45, 0.75],
  recallBasis: 'assumed',
  falsePerKm2: 5,
  falseWorthKm2: 0.5,
  falseBasis: 'assumed',
  exercise: null,
}

/** Rates of the detector of a drone, as exercises with its camera measured them if any did; assumed where it tells no camera. */
export function detectorRates(
  status: DroneStatus | null,
  ground: SensorGround,
  look: DetectorRates['look'],
  calibrations: readonly Calibration[],
): DetectorRates {
  const flown = calibrations.flatMap((calibration) =>
    exercised(calibration).map((exercise) => ({ ...exercise, number: calibration.number, calibration })),
  )
  const measured = flown.filter(({ calibration }) => calibration.measured?.detector)
  const conditions = conditionsOf(status, { ...ground, ...look })
  const nearest = conditions && nearestExercise(conditions, measured)
  const detector = nearest?.exercise.calibration.measured?.detector
  if (!nearest || !detector) return { ...ASSUMED, look }
  const basis = nearest.same ? 'measured' : 'transferred'
  const { recall, falseAlarms } = detector
  return {
    ...ASSUMED,
    look,
    // A detector that showed nothing in an exercise is not one that never will.
    ...(recall && recall.best > 0
      ? { recall: recall.best, recallRange: [recall.low, recall.high], recallBasis: basis }
      : {}),
    ...(falseAlarms ? { falsePerKm2: falseAlarms.perKm2, falseWorthKm2: falseAlarms.areaKm2, falseBasis: basis } : {}),
    exercise: (recall && recall.best > 0) || falseAlarms ? nearest.exercise.number : null,
  }
}

/** Rates that a candidate is weighed by; older journals tell of none. */
export const ratesOf = ({ detector }: Pick<Candidate, 'detector'>): Omit<DetectorRates, 'look'> => detector ?? ASSUMED
