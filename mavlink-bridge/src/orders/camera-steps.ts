import type { CameraWish, LngLat, ReasonCode } from '@skerry/contract'
import type { Terrain } from '@skerry/terrain'
import { done, failed, type Result } from '../result.ts'
import { poseAt } from '../thermal/pose.ts'
import { rotate, type Vector } from '../thermal/rotation.ts'
import { settingsOf } from '../vehicles/camera-settings.ts'
import { cameraNamed, cameraState, hasZoom, takesPhotos } from '../vehicles/cameras.ts'
import { gimbalKey, type GimbalManager, gimbalNamed, isOurGimbal, samplesOf } from '../vehicles/gimbals.ts'
import { OWN } from '../vehicles/own.ts'
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
/** DO_GIMBAL_MANAGER_CONFIGURE: nobody has it, if it is the sender's; somebody who took it meanwhile keeps it. */
const GIVE_UP = -3
/** CAMERA_ZOOM_TYPE: of the whole range, per cent. */
const ZOOM_RANGE = 2

/** A gimbal that looks within this angle of where it should has arrived: its own error and that of the position. */
const ARRIVED_RAD = (6 * Math.PI) / 180
const TURN_WITHIN_MS = 6000
const CONTROL_WITHIN_MS = 8000
/** What a manager says so soon after may still be from before a release that was on its way. */
const LET_GO_SETTLES_MS = 1500
const ZOOM_WITHIN_MS = 8000
const ZOOM_NEAR_PERCENT = 2
const PHOTO_WITHIN_MS = 8000
const SETTING_WITHIN_MS = 3000
const METRES_PER_DEGREE = 111_320

/**
 * What a wish of the pilot means for this vehicle, step by step; or why it cannot be.
 * @param known `letGo`: a release of its gimbal was told a moment ago, so that what its manager says of now is not to be
 * relied on
 */
export function cameraSteps(
  wish: CameraWish,
  vehicle: Vehicle,
  nowMs: number,
  known: { terrain?: Pick<Terrain, 'heightM'> | null; letGo?: boolean } = {},
): Result<readonly OrderStep[], NotPossible> {
  const { terrain = null, letGo = false } = known
  switch (wish.do) {
    case 'look-at':
      return lookAt(vehicle, wish, terrain, letGo)
    case 'look-down':
      return turned(vehicle, wish, letGo, -90, ([, , down]) => down)
    case 'look-ahead':
      return turned(vehicle, wish, letGo, 0, ([north, east], now) => {
        const yawRad = now.attitudes.at(-1)?.yawRad ?? NaN
        return north * Math.cos(yawRad) + east * Math.sin(yawRad)
      })
    case 'zoom':
      return zoom(vehicle, wish)
    case 'photo':
      return photo(vehicle, wish, nowMs)
    case 'palette':
    case 'thermal-range':
      return setting(vehicle, wish)
  }
}

type Wish<D extends CameraWish['do']> = Extract<CameraWish, { do: D }>

/** The gimbal that is meant, or why none is. */
function gimbalOf(vehicle: Vehicle, named: string | undefined): GimbalManager | ReasonCode {
  const manager = gimbalNamed(vehicle, named)
  return manager ?? (named === undefined && vehicle.gimbals.size > 1 ? 'gimbal-unclear' : 'no-gimbal')
}

function lookAt(
  vehicle: Vehicle,
  { position: target, gimbal }: Wish<'look-at'>,
  terrain: Pick<Terrain, 'heightM'> | null,
  letGo: boolean,
): Result<readonly OrderStep[], NotPossible> {
  const manager = gimbalOf(vehicle, gimbal)
  if (typeof manager === 'string') return impossible(manager)
  const at = vehicle.positions.at(-1)
  if (at === undefined) return impossible('drone-position-unknown')
  const groundAmslM =
    vehicle.home?.altAmslM ??
    (at.altAmslM === null || at.heightAboveTakeoffM === null ? null : at.altAmslM - at.heightAboveTakeoffM)
  if (groundAmslM === null) return impossible('home-unknown')
  const riseM = riseFromHome(vehicle, target, terrain)
  const [lng, lat] = target
  const step: OrderStep = {
    name: 'look-at',
    ways: [
      {
        by: 'command',
        comp: manager.comp,
        command: DO_SET_ROI_LOCATION,
        params: [manager.deviceId, 0, 0, 0, lat, lng, groundAmslM + riseM],
        frame: GLOBAL,
      },
    ],
    reached: (now, sinceMs, nowMs) =>
      looksWithin(now, manager, sinceMs, nowMs, (looking) => {
        const to = directionTo(now, target, riseM)
        return to === null ? -1 : dot(looking, to)
      }),
    lost: takenByAnother(manager),
    withinMs: TURN_WITHIN_MS,
  }
  return done([...takeGimbal(manager, letGo), step])
}

