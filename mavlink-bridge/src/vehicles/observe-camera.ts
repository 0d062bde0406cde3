import { withLook } from './camera-looks.ts'
import { type VideoStream, withCamera, withCameraState } from './cameras.ts'
import { type GimbalSample, withAttitude, withControl, withManager } from './gimbals.ts'
import type { Observers } from './observer.ts'
import type { TypedMessages } from '../wire/typed-messages.ts'

/** GIMBAL_DEVICE_FLAGS: yaw follows north; yaw is given in vehicle axes; yaw is given from north. */
const YAW_LOCK = 16
const YAW_IN_VEHICLE_FRAME = 32
const YAW_IN_EARTH_FRAME = 64
const VIDEO_STREAM_IS_THERMAL = 2
const VIDEO_STREAM_THERMAL_RANGE_ENABLED = 4

const radians = (deg: number): number => (deg * Math.PI) / 180
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
const utf8 = new TextDecoder()
const text = (bytes: Uint8Array): string => {
  const nul = bytes.indexOf(0)
  return utf8.decode(nul < 0 ? bytes : bytes.subarray(0, nul))
}

/** In which axes a gimbal gives its yaw; gimbals that set neither frame flag are older: locked means north. */
const yawFrameOf = (flags: number): GimbalSample['yawFrame'] => {
  if ((flags & YAW_IN_EARTH_FRAME) !== 0) return 'earth'
  if ((flags & YAW_IN_VEHICLE_FRAME) !== 0) return 'vehicle'
  return (flags & YAW_LOCK) !== 0 ? 'earth' : 'vehicle'
}

type StreamFields = Readonly<
  Pick<TypedMessages['VIDEO_STREAM_STATUS'], 'flags' | 'hfov' | 'resolution_h' | 'resolution_v'>
>
const picture = ({ flags, hfov, resolution_h, resolution_v }: StreamFields) => ({
  thermal: (flags & VIDEO_STREAM_IS_THERMAL) !== 0,
  rangeEnabled: (flags & VIDEO_STREAM_THERMAL_RANGE_ENABLED) !== 0,
  hfovDeg: hfov,
  widthPx: resolution_h,
  heightPx: resolution_v,
})
const streamKey = (comp: number, cameraDevice: number, id: number): string => `${comp}-${cameraDevice}-${id}`
/** Streams that anybody flies; a component that invents more fills no memory. */
const MOST_STREAMS = 16

export const cameraObservers: Observers = {
  GIMBAL_DEVICE_ATTITUDE_STATUS: (vehicle, fields, atMs, comp) => {
    const [w, x, y, z] = fields.q
    if (w === undefined || x === undefined || y === undefined || z === undefined) return vehicle
    const norm = Math.hypot(w, x, y, z)
    if (!(norm > 0.9 && norm < 1.1)) return vehicle // zeros or NaN: this gimbal does not know where it looks
    const q = [w / norm, x / norm, y / norm, z / norm] as const
    return withAttitude(vehicle, comp, fields.gimbal_device_id, { atMs, q, yawFrame: yawFrameOf(fields.flags) })
  },

  GIMBAL_MANAGER_INFORMATION: (vehicle, { gimbal_device_id }, _atMs, comp) =>
    withManager(vehicle, comp, gimbal_device_id),

  GIMBAL_MANAGER_STATUS: (
    vehicle,
    { primary_control_sysid: sys, primary_control_compid, gimbal_device_id },
    atMs,
    comp,
  ) => withControl(vehicle, comp, gimbal_device_id, { sys, comp: primary_control_compid, atMs }),

  CAMERA_INFORMATION: (vehicle, fields, _atMs, comp) => {
    const lens = [fields.sensor_size_h, fields.sensor_size_v].map(
      (size) => 2 * Math.atan(size / 2 / fields.focal_length),
    )
    const [h, v] = lens
    const known = h !== undefined && v !== undefined && h > 0 && v > 0 && fields.focal_length > 0
    return withCamera(vehicle, {
      comp,
      deviceId: fields.camera_device_id,
      vendor: text(fields.vendor_name),
      model: text(fields.model_name),
      flags: fields.flags,
      widthPx: fields.resolution_h,
      heightPx: fields.resolution_v,
      lensFovRad: known ? ([h, v] as const) : null,
      gimbalDevice: fields.gimbal_device_id,
      definition:
        fields.cam_definition_uri === ''
          ? null
          : { uri: fields.cam_definition_uri, version: fields.cam_definition_version },
    })
  },

  VIDEO_STREAM_INFORMATION(vehicle, fields, _atMs, comp) {
    const { stream_id: id, camera_device_id: cameraDevice, name, uri, count } = fields
    const key = streamKey(comp, cameraDevice, id)
    if (!vehicle.videoStreams.has(key) && vehicle.videoStreams.size >= MOST_STREAMS) return vehicle
    const stream: VideoStream = { comp, cameraDevice, id, count, name, uri, ...picture(fields) }
    return { ...vehicle, videoStreams: new Map(vehicle.videoStreams).set(key, stream) }
  },

  // Of a stream that is known: its measuring may be switched on, and its lens zoomed.
  VIDEO_STREAM_STATUS(vehicle, fields, _atMs, comp) {
    const key = streamKey(comp, fields.camera_device_id, fields.stream_id)
    const known = vehicle.videoStreams.get(key)
    if (known === undefined) return vehicle
    return { ...vehicle, videoStreams: new Map(vehicle.videoStreams).set(key, { ...known, ...picture(fields) }) }
  },

  CAMERA_SETTINGS: (vehicle, { zoomLevel, camera_device_id: deviceId }, atMs, comp) =>
    zoomLevel >= 0 && zoomLevel <= 100
      ? withCameraState(vehicle, { comp, deviceId }, { zoom: { percent: zoomLevel, atMs } })
      : vehicle,

  CAMERA_CAPTURE_STATUS: (vehicle, { image_count, camera_device_id: deviceId }, atMs, comp) =>
    image_count >= 0 ? withCameraState(vehicle, { comp, deviceId }, { images: { count: image_count, atMs } }) : vehicle,

  CAMERA_IMAGE_CAPTURED: (vehicle, { image_index, capture_result, camera_id: deviceId }, atMs, comp) =>
    withCameraState(vehicle, { comp, deviceId }, { lastImage: { index: image_index, ok: capture_result === 1, atMs } }),

  CAMERA_FOV_STATUS(vehicle, fields, atMs, comp) {
    const { hfov, vfov, camera_device_id: deviceId } = fields
    const seen = withLook(vehicle, comp, fields, atMs)
    return hfov > 0 && hfov < 180 && vfov > 0 && vfov < 180
      ? withCameraState(seen, { comp, deviceId }, { fovRad: [radians(hfov), radians(vfov)] })
      : seen
  },

  CAMERA_THERMAL_RANGE: (vehicle, { min, max, camera_device_id: deviceId }, atMs, comp) =>
    withCameraState(vehicle, { comp, deviceId }, { thermal: { minC: finite(min), maxC: finite(max), atMs } }),
}
