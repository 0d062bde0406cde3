import type { LngLat } from '@skerry/contract'
import type { TypedMessages } from '../wire/typed-messages.ts'
import { type Camera, cameraState, withCameraState } from './cameras.ts'
import { type GimbalSample } from './gimbals.ts'
import { remember } from './history.ts'
import type { Vehicle } from './vehicle.ts'

/**
 * How a camera looks by its own word (CAMERA_FOV_STATUS.q). MAVLink does not say from what its yaw counts: ArduPilot
 * counted from the nose first and counts from north now, and cameras of their own do as they please. `unclear`: nothing
 * it has said so far tells which; what is then placed could lie a whole picture beside, so nothing is.
 */
export interface CameraLook extends Omit<GimbalSample, 'yawFrame'> {
  readonly yawFrame: GimbalSample['yawFrame'] | 'unclear' | 'contradicted'
}

type Fields = Readonly<TypedMessages['CAMERA_FOV_STATUS']>

const DEGREE = Math.PI / 180
/** The point in the middle of the picture must lie this near to where the attitude looks. */
const AGREES_RAD = 12 * DEGREE
/** Two readings of one yaw that are nearer to each other than this are not told apart. */
const TELLS_RAD = 30 * DEGREE
/** Steeper than this from the horizon a view has no direction that a point could confirm. */
const STEEPEST_RAD = 80 * DEGREE
/** Nearer than this, metres, the error of both places is as great as their distance. */
const LEAST_DISTANCE_M = 10
/** A vehicle's yaw or place older than this says nothing about the picture. */
const FRESH_MS = 500
/** Past these a whole number of the message means "not known" (INT32_MAX) or "at the horizon" (INT32_MIN). */
const LIMITS_E7 = [180e7, 90e7] as const

/** Degrees; null where the sender does not know. Both zero: a sender that never fills the fields. */
function placeOf(lonE7: number, latE7: number): LngLat | null {
  if (Math.abs(lonE7) > LIMITS_E7[0] || Math.abs(latE7) > LIMITS_E7[1] || (lonE7 === 0 && latE7 === 0)) return null
  return [lonE7 / 1e7, latE7 / 1e7]
}

/** Direction from one place to another, rad from north; null where they are too near. */
function bearingRad([fromLng, fromLat]: LngLat, [lng, lat]: LngLat): number | null {
  const north = (lat - fromLat) * 111_320
  const east = (lng - fromLng) * 111_320 * Math.cos(fromLat * DEGREE)
  return Math.hypot(north, east) < LEAST_DISTANCE_M ? null : Math.atan2(east, north)
}
const apartRad = (a: number, b: number): number => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)))

/** What a camera says of its attitude, with the axes it was found to be in; the vehicle unchanged where it says none. */
export function withLook(vehicle: Vehicle, comp: number, fields: Fields, atMs: number): Vehicle {
  const [w, x, y, z] = fields.q
  if (w === undefined || x === undefined || y === undefined || z === undefined) return vehicle
  const norm = Math.hypot(w, x, y, z)
  if (!(norm > 0.9 && norm < 1.1)) return vehicle // zeros or NaN: this camera does not know where it looks
  const q = [w / norm, x / norm, y / norm, z / norm] as const
  const said = { comp, deviceId: fields.camera_device_id }
  const before = cameraState(vehicle, said).looks ?? []
  const yawFrame = frameOf(vehicle, fields, q, atMs) ?? settled(before) ?? 'unclear'
  return withCameraState(vehicle, said, { looks: remember(before, { atMs, q, yawFrame }) })
}

/** By the point in the middle of the picture; null where that tells nothing. */
function frameOf(vehicle: Vehicle, fields: Fields, q: CameraLook['q'], atMs: number): CameraLook['yawFrame'] | null {
  const newest = vehicle.positions.at(-1)
  const from =
    placeOf(fields.lon_camera, fields.lat_camera) ??
    (newest !== undefined && atMs - newest.atMs <= FRESH_MS ? newest.lngLat : null)
  const to = placeOf(fields.lon_image, fields.lat_image)
  const toward = from === null || to === null ? null : bearingRad(from, to)
  const [w, x, y, z] = q
  // Where the forward axis of the camera points.
  const [north, east, down] = [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)]
  if (toward === null || Math.atan2(Math.abs(down), Math.hypot(north, east)) > STEEPEST_RAD) return null
  const yawRad = Math.atan2(east, north)
  const fromNorth = apartRad(yawRad, toward) < AGREES_RAD
  const nose = vehicle.attitudes.at(-1)
  if (nose === undefined || atMs - nose.atMs > FRESH_MS) return fromNorth ? 'earth' : null
  const fromNose = apartRad(yawRad + nose.yawRad, toward) < AGREES_RAD
  if (!fromNorth && !fromNose) return 'contradicted'
  if (apartRad(nose.yawRad, 0) < TELLS_RAD) return null // flies north: both mean the same
  return fromNorth ? 'earth' : 'vehicle'
}

/** What an earlier picture told holds on; a contradiction does not. */
const settled = (looks: readonly CameraLook[]): CameraLook['yawFrame'] | null =>
  looks.findLast(({ yawFrame }) => yawFrame === 'earth' || yawFrame === 'vehicle')?.yawFrame ?? null

/** Attitudes of a camera by its own word, newest last, or why they cannot be used. */
export function looksOf(
  vehicle: Vehicle,
  camera: Pick<Camera, 'comp' | 'deviceId'>,
): readonly GimbalSample[] | 'unclear' {
  const looks = cameraState(vehicle, camera).looks ?? []
  const newest = looks.at(-1)
  if (newest === undefined) return []
  const { yawFrame } = newest
  if (yawFrame === 'unclear' || yawFrame === 'contradicted') return 'unclear'
  // Samples in other axes cannot lie on both sides of a moment.
  return looks.filter((look) => look.yawFrame === yawFrame).map(({ atMs, q }) => ({ atMs, q, yawFrame }))
}
