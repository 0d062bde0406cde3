import type { Ground } from './cast.ts'
import type { Fov, GroundOffset, ImagePoint } from './ground.ts'
import { multiply, type Quaternion, turn } from './rotation.ts'
import { SIGMA } from './sigma.ts'

/** sqrt(-2 ln 0.05): radius that holds 95 % of a circular normal distribution of sigma 1. */
const RADIUS_95 = Math.sqrt(-2 * Math.log(0.05))

export interface PlacedRay {
  readonly point: ImagePoint
  readonly fov: Fov
  readonly orientation: Quaternion
  readonly ground: Ground
  readonly groundSpeedMps: number
  /** Horizontal, one sigma, as the receiver gives it; null unknown. */
  readonly positionAccuracyM: number | null
  /** One sigma of each axis of the camera's attitude; that of a gimbal where nothing is given. */
  readonly attitudeSigmaRad?: number
}

/** Where the true point lies in 95 of 100 cases, around the placed one. */
export interface ErrorEllipse {
  readonly semiMajorM: number
  readonly semiMinorM: number
  /** Direction of the longer axis, degrees from true north, 0..180. */
  readonly bearingDeg: number
}

/** Radius that holds the whole ellipse, metres: never too small. */
export const errorRadiusM = (ray: PlacedRay): number | null => errorEllipse(ray)?.semiMajorM ?? null

/**
 * First-order propagation of every input. Null where one sigma of tilt would already look over the horizon. Checked
 * against Monte Carlo with full re-computation (`vectors/`).
 */
export function errorEllipse(ray: PlacedRay): ErrorEllipse | null {
  const { point, fov, orientation, ground, attitudeSigmaRad = SIGMA.gimbalRad } = ray
  const at = (turned: Quaternion, raisedM = 0): GroundOffset | null => ground.cast(point, fov, turned, raisedM)
  const centre = at(orientation)
  const shifts = [
    // Gimbal axes turn with the camera, heading turns the whole view about the vertical.
    at(multiply(orientation, turn('forward', attitudeSigmaRad))),
    at(multiply(orientation, turn('right', attitudeSigmaRad))),
    at(multiply(orientation, turn('down', attitudeSigmaRad))),
    at(multiply(turn('down', SIGMA.headingRad), orientation)),
    at(orientation, ground.heightSigmaM),
  ]
  if (centre === null) return null
  const own = Math.max(ray.positionAccuracyM ?? SIGMA.positionM, SIGMA.leastPositionM)
  const late = ray.groundSpeedMps * SIGMA.timeS
  // Position is equal in all directions; time acts along the track, taken as any direction here.
  let [nn, ne, ee] = [own ** 2 + late ** 2, 0, own ** 2 + late ** 2]
  for (const shift of shifts) {
    if (shift === null) return null
    const [n, e] = [shift[0] - centre[0], shift[1] - centre[1]]
    nn += n * n
    ne += n * e
    ee += e * e
  }
  const [mid, half] = [(nn + ee) / 2, Math.hypot((nn - ee) / 2, ne)]
  const bearingDeg = (90 * Math.atan2(2 * ne, nn - ee)) / Math.PI
  return {
    semiMajorM: RADIUS_95 * Math.sqrt(mid + half),
    semiMinorM: RADIUS_95 * Math.sqrt(Math.max(0, mid - half)),
    bearingDeg: (bearingDeg + 180) % 180,
  }
}
