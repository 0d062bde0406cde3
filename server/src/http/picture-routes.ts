import {
  ACTING_ROLES,
  CONSOLE_ROLES,
  Command,
  CommandDone,
  DroneStatus,
  DroneSweep,
  TakeOffWait,
  WhyHere,
  encodeGrid,
  type GridFrame,
  type JournalEntry,
  type LngLat,
  type Reading,
} from '@skerry/contract'
import { z } from 'zod'
import { LANE_SPEED_MPS, sortieDrone } from '../domain/tasks/draft.ts'
import { takeOffWaitOf } from '../domain/tasks/take-off.ts'
import { mayRead } from '../domain/rooms/members.ts'
import type { Engine } from '../engine/engine.ts'
import { readableRooms, scopeKindOf, shownTo, withoutPlaceOfGoods } from '../live/scope.ts'
import type { Journal } from '../journal/journal.ts'
import type { SearchMaps } from '../maps/search-maps.ts'
import type { PastStore } from '../store/past.ts'
import { withoutAddresses } from '../flight/without-addresses.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })
const Anything = z.object({}).loose()
const MOST_JOURNAL_ENTRIES = 1000

const JournalQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_JOURNAL_ENTRIES).default(200),
})

const ClearanceQuery = z.strictObject({ clearanceM: z.coerce.number().min(30).max(120) })
/** Share of a sortie's time that is spent on lanes; the rest is the way there and back [assumption]. */
const LANES_SHARE = 0.75
const PlaceQuery = z.strictObject({
  lng: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-90).max(90),
})

/** Those who take part in a search. Administrators manage people and feeds and have no business in a case. */
const SEARCH_ROLES = ['observer', 'dispatcher', 'pilot', 'coordinator'] as const

