import { CoverPlan, EpochMs, Recommendation, RepeatRate, SimilarIncident } from '@skerry/contract'
import { z } from 'zod'
import { repeatRate } from '../domain/incidents/repeat-rate.ts'
import { SAME_RULE, similarTo } from '../domain/incidents/similar.ts'
import type { Engine } from '../engine/engine.ts'
import type { Eta } from '../eta/eta-service.ts'
import type { CoverDesk } from '../dispatch/cover-desk.ts'
import { withPast } from '../history/with-past.ts'
import type { PastStore } from '../store/past.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Span = z.strictObject({ fromMs: z.coerce.number().pipe(EpochMs), toMs: z.coerce.number().pipe(EpochMs) })
const Id = z.strictObject({ id: z.string().min(1).max(64) })

/** Units that are assumed to be sent away, by their ids with commas between. */
const CoverQuery = z.strictObject({ sent: z.string().max(2000).default('') })

/** What a dispatcher asks for that is computed and not kept. */
export function dispatchRoutes(parts: {
  engine: Pick<Engine, 'picture'>
  past: Pick<PastStore, 'received'>
  eta: Eta
  cover: Pick<CoverDesk, 'plan'>
}): Route[] {
  const { engine, past, eta, cover } = parts
  return [
    route({
      method: 'get',
      path: '/api/incidents/:id/recommendation',
      who: ['dispatcher', 'coordinator'],
      summary: 'Units that could come, by time of arrival over land, bridge, ferry, boat and air, with their reasons',
      params: Id,
      answer: { status: 200, schema: Recommendation },
      async handle({ params, c }) {
        if (!engine.picture.incident.has(params.id))
          throw new HttpProblem(404, 'unknown-incident', `no incident ${params.id}`)
        const found = await eta.recommend(params.id)
        if (found === null)
          throw new HttpProblem(503, 'ways-not-ready', 'the ways of the area are still being computed')
        return c.json(found)
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/similar',
      who: ['dispatcher', 'coordinator'],
      summary: 'Incidents that may be about the same matter, likeliest first; suggested, never merged by itself',
      params: Id,
      answer: { status: 200, schema: z.array(SimilarIncident) },
      handle({ params, c }) {
        const incident = engine.picture.incident.get(params.id)
        if (!incident) throw new HttpProblem(404, 'unknown-incident', `no incident ${params.id}`)
        return c.json(similarTo(incident, engine.picture.incident.values(), SAME_RULE))
      },
    }),
    route({
      method: 'get',
      path: '/api/cover',
      who: ['dispatcher', 'coordinator', 'wall'],
      summary:
        'Zones that watch their coverage: how many free units they have, or would have, and who could move there',
      query: CoverQuery,
      answer: { status: 200, schema: CoverPlan },
      handle: ({ query, c }) => c.json(cover.plan(new Set(query.sent.split(',').filter((id) => id !== '')))),
    }),
    route({
      method: 'get',
      path: '/api/kpis/repeat-rate',
      who: ['observer', 'dispatcher', 'coordinator', 'admin'],
      summary: 'Share of valid incidents that repeat an earlier matter, with its window, rule, definition and interval',
      query: Span,
      answer: { status: 200, schema: RepeatRate },
      async handle({ query, c }) {
        if (query.toMs < query.fromMs) throw new HttpProblem(400, 'does-not-fit', 'toMs lies before fromMs')
        const { incidents } = await withPast(engine.picture, past, query.fromMs, query.toMs)
        return c.json(repeatRate(incidents, query.fromMs, query.toMs, SAME_RULE))
      },
    }),
  ]
}
