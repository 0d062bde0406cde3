import type { CameraLook } from './camera-looks.ts'
import type { Vehicle } from './vehicle.ts'

/** A camera as it describes itself, CAMERA_INFORMATION. */
export interface Camera {
  readonly comp: number
  /** 0: a component of its own; 1..6: a camera that the autopilot speaks for. */
  readonly deviceId: number
  readonly vendor: string
  readonly model: string
  readonly flags: number
  readonly widthPx: number
  readonly heightPx: number
  /** Full angles of view from sensor size and focal length; null where the camera does not say. */
  readonly lensFovRad: readonly [horizontal: number, vertical: number] | null
  /** Gimbal that carries it, as gimbals number their devices; 0: none, or not said. */
  readonly gimbalDevice: number
  /** Where its parameters are described; null: it names no such place. */
  readonly definition: { readonly uri: string; readonly version: number } | null
}

/** What a camera says of now. */
export interface CameraState {
  /** Zoom of its range, 0..100 (CAMERA_SETTINGS). */
  readonly zoom: { readonly percent: number; readonly atMs: number } | null
  /** Pictures taken so far, as it counts them (CAMERA_CAPTURE_STATUS). */
  readonly images: { readonly count: number; readonly atMs: number } | null
  /** The last picture (CAMERA_IMAGE_CAPTURED); `ok` false: it was tried and failed. */
  readonly lastImage: { readonly index: number; readonly ok: boolean; readonly atMs: number } | null
  /** Angles of view now (CAMERA_FOV_STATUS). */
  readonly fovRad: readonly [horizontal: number, vertical: number] | null
  /** How it looks by its own word, newest last (CAMERA_FOV_STATUS.q); absent: it never said. */
  readonly looks?: readonly CameraLook[]
  /** Least and greatest temperature in its thermal picture (CAMERA_THERMAL_RANGE); null where it gives none. */
  readonly thermal: { readonly minC: number | null; readonly maxC: number | null; readonly atMs: number } | null
}
const NOTHING_SAID: CameraState = { zoom: null, images: null, lastImage: null, fovRad: null, thermal: null }

export interface VideoStream {
  readonly comp: number
  readonly cameraDevice: number
  readonly id: number
  /** How many streams its camera says that it has. */
  readonly count: number
  readonly name: string
  /** Empty where the camera keeps its address to itself. */
  readonly uri: string
  readonly thermal: boolean
  /** It measures: absolute temperatures may be asked for. */
  readonly rangeEnabled: boolean
  /** Whole degrees, 0 unknown. */
  readonly hfovDeg: number
  readonly widthPx: number
  readonly heightPx: number
}

/** CAMERA_CAP_FLAGS */
const CAPTURE_IMAGE = 2
const HAS_BASIC_ZOOM = 64
const HAS_THERMAL_RANGE = 4096

type Flags = Pick<Camera, 'flags'>
/** By the camera's own word, CAMERA_INFORMATION.flags. */
export const takesPhotos = ({ flags }: Flags): boolean => (flags & CAPTURE_IMAGE) !== 0
export const hasZoom = ({ flags }: Flags): boolean => (flags & HAS_BASIC_ZOOM) !== 0
export const hasThermalRange = ({ flags }: Flags): boolean => (flags & HAS_THERMAL_RANGE) !== 0

/** Names a camera within its vehicle: component and device. */
export const cameraKey = ({ comp, deviceId }: Pick<Camera, 'comp' | 'deviceId'>): string => `${comp}-${deviceId}`

/** What one camera says of now. */
export const cameraState = (vehicle: Vehicle, camera: Pick<Camera, 'comp' | 'deviceId'>): CameraState =>
  vehicle.cameraStates.get(cameraKey(camera)) ?? NOTHING_SAID

/** Cameras that anybody flies; components that invent more fill no memory. */
const MOST_CAMERAS = 8

