import { type Camera, gsdM, pixelsOnTarget, swathM } from './camera.ts'
import { CONTRAST_FACTOR, type GroundCover, HIDDEN_SHARE, TARGET_M, type ThermalContrast } from './ground-cover.ts'
import { JOHNSON_N50, taskProbability } from './task-performance.ts'

export interface SweepWidthInput {
  readonly camera: Camera
  /** Height above ground, metres, > 0. */
  readonly heightM: number
  readonly cover: GroundCover
  readonly contrast: ThermalContrast
  /** Ground speed, m/s, >= 0. */
  readonly speedMps: number
  /** Long edge of the target as seen from above, metres; default: what shows of a person over the cover (`TARGET_M`). */
  readonly targetM?: number | undefined
  /** Response time of the detector, seconds; default 0.010 (uncooled microbolometer) [assumption]. */
  readonly responseS?: number | undefined
}

export interface SweepWidth {
  readonly sweepWidthM: number
  /** Range of the sweep width over the stated assumptions. Not a confidence interval: nobody has measured one. */
  readonly low: number
  readonly high: number
  readonly swathM: number
  readonly gsdM: number
}

const N50_RANGE = { best: JOHNSON_N50.detect, low: 1.5, high: 0.75 } as const

/**
 * Sweep width of a downward thermal camera on a person:
 * W = swath x P_task(pixels on target) x (1 - hidden share) x k_contrast x k_motion, never above the swath.
 *
 * P_task is Johnson detection (N50 = 1 cycle; 1.5 and 0.75 at the ends of the range). k_motion = sqrt(gsd / hypot(gsd,
 * v t)): the detector smears v t metres along the track, which thins the target in one direction only [assumption].
 * No sweep width of a thermal drone has been published; every factor here is a stated assumption, so show `low` and
 * `high` beside the number and calibrate: lay targets along a track, fly it, log detections by lateral range, and take
 * W as twice the range at which misses inside equal detections outside (Robe & Frost 2002).
 * RangeError that names the field. Source: search-science notes 4.1, 4.2.
 */
export function sweepWidth(input: SweepWidthInput): SweepWidth {
  const { camera, heightM, speedMps, targetM, responseS = 0.01 } = input
  if (!(speedMps >= 0 && Number.isFinite(speedMps))) throw new RangeError('speedMps: must be 0 or above')
  if (targetM !== undefined && !(targetM > 0)) throw new RangeError('targetM: must be above 0')
  const hidden = HIDDEN_SHARE[input.cover]
  const contrast = CONTRAST_FACTOR[input.contrast]
  if (!hidden) throw new RangeError(`cover: must be one of ${Object.keys(HIDDEN_SHARE).join(', ')}`)
  if (!contrast) throw new RangeError(`contrast: must be one of ${Object.keys(CONTRAST_FACTOR).join(', ')}`)
  const swath = swathM(camera, heightM)
  const gsd = gsdM(camera, heightM)
  const motion = Math.sqrt(gsd / Math.hypot(gsd, speedMps * responseS))
  const shown = targetM === undefined ? TARGET_M[input.cover] : { best: targetM, low: targetM, high: targetM }
  const width = (edgeM: number, n50: number, hiddenShare: number, factor: number): number => {
    const seen = taskProbability(pixelsOnTarget(edgeM, gsd), n50) * (1 - hiddenShare)
    return Math.min(swath, swath * seen * factor * motion)
  }
  return {
    sweepWidthM: width(shown.best, N50_RANGE.best, hidden.best, contrast.best),
    low: width(shown.low, N50_RANGE.low, hidden.high, contrast.low),
    high: width(shown.high, N50_RANGE.high, hidden.low, contrast.high),
    swathM: swath,
    gsdM: gsd,
  }
}
