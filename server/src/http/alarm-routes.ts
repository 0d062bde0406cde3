import { AlarmMeasures } from '@skerry/contract'
import { z } from 'zod'
import type { AlarmLedger } from '../alarms/measures.ts'
import type { Clock } from '../clock.ts'
import { route, type Route } from './route.ts'

const DAY_H = 24
const Query = z.strictObject({ hours: z.coerce.number().min(0.1).max(168).default(DAY_H) })

/** How alarms load people, from the journal. */
export function alarmRoutes(parts: { alarms: Pick<AlarmLedger, 'measures'>; clock: Clock }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/alarms/measures',
      who: ['observer', 'dispatcher', 'pilot', 'coordinator', 'admin'],
      summary: 'Alarm load of the last hours: rates, priorities, answers with percentiles, standing, chattering, flood',
      query: Query,
      answer: { status: 200, schema: AlarmMeasures },
      handle({ query, c }) {
        const toMs = parts.clock.nowMs()
        return c.json(parts.alarms.measures(toMs - query.hours * 3_600_000, toMs))
      },
    }),
  ]
}
