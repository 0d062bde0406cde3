import { EpochMs, KpiReport, type Crossings } from '@skerry/contract'
import { z } from 'zod'
import type { AlarmLedger } from '../alarms/measures.ts'
import type { Clock } from '../clock.ts'
import { SAME_RULE } from '../domain/incidents/similar.ts'
import type { Engine } from '../engine/engine.ts'
import type { IslandOf } from '../kpis/island-of.ts'
import { withPast } from '../history/with-past.ts'
import { kpiReport } from '../kpis/kpi-report.ts'
import type { PastStore } from '../store/past.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Query = z.strictObject({
  fromMs: z.coerce.number().pipe(EpochMs),
  toMs: z.coerce.number().pipe(EpochMs).optional(),
})

/** Figures of a span that ends now are kept this long, by the length of the span: many screens ask the same. */
const KEPT_MS = 20_000
const MINUTE_MS = 60_000

/** The figures of dispatch, search and alarms over a span. */
export function kpiRoutes(parts: {
  engine: Pick<Engine, 'picture'>
  past: Pick<PastStore, 'received'>
  alarms: Pick<AlarmLedger, 'measures' | 'samples'>
  crossings: Pick<Crossings, 'islands'>
  islandOf: IslandOf
  clock: Clock
}): Route[] {
  const { engine, past, alarms, crossings, islandOf, clock } = parts
  const kept = new Map<number, KpiReport>()
  return [
    route({
      method: 'get',
      path: '/api/kpis',
      who: ['observer', 'dispatcher', 'coordinator', 'admin', 'wall'],
      summary: 'Step times by category and island, repeat rate, 24 h recovery and alarm load, with n and intervals',
      query: Query,
      answer: { status: 200, schema: KpiReport },
      async handle({ query, c }) {
        const nowMs = clock.nowMs()
        const { fromMs, toMs = nowMs } = query
        if (toMs < fromMs) throw new HttpProblem(400, 'does-not-fit', 'toMs lies before fromMs')
        const minutes = Math.round((nowMs - fromMs) / MINUTE_MS)
        for (const [span, { computedAtMs }] of kept) if (nowMs - computedAtMs > KEPT_MS) kept.delete(span)
        const known = query.toMs === undefined ? kept.get(minutes) : undefined
        if (known !== undefined) return c.json(known)
        const { incidents, searches } = await withPast(engine.picture, past, fromMs, toMs)
        const figures = { incidents, searches, alarms, rule: SAME_RULE, crossings, islandOf }
        const report = kpiReport({ ...figures, fromMs, toMs, nowMs })
        if (query.toMs === undefined) kept.set(minutes, report)
        return c.json(report)
      },
    }),
  ]
}
