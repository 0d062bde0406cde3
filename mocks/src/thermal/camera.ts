import type { EncodeFields } from '@skerry/mavlink-bridge'
import { orderOf } from '../vehicle/order.ts'
import { GIMBAL_ID, quaternion } from '../vehicle/gimbal.ts'
import { CMD, COMP, type Heard, MSG, RESULT, type Saying } from '../vehicle/mavlink.ts'
import { dueStreams, NO_STREAMS, type Streams, withStream } from '../vehicle/streams.ts'
import type { Pose } from './camera-view.ts'
import { groundLook } from './camera-view.ts'
import { hfovRad, type Optics, vfovRad } from './optics.ts'
import type { ThermalRange } from './thermal-image.ts'

/** The camera component on the wire: what it was asked for, and when it last said that it is there. */
export interface Camera {
  readonly streams: Streams
  readonly heartbeatAtMs: number
}
export const cameraOn = (wallMs: number): Camera => ({ streams: NO_STREAMS, heartbeatAtMs: wallMs })

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

const information = (now: CameraNow): Saying => ({
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
    // has video stream 256, has thermal range 4096
    flags: 256 | 4096,
    cam_definition_version: 0,
    cam_definition_uri: '',
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

function message(id: number, now: CameraNow): Saying | undefined {
  switch (id) {
    case MSG.HEARTBEAT:
      return heartbeat
    case MSG.CAMERA_INFORMATION:
      return information(now)
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

const SENDS: ReadonlySet<number> = new Set([0, 259, 269, 270, 271, 277])

/** One message from outside; only commands to this component (or to all of them) are answered. */
export function cameraHears(c: Camera, h: Heard, systemId: number, now: CameraNow): Out {
  const order = orderOf(h)
  if (order === undefined) return [c]
  const to = h.message.fields as { target_system: number; target_component: number }
  if (to.target_system !== 0 && to.target_system !== systemId) return [c]
  if (to.target_component !== comp && to.target_component !== 0) return [c]
  const forAll = to.target_component === 0
  const id = wantedMessage(order.command, order.p[0])
  // What was said to all components is the autopilot's to refuse.
  if (forAll && (id === undefined || !SENDS.has(id) || id === MSG.HEARTBEAT)) return [c]
  const answer = (result: number): Saying => {
    const fields = { command: order.command, result, progress: 0, result_param2: 0 }
    return { comp, name: 'COMMAND_ACK', fields: { ...fields, target_system: h.sys, target_component: h.comp } }
  }
  if (id === undefined) return [c, answer(RESULT.unsupported)]
  if (order.command === CMD.SET_MESSAGE_INTERVAL) {
    const streamId = order.p[2]
    const known = SENDS.has(id) && (id !== MSG.CAMERA_THERMAL_RANGE || streamId === 0 || streamId === STREAM)
    if (!known) return [c, answer(RESULT.denied)]
    return [{ ...c, streams: withStream(c.streams, comp, id, order.p[1] / 1000, now.wallMs) }, answer(RESULT.accepted)]
  }
  const said = message(id, now)
  return said === undefined ? [c, answer(RESULT.failed)] : [c, answer(RESULT.accepted), said]
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
    const said = message(stream.messageId, now)
    if (said !== undefined) says.push(said)
  }
  return [next, ...says]
}
