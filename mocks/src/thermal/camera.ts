import type { EncodeFields } from '@skerry/mavlink-bridge'
import { type Order, orderOf } from '../vehicle/order.ts'
import { GIMBAL_ID, quaternion } from '../vehicle/gimbal.ts'
import { CMD, COMP, type Heard, MSG, RESULT, type Saying } from '../vehicle/mavlink.ts'
import { dueStreams, NO_STREAMS, type Streams, withStream } from '../vehicle/streams.ts'
import type { Pose } from './camera-view.ts'
import { groundLook } from './camera-view.ts'
import { hfovRad, type Optics, vfovRad } from './optics.ts'
import { CAMERA_PARAMS, type CameraParams, DEFINITION_URI, paramsHear } from './camera-params.ts'
import type { ThermalRange } from './thermal-image.ts'

/** The camera component on the wire: what it was asked for, and when it last said that it is there. */
export interface Camera {
  readonly streams: Streams
  readonly heartbeatAtMs: number
  /** Of its range, 0 widest. */
  readonly zoomPercent: number
  /** Pictures taken, and the number of the order for the last one: the same order again takes none. */
  readonly images: number
  readonly sequence: number
  readonly params: CameraParams
  /** It describes its parameters in a file of its own. */
  readonly described: boolean
}
export const cameraOn = (wallMs: number, described = true): Camera => ({
  described,
  params: CAMERA_PARAMS,
  streams: NO_STREAMS,
  heartbeatAtMs: wallMs,
  zoomPercent: 0,
  images: 0,
  sequence: 0,
})

/** What the camera needs to know about now. */
export interface CameraNow {
  readonly wallMs: number
  readonly bootMs: number
  readonly optics: Optics
  /** Pose as the vehicle believes it, with the origin's position: for what the camera reports. */
  readonly believed: Pose
  readonly toLngLat: (eM: number, nM: number) => readonly [number, number]
  readonly homeAltAmslM: number
  /** Takes the picture. */
  readonly frame: () => ThermalRange
}
type Out = readonly [Camera, ...Saying[]]

const comp = COMP.camera
const STREAM = 1
const UNKNOWN = 2_147_483_647
const DEG = 180 / Math.PI
const bytes = (text: string): Uint8Array => {
  const out = new Uint8Array(32)
  out.set(new TextEncoder().encode(text).subarray(0, 32))
  return out
}

const heartbeat: Saying = {
  comp,
  name: 'HEARTBEAT',
  // A camera is no autopilot: type 30, autopilot 8 (invalid), active.
  fields: { type: 30, autopilot: 8, base_mode: 0, custom_mode: 0, system_status: 4 },
}

const settings = (c: Camera, now: CameraNow): Saying => ({
  comp,
  name: 'CAMERA_SETTINGS',
  fields: { time_boot_ms: now.bootMs, mode_id: 0, zoomLevel: c.zoomPercent, focusLevel: NaN, camera_device_id: 0 },
})
const captureStatus = (c: Camera, now: CameraNow): Saying => ({
  comp,
  name: 'CAMERA_CAPTURE_STATUS',
  fields: {
    time_boot_ms: now.bootMs,
    image_status: 0,
    video_status: 0,
    image_interval: 0,
    recording_time_ms: 0,
    available_capacity: 32_000,
    image_count: c.images,
    camera_device_id: 0,
  },
})
function imageCaptured(c: Camera, now: CameraNow): Saying {
  const p = now.believed
  const [lng, lat] = now.toLngLat(p.eM, p.nM)
  return {
    comp,
    name: 'CAMERA_IMAGE_CAPTURED',
    fields: {
      time_boot_ms: now.bootMs,
      time_utc: BigInt(Math.round(now.wallMs)) * 1000n,
      camera_id: 0,
      lat: Math.round(lat * 1e7),
      lon: Math.round(lng * 1e7),
      alt: Math.round(p.altAmslM * 1000),
      relative_alt: Math.round((p.altAmslM - now.homeAltAmslM) * 1000),
      q: quaternion(p.rollRad, p.pitchRad, p.yawRad),
      image_index: c.images - 1,
      capture_result: 1,
      file_url: '',
    },
  }
}

