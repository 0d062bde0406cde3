import type { LeewayFit, LeewayObject } from './leeway-objects.ts'

/** Metres per second east and north. */
export type VelocityMps = readonly [eastMps: number, northMps: number]

/** Which side of downwind the object drifts to. */
export type LeewaySide = 'right' | 'left'

/**
 * What "right" means. `allen`: to the right of downwind, as the coefficients were measured and published.
 * `opendrift`: the mirror image about the downwind axis, as OpenDrift (commit 130bc999) computes it. The two agree on a
 * cloud of both sides of a symmetric object, and on nothing else; use `allen` unless an OpenDrift run is compared.
 */
export type LeewayConvention = 'allen' | 'opendrift'

/** Deviation of one particle from the fitted line, cm/s, drawn once and kept. */
export interface LeewayDeviation {
  readonly downwindCmps: number
  readonly crosswindCmps: number
}

const NO_DEVIATION: LeewayDeviation = { downwindCmps: 0, crosswindCmps: 0 }

/** Speed along one axis, m/s: [(a + e / 20) W + b + e / 2] / 100. At W = 10 m/s the deviation adds just e. */
export const leewaySpeedMps = ({ slopePct, offsetCmps }: LeewayFit, windMps: number, deviationCmps: number): number =>
  ((slopePct + deviationCmps / 20) * windMps + offsetCmps + deviationCmps / 2) / 100

/**
 * Velocity of an object through the water under a wind at 10 m, m/s east and north. Add the current.
 * @param windToMps the wind as the vector it blows TO
 * @param calmBearingRad where "downwind" points when there is no wind at all (the fitted offsets act in calm too, a
 *   limit of the linear fit); north when omitted
 * Source: Breivik & Allen 2008; search-science notes 3; vectors `leeway_vectors`, both conventions. Stokes drift counts
 * as included. Winds above some 20 m/s are outside the field data.
 */
export function leewayVelocity(
  object: LeewayObject,
  windToMps: VelocityMps,
  side: LeewaySide,
  options: {
    readonly deviation?: LeewayDeviation
    readonly convention?: LeewayConvention
    readonly calmBearingRad?: number
  } = {},
): VelocityMps {
  const { deviation = NO_DEVIATION, convention = 'allen', calmBearingRad = 0 } = options
  const windMps = Math.hypot(windToMps[0], windToMps[1])
  const downEast = windMps > 0 ? windToMps[0] / windMps : Math.sin(calmBearingRad)
  const downNorth = windMps > 0 ? windToMps[1] / windMps : Math.cos(calmBearingRad)
  const downwind = leewaySpeedMps(object.downwind, windMps, deviation.downwindCmps)
  const toTheRight = leewaySpeedMps(object.crosswind[side], windMps, deviation.crosswindCmps)
  const crosswind = convention === 'allen' ? toTheRight : -toTheRight
  // Right of (east, north) is (north, -east).
  return [downwind * downEast + crosswind * downNorth, downwind * downNorth - crosswind * downEast]
}

/** Probability of changing side within a step: 1 - (1 - p)^(dt / 1 h). Source: notes 3, vectors `jibe_probability`. */
export const jibeProbability = (perHour: number, stepS: number): number => 1 - (1 - perHour) ** (stepS / 3600)

/** Chance of jibing per hour [S: notes 3, Allen 2005]. */
export const DEFAULT_JIBE_PER_HOUR = 0.04

/**
 * Probability per hour that a craft capsizes in a wind: 0.5 + 0.5 tanh((W - 30) / 5), W in m/s.
 * Source: notes 3, vectors `capsize_probability_per_hour`.
 */
export const capsizePerHour = (windMps: number, thresholdMps = 30, sigmaMps = 5): number =>
  0.5 + 0.5 * Math.tanh((windMps - thresholdMps) / sigmaMps)

/** What is left of the leeway of a capsized craft. Source: notes 3. */
export const CAPSIZED_LEEWAY = 0.4
