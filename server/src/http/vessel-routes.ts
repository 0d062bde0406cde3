import { CONSOLE_ROLES, VESSEL_GROUPS, type Vessel } from '@skerry/contract'
import { z } from 'zod'
import type { SafetyTexts } from '../intake/ais/safety-texts.ts'
import type { VesselTable } from '../intake/ais/vessel-table.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Handle = z.strictObject({ id: z.coerce.number().int().min(1).max(0xffff) })
const Said = z.object({ to: z.string().nullable(), text: z.string(), firstAtMs: z.number(), lastAtMs: z.number() })
const Answer = z.object({ mmsi: z.string(), handle: z.number(), group: z.enum(VESSEL_GROUPS) }).loose()

/** What vessels say of themselves; their positions come over the motion plane. */
export const vesselRoutes = (vessels: Pick<VesselTable, 'list'>, texts: Pick<SafetyTexts, 'of'>): Route[] => [
  route({
    method: 'get',
    path: '/api/vessels',
    who: CONSOLE_ROLES,
    summary: 'Every vessel, aircraft, buoy and station that is heard, with what it says of itself',
    answer: { status: 200, schema: z.array(Answer) },
    handle: ({ c }) => c.json(vessels.list() as Vessel[]),
  }),
  route({
    method: 'get',
    path: '/api/vessels/:id',
    who: CONSOLE_ROLES,
    summary: 'One vessel by its number on the motion plane, with its safety texts of the last 12 hours',
    params: Handle,
    answer: { status: 200, schema: Answer.extend({ safetyTexts: z.array(Said) }).loose() },
    handle({ params, c }) {
      const vessel = vessels.list().find(({ handle }) => handle === params.id)
      if (vessel === undefined) throw new HttpProblem(404, 'unknown-vessel', `nothing of number ${params.id} is heard`)
      return c.json({ ...vessel, safetyTexts: texts.of(vessel.mmsi) })
    },
  }),
]
