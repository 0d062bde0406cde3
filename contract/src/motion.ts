import { UnitKind, UnitStatus } from './units.ts'

/**
 * Motion plane blocks: positions of many things in one binary block, column by column, little-endian.
 * Encoded once per tick and topic; a message to a console is one or more of them, one after the other.
 * Records have a fixed size and say everything about a mover: a delta holds those that moved, a keyframe all. A record
 * that was the difference to the last one would save four bytes of fifteen, and lose a mover for good with one block.
 *
 * header 22 bytes: 'M' u8 | version 2 u8 | kind u8 (0x80 added: keyframe) | topic zoom u8 | tile x u16 | tile y u16
 *                  | moved count u16 | gone count u16 | tick time u48 (ms since 1970, UTC) | sequence u32
 * moved columns:   handle u16[] | age of the fix u16[] | age of its receipt u16[] | lng u24[] | lat u24[]
 *                  (parts of the tile's width and height, from west and south)
 *                  | heading u8[] (360/255 deg steps, 255 = unknown) | speed u8[] (half metres per second, 255 = unknown)
 *                  | state u8[] (kind dependent)
 * gone column:     handle u16[]
 * 15 bytes per mover. Loss: position 0.5 cm, heading 0.7 deg, speed 0.25 m/s; ages 0.05 s up to 100 minutes, then 30 s.
 */
export const MOVER_KINDS = ['unit', 'drone', 'vessel'] as const
export type MoverKind = (typeof MOVER_KINDS)[number]
const MAGIC = 0x4d
const VERSION = 2
const KEYFRAME = 0x80
const HEADER = 22
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

/** Columns of movers; index i of each column is one mover. Unknown heading, speed: NaN. Ages that are unknown or over 93 hours: Infinity. */
export interface MoverColumns {
  count: number
  handle: Uint16Array
  /** Interleaved lng, lat in degrees. */
  positions: Float64Array
  headingDeg: Float32Array
  speedMps: Float32Array
  /** Since the position was true by its source's clock; negative where that clock is ahead. */
  ageS: Float32Array
  /** Since the server received it. */
  receivedAgeS: Float32Array
  state: Uint8Array
}

/** What a block is, without its movers. */
export interface MotionHead {
  topic: MotionTopic
  /** Everything in the topic; else what changed since the block of the sequence before. */
  keyframe: boolean
  tickAtMs: number
  /** Rises by one with every delta of the topic; a keyframe has that of the last delta before it. */
  sequence: number
}

export interface MotionFrame extends MotionHead {
  moved: MoverColumns
  gone: Uint16Array
}

/** Zoom of the fixed tiles that topics are made of: 1.4 degrees, a handful for an archipelago. */
export const TOPIC_ZOOM = 8
/** Motion topics that a console may have joined at once: what a view of 3840 x 2160 at zoom 6 needs with its surroundings. */
export const MOST_MOTION_TOPICS = 2000

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
    receivedAgeS: new Float32Array(count).fill(Infinity),
    state: new Uint8Array(count),
  }
}

/** A position outside the topic's tile comes out on the tile's edge. */
export function encodeMotion(frame: MotionFrame): Uint8Array<ArrayBuffer> {
  const { moved, gone, topic } = frame
  const n = moved.count
  if (n > 0xffff || gone.length > 0xffff) throw new RangeError('a motion frame holds at most 65,535 movers')
  const bytes = new Uint8Array(HEADER + n * BYTES_PER_MOVER + gone.length * 2)
  const view = new DataView(bytes.buffer)
  bytes[0] = MAGIC
  bytes[1] = VERSION
  bytes[2] = MOVER_KINDS.indexOf(topic.kind) | (frame.keyframe ? KEYFRAME : 0)
  bytes[3] = topic.z
  view.setUint16(4, topic.x, true)
  view.setUint16(6, topic.y, true)
  view.setUint16(8, n, true)
  view.setUint16(10, gone.length, true)
  view.setUint32(12, frame.tickAtMs % 2 ** 32, true)
  view.setUint16(16, Math.floor(frame.tickAtMs / 2 ** 32), true)
  view.setUint32(18, frame.sequence >>> 0, true)
  const at = offsets(n)
  const tile = tileBounds(topic)
  for (let i = 0; i < n; i++) {
    view.setUint16(at.handle + i * 2, moved.handle[i]!, true)
    view.setUint16(at.age + i * 2, toAge(moved.ageS[i]!), true)
    view.setUint16(at.receivedAge + i * 2, toAge(moved.receivedAgeS[i]!), true)
    setPart(bytes, at.lng + i * 3, (moved.positions[i * 2]! - tile.west) / tile.widthDeg)
    setPart(bytes, at.lat + i * 3, (moved.positions[i * 2 + 1]! - tile.south) / tile.heightDeg)
    bytes[at.heading + i] = toHeading(moved.headingDeg[i]!)
    bytes[at.speed + i] = toSpeed(moved.speedMps[i]!)
    bytes[at.state + i] = moved.state[i]!
  }
  for (let i = 0; i < gone.length; i++) view.setUint16(at.gone + i * 2, gone[i]!, true)
  return bytes
}

/** @throws RangeError on bytes that are not exactly one whole block */
export function decodeMotion(bytes: Uint8Array): MotionFrame {
  const [block, ...more] = motionBlocks(bytes)
  if (block === undefined || more.length > 0) throw new RangeError('not one motion block')
  return decodeBlock(block)
}

