import { UnitKind, UnitStatus } from './units.ts'

/**
 * Motion plane frames: positions of many things in one binary block, column by column, little-endian.
 * Encoded once per tick and topic, sent to every client of the topic as it is; typed arrays on both ends.
 *
 * header 28 bytes: magic 'SKM1' u32 | kind u8 | flags u8 (1 = keyframe) | topic zoom u8 | 0 u8 | tile x u16 | tile y u16
 *                  | moved count u16 | gone count u16 | tick time f64 (ms since 1970, UTC) | sequence u32
 * moved columns:   lng i32[] (1e-7 deg) | lat i32[] | handle u16[] | age u16[] (tenths of a second, 65535 = older or unknown)
 *                  | heading u8[] (360/255 deg steps, 255 = unknown) | speed u8[] (half metres per second, 255 = unknown)
 *                  | state u8[] (kind dependent)
 * gone column:     handle u16[]
 * 15 bytes per mover. Float loss: position 1.1 cm, heading 0.7 deg, speed 0.25 m/s, age 0.05 s.
 */
export const MOVER_KINDS = ['unit', 'drone', 'vessel'] as const
export type MoverKind = (typeof MOVER_KINDS)[number]
const MAGIC = 0x314d4b53
const HEADER = 28
export const BYTES_PER_MOVER = 15

/**
 * State byte of a unit: index of its status in `UnitStatus.options` in the low four bits, of its kind in
 * `UnitKind.options` in the high four. State byte of a drone: 0 link lost, 1 degraded, 2 live; 4 added when armed.
 * That of a vessel: `vesselState`.
 */
export const unitState = (kind: UnitKind, status: UnitStatus): number =>
  UnitStatus.options.indexOf(status) | (UnitKind.options.indexOf(kind) << 4)

/** Fixed map tile of a topic (Web Mercator tile numbers). */
export interface MotionTopic {
  kind: MoverKind
  z: number
  x: number
  y: number
}

/** Columns of movers; index i of each column is one mover. Unknown heading, speed: NaN. Unknown age: Infinity. */
export interface MoverColumns {
  count: number
  handle: Uint16Array
  /** Interleaved lng, lat in degrees. */
  positions: Float64Array
  headingDeg: Float32Array
  speedMps: Float32Array
  ageS: Float32Array
  state: Uint8Array
}

export interface MotionFrame {
  topic: MotionTopic
  keyframe: boolean
  tickAtMs: number
  sequence: number
  moved: MoverColumns
  gone: Uint16Array
}

/** Zoom of the fixed tiles that topics are made of: 1.4 degrees, a handful for an archipelago. */
export const TOPIC_ZOOM = 8

/** Tile of a position at TOPIC_ZOOM. Latitudes beyond Web Mercator fall into the first or last row. */
export function topicTile(lngLat: readonly [number, number]): { z: number; x: number; y: number } {
  const n = 2 ** TOPIC_ZOOM
  const latRad = (Math.max(-85.05, Math.min(85.05, lngLat[1])) * Math.PI) / 180
  const x = Math.floor(((lngLat[0] + 180) / 360) * n)
  const y = Math.floor(((1 - Math.asinh(Math.tan(latRad)) / Math.PI) / 2) * n)
  return { z: TOPIC_ZOOM, x: Math.max(0, Math.min(n - 1, x)), y: Math.max(0, Math.min(n - 1, y)) }
}

export const topicName = (topic: MotionTopic): string => `motion/${topic.kind}/${topic.z}/${topic.x}/${topic.y}`

export function emptyColumns(count: number): MoverColumns {
  return {
    count,
    handle: new Uint16Array(count),
    positions: new Float64Array(count * 2),
    headingDeg: new Float32Array(count).fill(NaN),
    speedMps: new Float32Array(count).fill(NaN),
    ageS: new Float32Array(count).fill(Infinity),
    state: new Uint8Array(count),
  }
}

