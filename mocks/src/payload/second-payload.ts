import type { LngLat } from '@skerry/contract'
import { offsetM } from '../base/flat.ts'
import {
  aimed,
  controller,
  type Gimbal,
  gimbalAttitude,
  gimbalInformation,
  gimbalStatus,
  gimbalStep,
  LEVEL,
  point,
} from '../vehicle/gimbal.ts'
import { CMD, COMP, type Heard, MSG, RESULT, type Saying } from '../vehicle/mavlink.ts'
import { type Order, orderOf } from '../vehicle/order.ts'
import { dueStreams, NO_STREAMS, type Streams, withStream } from '../vehicle/streams.ts'
import { bootMs, type Vehicle } from '../vehicle/vehicle.ts'

/**
 * A second payload, of the kind that has components of its own: a gimbal that is its own manager and tells its attitude
 * in its own name, and a daylight camera on it that gives its one stream only when asked by number.
 */
export interface SecondPayload {
  readonly gimbal: Gimbal
  readonly streams: Streams
  readonly heartbeatAtMs: number
  readonly zoomPercent: number
  readonly images: number
  readonly sequence: number
}
export const secondPayload = (wallMs: number): SecondPayload => ({
  gimbal: LEVEL,
  streams: NO_STREAMS,
  heartbeatAtMs: wallMs,
  zoomPercent: 0,
  images: 0,
  sequence: 0,
})
type Out = readonly [SecondPayload, ...Saying[]]

const GIMBAL = { comp: COMP.secondGimbal, deviceId: 0 }
/** As managers and cameras number a gimbal that speaks for itself: by its component. */
const MANAGED = { comp: COMP.secondGimbal, deviceId: COMP.secondGimbal }
const STREAM = 1
const DEG = Math.PI / 180

const beat = (comp: number, type: number): Saying => ({
  comp,
  name: 'HEARTBEAT',
  fields: { type, autopilot: 8, base_mode: 0, custom_mode: 0, system_status: 4 },
})
const bytes = (text: string): Uint8Array => {
  const out = new Uint8Array(32)
  out.set(new TextEncoder().encode(text))
  return out
}

function message(p: SecondPayload, comp: number, id: number, param2: number, atMs: number): Saying | undefined {
  if (comp === COMP.secondGimbal) {
    if (id === MSG.GIMBAL_MANAGER_INFORMATION) return gimbalInformation(atMs, MANAGED)
    if (id === MSG.GIMBAL_MANAGER_STATUS) return gimbalStatus(p.gimbal, atMs, MANAGED)
    return id === MSG.GIMBAL_DEVICE_ATTITUDE_STATUS ? gimbalAttitude(p.gimbal, atMs, GIMBAL) : undefined
  }
  switch (id) {
    case MSG.CAMERA_INFORMATION:
      return information(atMs)
    case MSG.CAMERA_SETTINGS: {
      const fields = { time_boot_ms: atMs, mode_id: 0, zoomLevel: p.zoomPercent, focusLevel: NaN, camera_device_id: 0 }
      return { comp, name: 'CAMERA_SETTINGS', fields }
    }
    case MSG.CAMERA_CAPTURE_STATUS:
      return captures(p, atMs)
    case MSG.VIDEO_STREAM_INFORMATION:
      return param2 === STREAM ? streamInformation() : undefined
    default:
      return undefined
  }
}

const information = (time_boot_ms: number): Saying => ({
  comp: COMP.secondCamera,
  name: 'CAMERA_INFORMATION',
  fields: {
    time_boot_ms,
    vendor_name: bytes('Skerry Simulators'),
    model_name: bytes('Daylight 4K'),
    firmware_version: 1,
    focal_length: 12,
    sensor_size_h: 7.7,
    sensor_size_v: 4.3,
    resolution_h: 3840,
    resolution_v: 2160,
    lens_id: 0,
    // captures images 2, has basic zoom 64, has video stream 256
    flags: 2 | 64 | 256,
    cam_definition_version: 0,
    cam_definition_uri: '',
    gimbal_device_id: COMP.secondGimbal,
    camera_device_id: 0,
  },
})
const captures = ({ images }: SecondPayload, time_boot_ms: number): Saying => ({
  comp: COMP.secondCamera,
  name: 'CAMERA_CAPTURE_STATUS',
  fields: {
    time_boot_ms,
    image_status: 0,
    video_status: 0,
    image_interval: 0,
    recording_time_ms: 0,
    available_capacity: 64_000,
    image_count: images,
    camera_device_id: 0,
  },
})
const streamInformation = (): Saying => ({
  comp: COMP.secondCamera,
  name: 'VIDEO_STREAM_INFORMATION',
  fields: {
    stream_id: STREAM,
    count: 1,
    type: 0,
    flags: 1,
    framerate: 30,
    resolution_h: 1920,
    resolution_v: 1080,
    bitrate: 8000,
    rotation: 0,
    hfov: 36,
    name: 'daylight',
    uri: 'rtsp://192.0.2.7/daylight',
    encoding: 1,
    camera_device_id: 0,
  },
})

