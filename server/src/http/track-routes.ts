import { EpochMs, MOVER_KINDS } from '@skerry/contract'
import { z } from 'zod'
import type { TrackStore } from '../store/tracks.ts'
import { thinTrack } from '../tracks/thin-track.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const MOST_POINTS = 20_000
/** Points that are read to be thinned: a day of one a second. */
const MOST_READ = 100_000
/** A thinned answer has a point at least this often: a longer pause means that nothing was heard. */
const MOST_GAP_MS = 60_000
/** Where trails of own people go, observers and administrators have no business. */
const WHO = ['dispatcher', 'pilot', 'coordinator'] as const

const Time = z.coerce.number().pipe(EpochMs)
const TracksQuery = z.strictObject({
  kind: z.enum(MOVER_KINDS),
  id: z.string().min(1).max(64),
  fromMs: Time,
  toMs: Time,
  toleranceM: z.coerce.number().min(1).max(1000).optional(),
})
const AtQuery = z.strictObject({
  atMs: Time,
  withinS: z.coerce.number().min(1).max(3600).default(300),
})
const TrackAnswer = z.object({
  kind: z.enum(MOVER_KINDS),
  id: z.string(),
  atMs: z.number(),
  receivedAtMs: z.number(),
  lngLat: z.tuple([z.number(), z.number()]),
  accuracyM: z.number().nullable(),
  headingDeg: z.number().nullable(),
  speedMps: z.number().nullable(),
  heightM: z.number().nullable(),
})

/** Where things were. */
export const trackRoutes = (tracks: Pick<TrackStore, 'range' | 'newestOf'>): Route[] => [
  route({
    method: 'get',
    path: '/api/tracks',
    who: WHO,
    summary: `Stored positions of one unit, drone or vessel (by MMSI), oldest first, the newest ${MOST_POINTS}; with toleranceM only those that the way needs to be right to so many metres at any time`,
    query: TracksQuery,
    answer: { status: 200, schema: z.array(TrackAnswer) },
    async handle({ query, c }) {
      const { kind, id, fromMs, toMs, toleranceM } = query
      if (toMs < fromMs) throw new HttpProblem(400, 'does-not-fit', 'toMs lies before fromMs')
      if (toleranceM === undefined) return c.json(await tracks.range(kind, id, fromMs, toMs, MOST_POINTS))
      const whole = await tracks.range(kind, id, fromMs, toMs, MOST_READ)
      const few = thinTrack(whole, { toleranceM, mostGapMs: MOST_GAP_MS })
      return c.json(few.slice(-MOST_POINTS).map((fix) => ({ kind, id, ...fix })))
    },
  }),
  route({
    method: 'get',
    path: '/api/tracks/at',
    who: WHO,
    summary: 'Where every unit, drone and vessel was at a moment: its newest position of the seconds before it',
    query: AtQuery,
    answer: { status: 200, schema: z.array(TrackAnswer) },
    async handle({ query, c }) {
      const { atMs, withinS } = query
      const kinds = await Promise.all(MOVER_KINDS.map((kind) => tracks.newestOf(kind, atMs - withinS * 1000, atMs)))
      return c.json(kinds.flat())
    },
  }),
]
