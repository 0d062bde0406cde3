import type { LngLat } from '@skerry/contract'
import { faulty, IGNORED, observed, type Decoded } from '../feeds/observation.ts'
import { readSentence } from './sentence.ts'

const KNOT_MPS = 1852 / 3600
/** RMC and GNS modes that are measured: autonomous, differential, real time kinematic (fixed, float), precise. */
const MEASURED = /^[ADRFP]$/
/** Standard deviations of one second serve the fix of that second. */
const GST_FOR_MS = 1500

/**
 * A satellite receiver on a boat or in a car, as NMEA 0183 lines. Positions come from RMC, which alone has time, date,
 * validity and speed in one sentence; GST gives their accuracy. Dead reckoning, simulated and typed-in positions are
 * none. Remembers one standard deviation and whether the receiver just said that it has no fix.
 */
export function createReceiver(source: string): { line: (text: string) => Decoded } {
  let gst: { atMs: number; accuracyM: number } | null = null
  /** GSA mode 1: what RMC repeats is an old position. */
  let blind = false

  function rmc(fields: readonly string[]): Decoded {
    const [time = '', status, lat = '', ns = '', lng = '', ew = '', speed = '', course = '', date = ''] = fields
    const mode = fields[11] ?? ''
    const atMs = timeOf(date, time)
    if (status !== 'A' || (mode !== '' && !MEASURED.test(mode)) || blind) return faulty('no-fix')
    const position = positionOf(lat, ns, lng, ew)
    if (atMs === null || position === null) return faulty('malformed')
    const speedMps = number(speed) === null ? null : Number(speed) * KNOT_MPS
    const headingDeg = number(course)
    const known = gst !== null && Math.abs((atMs % DAY_MS) - gst.atMs) <= GST_FOR_MS ? gst.accuracyM : null
    return observed({
      kind: 'fix',
      source,
      fix: {
        atMs,
        position,
        ...(speedMps !== null && speedMps <= 200 ? { speedMps } : {}),
        ...(headingDeg !== null && headingDeg <= 360 ? { headingDeg } : {}),
        ...(known === null ? {} : { accuracyM: known }),
      },
    })
  }

  return {
    line(text) {
      const sentence = readSentence(text)
      if (typeof sentence === 'string') return faulty(sentence)
      const { start, type, fields } = sentence
      if (start !== '$') return IGNORED
      if (type === 'RMC') return rmc(fields)
      if (type === 'GSA') blind = fields[1] === '1'
      if (type === 'GST') gst = deviationOf(fields)
      return IGNORED
    },
  }
}

const DAY_MS = 86_400_000

/** Half axes of GST in north and east, as one radius, metres. */
function deviationOf(fields: readonly string[]): { atMs: number; accuracyM: number } | null {
  const atMs = timeOfDay(fields[0] ?? '')
  const north = number(fields[5] ?? '')
  const east = number(fields[6] ?? '')
  if (atMs === null || north === null || east === null) return null
  return { atMs, accuracyM: Math.min(100_000, Math.hypot(north, east)) }
}

const number = (text: string): number | null => (/^\d+(\.\d*)?$|^\.\d+$/.test(text) ? Number(text) : null)

/** `hhmmss.sss`, milliseconds of the day; 60 is a leap second. */
function timeOfDay(text: string): number | null {
  const [, h, m, s] = /^(\d\d)(\d\d)(\d\d(?:\.\d{1,9})?)$/.exec(text) ?? []
  if (h === undefined || Number(h) > 23 || Number(m) > 59 || Number(s) >= 61) return null
  return Math.round((Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000)
}

/** `ddmmyy` and `hhmmss.sss`, UTC. Years 80 to 99 are of the last century: such a clock is wrong and is seen to be. */
function timeOf(date: string, time: string): number | null {
  const ofDay = timeOfDay(time)
  const [, dd, mm, yy] = /^(\d\d)(\d\d)(\d\d)$/.exec(date) ?? []
  if (ofDay === null || dd === undefined) return null
  const year = Number(yy) + (Number(yy) < 80 ? 2000 : 1900)
  const dayMs = Date.UTC(year, Number(mm) - 1, Number(dd))
  const day = new Date(dayMs)
  if (day.getUTCMonth() !== Number(mm) - 1 || day.getUTCDate() !== Number(dd)) return null
  return dayMs + ofDay
}

/** `ddmm.mmmm,N,dddmm.mmmm,E`. */
function positionOf(lat: string, ns: string, lng: string, ew: string): LngLat | null {
  const north = degrees(lat, 2, 90)
  const east = degrees(lng, 3, 180)
  if (north === null || east === null || !/^[NS]$/.test(ns) || !/^[EW]$/.test(ew)) return null
  return [ew === 'W' ? -east : east, ns === 'S' ? -north : north]
}

function degrees(text: string, digits: 2 | 3, most: number): number | null {
  const shape = digits === 2 ? /^(\d\d)(\d\d(?:\.\d*)?)$/ : /^(\d{3})(\d\d(?:\.\d*)?)$/
  const [, whole, minutes] = shape.exec(text) ?? []
  if (whole === undefined || Number(minutes) >= 60) return null
  const value = Number(whole) + Number(minutes) / 60
  return value <= most ? value : null
}
