import type { CameraWish, LngLat, ReasonCode } from '@skerry/contract'
import { done, failed, type Result } from '../result.ts'
import { poseAt } from '../thermal/pose.ts'
import { rotate, type Vector } from '../thermal/rotation.ts'
import { hasZoom, takesPhotos } from '../vehicles/camera-abilities.ts'
import { OWN } from '../vehicles/session.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { OrderStep, Tell } from './order-step.ts'
import type { NotPossible } from './order-steps.ts'

const DO_SET_ROI_LOCATION = 195
const DO_SET_ROI_NONE = 197
const SET_CAMERA_ZOOM = 531
const DO_GIMBAL_MANAGER_PITCHYAW = 1000
const DO_GIMBAL_MANAGER_CONFIGURE = 1001
const IMAGE_START_CAPTURE = 2000
/** MAV_FRAME_GLOBAL: altitude above mean sea level, which both autopilots read alike. */
const GLOBAL = 0
/** GIMBAL_MANAGER_FLAGS: roll and pitch from the horizon; yaw follows the vehicle. */
const LEVEL_FLAGS = 4 | 8
const LEAVE_AS_IT_IS = -1
/** CAMERA_ZOOM_TYPE: of the whole range, per cent. */
const ZOOM_RANGE = 2

/** A gimbal that looks within this angle of where it should has arrived: its own error and that of the position. */
const ARRIVED_RAD = (6 * Math.PI) / 180
const TURN_WITHIN_MS = 6000
const CONTROL_WITHIN_MS = 4000
const ZOOM_WITHIN_MS = 8000
const ZOOM_NEAR_PERCENT = 2
const PHOTO_WITHIN_MS = 8000
const METRES_PER_DEGREE = 111_320

/** What a wish of the pilot means for this vehicle, step by step; or why it cannot be. */
export function cameraSteps(
  wish: CameraWish,
  vehicle: Vehicle,
  nowMs: number,
): Result<readonly OrderStep[], NotPossible> {
  switch (wish.do) {
    case 'look-at':
      return lookAt(vehicle, wish.position)
    case 'look-down':
      return turned(vehicle, 'look-down', -90, ([, , down]) => down)
    case 'look-ahead':
      return turned(vehicle, 'look-ahead', 0, ([north, east], now) => {
        const yawRad = now.attitudes.at(-1)?.yawRad ?? NaN
        return north * Math.cos(yawRad) + east * Math.sin(yawRad)
      })
    case 'zoom':
      return zoom(vehicle, wish.percent)
    case 'photo':
      return photo(vehicle, nowMs)
  }
}

function lookAt(vehicle: Vehicle, target: LngLat): Result<readonly OrderStep[], NotPossible> {
  const manager = vehicle.gimbalManager
  if (manager === null) return impossible('no-gimbal')
  const at = vehicle.positions.at(-1)
  if (at === undefined) return impossible('drone-position-unknown')
  const groundAmslM =
    vehicle.home?.altAmslM ??
    (at.altAmslM === null || at.heightAboveTakeoffM === null ? null : at.altAmslM - at.heightAboveTakeoffM)
  if (groundAmslM === null) return impossible('home-unknown')
  const [lng, lat] = target
  const step: OrderStep = {
    name: 'look-at',
    ways: [
      {
        by: 'command',
        comp: manager.comp,
        command: DO_SET_ROI_LOCATION,
        params: [manager.deviceId, 0, 0, 0, lat, lng, groundAmslM],
        frame: GLOBAL,
      },
    ],
    reached: (now, sinceMs, nowMs) =>
      looksWithin(now, sinceMs, nowMs, (looking) => {
        const to = directionTo(now, target)
        return to === null ? -1 : dot(looking, to)
      }),
    lost: takenByAnother,
    withinMs: TURN_WITHIN_MS,
  }
  return done([...takeGimbal(vehicle, manager), step])
}

function turned(
  vehicle: Vehicle,
  name: 'look-down' | 'look-ahead',
  pitchDeg: number,
  cosine: (looking: Vector, now: Vehicle) => number,
): Result<readonly OrderStep[], NotPossible> {
  const manager = vehicle.gimbalManager
  if (manager === null) return impossible('no-gimbal')
  const { comp, deviceId } = manager
  const free: OrderStep = {
    name: 'free-gimbal',
    ways: [{ by: 'command', comp, command: DO_SET_ROI_NONE, params: [deviceId, 0, 0, 0, 0, 0, 0] }],
    reached: () => false,
    courtesy: true,
    withinMs: TURN_WITHIN_MS,
  }
  const turn: OrderStep = {
    name,
    ways: [
      {
        by: 'command',
        comp,
        command: DO_GIMBAL_MANAGER_PITCHYAW,
        // Angles; the rates are left to the gimbal.
        params: [pitchDeg, 0, NaN, NaN, LEVEL_FLAGS, 0, deviceId],
      },
    ],
    reached: (now, sinceMs, nowMs) => looksWithin(now, sinceMs, nowMs, (looking) => cosine(looking, now)),
    lost: takenByAnother,
    withinMs: TURN_WITHIN_MS,
  }
  return done([...takeGimbal(vehicle, manager), free, turn])
}