function turned(
  vehicle: Vehicle,
  { do: name, gimbal }: Wish<'look-down' | 'look-ahead'>,
  letGo: boolean,
  pitchDeg: number,
  cosine: (looking: Vector, now: Vehicle) => number,
): Result<readonly OrderStep[], NotPossible> {
  const manager = gimbalOf(vehicle, gimbal)
  if (typeof manager === 'string') return impossible(manager)
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
    reached: (now, sinceMs, nowMs) => looksWithin(now, manager, sinceMs, nowMs, (looking) => cosine(looking, now)),
    lost: takenByAnother(manager),
    withinMs: TURN_WITHIN_MS,
  }
  return done([...takeGimbal(manager, letGo), free, turn])
}

/** The manager as it is by now. */
const nowOf = (now: Vehicle, manager: GimbalManager): GimbalManager => now.gimbals.get(gimbalKey(manager)) ?? manager

/** Only when its manager does not say that it is ours already, or may not have heard yet that it was let go. */
function takeGimbal(manager: GimbalManager, letGo: boolean): readonly OrderStep[] {
  if (isOurGimbal(manager) && !letGo) return []
  const believedAfterMs = letGo ? LET_GO_SETTLES_MS : 0
  const { comp, deviceId } = manager
  const params = [OWN.sys, OWN.comp, LEAVE_AS_IT_IS, LEAVE_AS_IT_IS, 0, 0, deviceId] as const
  return [
    {
      name: 'take-gimbal',
      ways: [{ by: 'command', comp, command: DO_GIMBAL_MANAGER_CONFIGURE, params }],
      reached: (now, sinceMs) => {
        const told = nowOf(now, manager)
        return isOurGimbal(told) && (told.control?.atMs ?? 0) > sinceMs + believedAfterMs
      },
      withinMs: CONTROL_WITHIN_MS,
    },
  ]
}

/** Gives back one gimbal of which its manager says that we have it; null where none is ours. */
export function gimbalRelease(vehicle: Vehicle): Tell | null {
  const manager = [...vehicle.gimbals.values()].find(isOurGimbal)
  if (manager === undefined) return null
  const params = [GIVE_UP, GIVE_UP, LEAVE_AS_IT_IS, LEAVE_AS_IT_IS, 0, 0, manager.deviceId] as const
  return { by: 'command', comp: manager.comp, command: DO_GIMBAL_MANAGER_CONFIGURE, params }
}

const takenByAnother =
  (manager: GimbalManager): NonNullable<OrderStep['lost']> =>
  (now, sinceMs) => {
    const { control } = nowOf(now, manager)
    return control !== null && control.atMs > sinceMs && !isOurGimbal({ ...manager, control })
      ? { code: 'gimbal-taken', detail: String(control.sys) }
      : null
  }

function zoom(vehicle: Vehicle, { percent, camera: named }: Wish<'zoom'>): Result<readonly OrderStep[], NotPossible> {
  const camera = cameraNamed(vehicle, named)
  if (camera === null) return impossible('no-camera')
  if (!hasZoom(camera)) return impossible('camera-cannot-zoom')
  const { comp, deviceId } = camera
  const way: Tell = {
    by: 'command',
    comp,
    command: SET_CAMERA_ZOOM,
    params: [ZOOM_RANGE, percent, deviceId, 0, 0, 0, 0],
  }
  const reached: OrderStep['reached'] = (vehicleNow, sinceMs) => {
    const { zoom: now } = cameraState(vehicleNow, camera)
    return now !== null && now.atMs > sinceMs && Math.abs(now.percent - percent) <= ZOOM_NEAR_PERCENT
  }
  return done([{ name: 'zoom', figure: `${Math.round(percent)} %`, ways: [way], reached, withinMs: ZOOM_WITHIN_MS }])
}