/** Commands, and everything that is read of the events plane. */
export function pictureRoutes(parts: {
  engine: Engine
  journal: Pick<Journal, 'read'>
  past: Pick<PastStore, 'has' | 'map'>
  maps: Pick<SearchMaps, 'cover' | 'sweepOver'> & {
    frame(searchId: string): GridFrame | null
    readings(searchId: string): readonly Reading[]
    why(searchId: string, at: LngLat): WhyHere | null
  }
  drones: { get(droneId: string): DroneStatus | null; statuses(): DroneStatus[] }
  nowMs: () => number
}): Route[] {
  const { engine, journal, past, maps, drones, nowMs } = parts
  const knownSearch = (id: string): void => {
    if (!engine.picture.search.has(id)) throw new HttpProblem(404, 'unknown-search', `no search ${id}`)
  }
  return [
    route({
      method: 'post',
      path: '/api/commands',
      who: ACTING_ROLES,
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
      who: CONSOLE_ROLES,
      summary: 'The whole picture at one journal number, but for rooms of incidents that are not the caller’s',
      answer: { status: 200, schema: z.object({ seq: z.number(), atMs: z.number(), changes: z.array(Anything) }) },
      handle({ caller, c }) {
        const snapshot = engine.snapshot()
        const rooms = readableRooms(engine.picture, caller.seat)
        return c.json({ ...snapshot, changes: shownTo(caller.seat, rooms, snapshot.changes) })
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/timeline',
      who: CONSOLE_ROLES,
      summary: 'What happened in an incident, who did it and when; its room and acts for those who may read the room',
      params: Id,
      answer: { status: 200, schema: z.array(Anything) },
      async handle({ params, caller, c }) {
        if (!engine.picture.incident.has(params.id) && !(await past.has(params.id)))
          throw new HttpProblem(404, 'unknown-incident', `no incident ${params.id}`)
        const lines = await engine.timeline(params.id)
        if (mayRead(engine.picture, params.id, caller.seat)) return c.json(lines)
        // As in the picture: what is said in a room, and what is looked at from it, is for those who may read it.
        return c.json(lines.filter(({ event }) => !/^(room|act)\./.test(event.type)))
      },
    }),
    route({
      method: 'get',
      path: '/api/searches/:id/grid',
      who: SEARCH_ROLES,
      summary: 'Probability map of a search, in the binary form of the live stream',
      params: Id,
      answer: { status: 200, media: 'application/octet-stream' },
      async handle({ params, c }) {
        const kept = engine.picture.search.has(params.id) ? null : await past.map(params.id)
        if (kept === null) knownSearch(params.id)
        const frame = kept === null ? maps.frame(params.id) : null
        const bytes = frame === null ? kept : encodeGrid(frame)
        if (bytes === null) throw new HttpProblem(404, 'no-map', 'this search has no map')
        return c.body(Uint8Array.from(bytes), 200, { 'content-type': 'application/octet-stream' })
      },
    }),
    route({
      method: 'get',
      path: '/api/searches/:id/drone-sweep',
      who: ['coordinator'],
      summary: 'What one sortie of the drones at hand sweeps at a height over the highest ground of a search',
      params: Id,
      query: ClearanceQuery,
      answer: { status: 200, schema: DroneSweep },
      handle({ params, query, c }) {
        const search = engine.picture.search.get(params.id)
        if (!search) throw new HttpProblem(404, 'unknown-search', `no search ${params.id}`)
        const status = drones.statuses()[0] ?? null
        const cover = maps.cover(search, status, query.clearanceM, LANE_SPEED_MPS)
        const drone = sortieDrone('any', status)
        const usableS = drone === null ? 0 : drone.enduranceS - drone.reserveS
        const { sweepWidthM, podCap } = cover
        const there = (search.segments ?? []).filter(({ removed }) => !removed)
        const swept = maps.sweepOver(
          search.id,
          there.map(({ area }) => area),
          cover,
        )
        const segments = there.flatMap(({ id }, i) => (swept[i] ? [{ segmentId: id, ...swept[i] }] : []))
        return c.json({
          sweepWidthM,
          podCap,
          speedMps: LANE_SPEED_MPS,
          lanesS: LANES_SHARE * usableS,
          ...(segments.length > 0 ? { segments } : {}),
        })
      },
    }),
    route({
      method: 'get',
      path: '/api/searches/:id/why',
      who: SEARCH_ROLES,
      summary: 'Why the probability map of a search is bright or dark at a place',
      params: Id,
      query: PlaceQuery,
      answer: { status: 200, schema: WhyHere },
      handle({ params, query, c }) {
        knownSearch(params.id)
        const why = maps.why(params.id, [query.lng, query.lat])
        if (why === null) throw new HttpProblem(422, 'outside-map', 'lng, lat: must lie on the map of the search')
        return c.json(why)
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
      path: '/api/tasks/:id/take-off',
      who: ['pilot', 'coordinator'],
      summary: 'Whether its drone may take off for a task now, or what of our other flights it waits for',
      params: Id,
      answer: { status: 200, schema: TakeOffWait },
      handle({ params, c }) {
        const task = engine.picture.task.get(params.id)
        if (!task) throw new HttpProblem(404, 'unknown-task', `no task ${params.id}`)
        return c.json(takeOffWaitOf(engine.picture, task, { drones, nowMs: nowMs() }))
      },
    }),
    route({
      method: 'get',
      path: '/api/drones/status',
      who: CONSOLE_ROLES,
      summary: 'Everything that is known about each vehicle now',
      answer: { status: 200, schema: z.array(DroneStatus) },
      handle: ({ c }) => c.json(drones.statuses().map(withoutAddresses)),
    }),
    route({
      method: 'get',
      path: '/api/journal',
      who: ['coordinator', 'admin'],
      summary:
        'Lines of the journal after a number, with their hashes; how duty desks of consignments are reached is left out, and for administrators where dangerous goods were',
      query: JournalQuery,
      answer: { status: 200, schema: z.array(Anything) },
      async handle({ query, caller, c }) {
        const lines = (await journal.read(query.after, query.limit)).map((entry) => withoutContact(entry))
        return c.json(scopeKindOf(caller.seat) === 'all' ? lines : lines.map(withoutGoods))
      },
    }),
  ]
}

/** The contact of a duty desk has a door of its own, where every look is recorded. */
const withoutContact = (entry: JournalEntry): JournalEntry =>
  entry.event.type === 'consignment.declared' ? { ...entry, event: { ...entry.event, contact: '' } } : entry

/** As the alarms themselves are shown to those who do not answer for incidents. */
const withoutGoods = (entry: JournalEntry): JournalEntry =>
  entry.event.type === 'alarm.raised'
    ? { ...entry, event: { ...entry.event, alarm: withoutPlaceOfGoods(entry.event.alarm) } }
    : entry
