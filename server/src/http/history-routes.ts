import { CONSOLE_ROLES, EpochMs, PastPage, PastPlaces, PastRecord } from '@skerry/contract'
import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { PastStore } from '../store/past.ts'
import { keptPlaces } from './kept-places.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })
const MOST_ON_A_PAGE = 200
/** Places for hotspots: more than this the newest are given. */
const MOST_PLACES = 50_000

const PageQuery = z.strictObject({
  below: z.coerce.number().int().min(0).default(Number.MAX_SAFE_INTEGER),
  limit: z.coerce.number().int().min(1).max(MOST_ON_A_PAGE).default(50),
  text: z.string().trim().max(100).default(''),
})
const PlacesQuery = z.strictObject({ fromMs: z.coerce.number().pipe(EpochMs).default(0) })

/** Closed incidents that have left the live picture. */
export function historyRoutes(
  past: Pick<PastStore, 'page' | 'places' | 'changes' | 'find'>,
  engine: Pick<Engine, 'record'>,
): Route[] {
  const placesText = keptPlaces(past, MOST_PLACES)
  return [
    route({
      method: 'get',
      path: '/api/history',
      who: CONSOLE_ROLES,
      summary:
        'Incidents that have left the live picture, the newest number first, below a number; `text` looks in them',
      query: PageQuery,
      answer: { status: 200, schema: PastPage },
      async handle({ query, c }) {
        const incidents = await past.page(query.below, query.limit + 1, query.text)
        return c.json({ incidents: incidents.slice(0, query.limit), more: incidents.length > query.limit })
      },
    }),
    route({
      method: 'get',
      path: '/api/history-places',
      who: [...CONSOLE_ROLES, 'wall'],
      summary:
        'Where past incidents happened since the hour that a time lies in, for hotspots; several reports of one event count once',
      query: PlacesQuery,
      answer: { status: 200, schema: PastPlaces },
      handle: async ({ query, c }) =>
        c.body(await placesText(query.fromMs), 200, { 'content-type': 'application/json' }),
    }),
    route({
      method: 'get',
      path: '/api/history/:id',
      who: CONSOLE_ROLES,
      summary:
        'An incident that has left the live picture, with its searches, their tasks and candidates, as they were then; recorded',
      params: Id,
      answer: { status: 200, schema: PastRecord },
      async handle({ params, caller, c }) {
        const record = await past.find(params.id)
        if (record === null) throw new HttpProblem(404, 'unknown-incident', `no past incident ${params.id}`)
        // A closed case is nobody's work any more: whoever looks into it does so on the record, or not at all.
        await engine.record({ kind: 'seat', seat: caller.seat }, () => [
          { type: 'incident.read', incidentId: params.id },
        ])
        return c.json(record)
      },
    }),
  ]
}
