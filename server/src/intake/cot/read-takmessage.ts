import { childOf, readXml } from '../xml/read-xml.ts'
import { circularError, type CotEvent, type TakControl } from './event.ts'
import { readFields, type WireField } from './protobuf.ts'
import { detailOf } from './read-event.ts'

/** Field numbers of the TAK protocol, version 1 (takmessage.proto, cotevent.proto, detail.proto, track.proto). */
const MESSAGE = { control: 1, event: 2 }
const CONTROL = { min: 1, max: 2, uid: 3 }
const EVENT = { type: 1, uid: 5, sendTime: 6, staleTime: 8, how: 9, lat: 10, lon: 11, ce: 13, detail: 15 }
const DETAIL = { xml: 1, track: 7 }
const TRACK = { speed: 1, course: 2 }

/** A TAK message: an event, what its sender reads, both, or none of them. */
export interface TakMessage {
  event: CotEvent | null
  control: TakControl | null
}

/** Reads a TAK message; null for what is none. */
export function readTakMessage(bytes: Buffer): TakMessage | null {
  const message = readFields(bytes)
  if (message === null) return null
  const [said, body] = [bytesAt(message, MESSAGE.control), bytesAt(message, MESSAGE.event)]
  const control = said === null ? null : readControl(said)
  const event = body === null ? null : readEvent(body)
  if ((said !== null && control === null) || (body !== null && event === null)) return null
  return { event, control }
}

function readControl(bytes: Buffer): TakControl | null {
  const fields = readFields(bytes)
  if (fields === null) return null
  const uid = textAt(fields, CONTROL.uid)
  // A version that is left out is 1.
  const [min, max] = [wholeAt(fields, CONTROL.min) || 1, wholeAt(fields, CONTROL.max) || 1]
  return { min, max, uid: uid === '' || uid.length > 256 ? null : uid }
}

function readEvent(bytes: Buffer): CotEvent | null {
  const event = readFields(bytes)
  if (event === null) return null
  const [uid, type] = [textAt(event, EVENT.uid), textAt(event, EVENT.type)]
  const [lat, lng] = [doubleAt(event, EVENT.lat), doubleAt(event, EVENT.lon)]
  const atMs = wholeAt(event, EVENT.sendTime)
  if (uid === '' || uid.length > 256 || !/^[\w.-]{1,80}$/.test(type) || atMs > 8.64e15) return null
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lng) <= 180)) return null
  const said = readDetail(bytesAt(event, EVENT.detail), type)
  if (said === null) return null
  return {
    uid,
    type,
    how: textAt(event, EVENT.how),
    atMs,
    staleMs: wholeAt(event, EVENT.staleTime),
    lng,
    lat,
    accuracyM: circularError(doubleAt(event, EVENT.ce)),
    ...said,
  }
}

/** The XML part holds what has no field of its own; where both say the same thing, the XML counts (detail.proto). */
function readDetail(bytes: Buffer | null, type: string): ReturnType<typeof detailOf> | null {
  const fields = bytes === null ? [] : readFields(bytes)
  if (fields === null) return null
  const xml = textAt(fields, DETAIL.xml)
  const element = readXml(`<detail>${xml}</detail>`)
  if (element === null) return null
  const said = detailOf(element, type)
  const track = bytesAt(fields, DETAIL.track)
  const moves = track === null ? null : readFields(track)
  if (track === null || moves === null) return track === null ? said : null
  if (childOf(element, 'track') !== undefined) return said
  const [speed, course] = [doubleAt(moves, TRACK.speed), doubleAt(moves, TRACK.course)]
  return {
    ...said,
    speedMps: speed >= 0 && speed <= 200 ? speed : null,
    courseDeg: course >= 0 && course <= 360 ? course : null,
  }
}

const valueAt = (fields: readonly WireField[], number: number): WireField['value'] | undefined =>
  fields.findLast(({ field }) => field === number)?.value

function bytesAt(fields: readonly WireField[], number: number): Buffer | null {
  const value = valueAt(fields, number)
  return Buffer.isBuffer(value) ? value : null
}
const textAt = (fields: readonly WireField[], number: number): string => bytesAt(fields, number)?.toString('utf8') ?? ''
/** A field that is left out is 0. */
function doubleAt(fields: readonly WireField[], number: number): number {
  const value = valueAt(fields, number)
  return typeof value === 'number' ? value : 0
}
function wholeAt(fields: readonly WireField[], number: number): number {
  const value = valueAt(fields, number)
  return typeof value === 'bigint' ? Number(value) : 0
}
