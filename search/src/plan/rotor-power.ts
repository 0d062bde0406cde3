import { legTimer, type Wind } from './wind.ts'

/** What the power of a rotary-wing aircraft depends on. */
export interface Rotor {
  /** Blade profile power and induced power while hovering, W. */
  readonly profileW: number
  readonly inducedW: number
  /** Tip speed of the blades and mean induced velocity while hovering, m/s. */
  readonly tipMps: number
  readonly inducedMps: number
  /** Fuselage drag ratio, rotor solidity (no unit), air density kg/m3, disc area m2. */
  readonly dragRatio: number
  readonly airKgpm3: number
  readonly solidity: number
  readonly discM2: number
}

/** The example of the source: a small quadrotor of about 2 kg that hovers with 168.5 W. */
export const ZENG_ROTOR: Rotor = {
  profileW: 79.8563,
  inducedW: 88.6279,
  tipMps: 120,
  inducedMps: 4.03,
  dragRatio: 0.6,
  airKgpm3: 1.225,
  solidity: 0.05,
  discM2: 0.503,
}

/**
 * Propulsion power in level flight at an airspeed V, W:
 * P0 (1 + 3 V^2 / Utip^2) + Pi sqrt(sqrt(1 + V^4 / (4 v0^4)) - V^2 / (2 v0^2)) + d0 rho s A V^3 / 2.
 * It falls from hovering to about 10 m/s and rises steeply beyond: slow flight costs more than cruising.
 * @param airspeedMps through the air, not over the ground, >= 0; RangeError otherwise
 * Limits: level and unaccelerated; turns, climb, payload and gusts cost more. For another drone use the shape (see
 * `batteryUse`), not the watts. Source: Zeng, Xu & Zhang 2019, eq. 12; search-science notes 4.3, vectors `rotor_power_w`.
 */
export function rotorPowerW(airspeedMps: number, rotor: Rotor = ZENG_ROTOR): number {
  if (!(airspeedMps >= 0 && Number.isFinite(airspeedMps))) throw new RangeError('airspeedMps: must be 0 or above')
  const v2 = airspeedMps * airspeedMps
  const u2 = v2 / (2 * rotor.inducedMps ** 2)
  const profileW = rotor.profileW * (1 + (3 * v2) / rotor.tipMps ** 2)
  // sqrt(1 + u^2) - u, written so that it does not cancel at high speed.
  const inducedW = rotor.inducedW * Math.sqrt(1 / (Math.sqrt(1 + u2 * u2) + u2))
  const dragW = (rotor.dragRatio * rotor.airKgpm3 * rotor.solidity * rotor.discM2 * v2 * airspeedMps) / 2
  return profileW + inducedW + dragW
}

/** Airspeed of least power, m/s: longest in the air. */
export const longestEnduranceMps = (rotor: Rotor = ZENG_ROTOR): number => lowest((v) => rotorPowerW(v, rotor), 0)

/**
 * Airspeed of least energy per metre over the ground, m/s: farthest on a battery. A headwind asks for a higher one, a
 * tailwind for a lower one. @param headwindMps along the track, negative for a tailwind
 */
export const longestRangeMps = (headwindMps = 0, rotor: Rotor = ZENG_ROTOR): number => {
  const least = Math.max(0, headwindMps) + 0.1
  return lowest((v) => rotorPowerW(v, rotor) / (v - headwindMps), least)
}

/**
 * Share of a full battery that a straight leg between two local points uses, at a steady airspeed in wind:
 * seconds x P(airspeed) / P(0) / hover time. Infinity when the wind forbids the leg.
 * @param hoverS how long this drone hovers on a full battery; the maker's "maximum flight time" is nearer to the time at
 *   `longestEnduranceMps`, a third longer
 * The planner's own budgets count seconds of flight (endurance - reserve), which is the same thing while one airspeed is
 * flown throughout; use this to compare airspeeds, or legs flown at different ones.
 * RangeError unless speed and hover time are above 0. Source: as `rotorPowerW`; scaled to the hover time (notes 4.3).
 */
export function batteryUse(input: {
  readonly airspeedMps: number
  readonly wind: Wind | null
  readonly hoverS: number
  readonly rotor?: Rotor | undefined
}): (a: readonly number[], b: readonly number[]) => number {
  const { airspeedMps, wind, hoverS, rotor = ZENG_ROTOR } = input
  if (!(airspeedMps > 0)) throw new RangeError('airspeedMps: must be above 0')
  if (!(hoverS > 0)) throw new RangeError('hoverS: must be above 0')
  const legS = legTimer(airspeedMps, wind)
  const perSecond = rotorPowerW(airspeedMps, rotor) / rotorPowerW(0, rotor) / hoverS
  return (a, b) => legS(a, b) * perSecond
}

/** Speeds beyond are flown by no rotary-wing drone of this kind, m/s. */
const FASTEST_MPS = 60

/** Where a function with one valley is lowest above `from` (golden section). */
function lowest(f: (v: number) => number, from: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [from, from + FASTEST_MPS]
  while (high - low > 1e-7) {
    const [p, q] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (f(p) < f(q)) high = q
    else low = p
  }
  return (low + high) / 2
}
