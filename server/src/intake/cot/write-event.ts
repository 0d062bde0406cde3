import type { LngLat } from '@skerry/contract'
import { xmlText } from '../xml/read-xml.ts'
import { NOT_KNOWN } from './event.ts'
import { writeBytes, writeDouble, writeVarint, writeWhole } from './protobuf.ts'

/** What Skerry tells others: where a thing is. */
export interface OutEvent {
  uid: string
  type: string
  atMs: number
  staleMs: number
  lngLat: LngLat
  accuracyM: number | null
  speedMps: number | null
  courseDeg: number | null
  callSign: string
}

const time = (ms: number): string => new Date(ms).toISOString()

/** With the XML header that servers ask for, and nothing after the event. */
export function writeCotXml(event: OutEvent): string {
  const { uid, type, atMs, staleMs, lngLat, accuracyM, speedMps, courseDeg, callSign } = event
  const [lng, lat] = lngLat
  const track =
    speedMps === null && courseDeg === null ? '' : `<track speed="${speedMps ?? 0}" course="${courseDeg ?? 0}"/>`
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<event version="2.0" uid="${xmlText(uid)}" type="${xmlText(type)}" ` +
    `time="${time(atMs)}" start="${time(atMs)}" stale="${time(staleMs)}" how="m-g">` +
    `<point lat="${lat}" lon="${lng}" hae="${NOT_KNOWN}" ce="${accuracyM ?? NOT_KNOWN}" le="${NOT_KNOWN}"/>` +
    `<detail><contact callsign="${xmlText(callSign)}"/>${track}</detail></event>`
  )
}

/** The same as a TAK message, version 1, framed for a stream. */
export function writeTakMessage(event: OutEvent): Buffer {
  const { uid, type, atMs, staleMs, lngLat, accuracyM, speedMps, courseDeg, callSign } = event
  const track = Buffer.concat([writeDouble(1, speedMps ?? 0), writeDouble(2, courseDeg ?? 0)])
  const moves = speedMps === null && courseDeg === null ? [] : [writeBytes(7, track)]
  const detail = Buffer.concat([writeBytes(2, writeBytes(2, callSign)), ...moves])
  const body = Buffer.concat([
    writeBytes(1, type),
    writeBytes(5, uid),
    writeWhole(6, atMs),
    writeWhole(7, atMs),
    writeWhole(8, staleMs),
    writeBytes(9, 'm-g'),
    writeDouble(10, lngLat[1]),
    writeDouble(11, lngLat[0]),
    writeDouble(12, NOT_KNOWN),
    writeDouble(13, accuracyM ?? NOT_KNOWN),
    writeDouble(14, NOT_KNOWN),
    writeBytes(15, detail),
  ])
  const message = writeBytes(2, body)
  return Buffer.concat([Buffer.from([0xbf]), writeVarint(message.length), message])
}
