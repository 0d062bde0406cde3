import type { TerminalAlarmCode } from '@skerry/contract'
import { TERMINAL_ALARM_BITS } from '@skerry/contract'
import type { SourceFix } from '../feeds/observation.ts'

/** Body of a location report (0x0200): where, when, and which alarm bits are set. */
export interface Location {
  /** Null when the receiver has no fix, or the position was encrypted on the way. */
  fix: SourceFix | null
  atMs: number
  alarms: readonly TerminalAlarmCode[]
}

const POSITIONED = 1 << 1
const SOUTH = 1 << 2
const WEST = 1 << 3
const SCRAMBLED = 1 << 5
/** Times are China Standard Time, without saying so. */
const ZONE_MS = 8 * 3_600_000
const BASIC_BYTES = 28

export function readLocation(body: Buffer): Location | 'malformed' {
  if (body.length < BASIC_BYTES || !wholeExtras(body.subarray(BASIC_BYTES))) return 'malformed'
  const status = body.readUInt32BE(4)
  const lat = body.readUInt32BE(8) / 1e6
  const lng = body.readUInt32BE(12) / 1e6
  const atMs = timeOf(body.subarray(22, 28))
  if (atMs === null || lat > 90 || lng > 180) return 'malformed'
  const heading = body.readUInt16BE(20)
  const speedMps = body.readUInt16BE(18) / 36
  const known = (status & POSITIONED) !== 0 && (status & SCRAMBLED) === 0
  const fix: SourceFix = {
    atMs,
    position: [(status & WEST) === 0 ? lng : -lng, (status & SOUTH) === 0 ? lat : -lat],
    ...(speedMps <= 200 ? { speedMps } : {}),
    ...(heading <= 360 ? { headingDeg: heading } : {}),
  }
  return { fix: known ? fix : null, atMs, alarms: alarmsIn(body.readUInt32BE(0)) }
}

/** Bodies of the late reports in a batch (0x0704). */
export function readBatch(body: Buffer): (Location | 'malformed')[] | 'malformed' {
  if (body.length < 3) return 'malformed'
  const count = body.readUInt16BE(0)
  const found: (Location | 'malformed')[] = []
  let at = 3
  for (let i = 0; i < count; i++) {
    if (at + 2 > body.length) return 'malformed'
    const size = body.readUInt16BE(at)
    if (at + 2 + size > body.length) return 'malformed'
    found.push(readLocation(body.subarray(at + 2, at + 2 + size)))
    at += 2 + size
  }
  return at === body.length ? found : 'malformed'
}

const alarmsIn = (bits: number): TerminalAlarmCode[] =>
  TERMINAL_ALARM_BITS.filter((_, bit) => (bits & (1 << bit)) !== 0).filter((code) => code !== null)

/** Extras are id, length, value; none of them says anything about place or time. */
function wholeExtras(extras: Buffer): boolean {
  let at = 0
  while (at + 2 <= extras.length) at += 2 + extras[at + 1]!
  return at === extras.length
}

/** BCD `YYMMDDhhmmss`. */
function timeOf(bcd: Buffer): number | null {
  const [, y, mo, d, h, mi, s] = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(bcd.toString('hex')) ?? []
  if (y === undefined || Number(h) > 23 || Number(mi) > 59 || Number(s) > 59) return null
  const dayMs = Date.UTC(2000 + Number(y), Number(mo) - 1, Number(d))
  const day = new Date(dayMs)
  if (day.getUTCMonth() !== Number(mo) - 1 || day.getUTCDate() !== Number(d)) return null
  return dayMs + (Number(h) * 3600 + Number(mi) * 60 + Number(s)) * 1000 - ZONE_MS
}