export function encodeMotion(frame: MotionFrame): Uint8Array<ArrayBuffer> {
  const { moved, gone, topic } = frame
  const n = moved.count
  if (n > 0xffff || gone.length > 0xffff) throw new RangeError('a motion frame holds at most 65,535 movers')
  const bytes = new Uint8Array(HEADER + n * BYTES_PER_MOVER + gone.length * 2)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint8(4, MOVER_KINDS.indexOf(topic.kind))
  view.setUint8(5, frame.keyframe ? 1 : 0)
  view.setUint8(6, topic.z)
  view.setUint16(8, topic.x, true)
  view.setUint16(10, topic.y, true)
  view.setUint16(12, n, true)
  view.setUint16(14, gone.length, true)
  view.setFloat64(16, frame.tickAtMs, true)
  view.setUint32(24, frame.sequence >>> 0, true)
  const at = offsets(n)
  for (let i = 0; i < n; i++) {
    view.setInt32(at.lng + i * 4, Math.round(moved.positions[i * 2]! * 1e7), true)
    view.setInt32(at.lat + i * 4, Math.round(moved.positions[i * 2 + 1]! * 1e7), true)
    view.setUint16(at.handle + i * 2, moved.handle[i]!, true)
    view.setUint16(at.age + i * 2, toAge(moved.ageS[i]!), true)
    bytes[at.heading + i] = toHeading(moved.headingDeg[i]!)
    bytes[at.speed + i] = toSpeed(moved.speedMps[i]!)
    bytes[at.state + i] = moved.state[i]!
  }
  for (let i = 0; i < gone.length; i++) view.setUint16(at.gone + i * 2, gone[i]!, true)
  return bytes
}

/** @throws RangeError on a block that is not a whole motion frame */
export function decodeMotion(bytes: Uint8Array): MotionFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || view.getUint32(0, true) !== MAGIC) throw new RangeError('not a motion frame')
  const n = view.getUint16(12, true)
  const goneCount = view.getUint16(14, true)
  const kind = MOVER_KINDS[view.getUint8(4)]
  if (kind === undefined || bytes.length !== HEADER + n * BYTES_PER_MOVER + goneCount * 2)
    throw new RangeError('motion frame cut short or of an unknown kind')
  const moved = emptyColumns(n)
  const at = offsets(n)
  for (let i = 0; i < n; i++) {
    moved.positions[i * 2] = view.getInt32(at.lng + i * 4, true) / 1e7
    moved.positions[i * 2 + 1] = view.getInt32(at.lat + i * 4, true) / 1e7
    moved.handle[i] = view.getUint16(at.handle + i * 2, true)
    const age = view.getUint16(at.age + i * 2, true)
    moved.ageS[i] = age === 0xffff ? Infinity : age / 10
    const heading = bytes[at.heading + i]!
    moved.headingDeg[i] = heading === 255 ? NaN : (heading * 360) / 255
    const speed = bytes[at.speed + i]!
    moved.speedMps[i] = speed === 255 ? NaN : speed / 2
    moved.state[i] = bytes[at.state + i]!
  }
  const gone = new Uint16Array(goneCount)
  for (let i = 0; i < goneCount; i++) gone[i] = view.getUint16(at.gone + i * 2, true)
  return {
    topic: { kind, z: view.getUint8(6), x: view.getUint16(8, true), y: view.getUint16(10, true) },
    keyframe: (view.getUint8(5) & 1) === 1,
    tickAtMs: view.getFloat64(16, true),
    sequence: view.getUint32(24, true),
    moved,
    gone,
  }
}

/** Byte offset of each column for n movers. */
function offsets(n: number): Record<'lng' | 'lat' | 'handle' | 'age' | 'heading' | 'speed' | 'state' | 'gone', number> {
  return {
    lng: HEADER,
    lat: HEADER + 4 * n,
    handle: HEADER + 8 * n,
    age: HEADER + 10 * n,
    heading: HEADER + 12 * n,
    speed: HEADER + 13 * n,
    state: HEADER + 14 * n,
    gone: HEADER + 15 * n,
  }
}

function toAge(ageS: number): number {
  return Number.isFinite(ageS) && ageS < 6553 ? Math.round(Math.max(0, ageS) * 10) : 0xffff
}

function toHeading(headingDeg: number): number {
  if (!Number.isFinite(headingDeg)) return 255
  return Math.round(((((headingDeg % 360) + 360) % 360) * 255) / 360) % 255
}

function toSpeed(speedMps: number): number {
  return Number.isFinite(speedMps) ? Math.min(254, Math.round(Math.max(0, speedMps) * 2)) : 255
}
