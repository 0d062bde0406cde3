import { z } from 'zod'
import { faulty, type Decoded, type Observation, type SourceFix } from '../feeds/observation.ts'

const KNOT_MPS = 1852 / 3600
const MOST_LOCATIONS = 500

/** The device that a request speaks for and what it says. `source` is null where the request names none. */
export interface OsmAndMessage extends Decoded {
  source: string | null
}

/**
 * A request of the OsmAnd protocol as Traccar's clients send it: parameters in the query or in a form (speed in
 * knots), or a JSON document (speed in m/s, -1 where not known).
 * @param body JSON text, or null where all is in the parameters
 */
export function decodeOsmAnd(parameters: URLSearchParams, body: string | null): OsmAndMessage {
  return body === null ? fromParameters(parameters) : fromJson(body)
}

function fromParameters(given: URLSearchParams): OsmAndMessage {
  const source = given.get('id') ?? given.get('deviceid')
  const [latText, lngText] = given.get('location')?.split(',') ?? [given.get('lat'), given.get('lon')]
  const lat = number(latText)
  const lng = number(lngText)
  const atMs = timeOf(given.get('timestamp'))
  if (lat === null || lng === null || Math.abs(lat) > 90 || Math.abs(lng) > 180 || atMs === null)
    return { source, ...faulty('malformed') }
  if (/^(false|0)$/i.test(given.get('valid') ?? '')) return { source, ...faulty('no-fix') }
  const speedKn = number(given.get('speed'))
  const fix = fixOf(atMs, [lng, lat], {
    accuracyM: number(given.get('accuracy')),
    headingDeg: number(given.get('bearing') ?? given.get('heading')),
    speedMps: speedKn === null ? null : speedKn * KNOT_MPS,
  })
  return said(source, [fix])
}

const Location = z.object({
  timestamp: z.union([z.string(), z.number()]),
  coords: z.object({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    accuracy: z.number().nullish().catch(null),
    speed: z.number().nullish().catch(null),
    heading: z.number().nullish().catch(null),
  }),
})
const Document = z.object({
  device_id: z.union([z.string(), z.number()]).transform(String),
  location: z.union([Location.transform((one) => [one]), z.array(Location).min(1).max(MOST_LOCATIONS)]),
})

function fromJson(text: string): OsmAndMessage {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { source: null, ...faulty('malformed') }
  }
  const read = Document.safeParse(value)
  if (!read.success) return { source: namedIn(value), ...faulty('malformed') }
  const fixes = read.data.location.map(({ timestamp, coords }) => {
    const atMs = timeOf(String(timestamp))
    if (atMs === null) return null
    const { accuracy = null, heading = null, speed = null } = coords
    const rest = { accuracyM: accuracy, headingDeg: heading, speedMps: speed }
    return fixOf(atMs, [coords.longitude, coords.latitude], rest)
  })
  return said(read.data.device_id, fixes)
}

function said(source: string | null, fixes: readonly (SourceFix | null)[]): OsmAndMessage {
  if (source === null) return { source, ...faulty('malformed') }
  const observations = fixes.flatMap((fix): Observation[] => (fix === null ? [] : [{ kind: 'fix', source, fix }]))
  const faults = fixes.filter((fix) => fix === null).map(() => 'malformed' as const)
  return { source, observations, faults, ignored: 0 }
}

function namedIn(value: unknown): string | null {
  const named = Document.pick({ device_id: true }).safeParse(value)
  return named.success ? named.data.device_id : null
}

function fixOf(
  atMs: number,
  position: SourceFix['position'],
  rest: Record<'accuracyM' | 'headingDeg' | 'speedMps', number | null>,
): SourceFix {
  const { accuracyM, headingDeg, speedMps } = rest
  return {
    atMs,
    position,
    ...(accuracyM !== null && accuracyM > 0 && accuracyM <= 100_000 ? { accuracyM } : {}),
    ...(headingDeg !== null && headingDeg >= 0 && headingDeg <= 360 ? { headingDeg } : {}),
    ...(speedMps !== null && speedMps >= 0 && speedMps <= 200 ? { speedMps } : {}),
  }
}

const number = (text: string | null | undefined): number | null =>
  text !== null && text !== undefined && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : null

/** Seconds or milliseconds since 1970, or ISO 8601 with its zone; `yyyy-MM-dd HH:mm:ss` is UTC, as Traccar reads it. */
function timeOf(text: string | null): number | null {
  if (text === null) return null
  const count = number(text)
  if (count !== null) {
    const ms = Math.round(count < 100_000_000_000 ? count * 1000 : count)
    return ms >= 0 && ms <= 8.64e15 ? ms : null
  }
  const plain = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  const iso = plain === null ? text : `${plain[1]}T${plain[2]}Z`
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(iso)) return null
  const ms = Date.parse(iso)
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
