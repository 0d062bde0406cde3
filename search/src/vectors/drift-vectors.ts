import { driftEnsemble } from '../drift/drift-ensemble.ts'
import { capsizePerHour, jibeProbability } from '../drift/leeway.ts'
import { steadyFlow } from '../drift/flow.ts'
import { leewayObject } from '../drift/leeway-objects.ts'
import { close, each, type VectorChecks } from './vector-case.ts'

/** Vectors of drift at sea. For tests only. */
export const DRIFT_VECTORS: VectorChecks<
  'leeway_ensemble_PIW1_wind10' | 'jibe_probability_per_step' | 'capsize_probability_per_hour'
> = {
  leeway_ensemble_PIW1_wind10: (v) =>
    each(
      ['right', 'left'] as const,
      (side) => `moments of a cloud that drifts ${side}`,
      (side) => {
        const { positionsM } = driftEnsemble({
          object: leewayObject('PIW-1'),
          wind: steadyFlow([0, 10]),
          current: steadyFlow([0, 0]),
          side,
          durationS: 3600,
          particles: 40_000,
          seed: 5,
          jibePerHour: 0,
        })
        const axis = (k: 0 | 1): number[] => [...positionsM].filter((_, i) => i % 2 === k).map((m) => m / 3600)
        const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length
        const std = (list: number[]): number => {
          const middle = mean(list)
          return Math.sqrt(mean(list.map((x) => (x - middle) ** 2)))
        }
        close(mean(axis(1)), v.downwind_mean_ms, 2)
        close(std(axis(1)), v.downwind_std_ms, 2)
        close(mean(axis(0)), (side === 'right' ? 1 : -1) * v.crosswind_abs_mean_ms, 2)
        close(std(axis(0)), v.crosswind_std_per_side_ms, 2)
      },
    ),
  jibe_probability_per_step: (cases) =>
    each(
      cases,
      ({ per_hour, dt_s }) => `${per_hour} per hour, ${dt_s} s`,
      ({ per_hour, dt_s, p }) => close(jibeProbability(per_hour, dt_s), p),
    ),
  capsize_probability_per_hour: (cases) =>
    each(
      cases,
      ({ wind }) => `${wind} m/s`,
      ({ wind, threshold, sigma, p }) => close(capsizePerHour(wind, threshold, sigma), p),
    ),
}
