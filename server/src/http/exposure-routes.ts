import { CONSOLE_ROLES, ExposureMap } from '@skerry/contract'
import { route, type Route } from './route.ts'

/** How many are where: what hotspots of incidents are compared with. */
export const exposureRoutes = (exposure: ExposureMap): Route[] => [
  route({
    method: 'get',
    path: '/api/exposure',
    who: [...CONSOLE_ROLES, 'wall'],
    summary: 'How many are where, for the hotspots of incidents',
    answer: { status: 200, schema: ExposureMap },
    handle: ({ c }) => c.json(exposure),
  }),
]