const information = (c: Camera, now: CameraNow): Saying => ({
  comp,
  name: 'CAMERA_INFORMATION',
  fields: {
    time_boot_ms: now.bootMs,
    vendor_name: bytes('Skerry Simulators'),
    model_name: bytes('LWIR 640 9.1mm'),
    firmware_version: 0x00000001,
    focal_length: now.optics.focalMm,
    sensor_size_h: (now.optics.widthPx * now.optics.pitchUm) / 1000,
    sensor_size_v: (now.optics.heightPx * now.optics.pitchUm) / 1000,
    resolution_h: now.optics.widthPx,
    resolution_v: now.optics.heightPx,
    lens_id: 0,
    // captures images 2, has basic zoom 64, has video stream 256, has thermal range 4096
    flags: 2 | 64 | 256 | 4096,
    cam_definition_version: c.described ? 3 : 0,
    cam_definition_uri: c.described ? DEFINITION_URI : '',
    gimbal_device_id: GIMBAL_ID,
    camera_device_id: 0,
  },
})

const streamFields = (now: CameraNow): EncodeFields<'VIDEO_STREAM_STATUS'> => ({
  stream_id: STREAM,
  framerate: 30,
  bitrate: 2000,
  // running 1, thermal 2, thermal range enabled 4
  flags: 1 | 2 | 4,
  resolution_h: now.optics.widthPx,
  resolution_v: now.optics.heightPx,
  rotation: 0,
  hfov: Math.round(hfovRad(now.optics) * DEG),
  camera_device_id: 0,
})

function fovStatus(now: CameraNow): Saying {
  const p = now.believed
  const [lng, lat] = now.toLngLat(p.eM, p.nM)
  const centre = groundLook(p, now.optics)([0.5, 0.5], now.homeAltAmslM)
  const seen = centre === undefined ? undefined : now.toLngLat(centre.eM, centre.nM)
  return {
    comp,
    name: 'CAMERA_FOV_STATUS',
    fields: {
      time_boot_ms: now.bootMs,
      lat_camera: Math.round(lat * 1e7),
      lon_camera: Math.round(lng * 1e7),
      alt_camera: Math.round(p.altAmslM * 1000),
      lat_image: seen === undefined ? UNKNOWN : Math.round(seen[1] * 1e7),
      lon_image: seen === undefined ? UNKNOWN : Math.round(seen[0] * 1e7),
      alt_image: seen === undefined ? UNKNOWN : Math.round(now.homeAltAmslM * 1000),
      q: quaternion(p.rollRad, p.pitchRad, p.yawRad),
      hfov: hfovRad(now.optics) * DEG,
      vfov: vfovRad(now.optics) * DEG,
      camera_device_id: 0,
    },
  }
}

function thermalRange(now: CameraNow): Saying {
  const frame = now.frame()
  return {
    comp,
    name: 'CAMERA_THERMAL_RANGE',
    fields: {
      time_boot_ms: now.bootMs,
      stream_id: STREAM,
      camera_device_id: 0,
      max: frame.maxC,
      max_point_x: frame.maxAt[0],
      max_point_y: frame.maxAt[1],
      min: frame.minC,
      min_point_x: frame.minAt[0],
      min_point_y: frame.minAt[1],
    },
  }
}

function message(c: Camera, id: number, now: CameraNow): Saying | undefined {
  switch (id) {
    case MSG.HEARTBEAT:
      return heartbeat
    case MSG.CAMERA_INFORMATION:
      return information(c, now)
    case MSG.CAMERA_SETTINGS:
      return settings(c, now)
    case MSG.CAMERA_CAPTURE_STATUS:
      return captureStatus(c, now)
    case MSG.VIDEO_STREAM_INFORMATION: {
      const name = { count: 1, type: 0, name: 'thermal', uri: '', encoding: 1 }
      return { comp, name: 'VIDEO_STREAM_INFORMATION', fields: { ...streamFields(now), ...name } }
    }
    case MSG.VIDEO_STREAM_STATUS:
      return { comp, name: 'VIDEO_STREAM_STATUS', fields: streamFields(now) }
    case MSG.CAMERA_FOV_STATUS:
      return fovStatus(now)
    case MSG.CAMERA_THERMAL_RANGE:
      return thermalRange(now)
    default:
      return undefined
  }
}

