import { type Fov, type GroundOffset, groundOffset, type ImagePoint } from './ground.ts'
import { multiply, type Quaternion, turn } from './rotation.ts'

const radians = (deg: number): number => (deg * Math.PI) / 180

/**
 * One standard deviation of what a placement rests on. Gimbal 0.5 degrees (encoder and horizon of a small gimbal),
 * heading 2.5 degrees (compass near motors), height 2 m (barometer over a flight), time 0.1 s (the picture is not
 * synchronised with telemetry), position 2.5 m where the receiver gives no figure. Relief is NOT in here: the ground is
 * taken as flat at take-off height.
 */
export const SIGMA = {
  gimbalRad: radians(0.5),
  headingRad: radians(2.5),
  heightM: 2,
  timeS: 0.1,
  positionM: 2.5,
  leastPositionM: 1,
} as const

/** sqrt(-2 ln 0.05): radius that holds 95 % of a circular normal distribution of sigma 1. */
const RADIUS_95 = Math.sqrt(-2 * Math.log(0.05))

export interface PlacedRay {
  readonly point: ImagePoint
  readonly fov: Fov
  readonly orientation: Quaternion
  readonly heightM: number
  readonly groundSpeedMps: number
  /** Horizontal, one sigma, as the receiver gives it; null unknown. */
  readonly positionAccuracyM: number | null
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
  const { point, fov, orientation, heightM } = ray
  const at = (turned: Quaternion, height = heightM): GroundOffset | null => groundOffset(point, fov, turned, height)
  const centre = at(orientation)
  const shifts = [
    // Gimbal axes turn with the camera, heading turns the whole view about the vertical.
    at(multiply(orientation, turn('forward', SIGMA.gimbalRad))),
    at(multiply(orientation, turn('right', SIGMA.gimbalRad))),
    at(multiply(orientation, turn('down', SIGMA.gimbalRad))),
    at(multiply(turn('down', SIGMA.headingRad), orientation)),
    at(orientation, heightM + SIGMA.heightM),
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
