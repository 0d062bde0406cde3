import {
  LngLat,
  MOST_TEAM_TRACKS,
  RecordedTrack,
  TRACK_REFUSALS,
  decodeGrid,
  type GridFrame,
  type Incident,
  type PastSearch,
  type Search,
} from '@skerry/contract'
import { FORMATS } from '@skerry/exchange'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { decideAddTrack } from '../domain/searches/drawings.ts'
import type { Engine, Refusal } from '../engine/engine.ts'
import { EXPORT_LANGS } from '../exports/export-words.ts'
import { EXPORT_PARTS, searchDocument } from '../exports/search-document.ts'
import { tracksOfSearch } from '../exports/tracks-of-search.ts'
import { judgeTrack } from '../intake/judge-track.ts'
import type { PastStore } from '../store/past.ts'
import type { TrackStore } from '../store/tracks.ts'
import { fileAnswer } from './file-answer.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })
/** A track of 100,000 points as JSON. */
const TRACK_LIMIT = 8_000_000
const MOST_STORED = 100_000
const MOST_DRAWN = 2000
const Parts = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(EXPORT_PARTS)).min(1).max(EXPORT_PARTS.length))

/** Files of a search for programmes of others, and tracks that a team's own receiver recorded. */
export function exchangeRoutes(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  past: Pick<PastStore, 'search' | 'map'>
  tracks: Pick<TrackStore, 'range' | 'append'>
  maps: { frame(searchId: string): GridFrame | null }
  clock: Clock
}): Route[] {
  const { engine, past, tracks, maps, clock } = parts
  function searchOf(id: string): Search {
    const search = engine.picture.search.get(id)
    if (search === undefined) throw new HttpProblem(404, 'unknown-search', `no search ${id}`)
    return search
  }
  /** A search with what belongs to it, live or past. */
  async function wholeSearch(id: string): Promise<{ incident: Incident | null; map: GridFrame | null } & PastSearch> {
    const { picture } = engine
    const gone = picture.search.has(id) ? null : await past.search(id)
    if (gone !== null) {
      const bytes = await past.map(id)
      return {
        incident: gone.incident,
        map: bytes === null ? null : decodeGrid(Uint8Array.from(bytes)),
        ...gone.search,
      }
    }
    const search = searchOf(id)
    return {
      incident: picture.incident.get(search.incidentId) ?? null,
      map: maps.frame(id),
      search,
      tasks: [...picture.task.values()].filter(({ searchId }) => searchId === id),
      candidates: [...picture.candidate.values()].filter(({ searchId }) => searchId === id),
    }
  }

  return [
    route({
      method: 'get',
      path: '/api/searches/:id/export/:format',
      who: ['dispatcher', 'pilot', 'coordinator'],
      summary:
        'A search as a file: GeoJSON, KML, KMZ or GPX, WGS-84. `parts` chooses what is in it, `lang` its labels; recorded',
      params: Id.extend({ format: z.enum(FORMATS) }),
      query: z.strictObject({ lang: z.enum(EXPORT_LANGS).default('zh'), parts: Parts.default([...EXPORT_PARTS]) }),
      answer: { status: 200, media: 'application/octet-stream' },
      async handle({ params, query, caller, c }) {
        const { picture } = engine
        const { incident, search, candidates, map, ...whole } = await wholeSearch(params.id)
        const tasks = whole.tasks.filter(({ state }) => state !== 'withdrawn')
        const wanted = new Set(query.parts)
        const nowMs = clock.nowMs()
        const document = searchDocument(
          {
            incident: { number: incident?.number ?? 0 },
            search,
            tasks,
            candidates,
            tracks: wanted.has('tracks')
              ? await tracksOfSearch(search, tasks, incident?.unitIds ?? [], picture.unit, tracks, nowMs)
              : [],
            zones: [...picture.zone.values()],
            segments: (search.segments ?? []).filter(({ removed }) => removed === null),
            frame: map,
          },
          query.parts,
          query.lang,
          nowMs,
        )
        // On record before anything leaves.
        await engine.record({ kind: 'seat', seat: caller.seat }, () => [
          {
            type: 'search.exported',
            searchId: search.id,
            incidentId: search.incidentId,
            as: params.format,
            parts: [...wanted],
          },
        ])
        return fileAnswer(c, params.format, document, `skerry-search-${incident?.number ?? search.id}`)
      },
    }),
    route({
      method: 'get',
      path: '/api/searches/:id/tracks',
      who: ['observer', 'dispatcher', 'pilot', 'coordinator'],
      summary: `Recorded tracks of teams as lines for the map, at most ${MOST_DRAWN} points each`,
      params: Id,
      answer: { status: 200, schema: z.array(z.object({ id: z.string(), line: z.array(LngLat) })) },
      async handle({ params, c }) {
        const { teamTracks = [] } = (await wholeSearch(params.id)).search
        const walked = teamTracks.map(async ({ id, unitId, fromMs, toMs }) => {
          const points = await tracks.range('unit', unitId, fromMs, toMs, MOST_STORED)
          return { id, line: everyNth(points, MOST_DRAWN).map(({ lngLat }) => lngLat) }
        })
        return c.json(await Promise.all(walked))
      },
    }),
    route({
      method: 'post',
      path: '/api/searches/:id/tracks',
      who: ['coordinator'],
      summary:
        "A track that a unit's own receiver recorded: judged point by point, stored with the unit's positions, and shown with the search",
      params: Id,
      body: RecordedTrack,
      bodyLimit: TRACK_LIMIT,
      answer: {
        status: 200,
        schema: z.object({
          accepted: z.number().int(),
          refused: z.partialRecord(z.enum(TRACK_REFUSALS), z.number().int()),
          lengthM: z.number(),
        }),
      },
      async handle({ params, body, caller, c }) {
        const search = searchOf(params.id)
        const unit = engine.picture.unit.get(body.unitId)
        if (unit === undefined) throw new HttpProblem(404, 'unknown-unit', `no unit ${body.unitId} on the roster`)
        if (search.state !== 'open') throw new HttpProblem(409, 'search-over', 'the search is over')
        const known = search.teamTracks?.find(({ id }) => id === body.id)
        if (known !== undefined)
          return c.json({ accepted: known.points, refused: known.refused, lengthM: known.lengthM })
        if ((search.teamTracks?.length ?? 0) >= MOST_TEAM_TRACKS)
          throw new HttpProblem(409, 'too-many-drawings', `at most ${MOST_TEAM_TRACKS} tracks a search`)
        const nowMs = clock.nowMs()
        const { points, refused, lengthM } = judgeTrack(body.points, unit, nowMs)
        const [first] = points
        const last = points.at(-1)
        if (first === undefined || last === undefined || points.length < 2)
          throw new HttpProblem(422, 'no-usable-point', reasonsText(refused))
        await tracks.append(
          points.map(({ atMs, position }) => ({
            kind: 'unit' as const,
            id: unit.id,
            atMs,
            receivedAtMs: nowMs,
            lngLat: position,
            accuracyM: null,
            headingDeg: null,
            speedMps: null,
            heightM: null,
          })),
        )
        let refusal: Refusal | null = null
        await engine.record({ kind: 'seat', seat: caller.seat }, (picture) => {
          const decided = decideAddTrack(picture, search.id, {
            id: body.id,
            unitId: unit.id,
            fromMs: first.atMs,
            toMs: last.atMs,
            points: points.length,
            refused,
            lengthM: Math.round(lengthM),
            atMs: nowMs,
            by: caller.seat.name,
          })
          refusal = decided.ok ? null : decided.error
          return decided.ok ? decided.value : []
        })
        if (refusal !== null) {
          const { status, code, detail } = refusal as Refusal
          throw new HttpProblem(status, code, detail)
        }
        return c.json({ accepted: points.length, refused, lengthM: Math.round(lengthM) })
      },
    }),
  ]
}

const reasonsText = (refused: object): string =>
  `nothing of this track can be taken: ${Object.entries(refused)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ')}`

/** Evenly chosen, first and last among them. */
const everyNth = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!)
