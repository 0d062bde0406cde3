import type { TrackFix } from './track-point.ts'

/**
 * A stretch of one mover's track as bytes: some 14 a point, where a row of a table takes a hundred.
 * version u8, count, then for each point in order of time, all of them variable-length integers (LEB128, signed ones
 * zigzag): ms since the point before, change of the time it took to come in (ms), change of longitude and latitude
 * (1e-7 deg), accuracy (0.1 m), heading (0.1 deg), speed (cm/s), height (0.1 m); of the last four 0 is unknown, the value
 * is one more. Loss: half of each step.
 */
const VERSION = 1
const DEGREES = 1e7

/** @param fixes ascending by `atMs` */
export function encodeTrack(fixes: readonly TrackFix[]): Uint8Array {
  const out = writer()
  out.byte(VERSION)
  out.unsigned(fixes.length)
  let [atMs, delayMs, lng, lat] = [0, 0, 0, 0]
  for (const fix of fixes) {
    const nextAtMs = Math.round(fix.atMs)
    const nextDelayMs = Math.round(fix.receivedAtMs) - nextAtMs
    const nextLng = Math.round(fix.lngLat[0] * DEGREES)
    const nextLat = Math.round(fix.lngLat[1] * DEGREES)
    if (nextAtMs < atMs) throw new RangeError('a track block is in order of time')
    out.unsigned(nextAtMs - atMs)
    out.signed(nextDelayMs - delayMs)
    out.signed(nextLng - lng)
    out.signed(nextLat - lat)
    out.known(fix.accuracyM, 10)
    out.known(fix.headingDeg, 10)
    out.known(fix.speedMps, 100)
    out.unsigned(fix.heightM === null ? 0 : zigzag(Math.round(fix.heightM * 10)) + 1)
    atMs = nextAtMs
    delayMs = nextDelayMs
    lng = nextLng
    lat = nextLat
  }
  return out.bytes()
}

/** @throws RangeError on bytes that are no whole block */
export function decodeTrack(bytes: Uint8Array): TrackFix[] {
  const read = reader(bytes)
  if (read.byte() !== VERSION) throw new RangeError('not a track block')
  const count = read.unsigned()
  const fixes: TrackFix[] = []
  let [atMs, delayMs, lng, lat] = [0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    atMs += read.unsigned()
    delayMs += read.signed()
    lng += read.signed()
    lat += read.signed()
    const accuracyM = read.known(10)
    const headingDeg = read.known(10)
    const speedMps = read.known(100)
    const height = read.unsigned()
    fixes.push({
      atMs,
      receivedAtMs: atMs + delayMs,
      lngLat: [lng / DEGREES, lat / DEGREES],
      accuracyM,
      headingDeg,
      speedMps,
      heightM: height === 0 ? null : unzigzag(height - 1) / 10,
    })
  }
  if (!read.atEnd()) throw new RangeError('a track block with something behind it')
  return fixes
}

const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1)
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

function writer() {
  let buffer = new Uint8Array(512)
  let size = 0
  const byte = (value: number): void => {
    if (size === buffer.length) {
      const bigger = new Uint8Array(buffer.length * 2)
      bigger.set(buffer)
      buffer = bigger
    }
    buffer[size++] = value
  }
  // Numbers go beyond 32 bits (times), so no shifts.
  const unsigned = (value: number): void => {
    let rest = value
    while (rest >= 128) {
      byte((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    byte(rest)
  }
  return {
    byte,
    unsigned,
    signed: (value: number): void => unsigned(zigzag(value)),
    known: (value: number | null, scale: number): void =>
      unsigned(value === null ? 0 : Math.max(0, Math.round(value * scale)) + 1),
    bytes: (): Uint8Array => buffer.slice(0, size),
  }
}

function reader(bytes: Uint8Array) {
  let at = 0
  const byte = (): number => {
    const value = bytes[at++]
    if (value === undefined) throw new RangeError('track block cut short')
    return value
  }
  const unsigned = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const part = byte()
      value += (part % 128) * scale
      if (part < 128) return value
      if (scale > Number.MAX_SAFE_INTEGER / 128) throw new RangeError('track block with an endless number')
    }
  }
  return {
    byte,
    unsigned,
    signed: (): number => unzigzag(unsigned()),
    known(scale: number): number | null {
      const value = unsigned()
      return value === 0 ? null : (value - 1) / scale
    },
    atEnd: (): boolean => at === bytes.length,
  }
}
