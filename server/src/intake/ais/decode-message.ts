import type { LngLat } from '@skerry/contract'
import type { Bits } from './bits.ts'
import { NO_IDENTITY, type AisIdentity, type AisMessage, type AisPosition, type AisStation } from './message.ts'

const KNOT_MPS = 1852 / 3600
/** Least bits of each type that has what we read. Some transponders leave out the last spare bits. */
const LEAST_BITS: Partial<Record<number, number>> = {
  1: 149,
  2: 149,
  3: 149,
  4: 149,
  5: 420,
  9: 149,
  11: 149,
  12: 72,
  14: 40,
  18: 148,
  19: 301,
  21: 269,
  24: 160,
  27: 94,
}

/** Reads one message. Types that say nothing about places, ships or safety come back with nothing in them. */
export function decodeMessage(bits: Bits): AisMessage | 'malformed' {
  const type = bits.unsigned(0, 6)
  const mmsi = bits.unsigned(8, 30)
  if (bits.length < 38 || type < 1 || type > 27 || mmsi === 0 || mmsi > 999_999_999) return 'malformed'
  if (bits.length < (LEAST_BITS[type] ?? 0)) return 'malformed'
  const message = { type, mmsi: digits(mmsi), position: null, identity: null, safety: null }
  switch (type) {
    case 1:
    case 2:
    case 3:
      return { ...message, position: classA(bits) }
    case 4:
    case 11:
      return { ...message, position: placed(bits, 'base-station', 79, 78) }
    case 5:
      return { ...message, identity: classAStatic(bits) }
    case 9:
      return { ...message, position: aircraft(bits) }
    case 12:
      return { ...message, safety: { to: digits(bits.unsigned(40, 30)), text: bits.text(72, 156) } }
    case 14:
      return { ...message, safety: { to: null, text: bits.text(40, 161) } }
    case 18:
      return { ...message, position: classB(bits) }
    case 19:
      return { ...message, position: classB(bits), identity: { ...named(bits, 143), ...shipOf(bits, 263, 271) } }
    case 21:
      return { ...message, position: aid(bits), identity: aidStatic(bits) }
    case 24:
      return { ...message, identity: partOf(bits, mmsi) }
    case 27:
      return { ...message, position: longRange(bits) }
    default:
      return message
  }
}

const digits = (mmsi: number): string => String(mmsi).padStart(9, '0')
const known = (value: number, unknown: number): number | null => (value === unknown ? null : value)
const worded = (text: string): string | null => (text === '' ? null : text)
const metres = (value: number): number | null => (value === 0 ? null : value)

/** Longitude and latitude in 1/10,000 minute; 181 and 91 degrees say "not known", and so does anything beyond the earth. */
function lngLatOf(lng: number, lat: number, perDegree = 600_000): LngLat | null {
  const place: LngLat = [lng / perDegree, lat / perDegree]
  return Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90 ? place : null
}

function placed(bits: Bits, station: AisStation, at: number, accuracyAt: number): AisPosition {
  return {
    station,
    lngLat: lngLatOf(bits.signed(at, 28), bits.signed(at + 28, 27)),
    accurate: bits.unsigned(accuracyAt, 1) === 1,
    speedMps: null,
    courseDeg: null,
    headingDeg: null,
    turnDegPerMin: null,
    navStatus: null,
    second: null,
    altitudeM: null,
    offPosition: null,
    virtual: null,
  }
}

/** 0.1 knots, 1023 not known. */
function speedOf(tenths: number): number | null {
  return tenths === 1023 ? null : (tenths / 10) * KNOT_MPS
}
/** 0.1 degrees, 3600 not known. */
const courseOf = (tenths: number): number | null => (tenths >= 3600 ? null : tenths / 10)
const headingOf = (value: number): number | null => (value >= 360 ? null : value)
const secondOf = (value: number): number | null => (value >= 60 ? null : value)

function classA(bits: Bits): AisPosition {
  const turn = bits.signed(42, 8)
  return {
    ...placed(bits, 'class-a', 61, 60),
    navStatus: bits.unsigned(38, 4),
    turnDegPerMin: Math.abs(turn) >= 127 ? null : Math.sign(turn) * (turn / 4.733) ** 2,
    speedMps: speedOf(bits.unsigned(50, 10)),
    courseDeg: courseOf(bits.unsigned(116, 12)),
    headingDeg: headingOf(bits.unsigned(128, 9)),
    second: secondOf(bits.unsigned(137, 6)),
  }
}