function photo(
  vehicle: Vehicle,
  { camera: named }: Wish<'photo'>,
  nowMs: number,
): Result<readonly OrderStep[], NotPossible> {
  const camera = cameraNamed(vehicle, named)
  if (camera === null) return impossible('no-camera')
  if (!takesPhotos(camera)) return impossible('camera-cannot-photo')
  const { comp, deviceId } = camera
  // Rises from picture to picture and survives a float: a repeat of the command must not take a second one.
  const sequence = 1 + (Math.floor(nowMs / 250) % 8_000_000)
  const params = [deviceId, 0, 1, sequence, NaN, NaN, NaN] as const
  const before = cameraState(vehicle, camera).images?.count ?? null
  return done([
    {
      name: 'photo',
      ways: [{ by: 'command', comp, command: IMAGE_START_CAPTURE, params }],
      // The message about the picture is sent once and may be lost: the camera's count says it again.
      reached: (now, sinceMs) => {
        const { lastImage, images } = cameraState(now, camera)
        return (
          (lastImage !== null && lastImage.ok && lastImage.atMs > sinceMs) ||
          (before !== null && images !== null && images.atMs > sinceMs && images.count > before)
        )
      },
      lost: (now, sinceMs) => {
        const { lastImage } = cameraState(now, camera)
        return lastImage !== null && !lastImage.ok && lastImage.atMs > sinceMs
          ? { code: 'capture-failed', detail: '' }
          : null
      },
      withinMs: PHOTO_WITHIN_MS,
    },
  ])
}

/** A setting is done when camera or autopilot tells the value itself. */
function setting(
  vehicle: Vehicle,
  { do: id, value, camera: named }: Wish<'palette' | 'thermal-range'>,
): Result<readonly OrderStep[], NotPossible> {
  const camera = cameraNamed(vehicle, named)
  if (camera === null) return impossible('no-camera')
  const found = settingsOf(vehicle, camera).find((one) => one.id === id)
  const option = found?.options.find((one) => one.value === value)
  if (found === undefined || option === undefined) return impossible('camera-no-setting')
  const { via, comp, param: name, type } = found
  const way: Tell = via === 'camera' ? { by: 'ext-param', comp, name, type, value } : { by: 'param', name, value }
  const reached: OrderStep['reached'] = (now, sinceMs) => {
    const told = settingsOf(now, camera).find((one) => one.param === name)
    return told?.value === value && (told.atMs ?? 0) > sinceMs
  }
  return done([{ name: id, figure: option.text, ways: [way], reached, withinMs: SETTING_WITHIN_MS }])
}

/** Whether gimbal attitude newer than the order points close enough. @param cosine of the angle between is and ought */
function looksWithin(
  now: Vehicle,
  manager: GimbalManager,
  sinceMs: number,
  nowMs: number,
  cosine: (looking: Vector) => number,
): boolean {
  const attitudes = samplesOf(now, manager.deviceId)
  const newest = attitudes.at(-1)
  if (newest === undefined || newest.atMs <= sinceMs) return false
  const pose = poseAt(now, nowMs, attitudes)
  return !('gap' in pose) && cosine(rotate(pose.orientation, [1, 0, 0])) > Math.cos(ARRIVED_RAD)
}

/** Ground at a place above the take-off point, metres, by the terrain; 0 where it is not known at both. */
function riseFromHome({ home }: Vehicle, target: LngLat, terrain: Pick<Terrain, 'heightM'> | null): number {
  const there = terrain?.heightM(target) ?? null
  const here = home === null ? null : (terrain?.heightM(home.lngLat) ?? null)
  return there === null || here === null ? 0 : there - here
}

/** Unit vector north, east, down to a place on the ground; null where the height is not known. */
function directionTo(now: Vehicle, [lng, lat]: LngLat, riseM: number): Vector | null {
  const at = now.positions.at(-1)
  if (at === undefined || at.heightAboveTakeoffM === null) return null
  const north = (lat - at.lngLat[1]) * METRES_PER_DEGREE
  const east = (lng - at.lngLat[0]) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  const down = at.heightAboveTakeoffM - riseM
  const norm = Math.hypot(north, east, down)
  return norm === 0 ? null : [north / norm, east / norm, down / norm]
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const impossible = (code: ReasonCode): { ok: false; error: NotPossible } => failed({ kind: 'not-possible', code })
