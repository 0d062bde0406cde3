import type { LngLat } from '@skerry/contract'
import { xmlText } from '@skerry/exchange'
import { NOT_KNOWN, type TakControl } from './event.ts'
import { writeBytes, writeDouble, writeVarint, writeWhole } from './protobuf.ts'
import { TAK_HEAD } from './cot-framer.ts'

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
  /** Measured by a machine (default), or put there by a person. */
  how?: 'm-g' | 'h-e'
  /** Another event that this one takes off the map. */
  removes?: { uid: string; type: string }
}

/** Every event: both forms are written from it. */
interface Written {
  uid: string
  type: string
  atMs: number
  staleMs: number
  lngLat: LngLat
  /** Of each error: metres, or `NOT_KNOWN`. */
  ce: number
  hae: number
  callSign: string | null
  how: string
  /** Speed and course go together: half of them would have to be made up. */
  track: { speedMps: number; courseDeg: number } | null
  /** More of the detail, as XML. */
  more: string
}

/** With the XML header that servers ask for, and nothing after the event. */
export const writeCotXml = (event: OutEvent): string => xmlOf(writtenOf(event))
/** The same as a TAK message, version 1. */
export const writeTakMessage = (event: OutEvent): Buffer => messageOf(writtenOf(event))

/** A word of the protocol itself: about no place. */
export interface ControlEvent {
  uid: string
  type: 't-x-takp-v' | 't-x-takp-q' | 't-x-takp-r' | 't-x-c-t-r'
  atMs: number
  /** Inside of its `TakControl`, as XML; none: no `TakControl`. */
  control: string
}
export const writeControlXml = (event: ControlEvent): string => xmlOf(controlOf(event))
export const writeControlMessage = (event: ControlEvent): Buffer => messageOf(controlOf(event))

/** What we read, told to a network. */
export function writeTakControl({ min, max, uid }: TakControl): Buffer {
  const named = uid === null ? [] : [writeBytes(3, uid)]
  return writeBytes(1, Buffer.concat([writeWhole(1, min), writeWhole(2, max), ...named]))
}

/** A TAK message for a stream: its length before it. */
export const inStream = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xbf]), writeVarint(message.length), message])
/** A TAK message for a datagram: the version before it. */
export const inDatagram = (message: Buffer): Buffer => Buffer.concat([TAK_HEAD, message])

function writtenOf({ accuracyM, speedMps, courseDeg, how = 'm-g', removes, ...event }: OutEvent): Written {
  const track = speedMps === null || courseDeg === null ? null : { speedMps, courseDeg }
  const more = removes
    ? `<link uid="${xmlText(removes.uid)}" type="${xmlText(removes.type)}" relation="none"/><__forcedelete/>`
    : ''
  return { ...event, how, track, ce: accuracyM ?? NOT_KNOWN, hae: NOT_KNOWN, more }
}

const CONTROL_LASTS_MS = 60_000
function controlOf({ uid, type, atMs, control }: ControlEvent): Written {
  const more = control === '' ? '' : `<TakControl>${control}</TakControl>`
  const nowhere = { lngLat: [0, 0] as LngLat, ce: NOT_KNOWN, hae: 0, callSign: null, how: 'm-g', track: null }
  return { uid, type, atMs, staleMs: atMs + CONTROL_LASTS_MS, ...nowhere, more }
}

const time = (ms: number): string => new Date(ms).toISOString()
/** A number as the schema of events has it: a point, no exponent; 1e-9 degrees are 0.1 mm. */
function decimal(value: number): string {
  const text = value.toFixed(9).replace(/0+$/, '')
  return text.endsWith('.') ? `${text}0` : text
}

function xmlOf({ uid, type, how, atMs, staleMs, lngLat, ce, hae, callSign, track, more }: Written): string {
  const [lng, lat] = lngLat
  const contact = callSign === null ? '' : `<contact callsign="${xmlText(callSign)}"/>`
  const moves = track === null ? '' : `<track speed="${decimal(track.speedMps)}" course="${decimal(track.courseDeg)}"/>`
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<event version="2.0" uid="${xmlText(uid)}" type="${xmlText(type)}" ` +
    `time="${time(atMs)}" start="${time(atMs)}" stale="${time(staleMs)}" how="${how}">` +
    `<point lat="${decimal(lat)}" lon="${decimal(lng)}" hae="${decimal(hae)}" ` +
    `ce="${decimal(ce)}" le="${decimal(NOT_KNOWN)}"/><detail>${contact}${moves}${more}</detail></event>`
  )
}

function messageOf({ uid, type, how, atMs, staleMs, lngLat, ce, hae, callSign, track, more }: Written): Buffer {
  const detail = Buffer.concat([
    ...(more === '' ? [] : [writeBytes(1, more)]),
    ...(callSign === null ? [] : [writeBytes(2, writeBytes(2, callSign))]),
    ...(track === null
      ? []
      : [writeBytes(7, Buffer.concat([writeDouble(1, track.speedMps), writeDouble(2, track.courseDeg)]))]),
  ])
  const event = Buffer.concat([
    writeBytes(1, type),
    writeBytes(5, uid),
    writeWhole(6, Math.round(atMs)),
    writeWhole(7, Math.round(atMs)),
    writeWhole(8, Math.round(staleMs)),
    writeBytes(9, how),
    writeDouble(10, lngLat[1]),
    writeDouble(11, lngLat[0]),
    writeDouble(12, hae),
    writeDouble(13, ce),
    writeDouble(14, NOT_KNOWN),
    writeBytes(15, detail),
  ])
  return writeBytes(2, event)
}
