import type { LngLat, Unplaced } from '@skerry/contract'
import { looksOf } from '../vehicles/camera-looks.ts'
import { mainCamera } from '../vehicles/cameras.ts'
import { cameraAttitudes, type GimbalSample } from '../vehicles/gimbals.ts'
import { around, type Timed } from '../vehicles/history.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { between, multiply, type Quaternion, turn } from './rotation.ts'

/** Where the camera was and how it looked at one moment. */
export interface Pose {
  readonly lngLat: LngLat
  readonly heightAboveTakeoffM: number
  /** Camera axes (forward, right, down) to north, east, down. */
  readonly orientation: Quaternion
  readonly groundSpeedMps: number
  /** Who said how the camera looks: its gimbal, or the camera itself. */
  readonly attitudeFrom: 'gimbal' | 'camera'
}
/** Why a pose is not known. */
export type PoseGap = Exclude<
  Unplaced,
  'camera-unknown' | 'on-the-ground' | 'near-horizon' | 'point-unknown' | 'terrain-unknown'
>

/** What is older than this at the moment of the frame says nothing about the frame. */
export const STALE_MS = 500

const TURN = 2 * Math.PI
const METRES_PER_DEGREE = 111_320

/**
 * Pose of the main camera: by its gimbal; where that says nothing fresh, by the camera's own word. The reason of the
 * gimbal where neither is known.
 */
export function cameraPoseAt(vehicle: Vehicle, atMs: number): Pose | { readonly gap: PoseGap } {
  const byGimbal = poseAt(vehicle, atMs)
  const camera = mainCamera(vehicle)
  if (!('gap' in byGimbal) || !OF_GIMBAL.has(byGimbal.gap) || camera === null) return byGimbal
  const byCamera = poseAt(vehicle, atMs, looksOf(vehicle, camera), 'camera')
  return 'gap' in byCamera ? byGimbal : byCamera
}
const OF_GIMBAL: ReadonlySet<PoseGap> = new Set(['gimbal-missing', 'gimbal-stale', 'gimbal-unclear'])

/**
 * Pose at a moment, interpolated between the samples around it; the reason where it is not known.
 * @param attitudes of the gimbal that is meant: the one that carries the main camera where none is given
 */
export function poseAt(
  vehicle: Vehicle,
  atMs: number,
  attitudes: readonly GimbalSample[] | 'unclear' = cameraAttitudes(vehicle),
  attitudeFrom: Pose['attitudeFrom'] = 'gimbal',
): Pose | { readonly gap: PoseGap } {
  const places = near(withHeight(vehicle.positions), atMs)
  if (places === 'missing') return { gap: 'position-unknown' }
  if (places === 'stale') return { gap: 'position-stale' }
  if (attitudes === 'unclear') return { gap: 'gimbal-unclear' }
  const looks = near(attitudes, atMs)
  if (looks === 'missing') return { gap: 'gimbal-missing' }
  if (looks === 'stale') return { gap: 'gimbal-stale' }
  let orientation = between(looks.before.q, (looks.after ?? looks.before).q, looks.share)
  if (looks.before.yawFrame === 'vehicle') {
    const yaws = near(vehicle.attitudes, atMs)
    if (yaws === 'missing') return { gap: 'attitude-missing' }
    if (yaws === 'stale') return { gap: 'attitude-stale' }
    const { before, after, share } = yaws
    // Alone at the end of what is known, the vehicle goes on turning as it did.
    const yawRad =
      after === null
        ? before.yawRad + before.yawRateRadS * ((atMs - before.atMs) / 1000)
        : before.yawRad + shortest(after.yawRad - before.yawRad) * share
    // A gimbal's pitch and roll are from the horizon, whatever the vehicle does; only yaw comes from it.
    orientation = multiply(turn('down', yawRad), orientation)
  }
  return { ...placeAt(places, atMs), orientation, attitudeFrom }
}

type Near<T> = { readonly before: T; readonly after: T | null; readonly share: number }

function near<T extends Timed>(samples: readonly T[], atMs: number): Near<T> | 'missing' | 'stale' {
  const found = around(samples, atMs)
  if (found === null) return 'missing'
  const { before, after } = found
  if (Math.min(Math.abs(atMs - before.atMs), Math.abs((after?.atMs ?? Infinity) - atMs)) > STALE_MS) return 'stale'
  if (after === null || after.atMs === before.atMs) return { before, after, share: 0 }
  return { before, after, share: (atMs - before.atMs) / (after.atMs - before.atMs) }
}

type Placed = Vehicle['positions'][number] & { readonly heightAboveTakeoffM: number }
const withHeight = (positions: Vehicle['positions']): readonly Placed[] =>
  positions.filter((position): position is Placed => position.heightAboveTakeoffM !== null)

function placeAt({ before, after, share }: Near<Placed>, atMs: number) {
  const groundSpeedMps = Math.hypot(before.velocityMps[0], before.velocityMps[1])
  const mix = (a: number, b: number): number => a + (b - a) * share
  if (after !== null) {
    const lngLat: LngLat = [mix(before.lngLat[0], after.lngLat[0]), mix(before.lngLat[1], after.lngLat[1])]
    const heightAboveTakeoffM = mix(before.heightAboveTakeoffM, after.heightAboveTakeoffM)
    return { lngLat, heightAboveTakeoffM, groundSpeedMps }
  }
  const aheadS = Math.max(0, atMs - before.atMs) / 1000
  const [north, east, down] = before.velocityMps
  const latitude = before.lngLat[1]
  const lngLat: LngLat = [
    before.lngLat[0] + (east * aheadS) / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)),
    latitude + (north * aheadS) / METRES_PER_DEGREE,
  ]
  return { lngLat, heightAboveTakeoffM: before.heightAboveTakeoffM - down * aheadS, groundSpeedMps }
}

const shortest = (rad: number): number => rad - TURN * Math.round(rad / TURN)
