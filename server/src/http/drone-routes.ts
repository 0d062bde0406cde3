import { DroneId, DroneParams } from '@skerry/contract'
import { z } from 'zod'
import type { DroneBoard } from '../flight/drone-board.ts'
import type { ParamsBoard } from '../flight/params-board.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: DroneId })

/** What is too much of one drone for the live stream, and asked for by whoever looks at it. */
export function droneRoutes({ board, params }: { board: Pick<DroneBoard, 'get'>; params: ParamsBoard }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/drones/:id/params',
      who: ['pilot', 'coordinator'],
      summary:
        'Parameters of a drone as it told them, each with its age; none where they were not read since it started',
      params: Id,
      answer: { status: 200, schema: DroneParams },
      handle({ params: { id }, c }) {
        const status = board.get(id)
        if (status === null) throw new HttpProblem(404, 'unknown-drone', `no drone ${id}`)
        return c.json(params.of(status))
      },
    }),
  ]
}
