import { type Camera, hasThermalRange, hasZoom, streamsOf, takesPhotos } from './cameras.ts'
import { offersControl } from './operator-control.ts'
import type { Vehicle } from './vehicle.ts'

/** A message that the bridge wants at a rate, from one component. */
export interface WantedStream {
  readonly id: number
  readonly name: string
  readonly comp: number
  readonly periodMs: number
  /** SET_MESSAGE_INTERVAL params 3 and 4. */
  readonly streamId: number
  readonly cameraDeviceId: number
  /** Only what that very component says counts: another camera may say the same of itself. */
  readonly ofCamera: boolean
  /** Asked for only where the vehicle refused this message: it says the same in another way. */
  readonly insteadOf?: number
}

/** Without these the map shows nothing; the rest is comfort and comes later in the list. */
const BASE: readonly (readonly [id: number, name: string, periodMs: number, only?: Vehicle['autopilot']])[] = [
  [33, 'GLOBAL_POSITION_INT', 100],
  [30, 'ATTITUDE', 100],
  [1, 'SYS_STATUS', 1000],
  [245, 'EXTENDED_SYS_STATE', 500],
  [42, 'MISSION_CURRENT', 1000],
  [74, 'VFR_HUD', 500],
  [24, 'GPS_RAW_INT', 1000],
  [147, 'BATTERY_STATUS', 2000],
  [242, 'HOME_POSITION', 5000],
  [2, 'SYSTEM_TIME', 2000],
  [168, 'WIND', 2000, 'ardupilot'],
  [193, 'EKF_STATUS_REPORT', 1000, 'ardupilot'],
  [231, 'WIND_COV', 2000, 'px4'],
  [230, 'ESTIMATOR_STATUS', 1000, 'px4'],
]

/**
 * A draft of MAVLink whose layout has changed: an autopilot that speaks an older one would send frames that cannot be read,
 * so that it is wanted only where there is nothing else.
 */
const BATTERY_STATUS_V2 = [369, 'BATTERY_STATUS_V2', 2000] as const
const BATTERY_STATUS = 147

/** CAMERA_INFORMATION to CAMERA_THERMAL_RANGE. */
const FIRST_OF_CAMERAS = 259
const LAST_OF_CAMERAS = 277

/**
 * Everything to ask of a vehicle as it is known now; camera and gimbal streams join when those are found.
 * @param slowdown times slower than wanted, at least 1
 */
export function wantedStreams(vehicle: Vehicle, slowdown = 1): WantedStream[] {
  const stream = (id: number, name: string, periodMs: number, comp: number, streamId = 0, cameraDeviceId = 0) => ({
    id,
    name,
    comp,
    periodMs,
    streamId,
    cameraDeviceId,
    ofCamera: id >= FIRST_OF_CAMERAS && id <= LAST_OF_CAMERAS,
  })
  const wanted: WantedStream[] = BASE.filter(([, , , only]) => only === undefined || only === vehicle.autopilot).map(
    ([id, name, periodMs]) => stream(id, name, periodMs, vehicle.autopilotComp),
  )
  const [id, name, periodMs] = BATTERY_STATUS_V2
  wanted.push({ ...stream(id, name, periodMs, vehicle.autopilotComp), insteadOf: BATTERY_STATUS })
  if (offersControl(vehicle))
    wanted.push(stream(512, 'CONTROL_STATUS', 1000, vehicle.control?.comp ?? vehicle.autopilotComp))
  for (const comp of new Set([...vehicle.gimbals.values()].map((gimbal) => gimbal.comp))) {
    wanted.push(stream(285, 'GIMBAL_DEVICE_ATTITUDE_STATUS', 100, comp))
    wanted.push(stream(281, 'GIMBAL_MANAGER_STATUS', 200, comp))
  }
  for (const camera of vehicle.cameras.values()) wanted.push(...cameraStreams(vehicle, camera, stream))
  return wanted.map((one) => ({ ...one, periodMs: slower(one.periodMs, slowdown) }))
}

function cameraStreams(
  vehicle: Vehicle,
  camera: Camera,
  stream: (
    id: number,
    name: string,
    periodMs: number,
    comp: number,
    streamId?: number,
    device?: number,
  ) => WantedStream,
): WantedStream[] {
  const { comp, deviceId } = camera
  // Where no gimbal says how the camera looks, readings are placed by its own word: that must be fresh.
  const wanted = [stream(271, 'CAMERA_FOV_STATUS', vehicle.gimbals.size === 0 ? 200 : 500, comp, 0, deviceId)]
  if (hasZoom(camera)) wanted.push(stream(260, 'CAMERA_SETTINGS', 1000, comp, 0, deviceId))
  if (takesPhotos(camera)) wanted.push(stream(262, 'CAMERA_CAPTURE_STATUS', 2000, comp, 0, deviceId))
  const thermal = streamsOf(vehicle, camera).filter((one) => one.thermal)
  if (thermal.length > 0) wanted.push(stream(270, 'VIDEO_STREAM_STATUS', 2000, comp, 0, deviceId))
  // Only while that stream says that it measures: asked for earlier, a camera may refuse for good.
  const measuring = hasThermalRange(camera) ? thermal.find(({ rangeEnabled }) => rangeEnabled) : undefined
  if (measuring !== undefined) wanted.push(stream(277, 'CAMERA_THERMAL_RANGE', 100, comp, measuring.id, deviceId))
  return wanted
}

/** Slower than this a state is no longer watched; what is slow by itself stays as it is. */
const SLOWEST_MS = 5000
const slower = (periodMs: number, slowdown: number): number =>
  Math.max(periodMs, Math.min(periodMs * slowdown, SLOWEST_MS))

/** What one message of these weighs on the wire with its frame, about. */
const BYTES_PER_MESSAGE = 48
/** Of a link's budget, what telemetry may take: the rest is for answers, plans and what vehicles say unasked. */
const SHARE_OF_BUDGET = 0.7
const SLOWEST_TIMES = 16

/**
 * How many times slower than wanted the streams of a vehicle must be on a link that others share: 1, 2, 4, 8 or 16.
 * Steps of two, so that a vehicle more or less does not change every rate on the link.
 * @param budgetBytesPerS of the link for one direction; null: no limit
 * @param vehicles on that link, this one included
 */
export function slowdownFor(vehicle: Vehicle, budgetBytesPerS: number | null, vehicles: number): number {
  if (budgetBytesPerS === null) return 1
  const shareBytesPerS = (SHARE_OF_BUDGET * budgetBytesPerS) / Math.max(1, vehicles)
  const loadAt = (slowdown: number): number =>
    wantedStreams(vehicle, slowdown)
      .filter(({ insteadOf }) => insteadOf === undefined)
      .reduce((sum, { periodMs }) => sum + (BYTES_PER_MESSAGE * 1000) / periodMs, 0)
  let slowdown = 1
  while (slowdown < SLOWEST_TIMES && loadAt(slowdown) > shareBytesPerS) slowdown *= 2
  return slowdown
}