type Manager = NonNullable<Vehicle['gimbalManager']>
const isOurs = ({ gimbalControl: control }: Vehicle): boolean => control?.sys === OWN.sys && control.comp === OWN.comp

/** Only when its manager does not say that it is ours already. */
function takeGimbal(vehicle: Vehicle, { comp, deviceId }: Manager): readonly OrderStep[] {
  if (isOurs(vehicle)) return []
  const params = [OWN.sys, OWN.comp, LEAVE_AS_IT_IS, LEAVE_AS_IT_IS, 0, 0, deviceId] as const
  return [
    {
      name: 'take-gimbal',
      ways: [{ by: 'command', comp, command: DO_GIMBAL_MANAGER_CONFIGURE, params }],
      reached: (now, sinceMs) => isOurs(now) && (now.gimbalControl?.atMs ?? 0) > sinceMs,
      withinMs: CONTROL_WITHIN_MS,
    },
  ]
}

const takenByAnother: NonNullable<OrderStep['lost']> = (now, sinceMs) =>
  now.gimbalControl !== null && now.gimbalControl.atMs > sinceMs && !isOurs(now)
    ? { code: 'gimbal-taken', detail: String(now.gimbalControl.sys) }
    : null

function zoom(vehicle: Vehicle, percent: number): Result<readonly OrderStep[], NotPossible> {
  if (vehicle.camera === null) return impossible('no-camera')
  if (!hasZoom(vehicle.camera)) return impossible('camera-cannot-zoom')
  const { comp, deviceId } = vehicle.camera
  const way: Tell = {
    by: 'command',
    comp,
    command: SET_CAMERA_ZOOM,
    params: [ZOOM_RANGE, percent, deviceId, 0, 0, 0, 0],
  }
  const reached: OrderStep['reached'] = ({ zoom: now }, sinceMs) =>
    now !== null && now.atMs > sinceMs && Math.abs(now.percent - percent) <= ZOOM_NEAR_PERCENT
  return done([{ name: 'zoom', figure: `${Math.round(percent)} %`, ways: [way], reached, withinMs: ZOOM_WITHIN_MS }])
}

function photo(vehicle: Vehicle, nowMs: number): Result<readonly OrderStep[], NotPossible> {
  if (vehicle.camera === null) return impossible('no-camera')
  if (!takesPhotos(vehicle.camera)) return impossible('camera-cannot-photo')
  const { comp, deviceId } = vehicle.camera
  // Rises from picture to picture and survives a float: a repeat of the command must not take a second one.
  const sequence = 1 + (Math.floor(nowMs / 250) % 8_000_000)
  const params = [deviceId, 0, 1, sequence, NaN, NaN, NaN] as const
  const before = vehicle.imageCount?.count ?? null
  return done([
    {
      name: 'photo',
      ways: [{ by: 'command', comp, command: IMAGE_START_CAPTURE, params }],
      // The message about the picture is sent once and may be lost: the camera's count says it again.
      reached: ({ lastImage, imageCount }, sinceMs) =>
        (lastImage !== null && lastImage.ok && lastImage.atMs > sinceMs) ||
        (before !== null && imageCount !== null && imageCount.atMs > sinceMs && imageCount.count > before),
      lost: ({ lastImage }, sinceMs) =>
        lastImage !== null && !lastImage.ok && lastImage.atMs > sinceMs ? { code: 'capture-failed', detail: '' } : null,
      withinMs: PHOTO_WITHIN_MS,
    },
  ])
}

/** Whether gimbal attitude newer than the order points close enough. @param cosine of the angle between is and ought */
function looksWithin(now: Vehicle, sinceMs: number, nowMs: number, cosine: (looking: Vector) => number): boolean {
  const newest = now.gimbals.at(-1)
  if (newest === undefined || newest.atMs <= sinceMs) return false
  const pose = poseAt(now, nowMs)
  return !('gap' in pose) && cosine(rotate(pose.orientation, [1, 0, 0])) > Math.cos(ARRIVED_RAD)
}

/** Unit vector north, east, down to a place on the ground at take-off height; null where the height is not known. */
function directionTo(now: Vehicle, [lng, lat]: LngLat): Vector | null {
  const at = now.positions.at(-1)
  if (at === undefined || at.heightAboveTakeoffM === null) return null
  const north = (lat - at.lngLat[1]) * METRES_PER_DEGREE
  const east = (lng - at.lngLat[0]) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  const norm = Math.hypot(north, east, at.heightAboveTakeoffM)
  return norm === 0 ? null : [north / norm, east / norm, at.heightAboveTakeoffM / norm]
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const impossible = (code: ReasonCode): { ok: false; error: NotPossible } => failed({ kind: 'not-possible', code })
