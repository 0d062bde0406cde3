import { Health } from '@skerry/contract'
import { forAnybody, type HealthReport } from '../health/health-report.ts'
import { route, type Route } from './route.ts'

/** States and ages are for anybody: whoever watches the machine needs no account. Addresses are for those signed in. */
export const healthRoutes = (report: HealthReport): Route[] => [
  route({
    method: 'get',
    path: '/api/health',
    who: 'public',
    summary: 'State and age of the store, each feed, bridge and link',
    answer: { status: 200, schema: Health },
    async handle({ caller, c }) {
      const health = await report()
      return c.json(caller.kind === 'nobody' ? forAnybody(health) : health)
    },
  }),
]
