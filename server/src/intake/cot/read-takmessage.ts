import { readXml } from '../xml/read-xml.ts'
import { circularError, type CotEvent } from './event.ts'
import { readFields, type WireField } from './protobuf.ts'
import { detailOf } from './read-event.ts'

/** Field numbers of the TAK protocol, version 1 (takmessage.proto, cotevent.proto, detail.proto, track.proto). */
const COT_EVENT = 2
const EVENT = { type: 1, uid: 5, sendTime: 6, staleTime: 8, how: 9, lat: 10, lon: 11, ce: 13, detail: 15 }
const DETAIL = { xml: 1, track: 7 }
const TRACK = { speed: 1, course: 2 }

/** Reads a TAK message. `none`: well formed and without an event (protocol control). */
export function readTakMessage(bytes: Buffer): CotEvent | 'none' | null {
  const message = readFields(bytes)
  if (message === null) return null
  const body = bytesAt(message, COT_EVENT)
  if (body === null) return 'none'
  const event = readFields(body)
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

/** The XML part holds what has no field of its own; where both say the same thing, the field counts. */
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