/** Every block of a message. @throws RangeError on a message that does not hold whole blocks and nothing else */
export const decodeMotionMessage = (bytes: Uint8Array): MotionFrame[] => motionBlocks(bytes).map(decodeBlock)

/** The blocks of a message, not decoded. @throws RangeError on a message that does not hold whole blocks and nothing else */
export function motionBlocks(bytes: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at)
    if (view.byteLength < HEADER || bytes[at] !== MAGIC || bytes[at + 1] !== VERSION)
      throw new RangeError('not a motion block')
    const size = HEADER + view.getUint16(8, true) * BYTES_PER_MOVER + view.getUint16(10, true) * 2
    if (size > view.byteLength || MOVER_KINDS[bytes[at + 2]! & ~KEYFRAME] === undefined)
      throw new RangeError('motion block cut short or of an unknown kind')
    blocks.push(bytes.subarray(at, at + size))
    at += size
  }
  return blocks
}

/** What a whole block is about. */
export function motionHead(block: Uint8Array): MotionHead {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  return {
    topic: {
      kind: MOVER_KINDS[block[2]! & ~KEYFRAME]!,
      z: block[3]!,
      x: view.getUint16(4, true),
      y: view.getUint16(6, true),
    },
    keyframe: (block[2]! & KEYFRAME) !== 0,
    tickAtMs: view.getUint32(12, true) + view.getUint16(16, true) * 2 ** 32,
    sequence: view.getUint32(18, true),
  }
}

function decodeBlock(bytes: Uint8Array): MotionFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = motionHead(bytes)
  const n = view.getUint16(8, true)
  const gone = new Uint16Array(view.getUint16(10, true))
  const moved = emptyColumns(n)
  const at = offsets(n)
  const tile = tileBounds(head.topic)
  for (let i = 0; i < n; i++) {
    moved.handle[i] = view.getUint16(at.handle + i * 2, true)
    moved.ageS[i] = fromAge(view.getUint16(at.age + i * 2, true))
    moved.receivedAgeS[i] = fromAge(view.getUint16(at.receivedAge + i * 2, true))
    moved.positions[i * 2] = tile.west + partAt(bytes, at.lng + i * 3) * tile.widthDeg
    moved.positions[i * 2 + 1] = tile.south + partAt(bytes, at.lat + i * 3) * tile.heightDeg
    const heading = bytes[at.heading + i]!
    moved.headingDeg[i] = heading === 255 ? NaN : (heading * 360) / 255
    const speed = bytes[at.speed + i]!
    moved.speedMps[i] = speed === 255 ? NaN : speed / 2
    moved.state[i] = bytes[at.state + i]!
  }
  for (let i = 0; i < gone.length; i++) gone[i] = view.getUint16(at.gone + i * 2, true)
  return { ...head, moved, gone }
}

/** Byte offset of each column for n movers. */
function offsets(
  n: number,
): Record<'handle' | 'age' | 'receivedAge' | 'lng' | 'lat' | 'heading' | 'speed' | 'state' | 'gone', number> {
  return {
    handle: HEADER,
    age: HEADER + 2 * n,
    receivedAge: HEADER + 4 * n,
    lng: HEADER + 6 * n,
    lat: HEADER + 9 * n,
    heading: HEADER + 12 * n,
    speed: HEADER + 13 * n,
    state: HEADER + 14 * n,
    gone: HEADER + 15 * n,
  }
}

interface TileBounds {
  west: number
  south: number
  widthDeg: number
  heightDeg: number
}

function tileBounds({ z, x, y }: Pick<MotionTopic, 'z' | 'x' | 'y'>): TileBounds {
  const n = 2 ** z
  const edge = (row: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / n))) * 180) / Math.PI
  const south = edge(y + 1)
  return { west: (x / n) * 360 - 180, south, widthDeg: 360 / n, heightDeg: edge(y) - south }
}

const PARTS = 2 ** 24

function setPart(bytes: Uint8Array, at: number, share: number): void {
  const part = Math.max(0, Math.min(PARTS - 1, Math.round(share * PARTS)))
  bytes[at] = part & 0xff
  bytes[at + 1] = (part >> 8) & 0xff
  bytes[at + 2] = part >> 16
}

const partAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) / PARTS

/** Tenths of a second from ten seconds in the future, then whole minutes up to 93 hours; the last is older or unknown. */
const FUTURE_TENTHS = 100
const MINUTES_FROM = 60_000
const FINE_S = (MINUTES_FROM - FUTURE_TENTHS) / 10
const UNKNOWN_AGE = 0xffff

function toAge(ageS: number): number {
  if (!Number.isFinite(ageS)) return UNKNOWN_AGE
  if (ageS < FINE_S) return Math.max(0, Math.round(ageS * 10) + FUTURE_TENTHS)
  return Math.min(UNKNOWN_AGE, MINUTES_FROM + Math.round((ageS - FINE_S) / 60))
}

function fromAge(code: number): number {
  if (code === UNKNOWN_AGE) return Infinity
  return code < MINUTES_FROM ? (code - FUTURE_TENTHS) / 10 : FINE_S + (code - MINUTES_FROM) * 60
}

function toHeading(headingDeg: number): number {
  if (!Number.isFinite(headingDeg)) return 255
  return Math.round(((((headingDeg % 360) + 360) % 360) * 255) / 360) % 255
}

function toSpeed(speedMps: number): number {
  return Number.isFinite(speedMps) ? Math.min(254, Math.round(Math.max(0, speedMps) * 2)) : 255
}
