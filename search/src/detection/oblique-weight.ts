import { type Camera, gsdM, gsdObliqueM, pixelsOnTarget } from './camera.ts'
import { taskProbability } from './task-performance.ts'
import { hiddenFrom } from './view-coverage.ts'

/**
 * Worth of a look from a tilted camera against one straight down from the same height, 0..1: for `Look.weight`, where the
 * sweep width is that of the downward view. Fewer pixels on the target at the slant range (the target's long edge is
 * taken to be seen in full), and more of the ground hidden under a canopy on the longer way through it.
 * P_task(pixels at H / sin) / P_task(pixels at H) x (1 - h_slant) / (1 - h_down).
 * RangeError that names the field. Source: search-science notes 4.1 (oblique: slant range), 4.2.
 */
export function obliqueWeight(input: {
  readonly camera: Camera
  readonly heightM: number
  /** Depression of the optical axis below the horizon, 0..pi/2. */
  readonly depressionRad: number
  /** Share hidden from straight above; default 0. */
  readonly hiddenDown?: number | undefined
  /** Long edge of the target, metres; default 0.5, as `sweepWidth`. */
  readonly targetM?: number | undefined
}): number {
  const { camera, heightM, depressionRad, hiddenDown = 0, targetM = 0.5 } = input
  const down = taskProbability(pixelsOnTarget(targetM, gsdM(camera, heightM)))
  const slant = taskProbability(pixelsOnTarget(targetM, gsdObliqueM(camera, heightM, depressionRad)))
  const open = hiddenDown < 1 ? (1 - hiddenFrom(hiddenDown, depressionRad)) / (1 - hiddenDown) : 0
  return down > 0 ? (slant / down) * open : 0
}
