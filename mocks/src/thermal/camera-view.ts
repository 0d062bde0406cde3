import { type Optics, tanHalfH, tanHalfV } from './optics.ts'

/** Where a camera is and looks: metres east, north of the scene's origin and up from the sea; angles in radians. */
export interface Pose {
  readonly eM: number
  readonly nM: number
  readonly altAmslM: number
  /** Clockwise from north. */
  readonly yawRad: number
  /** 0 to the horizon, -pi/2 straight down. */
  readonly pitchRad: number
  readonly rollRad: number
}
/** Image position, 0..1 from the left and from the top. */
export type ImagePoint = readonly [x: number, y: number]
type Vector = readonly [east: number, north: number, up: number]

/** The camera's forward, right and down directions. */
function axes(p: Pose): readonly [Vector, Vector, Vector] {
  const [cy, sy] = [Math.cos(p.yawRad), Math.sin(p.yawRad)]
  const [cp, sp] = [Math.cos(p.pitchRad), Math.sin(p.pitchRad)]
  const [cr, sr] = [Math.cos(p.rollRad), Math.sin(p.rollRad)]
  const forward: Vector = [sy * cp, cy * cp, sp]
  const level: Vector = [cy, -sy, 0]
  const under: Vector = [sy * sp, cy * sp, -cp]
  const mix = (a: Vector, b: Vector, s: number, t: number): Vector => [
    a[0] * s + b[0] * t,
    a[1] * s + b[1] * t,
    a[2] * s + b[2] * t,
  ]
  return [forward, mix(level, under, cr, sr), mix(under, level, cr, -sr)]
}
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** Where a point of the world appears, and how far away it is; undefined outside the image. */
export function project(p: Pose, o: Optics, at: Vector): { point: ImagePoint; rangeM: number } | undefined {
  const [forward, right, down] = axes(p)
  const ray: Vector = [at[0] - p.eM, at[1] - p.nM, at[2] - p.altAmslM]
  const depth = dot(ray, forward)
  if (depth <= 0.1) return undefined
  const x = 0.5 + dot(ray, right) / depth / tanHalfH(o) / 2
  const y = 0.5 + dot(ray, down) / depth / tanHalfV(o) / 2
  if (x < 0 || x > 1 || y < 0 || y > 1) return undefined
  return { point: [x, y], rangeM: Math.hypot(...ray) }
}

/** A function that gives the ground seen at an image point, for ground at a height; undefined at and above the horizon. */
export function groundLook(
  p: Pose,
  o: Optics,
): (at: ImagePoint, groundAmslM: number) => { eM: number; nM: number; rangeM: number } | undefined {
  const [forward, right, down] = axes(p)
  const [h, v] = [tanHalfH(o), tanHalfV(o)]
  return ([x, y], groundAmslM) => {
    const a = (2 * x - 1) * h
    const b = (2 * y - 1) * v
    const ray: Vector = [
      forward[0] + right[0] * a + down[0] * b,
      forward[1] + right[1] * a + down[1] * b,
      forward[2] + right[2] * a + down[2] * b,
    ]
    const drop = p.altAmslM - groundAmslM
    if (ray[2] > -0.02 || drop <= 0) return undefined
    const t = drop / -ray[2]
    return { eM: p.eM + ray[0] * t, nM: p.nM + ray[1] * t, rangeM: Math.hypot(...ray) * t }
  }
}
