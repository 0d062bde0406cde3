import { type SweepWidth, sweepWidth, type SweepWidthInput } from './sweep-width.ts'
import type { MeasuredSweepWidth } from './calibration.ts'

/** An exercise that was flown: under which conditions, and what it gave. */
export interface Calibration {
  readonly conditions: SweepWidthInput
  readonly measured: MeasuredSweepWidth
}

export interface CalibratedSweepWidth extends SweepWidth {
  /** `measured`: an exercise over this cover and contrast; `transferred`: over another; `assumed`: none. */
  readonly basis: 'measured' | 'transferred' | 'assumed'
}

/** Heights and speeds this much apart (as a factor) still count as the same conditions. */
const SAME_WITHIN = 1.3

/**
 * Sweep width with the exercises' results in place of the assumptions.
 *
 * The parametric model gives the shape, the exercise the size: W = W_model(now) x W_measured / W_model(exercise), never
 * above the swath. Over the same cover and contrast, at about the same height and speed, low and high are the measured
 * interval carried along in the same way. Otherwise the factor is transferred, but the assumptions' own range stays,
 * moved by the factor and widened to hold the assumed best: one exercise over scrub says little of a forest. With
 * several, the one under the most similar conditions counts. Exercises with other cameras or doubts like
 * `not-far-enough` are the caller's to leave out.
 * RangeError as `sweepWidth`. Source: search-science notes 0.5, 1.3, 4.2.
 */
export function calibratedSweepWidth(
  input: SweepWidthInput,
  calibrations: readonly Calibration[],
): CalibratedSweepWidth {
  const model = sweepWidth(input)
  const best = nearestExercise(input, calibrations)
  const exercise = best ? sweepWidth(best.exercise.conditions) : null
  if (!best || !exercise || !(exercise.sweepWidthM > 0)) return { ...model, basis: 'assumed' }
  const { measured } = best.exercise
  const carried = (widthM: number): number =>
    Math.min(model.swathM, (model.sweepWidthM * widthM) / exercise.sweepWidthM)
  const sweepWidthM = carried(measured.sweepWidthM)
  if (best.same)
    return { ...model, sweepWidthM, low: carried(measured.low), high: carried(measured.high), basis: 'measured' }
  const factor = measured.sweepWidthM / exercise.sweepWidthM
  return {
    ...model,
    sweepWidthM,
    low: Math.min(sweepWidthM, model.low * factor, model.sweepWidthM),
    high: Math.min(model.swathM, Math.max(sweepWidthM, model.high * factor, model.sweepWidthM)),
    basis: 'transferred',
  }
}

/**
 * Of the exercises with this camera the one under the most similar conditions, and whether these count as the same; null
 * without any.
 */
export function nearestExercise<T extends Pick<Calibration, 'conditions'>>(
  input: SweepWidthInput,
  calibrations: readonly T[],
): { readonly exercise: T; readonly same: boolean } | null {
  const usable = calibrations.filter(
    ({ conditions: { camera } }) =>
      camera.widthPx === input.camera.widthPx && Math.abs(camera.hfovRad - input.camera.hfovRad) < 0.02,
  )
  const exercise = usable.toSorted((a, b) => unlike(input, a.conditions) - unlike(input, b.conditions))[0]
  if (!exercise) return null
  const { cover, contrast, heightM, speedMps } = exercise.conditions
  const same =
    cover === input.cover &&
    contrast === input.contrast &&
    near(heightM, input.heightM) &&
    near(speedMps, input.speedMps)
  return { exercise, same }
}

const near = (a: number, b: number): boolean => a === b || (a < b * SAME_WITHIN && b < a * SAME_WITHIN)

/** How unlike two sets of conditions are: another cover weighs most, then contrast, then height and speed. */
function unlike(a: SweepWidthInput, b: SweepWidthInput): number {
  const apart = (p: number, q: number): number => Math.abs(Math.log((p + 1) / (q + 1)))
  return (
    (a.cover === b.cover ? 0 : 4) +
    (a.contrast === b.contrast ? 0 : 2) +
    apart(a.heightM, b.heightM) +
    apart(a.speedMps, b.speedMps)
  )
}
