import { Recommendation } from '@skerry/contract'
import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { Eta } from '../eta/eta-service.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })

/** What a dispatcher asks for that is computed and not kept. */
export function dispatchRoutes(parts: { engine: Pick<Engine, 'picture'>; eta: Eta }): Route[] {
  const { engine, eta } = parts
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
  ]
}
