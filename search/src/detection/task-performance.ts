/** Johnson's cycles on target for a 50 % chance: detect (something is there), recognise (a person), identify. */
export const JOHNSON_N50 = { detect: 1, recognise: 4, identify: 6.4 } as const

/**
 * Probability of a visual task from pixels on the target: P = r^E / (1 + r^E), r = cycles / N50, cycles = pixels / 2,
 * E = 2.7 + 0.7 r (target transfer probability function over Johnson's criteria). 0 pixels give 0.
 * @param n50 cycles for P = 0.5, > 0; RangeError otherwise or for negative pixels
 * Limits: assumes enough thermal contrast, a still image and an attentive observer; contrast and motion are applied
 * apart. Source: search-science notes 4.1, vectors `ttpf_detection`.
 */
export function taskProbability(pixels: number, n50: number = JOHNSON_N50.detect): number {
  if (!(pixels >= 0)) throw new RangeError('pixels: must be 0 or above')
  if (!(n50 > 0)) throw new RangeError('n50: must be above 0')
  const ratio = pixels / 2 / n50
  if (ratio === 0) return 0
  // Written with the inverse power, so that many pixels give 1 and not infinity / infinity.
  return 1 / (1 + ratio ** -(2.7 + 0.7 * ratio))
}