/** One message from outside, for one of the two components or for all. */
export function payloadHears(p: SecondPayload, h: Heard, v: Vehicle, wallMs: number): Out {
  const order = orderOf(h)
  if (order === undefined) return [p]
  const to = h.message.fields as { target_system: number; target_component: number }
  if (to.target_system !== 0 && to.target_system !== v.setup.systemId) return [p]
  if (to.target_component === 0) return askedAll(p, order, bootMs(v, wallMs))
  const comp = to.target_component
  if (comp !== COMP.secondCamera && comp !== COMP.secondGimbal) return [p]
  const [result, next, ...says] = obeys(p, comp, order, h, v, wallMs)
  const fields = { command: order.command, result, progress: 0, result_param2: 0 }
  return [
    next,
    { comp, name: 'COMMAND_ACK', fields: { ...fields, target_system: h.sys, target_component: h.comp } },
    ...says,
  ]
}

/** What is asked of all is answered by who has it, and refused by nobody here. */
function askedAll(p: SecondPayload, o: Order, atMs: number): Out {
  if (o.command !== CMD.REQUEST_MESSAGE) return [p]
  const all = [COMP.secondGimbal, COMP.secondCamera].map((comp) => message(p, comp, o.p[0], o.p[1], atMs))
  return [p, ...all.filter((said) => said !== undefined)]
}

type Obeyed = readonly [number, SecondPayload, ...Saying[]]
function obeys(
  p: SecondPayload,
  comp: number,
  o: Order,
  from: { sys: number; comp: number },
  v: Vehicle,
  wallMs: number,
): Obeyed {
  const atMs = bootMs(v, wallMs)
  if (o.command === CMD.REQUEST_MESSAGE) {
    const said = message(p, comp, o.p[0], o.p[1], atMs)
    return said === undefined ? [RESULT.unsupported, p] : [RESULT.accepted, p, said]
  }
  if (o.command === CMD.SET_MESSAGE_INTERVAL) {
    if (message(p, comp, o.p[0], STREAM, atMs) === undefined) return [RESULT.denied, p]
    return [RESULT.accepted, { ...p, streams: withStream(p.streams, comp, o.p[0], o.p[1] / 1000, wallMs) }]
  }
  return comp === COMP.secondGimbal ? turns(p, o, from, v.setup.home, v.setup.homeAltAmslM) : pictures(p, o)
}

/** Obeys the station in control alone. */
function turns(
  p: SecondPayload,
  o: Order,
  from: { sys: number; comp: number },
  home: LngLat,
  homeAltAmslM: number,
): Obeyed {
  const { gimbal } = p
  if (o.command === CMD.DO_GIMBAL_MANAGER_CONFIGURE)
    return [RESULT.accepted, { ...p, gimbal: { ...gimbal, ...controller(gimbal, o, from) } }]
  if (gimbal.controlSys !== from.sys || gimbal.controlComp !== from.comp) return [RESULT.denied, p]
  switch (o.command) {
    case CMD.DO_GIMBAL_MANAGER_PITCHYAW:
      return [RESULT.accepted, { ...p, gimbal: point(gimbal, o.p[0], o.p[1]) }]
    case CMD.DO_SET_ROI_NONE:
      return [RESULT.accepted, { ...p, gimbal: { ...gimbal, roi: null } }]
    case CMD.DO_SET_ROI_LOCATION: {
      const [eM, nM] = offsetM(home, [o.y, o.x])
      return [RESULT.accepted, { ...p, gimbal: { ...gimbal, roi: { eM, nM, upM: o.z - homeAltAmslM } } }]
    }
    default:
      return [RESULT.unsupported, p]
  }
}

function pictures(p: SecondPayload, o: Order): Obeyed {
  if (o.command === CMD.SET_CAMERA_ZOOM) return [RESULT.accepted, { ...p, zoomPercent: o.p[1] }]
  if (o.command !== CMD.IMAGE_START_CAPTURE) return [RESULT.unsupported, p]
  if (o.p[3] !== 0 && o.p[3] === p.sequence) return [RESULT.accepted, p]
  // It says nothing about the single picture: its count shows it.
  return [RESULT.accepted, { ...p, images: p.images + 1, sequence: o.p[3] }]
}

export const payloadStep = (p: SecondPayload, v: Vehicle, dtS: number): SecondPayload => ({
  ...p,
  gimbal: gimbalStep(aimed(p.gimbal, v.flight), dtS),
})

const BEAT_MS = 1000
/** What it says by itself and what it was asked to repeat. */
export function payloadTick(p: SecondPayload, v: Vehicle, wallMs: number): Out {
  const says: Saying[] = []
  let next = p
  if (wallMs >= p.heartbeatAtMs) {
    says.push(beat(COMP.secondGimbal, 26), beat(COMP.secondCamera, 30))
    next = { ...next, heartbeatAtMs: Math.max(p.heartbeatAtMs + BEAT_MS, wallMs) }
  }
  const { due, next: streams } = dueStreams(next.streams, wallMs)
  if (due.length > 0) next = { ...next, streams }
  const atMs = bootMs(v, wallMs)
  return [next, ...says, ...due.flatMap((one) => message(next, one.comp, one.messageId, STREAM, atMs) ?? [])]
}

/** Where it looks, degrees: pitch from the horizon, yaw from north. */
export const looksAt = (p: SecondPayload, v: Vehicle): { pitchDeg: number; bearingDeg: number } => ({
  pitchDeg: p.gimbal.pitchDeg,
  bearingDeg: (((p.gimbal.yawDeg + v.flight.yawRad / DEG) % 360) + 360) % 360,
})
