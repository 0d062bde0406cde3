import { median } from './median.ts'

/** Frame maxima of a drone that the usual is taken from, and how many are needed before anything is unusual. */
const REMEMBERED = 120
const LEAST = 10
/** Least scatter ever assumed, Celsius: noise of the sensor and texture of the ground. */
const FLOOR_C = 0.25
/** Median absolute deviation to standard deviation of a normal distribution. */
const MAD_TO_SD = 1.4826

/** How far each frame's hottest point stands above what is usual for this flight; every frame has a hottest point. */
export interface FrameContrast {
  /** Robust standard deviations above the median of the frames before; 0 until enough are known. */
  add(maxC: number): number
}

export function createFrameContrast(): FrameContrast {
  const maxima: number[] = []
  return {
    add(maxC) {
      const usual = maxima.length >= LEAST ? usualOf(maxima) : null
      maxima.push(maxC)
      if (maxima.length > REMEMBERED) maxima.shift()
      return usual ? (maxC - usual.medianC) / usual.scatterC : 0
    },
  }
}

function usualOf(maxima: readonly number[]): { medianC: number; scatterC: number } {
  const medianC = median(maxima)
  const mad = median(maxima.map((maxC) => Math.abs(maxC - medianC)))
  return { medianC, scatterC: Math.max(FLOOR_C, MAD_TO_SD * mad) }
}
