import { normalCdf, normalQuantile } from '../frame/normal.ts'

/** Lognormal distance from the planning point: ln(r in km) is normal with mean `mu` and deviation `sigma`. */
export interface Lognormal {
  readonly mu: number
  readonly sigma: number
}

/** Distances from the planning point that hold 25, 50, 75 and 95 % of the subjects, kilometres. */
export type DistanceQuantilesKm = readonly [q25: number, q50: number, q75: number, q95: number]

/** Whether four numbers can be quantiles: finite, above 0, never falling, and not all the same. */
export const isDistanceTable = (km: readonly number[]): km is DistanceQuantilesKm =>
  km.length === 4 && km.every((q, i) => Number.isFinite(q) && q > 0 && (i === 0 || q >= km[i - 1]!)) && km[0]! < km[3]!

/**
 * Least deviation of ln r that distances of people are taken for: the middle half then lies within 7 %. The tables have 0.8
 * to 2.1; a spread far below that is a slip of the pen, and a map cannot draw a ring that is thinner than its cells.
 */
export const LEAST_SIGMA = 0.05

/** Whether distances lie so far apart that people could have been found at them. */
export const isSpread = (km: DistanceQuantilesKm): boolean => fitLognormal(km).sigma >= LEAST_SIGMA

/** What to say where they do not. */
export const MUST_SPREAD = `must lie further apart: the deviation of ln(distance) that fits them must be at least ${LEAST_SIGMA}`

const PROBABILITIES = [0.25, 0.5, 0.75, 0.95] as const

/**
 * Least-squares line ln q = mu + sigma z through the four quantiles, z the normal quantiles at 0.25, 0.5, 0.75, 0.95.
 * @param quantilesKm rising, all above 0; RangeError otherwise
 * Source: search-science notes 2.4; vectors `lognormal_fit`.
 */
export function fitLognormal(quantilesKm: readonly number[]): Lognormal {
  if (!isDistanceTable(quantilesKm)) throw new RangeError('fitLognormal: need four distances above 0 km, rising')
  const z = PROBABILITIES.map(normalQuantile)
  const y = quantilesKm.map(Math.log)
  const meanZ = z.reduce((a, b) => a + b) / 4
  const meanY = y.reduce((a, b) => a + b) / 4
  let cross = 0
  let square = 0
  for (let i = 0; i < 4; i++) {
    cross += (z[i]! - meanZ) * (y[i]! - meanY)
    square += (z[i]! - meanZ) ** 2
  }
  const sigma = cross / square
  return { mu: meanY - sigma * meanZ, sigma }
}

/** Probability that the subject is within `km` of the planning point. 0 at 0. */
export const lognormalCdf = ({ mu, sigma }: Lognormal, km: number): number =>
  km > 0 ? normalCdf((Math.log(km) - mu) / sigma) : 0

/** Distance, km, that holds the share `p` (0 < p < 1) of the subjects. */
export const lognormalQuantileKm = ({ mu, sigma }: Lognormal, p: number): number =>
  Math.exp(mu + sigma * normalQuantile(p))

/**
 * Probability per km2 of ground at distance `km`: f(r) / (2 pi r), f the lognormal density over distance.
 * Using f itself as a density on the ground is the common mistake: it leaves only a third of the mass near the datum.
 * 0 at 0 (the density falls to zero faster than any power, but only within a few metres of the point).
 */
export function arealDensityPerKm2({ mu, sigma }: Lognormal, km: number): number {
  if (!(km > 0)) return 0
  const z = (Math.log(km) - mu) / sigma
  return Math.exp((-z * z) / 2) / (km * km * sigma * (2 * Math.PI) ** 1.5)
}

/** Flat middle of a radial map: inside `radiusKm` the density on the ground is level, and the mass is `mass`. */
export interface FlatCore {
  readonly radiusKm: number
  readonly mass: number
}

/**
 * Where the density on the ground is made level. A lognormal has no mass at its point and f(r) / (2 pi r) falls to 0
 * within some 100 m of it, as if nobody were ever found where they were last seen; in the records that is where most are.
 * So the mass inside the radius r0 with F(r0) = r0 f(r0) / 2 is spread evenly: the least change after which the density
 * nowhere rises with distance (least concave majorant of mass over area). Every radius from r0 on holds exactly what the
 * lognormal says. Never wider than the 25 % distance, so that a table of a true ring keeps its quartiles.
 */
export function flatCore(distance: Lognormal): FlatCore {
  const { mu, sigma } = distance
  let low = -38
  let high = normalQuantile(0.25)
  for (let step = 0; step < 60; step++) {
    const z = (low + high) / 2
    if (normalCdf(z) < Math.exp((-z * z) / 2) / (2 * sigma * Math.sqrt(2 * Math.PI))) low = z
    else high = z
  }
  return { radiusKm: Math.exp(mu + sigma * high), mass: normalCdf(high) }
}