function classB(bits: Bits): AisPosition {
  return {
    ...placed(bits, 'class-b', 57, 56),
    speedMps: speedOf(bits.unsigned(46, 10)),
    courseDeg: courseOf(bits.unsigned(112, 12)),
    headingDeg: headingOf(bits.unsigned(124, 9)),
    second: secondOf(bits.unsigned(133, 6)),
  }
}

/** Search-and-rescue aircraft: speed in whole knots. */
function aircraft(bits: Bits): AisPosition {
  const speed = bits.unsigned(50, 10)
  return {
    ...placed(bits, 'aircraft', 61, 60),
    altitudeM: known(bits.unsigned(38, 12), 4095),
    speedMps: speed === 1023 ? null : speed * KNOT_MPS,
    courseDeg: courseOf(bits.unsigned(116, 12)),
    second: secondOf(bits.unsigned(128, 6)),
  }
}

function aid(bits: Bits): AisPosition {
  return {
    ...placed(bits, 'aid-to-navigation', 164, 163),
    second: secondOf(bits.unsigned(253, 6)),
    offPosition: bits.unsigned(259, 1) === 1,
    virtual: bits.unsigned(269, 1) === 1,
  }
}

/** Coarse, by satellite: 1/10 minute, whole knots and degrees. */
function longRange(bits: Bits): AisPosition {
  const speed = bits.unsigned(79, 6)
  const course = bits.unsigned(85, 9)
  return {
    ...placed(bits, 'long-range', 44, 38),
    lngLat: lngLatOf(bits.signed(44, 18), bits.signed(62, 17), 600),
    navStatus: bits.unsigned(40, 4),
    speedMps: speed === 63 ? null : speed * KNOT_MPS,
    courseDeg: course >= 360 ? null : course,
  }
}

const named = (bits: Bits, at: number): AisIdentity => ({ ...NO_IDENTITY, name: worded(bits.text(at, 20)) })

/** Type of ship, and its size from the four distances of the antenna. */
function shipOf(bits: Bits, typeAt: number, sizeAt: number): Pick<AisIdentity, 'shipType' | 'lengthM' | 'beamM'> {
  return { shipType: metres(bits.unsigned(typeAt, 8)), ...sizeOf(bits, sizeAt) }
}

function sizeOf(bits: Bits, at: number): Pick<AisIdentity, 'lengthM' | 'beamM'> {
  const length = bits.unsigned(at, 9) + bits.unsigned(at + 9, 9)
  const beam = bits.unsigned(at + 18, 6) + bits.unsigned(at + 24, 6)
  return { lengthM: metres(length), beamM: metres(beam) }
}

function classAStatic(bits: Bits): AisIdentity {
  return {
    ...named(bits, 112),
    ...shipOf(bits, 232, 240),
    imo: metres(bits.unsigned(40, 30)),
    callSign: worded(bits.text(70, 7)),
    draughtM: metres(bits.unsigned(294, 8) / 10),
    destination: worded(bits.text(302, 20)),
  }
}

function aidStatic(bits: Bits): AisIdentity {
  const more = bits.length > 272 ? bits.text(272, Math.floor((bits.length - 272) / 6)) : ''
  return {
    ...NO_IDENTITY,
    name: worded(bits.text(43, 20) + more),
    aidType: bits.unsigned(38, 5),
    ...sizeOf(bits, 219),
  }
}

/** Part A is the name; part B type, call sign and size. Of an auxiliary craft (MMSI 98...) the size is its mother ship's MMSI. */
function partOf(bits: Bits, mmsi: number): AisIdentity | null {
  const part = bits.unsigned(38, 2)
  if (part === 0) return named(bits, 40)
  if (part !== 1 || bits.length < 162) return null
  const size = Math.floor(mmsi / 10_000_000) === 98 ? {} : sizeOf(bits, 132)
  return { ...NO_IDENTITY, shipType: metres(bits.unsigned(40, 8)), callSign: worded(bits.text(90, 7)), ...size }
}