export function withCamera(vehicle: Vehicle, camera: Camera): Vehicle {
  const key = cameraKey(camera)
  if (!vehicle.cameras.has(key) && vehicle.cameras.size >= MOST_CAMERAS) return vehicle
  return { ...vehicle, cameras: new Map(vehicle.cameras).set(key, camera) }
}

/** What a camera says of now. A device that nobody introduced means the only camera of that component. */
export function withCameraState(
  vehicle: Vehicle,
  said: Pick<Camera, 'comp' | 'deviceId'>,
  change: Partial<CameraState>,
): Vehicle {
  const own = [...vehicle.cameras.values()].filter(({ comp }) => comp === said.comp)
  const known = own.some(({ deviceId }) => deviceId === said.deviceId)
  const camera = !known && own.length === 1 ? (own[0] ?? said) : said
  if (!vehicle.cameraStates.has(cameraKey(camera)) && vehicle.cameraStates.size >= MOST_CAMERAS) return vehicle
  const states = new Map(vehicle.cameraStates)
  states.set(cameraKey(camera), { ...cameraState(vehicle, camera), ...change })
  return { ...vehicle, cameraStates: states }
}

export const streamsOf = (vehicle: Vehicle, { comp, deviceId }: Pick<Camera, 'comp' | 'deviceId'>): VideoStream[] =>
  [...vehicle.videoStreams.values()].filter((stream) => stream.comp === comp && stream.cameraDevice === deviceId)

/** The stream that temperatures come from: one that measures goes before one that does not. */
export function thermalStream(vehicle: Vehicle): VideoStream | null {
  const thermal = [...vehicle.videoStreams.values()].filter((stream) => stream.thermal)
  return thermal.find(({ rangeEnabled }) => rangeEnabled) ?? thermal[0] ?? null
}

/** The camera that a search looks with: the one with the thermal picture, else one that says that it measures, else the first. */
export function mainCamera(vehicle: Vehicle): Camera | null {
  const cameras = [...vehicle.cameras.values()]
  const stream = thermalStream(vehicle)
  const ofStream = cameras.find(({ comp, deviceId }) => comp === stream?.comp && deviceId === stream.cameraDevice)
  return ofStream ?? cameras.find(hasThermalRange) ?? cameras[0] ?? null
}

/** The camera of that name; the main one where none is named. */
export const cameraNamed = (vehicle: Vehicle, key: string | undefined): Camera | null =>
  key === undefined ? mainCamera(vehicle) : (vehicle.cameras.get(key) ?? null)

const radians = (deg: number): number => (deg * Math.PI) / 180
/** A stream that differs from the camera by more than its rounding to whole degrees is another sensor. */
const SAME_SENSOR_RAD = radians(1.5)

/**
 * Full angles of view of the thermal picture, horizontal and vertical, rad. The running camera's own word first, then
 * lens and sensor size; the stream's whole degrees only where the picture comes from another sensor, or nothing else is
 * known. Null when nobody said.
 */
export function cameraFov(vehicle: Vehicle): readonly [horizontal: number, vertical: number] | null {
  const camera = mainCamera(vehicle)
  // Before a camera has introduced itself its view counts only where no other speaks.
  const [only, ...others] = vehicle.cameraStates.values()
  const said = camera === null ? (others.length === 0 ? only : undefined) : cameraState(vehicle, camera)
  const fov = said?.fovRad ?? camera?.lensFovRad ?? null
  const stream = thermalStream(vehicle)
  if (stream === null || stream.hfovDeg <= 0 || stream.hfovDeg >= 180) return fov
  const hfovRad = radians(stream.hfovDeg)
  if (fov !== null && Math.abs(fov[0] - hfovRad) < SAME_SENSOR_RAD) return fov
  if (stream.widthPx <= 0 || stream.heightPx <= 0) return fov
  return [hfovRad, 2 * Math.atan((Math.tan(hfovRad / 2) * stream.heightPx) / stream.widthPx)]
}
