import { remember } from './history.ts'
import type { Observers } from './observer.ts'
import type { TypedMessages } from '../wire/typed-messages.ts'
import type { GimbalSample, ThermalStream } from './vehicle.ts'

/** GIMBAL_DEVICE_FLAGS: yaw follows north; yaw is given in vehicle axes; yaw is given from north. */
const YAW_LOCK = 16
const YAW_IN_VEHICLE_FRAME = 32
const YAW_IN_EARTH_FRAME = 64
const VIDEO_STREAM_IS_THERMAL = 2
const VIDEO_STREAM_THERMAL_RANGE_ENABLED = 4

const radians = (deg: number): number => (deg * Math.PI) / 180
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

const thermalStream = (
  fields: Readonly<
    Pick<TypedMessages['VIDEO_STREAM_STATUS'], 'stream_id' | 'flags' | 'hfov' | 'resolution_h' | 'resolution_v'>
  >,
  comp: number,
): ThermalStream => ({
  comp,
  streamId: fields.stream_id,
  rangeEnabled: (fields.flags & VIDEO_STREAM_THERMAL_RANGE_ENABLED) !== 0,
  hfovDeg: fields.hfov,
  widthPx: fields.resolution_h,
  heightPx: fields.resolution_v,
})

export const cameraObservers: Observers = {
  GIMBAL_DEVICE_ATTITUDE_STATUS: (vehicle, fields, atMs) => {
    const [w, x, y, z] = fields.q
    if (w === undefined || x === undefined || y === undefined || z === undefined) return vehicle
    const norm = Math.hypot(w, x, y, z)
    if (!(norm > 0.9 && norm < 1.1)) return vehicle // zeros or NaN: this gimbal does not know where it looks
    const q = [w / norm, x / norm, y / norm, z / norm] as const
    return { ...vehicle, gimbals: remember(vehicle.gimbals, { atMs, q, yawFrame: yawFrameOf(fields.flags) }) }
  },

  GIMBAL_MANAGER_INFORMATION: (vehicle, { gimbal_device_id }, _atMs, comp) => ({
    ...vehicle,
    gimbalManager: { comp, deviceId: gimbal_device_id },
  }),

  GIMBAL_MANAGER_STATUS: (vehicle, { primary_control_sysid, primary_control_compid }, atMs) => ({
    ...vehicle,
    gimbalControl: { sys: primary_control_sysid, comp: primary_control_compid, atMs },
  }),

  CAMERA_INFORMATION: (vehicle, fields, _atMs, comp) => {
    const lens = [fields.sensor_size_h, fields.sensor_size_v].map(
      (size) => 2 * Math.atan(size / 2 / fields.focal_length),
    )
    const [h, v] = lens
    const known = h !== undefined && v !== undefined && h > 0 && v > 0 && fields.focal_length > 0
    return {
      ...vehicle,
      camera: {
        comp,
        deviceId: fields.camera_device_id,
        vendor: text(fields.vendor_name),
        model: text(fields.model_name),
        flags: fields.flags,
        widthPx: fields.resolution_h,
        heightPx: fields.resolution_v,
        lensFovRad: known ? [h, v] : null,
      },
    }
  },

  VIDEO_STREAM_INFORMATION(vehicle, fields, _atMs, comp) {
    const thermal = (fields.flags & VIDEO_STREAM_IS_THERMAL) !== 0
    const { stream_id: id, name, uri } = fields
    const videoStreams = new Map(vehicle.videoStreams).set(id, { id, name, thermal, uri })
    return { ...vehicle, videoStreams, ...(thermal ? { thermalStream: thermalStream(fields, comp) } : {}) }
  },

  // Of the stream that is known as the thermal one: its measuring may be switched on, and its lens zoomed.
  VIDEO_STREAM_STATUS: (vehicle, fields, _atMs, comp) =>
    vehicle.thermalStream?.comp === comp && vehicle.thermalStream.streamId === fields.stream_id
      ? { ...vehicle, thermalStream: thermalStream(fields, comp) }
      : vehicle,

  CAMERA_SETTINGS: (vehicle, { zoomLevel }, atMs) =>
    zoomLevel >= 0 && zoomLevel <= 100 ? { ...vehicle, zoom: { percent: zoomLevel, atMs } } : vehicle,

  CAMERA_CAPTURE_STATUS: (vehicle, { image_count }, atMs) =>
    image_count >= 0 ? { ...vehicle, imageCount: { count: image_count, atMs } } : vehicle,

  CAMERA_IMAGE_CAPTURED: (vehicle, { image_index, capture_result }, atMs) => ({
    ...vehicle,
    lastImage: { index: image_index, ok: capture_result === 1, atMs },
  }),

  CAMERA_FOV_STATUS: (vehicle, { hfov, vfov }) =>
    hfov > 0 && hfov < 180 && vfov > 0 && vfov < 180
      ? { ...vehicle, cameraFovRad: [radians(hfov), radians(vfov)] }
      : vehicle,
}
