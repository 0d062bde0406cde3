import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../../../../shared/data/search/test_vectors.json', import.meta.url))

/** Published and computed reference values; null when the data folder is not beside the repository. For tests only. */
export const testVectors = (): TestVectors | null =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as TestVectors) : null

/** Why a vector test was skipped. */
export const NO_VECTORS = 'skipped: ../shared/data/search/test_vectors.json is not here'

export interface TestVectors {
  pod: { C: number; random: number; inverse_cube: number; definite_range: number }[]
  no_find_update: {
    poa: number[]
    row: number
    searched_pod: number[]
    pos: number
    posterior: number[]
    row_posterior: number
    then_search_2_pod: number
    cumulative_pos_after: number
  }
  optimal_allocation: {
    poa: number[]
    area_km2: number[]
    cases: {
      Z_km2: number
      lambda: number
      effort_km2: number[]
      coverage: number[]
      pos: number
      pos_uniform_coverage: number
    }[]
  }
  optimal_allocation_sweep_widths: {
    poa: number[]
    area_km2: number[]
    W_m: number[]
    speed_ms: number
    cases: { hours: number; hours_per_segment: number[]; pos: number }[]
  }
  circular_normal_optimum: {
    sigma_km: number
    W_m: number
    speed_ms: number
    mean_time_h: number
    cases: { hours: number; a: number; search_radius_km: number; pos: number }[]
  }
  alert_update: { prior: number; pd: number; pfa: number; after_alert: number; after_no_alert: number }
  lognormal_fit: { cases: Record<string, { quantiles_km: number[]; mu: number; sigma: number }> }
  radial_density: { mu: number; sigma: number; mass_inside_km: { r: number; mass: number }[] }
  restricted_mean_time: { steps_h: number[]; cum_pos_from_step: number[]; horizon_h: number; expected_h: number }
  hayward_survival_min: { water_c: number; minutes: number }[]
  camera: {
    lens: string
    hfov_deg: number
    vfov_deg: number
    nadir: { agl_m: number; gsd_m: number; swath_m: number }[]
  }[]
  ttpf_detection: { cases: { pixels: number; N50: number; P: number }[] }
  rotor_power_w: {
    params: Record<'P0' | 'Pi' | 'Utip' | 'v0' | 'd0' | 'rho' | 's' | 'A', number>
    cases: { v: number; W: number }[]
    v_min_power: number
    v_max_range: number
  }
  wind_lanes: {
    length_m: number
    airspeed: number
    wind: number
    pair_along_wind_s: number
    pair_across_wind_s: number
  }
  lane_count: {
    polygon: string
    spacing: number
    lanes_along_long_side?: number
    lanes_along_short_side?: number
    min_width_m?: number
    lanes_min_width?: number
    lanes_along_x?: number
  }[]
  cpa: { p1: number[]; v1: number[]; p2: number[]; v2: number[]; t_s: number; miss_m: number }
  leeway_ensemble_PIW1_wind10: {
    downwind_mean_ms: number
    downwind_std_ms: number
    crosswind_abs_mean_ms: number
    crosswind_std_per_side_ms: number
  }
  jibe_probability_per_step: { per_hour: number; dt_s: number; p: number }[]
  capsize_probability_per_hour: { wind: number; threshold: number; sigma: number; p: number }[]
  mapscore_R: { cells: number; higher: number; equal: number; R: number }[]
  tobler_kmh: { slope: number; speed: number }[]
  tikuisis_1995_air_hours: Record<'nude_1kmh_wind' | 'two_loose_layers_5kmh_wind', Record<string, number | string>>
}
