import {
  Command,
  CommandDone,
  DroneStatus,
  EpochMs,
  MOVER_KINDS,
  ROLES,
  encodeGrid,
  type GridFrame,
  type Reading,
} from '@skerry/contract'
import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { Journal } from '../journal/journal.ts'
import type { TrackStore } from '../store/tracks.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })
const Anything = z.object({}).loose()
const MOST_TRACK_POINTS = 20_000
const MOST_JOURNAL_ENTRIES = 1000

const TracksQuery = z.strictObject({
  kind: z.enum(MOVER_KINDS),
  id: z.string().min(1).max(64),
  fromMs: z.coerce.number().pipe(EpochMs),
  toMs: z.coerce.number().pipe(EpochMs),
})
const JournalQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_JOURNAL_ENTRIES).default(200),
})

/** Those who take part in a search. Administrators manage people and feeds and have no business in a case. */
const SEARCH_ROLES = ['observer', 'dispatcher', 'pilot', 'coordinator'] as const

/** Commands, and everything that is read of the events plane. */
export function pictureRoutes(parts: {
  engine: Engine
  journal: Pick<Journal, 'read'>
  tracks: Pick<TrackStore, 'range'>
  maps: { frame(searchId: string): GridFrame | null; readings(searchId: string): readonly Reading[] }
  drones: { statuses(): DroneStatus[] }
}): Route[] {
  const { engine, journal, tracks, maps, drones } = parts
  const knownSearch = (id: string): void => {
    if (!engine.picture.search.has(id)) throw new HttpProblem(404, 'unknown-search', `no search ${id}`)
  }
  return [
    route({
      method: 'post',
      path: '/api/commands',
      who: ROLES,
      summary: 'Give a command; it is answered when its events are durable. Each type has its own roles',
      body: Command,
      answer: { status: 200, schema: CommandDone },
      async handle({ body, caller, c }) {
        const done = await engine.submit(body, caller.seat)
        if (!done.ok) throw new HttpProblem(done.error.status, done.error.code, done.error.detail)
        return c.json(done.value)
      },
    }),
    route({
      method: 'get',
      path: '/api/picture',
      who: ROLES,
      summary: 'The whole picture at one journal number',
      answer: { status: 200, schema: z.object({ seq: z.number(), atMs: z.number(), changes: z.array(Anything) }) },
      handle: ({ c }) => c.json(engine.snapshot()),
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/timeline',
      who: ROLES,
      summary: 'Everything that happened in an incident, who did it and when',
      params: Id,
      answer: { status: 200, schema: z.array(Anything) },
      async handle({ params, c }) {
        if (!engine.picture.incident.has(params.id))
          throw new HttpProblem(404, 'unknown-incident', `no incident ${params.id}`)
        return c.json(await engine.timeline(params.id))
      },
    }),
    route({
      method: 'get',
      path: '/api/searches/:id/grid',
      who: SEARCH_ROLES,
      summary: 'Probability map of a search, in the binary form of the live stream',
      params: Id,
      answer: { status: 200, media: 'application/octet-stream' },
      handle({ params, c }) {
        knownSearch(params.id)
        const frame = maps.frame(params.id)
        if (frame === null) throw new HttpProblem(404, 'no-map', 'this search has no map')
        return c.body(encodeGrid(frame), 200, { 'content-type': 'application/octet-stream' })
      },
    }),
    route({
      method: 'get',
      path: '/api/searches/:id/readings',
      who: SEARCH_ROLES,
      summary: 'Thermal readings of a search that were placed on the ground',
      params: Id,
      answer: { status: 200, schema: z.array(Anything) },
      handle({ params, c }) {
        knownSearch(params.id)
        return c.json([...maps.readings(params.id)])
      },
    }),
    route({
      method: 'get',
      path: '/api/drones/status',
      who: ROLES,
      summary: 'Everything that is known about each vehicle now',
      answer: { status: 200, schema: z.array(DroneStatus) },
      handle: ({ c }) => c.json(drones.statuses()),
    }),
    route({
      method: 'get',
      path: '/api/tracks',
      who: ['dispatcher', 'pilot', 'coordinator'],
      summary: `Stored positions of one unit, drone or vessel (by MMSI), oldest first, the newest ${MOST_TRACK_POINTS} of the span`,
      query: TracksQuery,
      answer: { status: 200, schema: z.array(Anything) },
      async handle({ query, c }) {
        if (query.toMs < query.fromMs) throw new HttpProblem(400, 'does-not-fit', 'toMs lies before fromMs')
        return c.json(await tracks.range(query.kind, query.id, query.fromMs, query.toMs, MOST_TRACK_POINTS))
      },
    }),
    route({
      method: 'get',
      path: '/api/journal',
      who: ['coordinator', 'admin'],
      summary: 'Lines of the journal after a number, with their hashes',
      query: JournalQuery,
      answer: { status: 200, schema: z.array(Anything) },
      handle: async ({ query, c }) => c.json(await journal.read(query.after, query.limit)),
    }),
  ]
}
