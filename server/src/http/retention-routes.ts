import { RetentionView } from '@skerry/contract'
import { route, type Route } from './route.ts'

/** What becomes of closed cases, for those who answer for it. */
export const retentionRoutes = (view: () => Promise<RetentionView>): Route[] => [
  route({
    method: 'get',
    path: '/api/retention',
    who: ['coordinator', 'admin'],
    summary: 'How long closed cases are kept, what was purged, and what falls due next',
    answer: { status: 200, schema: RetentionView },
    handle: async ({ c }) => c.json(await view()),
  }),
]
