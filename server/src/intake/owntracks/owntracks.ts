import { z } from 'zod'
import { faulty, IGNORED, NOTHING, observed, type Decoded } from '../feeds/observation.ts'

/** A location message (OwnTracks JSON). Times in seconds; `vel` km/h; -1 is how some phones say "not known". */
const Location = z.object({
  _type: z.literal('location'),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  tst: z.number().min(0).max(8.64e12),
  acc: z.number().optional().catch(undefined),
  vel: z.number().optional().catch(undefined),
  cog: z.number().optional().catch(undefined),
})
const TypeOf = z.object({ _type: z.string().max(40) }).transform(({ _type: type }) => type)
/** Messages that carry no place. A card holds a name and a face: it is not even looked into. */
const USELESS = new Set(['card', 'cmd', 'configuration', 'dump', 'lwt', 'request', 'status', 'steps', 'transition'])
for (const more of ['waypoint', 'waypoints', 'beacon', 'cards']) USELESS.add(more)

const MOST_ACCURACY_M = 100_000
const MOST_SPEED_MPS = 200

/** One message of the device `source`. An empty body is a sign of life without a place. */
export function decodeOwnTracks(text: string, source: string): Decoded {
  if (text.trim() === '') return NOTHING
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return faulty('malformed')
  }
  const type = TypeOf.safeParse(value)
  if (!type.success) return faulty('malformed')
  if (USELESS.has(type.data)) return IGNORED
  const read = Location.safeParse(value)
  if (!read.success) return faulty('malformed')
  const { lat, lon, tst, acc, vel, cog } = read.data
  return observed({
    kind: 'fix',
    source,
    fix: {
      atMs: Math.round(tst * 1000),
      position: [lon, lat],
      ...(within(acc, 0, MOST_ACCURACY_M) ? { accuracyM: acc } : {}),
      ...(within(vel, 0, MOST_SPEED_MPS * 3.6) ? { speedMps: vel / 3.6 } : {}),
      ...(within(cog, 0, 360) ? { headingDeg: cog } : {}),
    },
  })
}

const within = (value: number | undefined, low: number, high: number): value is number =>
  value !== undefined && value >= low && value <= high
