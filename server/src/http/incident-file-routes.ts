import type { Incident, PastSearch } from '@skerry/contract'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { dictionaryOf } from '../domain/dictionary/dictionary.ts'
import type { Engine } from '../engine/engine.ts'
import { EXPORT_LANGS } from '../exports/export-words.ts'
import { incidentDocument } from '../exports/incident-document.ts'
import { spansOut } from '../exports/spans-out.ts'
import { unitsOut } from '../exports/tracks-of-incident.ts'
import { flightsOf } from '../exports/tracks-of-search.ts'
import type { Journal } from '../journal/journal.ts'
import type { PastStore } from '../store/past.ts'
import type { TrackStore } from '../store/tracks.ts'
import { fileAnswer } from './file-answer.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Params = z.strictObject({ id: z.string().min(1).max(64), format: z.enum(['geojson', 'kml', 'gpx']) })

/** An incident as a file for programmes of others. */
export function incidentFileRoutes(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  journal: Pick<Journal, 'readIncident'>
  past: Pick<PastStore, 'find'>
  tracks: Pick<TrackStore, 'range'>
  clock: Clock
}): Route[] {
  const { engine, journal, past, tracks, clock } = parts
  /** An incident with its searches, live or past; null for none. */
  async function wholeIncident(id: string): Promise<{ incident: Incident; searches: PastSearch[] } | null> {
    const { picture } = engine
    const incident = picture.incident.get(id)
    if (incident === undefined) return past.find(id)
    const searches = [...picture.search.values()].filter(({ incidentId }) => incidentId === id)
    return {
      incident,
      searches: searches.map((search) => ({
        search,
        tasks: [...picture.task.values()].filter(({ searchId }) => searchId === search.id),
        candidates: [...picture.candidate.values()].filter(({ searchId }) => searchId === search.id),
      })),
    }
  }

  return [
    route({
      method: 'get',
      path: '/api/incidents/:id/export/:format',
      who: ['dispatcher', 'coordinator'],
      summary:
        'An incident as a file, WGS-84: its place, where its units are and went while they were out, warnings and zones around it, tasks, segments and candidates of its search; recorded',
      params: Params,
      query: z.strictObject({ lang: z.enum(EXPORT_LANGS).default('zh') }),
      answer: { status: 200, media: 'application/octet-stream' },
      async handle({ params: { id, format }, query, caller, c }) {
        const whole = await wholeIncident(id)
        if (whole === null) throw new HttpProblem(404, 'unknown-incident', `no incident ${id}`)
        const { incident, searches } = whole
        const { picture } = engine
        const nowMs = clock.nowMs()
        const [units, flights] = await Promise.all([
          unitsOut(spansOut(await journal.readIncident(id)), picture.unit, tracks, nowMs),
          flightsOf(
            searches.flatMap(({ tasks }) => tasks),
            tracks,
            nowMs,
          ),
        ])
        const of = {
          incident,
          dictionary: dictionaryOf(picture),
          units,
          flights,
          searches,
          zones: [...picture.zone.values()],
        }
        const document = incidentDocument(of, query.lang, nowMs)
        const things = document.folders.reduce((sum, folder) => sum + folder.things.length, 0)
        // On record before anything leaves.
        await engine.record({ kind: 'seat', seat: caller.seat }, () => [
          { type: 'incident.exported', incidentId: id, as: format, things },
        ])
        return fileAnswer(c, format, document, `skerry-incident-${incident.number}`)
      },
    }),
  ]
}
