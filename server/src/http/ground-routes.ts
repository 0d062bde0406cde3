import { type Role, type Search, SearchGround, type Task, TaskGround } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import type { Bounds, Terrain } from '@skerry/terrain'
import { z } from 'zod'
import { trueHeights } from '../maps/true-heights.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const WHO: readonly Role[] = ['dispatcher', 'coordinator', 'pilot']
const NONE: SearchGround = { configured: false, highestAmslM: null, coveredShare: 0, sigmaM: null, attribution: '' }

const UNKNOWN_HEIGHTS = { lowestM: null, highestM: null, coveredShare: 0 }

/** Ground by the terrain model: of a search, for whoever answers for its highest point, and below a task. */
export const groundRoutes = (ports: {
  readonly terrain: Terrain | null
  readonly search: (id: string) => Search | undefined
  readonly task: (id: string) => Task | undefined
  /** Height of a task's flight, metres above mean sea level; null: not known. */
  readonly flightAmslM: (task: Task) => number | null
}): Route[] => [
  route({
    method: 'get',
    path: '/api/searches/:id/ground',
    who: WHO,
    summary: 'Highest ground in the square of a search, by the terrain model',
    params: z.strictObject({ id: z.string().min(1).max(64) }),
    answer: { status: 200, schema: SearchGround },
    async handle({ params, c }) {
      const search = ports.search(params.id)
      if (search === undefined) throw new HttpProblem(404, 'unknown-search', `no search ${params.id}`)
      return c.json(ports.terrain === null ? NONE : await groundOf(search, ports.terrain))
    },
  }),
  route({
    method: 'get',
    path: '/api/tasks/:id/ground',
    who: WHO,
    summary: 'True height along the path of a task, by the terrain model',
    params: z.strictObject({ id: z.string().min(1).max(64) }),
    answer: { status: 200, schema: TaskGround },
    async handle({ params, c }) {
      const task = ports.task(params.id)
      if (task === undefined) throw new HttpProblem(404, 'unknown-task', `no task ${params.id}`)
      return c.json(await below(task, ports.flightAmslM(task), ports.terrain))
    },
  }),
]

async function groundOf({ grid }: Search, terrain: Terrain): Promise<SearchGround> {
  const { attribution, sigmaM } = terrain
  const { heightM, coveredShare } = await terrain.highest(boundsOf(grid)).catch((error: unknown) => {
    // A raster so fine that the square would take minutes says nothing of it.
    if (error instanceof RangeError) return { heightM: null, coveredShare: 0 }
    throw error
  })
  const highestAmslM = heightM === null ? null : Math.ceil(heightM)
  return { configured: true, highestAmslM, coveredShare, sigmaM, attribution }
}

/** Least and greatest true height of a task, whole metres, each rounded towards what is less safe. */
async function below(task: Task, flightAmslM: number | null, terrain: Terrain | null): Promise<TaskGround> {
  if (terrain === null) return { configured: false, ...UNKNOWN_HEIGHTS, sigmaM: null, attribution: '' }
  const { sigmaM, attribution } = terrain
  const known = { configured: true, sigmaM, attribution }
  if (flightAmslM === null) return { ...known, ...UNKNOWN_HEIGHTS }
  const { lowestM, highestM, coveredShare } = await trueHeights(task.path, flightAmslM, (at) => terrain.lookUp(at))
  return {
    ...known,
    lowestM: lowestM === null ? null : Math.floor(lowestM),
    highestM: highestM === null ? null : Math.ceil(highestM),
    coveredShare,
  }
}

function boundsOf({ origin, rows, cols, cellM }: Search['grid']): Bounds {
  const [east, north] = localFrame(origin).toLngLat([cols * cellM, rows * cellM])
  return [origin[0], origin[1], east, north]
}