const SENDS: ReadonlySet<number> = new Set([0, 259, 260, 262, 269, 270, 271, 277])

/** One message from outside; only commands to this component (or to all of them) are answered. */
export function cameraHears(c: Camera, h: Heard, systemId: number, now: CameraNow): Out {
  const order = orderOf(h)
  const to = h.message.fields as { target_system: number; target_component: number }
  if (to.target_system !== 0 && to.target_system !== systemId) return [c]
  if (to.target_component !== comp && to.target_component !== 0) return [c]
  if (order === undefined) {
    const [params, ...says] = (to.target_component === comp ? paramsHear(c.params, h) : undefined) ?? [c.params]
    return [params === c.params ? c : { ...c, params }, ...says]
  }
  const forAll = to.target_component === 0
  const id = wantedMessage(order.command, order.p[0])
  // What was said to all components is the autopilot's to refuse.
  if (forAll && (id === undefined || !SENDS.has(id) || id === MSG.HEARTBEAT)) return [c]
  const answer = (result: number): Saying => {
    const fields = { command: order.command, result, progress: 0, result_param2: 0 }
    return { comp, name: 'COMMAND_ACK', fields: { ...fields, target_system: h.sys, target_component: h.comp } }
  }
  if (id === undefined) {
    const [result, next, ...says] = obeys(c, order, now)
    return [next, answer(result), ...says]
  }
  if (order.command === CMD.SET_MESSAGE_INTERVAL) {
    const streamId = order.p[2]
    const known = SENDS.has(id) && (id !== MSG.CAMERA_THERMAL_RANGE || streamId === 0 || streamId === STREAM)
    if (!known) return [c, answer(RESULT.denied)]
    return [{ ...c, streams: withStream(c.streams, comp, id, order.p[1] / 1000, now.wallMs) }, answer(RESULT.accepted)]
  }
  const said = message(c, id, now)
  return said === undefined ? [c, answer(RESULT.failed)] : [c, answer(RESULT.accepted), said]
}

/** CAMERA_ZOOM_TYPE: of the whole range. */
const ZOOM_RANGE = 2
function obeys(c: Camera, { command, p }: Order, now: CameraNow): readonly [number, Camera, ...Saying[]] {
  if (command === CMD.SET_CAMERA_ZOOM) {
    if (p[0] !== ZOOM_RANGE || !(p[1] >= 0 && p[1] <= 100)) return [RESULT.denied, c]
    return [RESULT.accepted, { ...c, zoomPercent: p[1] }]
  }
  if (command === CMD.IMAGE_START_CAPTURE) {
    if (p[2] !== 1) return [RESULT.unsupported, c]
    if (p[3] !== 0 && p[3] === c.sequence) return [RESULT.accepted, c]
    const taken = { ...c, images: c.images + 1, sequence: p[3] }
    return [RESULT.accepted, taken, imageCaptured(taken, now)]
  }
  return [RESULT.unsupported, c]
}

function wantedMessage(command: number, first: number): number | undefined {
  if (command === CMD.REQUEST_CAMERA_INFORMATION) return MSG.CAMERA_INFORMATION
  if (command === CMD.REQUEST_VIDEO_STREAM_INFORMATION) return MSG.VIDEO_STREAM_INFORMATION
  return command === CMD.REQUEST_MESSAGE || command === CMD.SET_MESSAGE_INTERVAL ? first : undefined
}

/** What the camera says by itself and what it was asked to repeat. */
export function cameraTick(c: Camera, now: CameraNow): Out {
  const says: Saying[] = []
  let next = c
  if (now.wallMs >= c.heartbeatAtMs) {
    says.push(heartbeat)
    next = { ...next, heartbeatAtMs: Math.max(c.heartbeatAtMs + 1000, now.wallMs) }
  }
  const { due, next: streams } = dueStreams(next.streams, now.wallMs)
  if (due.length > 0) next = { ...next, streams }
  for (const stream of due) {
    const said = message(next, stream.messageId, now)
    if (said !== undefined) says.push(said)
  }
  return [next, ...says]
}
