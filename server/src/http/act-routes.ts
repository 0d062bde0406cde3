import {
  ActView,
  ConsignmentFix,
  actId,
  type CameraEntry,
  type DomainEvent,
  type DroneStatus,
  type Seat,
  type SensitiveAct,
} from '@skerry/contract'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Sessions } from '../access/sessions.ts'
import { passPicture } from '../cameras/pass-picture.ts'
import type { ConsignmentDesk } from '../consignments/consignment-desk.ts'
import { decideOpenAct } from '../domain/acts/decide.ts'
import type { Decision } from '../domain/result.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Params = z.strictObject({ id: z.string().min(1).max(64), number: z.coerce.number().int().min(1).max(10_000) })
const WHO = ['dispatcher', 'coordinator', 'pilot'] as const
/** An act or a session that ended is noticed at the latest after this, ms, by a picture that still runs. */
const CHECK_MS = 1000

/**
 * Looking through an approved act, for those who asked for it or approved it, while it runs. Every opening is recorded, and
 * nobody is shown anything by any of these doors before it is.
 */
export function actRoutes(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  cameras: readonly CameraEntry[]
  drones: { get(droneId: string): DroneStatus | null }
  consignments: Pick<ConsignmentDesk, 'get'>
  sessions: Pick<Sessions, 'seatOf'>
  clock: Scheduler
}): Route[] {
  const { engine, cameras, drones, consignments, sessions, clock } = parts
  /** Acts that a seat is on record to have opened since this server started: `SEAT INCIDENT/NUMBER`. */
  const onRecord = new Map<string, string>()

  const opened = (id: string, number: number, seat: Seat): Decision<DomainEvent[]> =>
    decideOpenAct(engine.picture, id, number, { nowMs: clock.nowMs(), seat })
  function running(id: string, number: number, seat: Seat): SensitiveAct {
    need(opened(id, number, seat))
    return engine.picture.act.get(actId(id, number))!
  }
  /** Puts the look on record; fails where the act no longer runs when its turn has come. */
  async function record(id: string, number: number, seat: Seat): Promise<void> {
    let decided: Decision<DomainEvent[]> | null = null
    await engine.record({ kind: 'seat', seat }, () => {
      decided = opened(id, number, seat)
      return decided.ok ? decided.value : []
    })
    need(decided)
    for (const [key, act] of onRecord) if (engine.picture.act.get(act)?.state !== 'running') onRecord.delete(key)
    onRecord.set(`${seat.id} ${actId(id, number)}`, actId(id, number))
  }
  /** The same once for each seat and act, for doors that are asked again and again. */
  async function recordOnce(id: string, number: number, seat: Seat): Promise<void> {
    if (!onRecord.has(`${seat.id} ${actId(id, number)}`)) await record(id, number, seat)
  }
  const addressOf = (cameraId: string): CameraEntry => {
    const camera = cameras.find((one) => one.id === cameraId)
    if (camera === undefined) throw new HttpProblem(404, 'unknown-target', `camera ${cameraId} is no longer declared`)
    return camera
  }
  return [
    route({
      method: 'post',
      path: '/api/incidents/:id/acts/:number/open',
      who: WHO,
      summary: 'What an approved act gives to see, for whoever asked for it or approved it; recorded each time',
      params: Params,
      answer: { status: 200, schema: ActView },
      async handle({ params: { id, number }, caller, c }) {
        const { target } = running(id, number, caller.seat)
        const view = viewOf()
        await record(id, number, caller.seat)
        return c.json(view)

        function viewOf(): ActView {
          const path = `/api/incidents/${id}/acts/${number}`
          if (target.kind === 'consignment') return { kind: 'follow', path: `${path}/place` }
          if (target.kind === 'drone') {
            const streams = drones.get(target.id)?.camera?.streams ?? []
            return {
              kind: 'stream',
              streams: streams.flatMap(({ name, thermal, uri }) =>
                uri === '' ? [] : [{ title: name, thermal, url: uri }],
              ),
            }
          }
          const { shows, url } = addressOf(target.id)
          return shows === 'picture'
            ? { kind: 'picture', path: `${path}/picture` }
            : { kind: 'stream', streams: [{ title: null, thermal: false, url }] }
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/acts/:number/place',
      who: WHO,
      summary: 'Where the vehicle of a consignment is now, through an approved act; recorded; null where nobody knows',
      params: Params,
      answer: { status: 200, schema: ConsignmentFix.nullable() },
      async handle({ params: { id, number }, caller, c }) {
        const { target } = running(id, number, caller.seat)
        await recordOnce(id, number, caller.seat)
        return c.json(target.kind === 'consignment' ? consignments.get(target.id) : null)
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/acts/:number/picture',
      who: WHO,
      summary:
        'The picture of a fixed camera through an approved act, as it comes, until the act or the session ends; recorded',
      params: Params,
      answer: { status: 200, media: 'multipart/x-mixed-replace' },
      async handle({ params: { id, number }, caller, c }) {
        const { target } = running(id, number, caller.seat)
        const camera = target.kind === 'camera' ? addressOf(target.id) : null
        if (camera === null || camera.shows !== 'picture')
          throw new HttpProblem(409, 'no-stream', 'this act has no picture that the server passes on')
        await recordOnce(id, number, caller.seat)
        return pass(c, camera.url, async () => {
          const seat = await sessions.seatOf(caller.token)
          return seat !== null && opened(id, number, seat).ok
        })
      },
    }),
  ]

  async function pass(c: Context, address: string, runs: () => Promise<boolean>): Promise<Response> {
    const ended = new AbortController()
    let over = false
    let undo = clock.after(CHECK_MS, () => void check())
    function disarm(): void {
      over = true
      undo()
    }
    async function check(): Promise<void> {
      // A store that does not answer says nothing about the session: nobody goes on watching on that ground.
      const still = await runs().catch(() => false)
      if (over) return
      if (still) undo = clock.after(CHECK_MS, () => void check())
      else ended.abort()
    }
    const passed = await passPicture(address, ended.signal)
    if (!passed.ok) {
      disarm()
      throw new HttpProblem(503, 'camera-silent', `the camera gives no picture: ${passed.why}`)
    }
    const reader = passed.body.getReader()
    const whole = new ReadableStream<Uint8Array>({
      async pull(out) {
        // A line that is cut is an end like any other: the act is over, or the camera has gone.
        const { value } = await reader.read().catch(() => ({ value: undefined }))
        if (value !== undefined) return out.enqueue(value)
        disarm()
        out.close()
      },
      cancel() {
        disarm()
        ended.abort()
      },
    })
    return c.body(whole, 200, { 'content-type': passed.type })
  }
}

function need(decided: Decision<DomainEvent[]> | null): void {
  if (decided !== null && !decided.ok)
    throw new HttpProblem(decided.error.status, decided.error.code, decided.error.detail)
}
