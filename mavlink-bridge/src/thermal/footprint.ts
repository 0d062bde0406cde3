import type { DroneStatus, LngLat, Unplaced } from '@skerry/contract'
import { cameraFov } from '../vehicles/camera-fov.ts'
import { landedState } from '../vehicles/landed.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { type Fov, groundOffset, type ImagePoint, moved } from './ground.ts'
import { type Pose, poseAt } from './pose.ts'

export interface View {
  readonly pose: Pose
  readonly fov: Fov
}

/** Lower than this a camera looks at the grass beside the pad. */
const LEAST_HEIGHT_M = 2
const CORNERS: readonly ImagePoint[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
]

/** How the camera looked at one moment, or why that is not known. */
export function viewAt(vehicle: Vehicle, atMs: number): View | { readonly gap: Unplaced } {
  const fov = cameraFov(vehicle)
  if (fov === null) return { gap: 'camera-unknown' }
  const pose = poseAt(vehicle, atMs)
  if ('gap' in pose) return pose
  if (landedState(vehicle, atMs) === 'on-ground' || pose.heightAboveTakeoffM < LEAST_HEIGHT_M)
    return { gap: 'on-the-ground' }
  return { pose, fov }
}

/** Corners of the picture on the ground, clockwise from its top left; null when one of them is near the horizon. */
export function cornersOf({ pose, fov }: View): [LngLat, LngLat, LngLat, LngLat] | null {
  const corners = CORNERS.map((corner) => groundOffset(corner, fov, pose.orientation, pose.heightAboveTakeoffM))
  const placed = corners.flatMap((offset) => (offset === null ? [] : [moved(pose.lngLat, offset)]))
  const [a, b, c, d] = placed
  return a === undefined || b === undefined || c === undefined || d === undefined ? null : [a, b, c, d]
}

/** Width of the view across the picture at its middle, on the ground, metres; null near the horizon. */
export function swathM({ pose, fov }: View): number | null {
  const { orientation, heightAboveTakeoffM: heightM } = pose
  const left = groundOffset([0, 0.5], fov, orientation, heightM)
  const right = groundOffset([1, 0.5], fov, orientation, heightM)
  return left === null || right === null ? null : Math.hypot(left[0] - right[0], left[1] - right[1])
}

/** What the sensor sees at this moment, for the map; null for a vehicle without a known camera. */
export function footprintNow(vehicle: Vehicle, nowMs: number): DroneStatus['footprint'] {
  if (vehicle.camera === null) return null
  const view = viewAt(vehicle, nowMs)
  if ('gap' in view) return { corners: null, reason: view.gap, atMs: nowMs }
  const corners = cornersOf(view)
  return { corners, reason: corners === null ? 'near-horizon' : null, atMs: nowMs }
}
