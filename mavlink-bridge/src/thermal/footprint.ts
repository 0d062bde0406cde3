import type { DroneStatus, LngLat, Unplaced } from '@skerry/contract'
import type { Terrain } from '@skerry/terrain'
import { cameraFov, mainCamera } from '../vehicles/cameras.ts'
import { landedState } from '../vehicles/landed.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { Ground } from './cast.ts'
import { type Fov, type ImagePoint, moved } from './ground.ts'
import { groundBelow } from './ground-below.ts'
import { cameraPoseAt, type Pose } from './pose.ts'

export interface View {
  readonly pose: Pose
  readonly fov: Fov
  readonly ground: Ground
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
export function viewAt(
  vehicle: Vehicle,
  atMs: number,
  terrain: Terrain | null = null,
): View | { readonly gap: Unplaced } {
  const fov = cameraFov(vehicle)
  if (fov === null) return { gap: 'camera-unknown' }
  const pose = cameraPoseAt(vehicle, atMs)
  if ('gap' in pose) return pose
  // It goes on telling positions, of which it says itself that they are none: no error that is known would cover them.
  if (vehicle.estimator?.ok === false) return { gap: 'position-unknown' }
  if (landedState(vehicle, atMs) === 'on-ground' || pose.heightAboveTakeoffM < LEAST_HEIGHT_M)
    return { gap: 'on-the-ground' }
  return { pose, fov, ground: groundBelow(vehicle, pose, terrain) }
}

/** Corners of the picture on the ground, clockwise from its top left; null when one of them is near the horizon. */
export function cornersOf({ pose, fov, ground }: View): [LngLat, LngLat, LngLat, LngLat] | null {
  const corners = CORNERS.map((corner) => ground.cast(corner, fov, pose.orientation))
  const placed = corners.flatMap((offset) => (offset === null ? [] : [moved(pose.lngLat, offset)]))
  const [a, b, c, d] = placed
  return a === undefined || b === undefined || c === undefined || d === undefined ? null : [a, b, c, d]
}

/** Why one of the corners meets no ground. */
export function cornerGap({ pose, fov, ground }: View): Unplaced {
  const corner = CORNERS.find((one) => ground.cast(one, fov, pose.orientation) === null)
  return corner === undefined ? 'near-horizon' : ground.gap(corner, fov, pose.orientation)
}

/** Width of the view across the picture at its middle, on the ground, metres; null near the horizon. */
export function swathM({ pose, fov, ground }: View): number | null {
  const left = ground.cast([0, 0.5], fov, pose.orientation)
  const right = ground.cast([1, 0.5], fov, pose.orientation)
  return left === null || right === null ? null : Math.hypot(left[0] - right[0], left[1] - right[1])
}

/** What the sensor sees at this moment, for the map; null for a vehicle without a known camera. */
export function footprintNow(
  vehicle: Vehicle,
  nowMs: number,
  terrain: Terrain | null = null,
): DroneStatus['footprint'] {
  if (mainCamera(vehicle) === null) return null
  const view = viewAt(vehicle, nowMs, terrain)
  if ('gap' in view) return { corners: null, reason: view.gap, atMs: nowMs }
  const corners = cornersOf(view)
  return { corners, reason: corners === null ? cornerGap(view) : null, atMs: nowMs }
}
