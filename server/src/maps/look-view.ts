import type { LngLat } from '@skerry/contract'
import { localFrame, type View, viewOf } from '@skerry/search'

/** Below this an axis is taken to look as flat as a camera that still places its corners can, radians. */
const LEAST_DEPRESSION_RAD = (5 * Math.PI) / 180

/**
 * From where a frame saw its ground, read from where its corners lie: the diagonals of a picture cross on the optical
 * axis, on the ground as in the image.
 * @param heightM of the camera over the ground on which the corners were placed, > 0
 */
export function lookView(
  position: LngLat,
  corners: readonly LngLat[],
  heightM: number,
): { view: View; depressionRad: number } {
  const frame = localFrame(position)
  const at = (i: number): Point => {
    const [eastM, northM] = frame.toLocal(corners[i]!)
    return [eastM, northM]
  }
  const [a, b, c, d] = [at(0), at(1), at(2), at(3)]
  const [eastM, northM] = crossing(a, c, b, d) ?? [(a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4]
  const depressionRad = Math.max(LEAST_DEPRESSION_RAD, Math.atan2(heightM, Math.hypot(eastM, northM)))
  return { view: viewOf(Math.atan2(eastM, northM), depressionRad), depressionRad }
}

type Point = readonly [number, number]

/** Where the lines a-c and b-d cross; null where they run side by side. */
function crossing(a: Point, c: Point, b: Point, d: Point): Point | null {
  const [ux, uy, vx, vy] = [c[0] - a[0], c[1] - a[1], d[0] - b[0], d[1] - b[1]]
  const turn = ux * vy - uy * vx
  if (Math.abs(turn) < 1e-9) return null
  const t = ((b[0] - a[0]) * vy - (b[1] - a[1]) * vx) / turn
  return [a[0] + t * ux, a[1] + t * uy]
}
