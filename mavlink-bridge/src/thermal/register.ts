import type { ThermalNotice, Unplaced } from '@skerry/contract'
import type { Terrain } from '@skerry/terrain'
import type { TypedMessages } from '../wire/typed-messages.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { cornerGap, cornersOf, swathM, type View, viewAt } from './footprint.ts'
import { type ImagePoint, moved } from './ground.ts'
import { SIGMA } from './sigma.ts'
import { errorEllipse } from './uncertainty.ts'

export type ThermalFrame = Readonly<TypedMessages['CAMERA_THERMAL_RANGE']>
export type Registered = Omit<ThermalNotice, 'droneId' | 'seq'>

/**
 * Lays one thermal frame on the ground: the view it was seen in and its hottest point. A reading is only a reading:
 * every frame has a hottest point. Null when nothing worth sending is known (no temperatures, no position at all).
 * @param atMs when the frame came in, epoch ms: the message is not synchronised with the picture
 */
export function registerFrame(
  vehicle: Vehicle,
  frame: ThermalFrame,
  atMs: number,
  terrain: Terrain | null = null,
): Registered | null {
  const newest = vehicle.positions.at(-1)
  if (newest === undefined || newest.heightAboveTakeoffM === null || vehicle.headingDeg === null) return null
  if (!Number.isFinite(frame.max) || !Number.isFinite(frame.min)) return null
  const common = {
    atMs,
    headingDeg: vehicle.headingDeg,
    groundSpeedMps: Math.hypot(newest.velocityMps[0], newest.velocityMps[1]),
    minC: frame.min,
    maxC: frame.max,
  }
  const view = viewAt(vehicle, atMs, terrain)
  if ('gap' in view) {
    const { lngLat: position, heightAboveTakeoffM } = newest
    return { ...common, position, heightAboveTakeoffM, corners: null, hot: null, swathM: null, unplaced: view.gap }
  }
  const { pose, ground } = view
  const corners = cornersOf(view)
  const { hot, why } = placeHot(vehicle, frame, view)
  return {
    ...common,
    groundSpeedMps: pose.groundSpeedMps,
    position: pose.lngLat,
    heightAboveTakeoffM: pose.heightAboveTakeoffM,
    corners,
    hot,
    swathM: swathM(view),
    ground: ground.kind,
    attitudeFrom: pose.attitudeFrom,
    ...(ground.kind === 'terrain' ? { heightAboveGroundM: ground.belowM } : {}),
    unplaced: corners === null ? cornerGap(view) : why,
  }
}

function placeHot(
  vehicle: Vehicle,
  frame: ThermalFrame,
  { pose, fov, ground }: View,
): { hot: Registered['hot']; why: Unplaced | null } {
  const point: ImagePoint = [frame.max_point_x, frame.max_point_y]
  if (!point.every((share) => share >= 0 && share <= 1)) return { hot: null, why: 'point-unknown' }
  const { orientation, groundSpeedMps, attitudeFrom } = pose
  const offset = ground.cast(point, fov, orientation)
  const positionAccuracyM = vehicle.gps?.accuracyM ?? null
  const ellipse = errorEllipse({
    point,
    fov,
    orientation,
    ground,
    groundSpeedMps,
    positionAccuracyM,
    attitudeSigmaRad: attitudeFrom === 'camera' ? SIGMA.cameraRad : SIGMA.gimbalRad,
  })
  if (offset === null) return { hot: null, why: ground.gap(point, fov, orientation) }
  if (ellipse === null) return { hot: null, why: 'near-horizon' }
  const position = moved(pose.lngLat, offset)
  return { hot: { position, errorRadiusM: ellipse.semiMajorM, ellipse, tempC: frame.max }, why: null }
}
