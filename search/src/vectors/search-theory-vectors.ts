import { alertUpdate } from '../learning/alert.ts'
import { allocateEffort, circularNormalOptimum } from '../plan/allocate-effort.ts'
import { restrictedMeanTime } from '../plan/next-hour.ts'
import { cumulativePos, noFindUpdate } from '../learning/no-find.ts'
import { podDefiniteRange, podExponential, podInverseCube } from '../detection/pod.ts'
import { all, close, each, type VectorChecks } from './vector-case.ts'

/** Vectors of search theory: detection, learning, effort, time. For tests only. */
export const SEARCH_THEORY_VECTORS: VectorChecks<
  | 'pod'
  | 'no_find_update'
  | 'optimal_allocation'
  | 'optimal_allocation_sweep_widths'
  | 'circular_normal_optimum'
  | 'alert_update'
  | 'restricted_mean_time'
> = {
  pod: (cases) =>
    each(
      cases,
      ({ C }) => `coverage ${C}`,
      ({ C, random, inverse_cube, definite_range }) => {
        close(podExponential(C), random)
        close(podInverseCube(C), inverse_cube)
        close(podDefiniteRange(C), definite_range)
      },
    ),
  no_find_update: (v) => [
    {
      says: 'a search that found nothing, and the one after it',
      test: () => {
        const first = noFindUpdate({ poa: v.poa, restOfWorld: v.row, pod: v.searched_pod })
        close(first.pos, v.pos)
        all(first.poa, v.posterior)
        close(first.restOfWorld, v.row_posterior)
        const then = noFindUpdate({ ...first, pod: [0, v.then_search_2_pod, 0, 0] })
        close(cumulativePos([first.pos, then.pos]), v.cumulative_pos_after)
      },
    },
  ],
  optimal_allocation: ({ poa, area_km2, cases }) =>
    each(
      cases,
      ({ Z_km2 }) => `effort of ${Z_km2} km2`,
      (v) => {
        const best = allocateEffort({ poa: [...poa], areaKm2: [...area_km2], effortKm2: v.Z_km2 })
        all(best.effort, v.effort_km2)
        all(best.coverage, v.coverage)
        close(best.lambda, v.lambda)
        close(best.pos, v.pos)
        const evenly = v.Z_km2 / area_km2.reduce((a, b) => a + b)
        close(podExponential(evenly), v.pos_uniform_coverage)
      },
    ),
  optimal_allocation_sweep_widths: ({ poa, area_km2, W_m, speed_ms, cases }) =>
    each(
      cases,
      ({ hours }) => `${hours} h`,
      (v) => {
        const given = { poa: [...poa], areaKm2: [...area_km2], sweepWidthM: [...W_m] }
        const best = allocateEffort({ ...given, speedMps: speed_ms, hours: v.hours })
        all(best.effort, v.hours_per_segment)
        close(best.pos, v.pos)
      },
    ),
  circular_normal_optimum: ({ sigma_km, W_m, speed_ms, mean_time_h, cases }) =>
    each(
      cases,
      ({ hours }) => `${hours} h`,
      (v) => {
        const given = { sigmaM: sigma_km * 1000, sweepWidthM: W_m, speedMps: speed_ms, timeS: v.hours * 3600 }
        const best = circularNormalOptimum(given)
        close(best.searchRadiusM / 1000, v.search_radius_km, 5)
        // R = sigma sqrt(2 a).
        close((best.searchRadiusM / given.sigmaM) ** 2 / 2, v.a, 5)
        close(best.pos, v.pos)
        close(best.meanTimeS / 3600, mean_time_h, 5)
      },
    ),
  alert_update: (v) => [
    {
      says: 'an alert, and silence',
      test: () => {
        close(alertUpdate({ ...v, alert: true }), v.after_alert)
        close(alertUpdate({ ...v, alert: false }), v.after_no_alert)
      },
    },
  ],
  restricted_mean_time: (v) => [
    {
      says: `horizon ${v.horizon_h} h`,
      test: () => {
        const steps = v.steps_h.map((at, i) => ({ at, pos: v.cum_pos_from_step[i]! }))
        close(restrictedMeanTime(steps, v.horizon_h), v.expected_h, 9)
      },
    },
  ],
}
