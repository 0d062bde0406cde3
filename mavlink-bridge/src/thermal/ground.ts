import type { LngLat } from '@skerry/contract'
import { type Quaternion, rotate, type Vector } from './rotation.ts'

/** Point on the ground from the point below the camera, metres. */
export type GroundOffset = readonly [northM: number, eastM: number]
/** Full angles of view, rad. */
export type Fov = readonly [horizontal: number, vertical: number]
/** Place in the picture: 0, 0 is its top left corner, 1, 1 its bottom right. */
export type ImagePoint = readonly [x: number, y: number]

/** Below this angle under the horizon one degree of error moves a point by more than half its distance. */
export const MIN_DEPRESSION_RAD = (10 * Math.PI) / 180

/** Direction of an image point in camera axes (pinhole model), not of unit length. */
export const rayOf = ([x, y]: ImagePoint, [horizontal, vertical]: Fov): Vector => [
  1,
  (2 * x - 1) * Math.tan(horizontal / 2),
  (2 * y - 1) * Math.tan(vertical / 2),
]

/**
 * Where the ray through an image point meets flat ground at take-off height; null near and above the horizon.
 * @param orientation camera axes to north, east, down
 */
export function groundOffset(
  point: ImagePoint,
  fov: Fov,
  orientation: Quaternion,
  heightM: number,
): GroundOffset | null {
  const [north, east, down] = rotate(orientation, rayOf(point, fov))
  if (Math.atan2(down, Math.hypot(north, east)) < MIN_DEPRESSION_RAD) return null
  return [(north / down) * heightM, (east / down) * heightM]
}

/** Offset to a position, on the WGS-84 ellipsoid near that latitude; longitude stays within -180..180. */
export function moved([lng, lat]: LngLat, [northM, eastM]: GroundOffset): LngLat {
  const phi = (lat * Math.PI) / 180
  const perDegreeNorth = 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi)
  const perDegreeEast = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi)
  const east = lng + eastM / perDegreeEast
  return [east > 180 ? east - 360 : east < -180 ? east + 360 : east, lat + northM / perDegreeNorth]
}
