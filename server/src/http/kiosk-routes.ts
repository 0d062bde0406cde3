import { KioskId, KioskView, MadeKiosk, NewKiosk, OpenKiosk, Seat } from '@skerry/contract'
import { z } from 'zod'
import { sessionCookie } from '../access/cookie.ts'
import { KIOSK_COOKIE_S, type Kiosks } from '../access/kiosks.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

/** Walls: an administrator makes and removes them; a wall exchanges the token of its link for a cookie. */
export const kioskRoutes = (kiosks: Kiosks): Route[] => [
  route({
    method: 'post',
    path: '/api/kiosk',
    who: 'public',
    summary: 'Exchange the token of a wall’s link for its cookie; this browser is then that wall and can only look',
    body: OpenKiosk,
    answer: { status: 200, schema: Seat },
    async handle({ body, c }) {
      const seat = await kiosks.seatOf(body.token)
      if (seat === null) throw new HttpProblem(401, 'no-session', 'no valid kiosk link')
      const secure = c.req.header('origin')?.startsWith('https:') === true
      c.header('set-cookie', sessionCookie(body.token, { secure, maxAgeS: KIOSK_COOKIE_S }))
      return c.json(seat)
    },
  }),
  route({
    method: 'get',
    path: '/api/kiosks',
    who: ['admin'],
    summary: 'Walls that may look',
    answer: { status: 200, schema: z.array(KioskView) },
    handle: async ({ c }) => c.json(await kiosks.list()),
  }),
  route({
    method: 'post',
    path: '/api/kiosks',
    who: ['admin'],
    summary: 'Make a wall; its token is shown in this answer and never again',
    body: NewKiosk,
    answer: { status: 201, schema: MadeKiosk },
    async handle({ body, caller, c }) {
      const made = await kiosks.create(body, caller.seat)
      if (made === null) throw new HttpProblem(409, 'kiosk-exists', `there is a kiosk ${body.id} already`)
      return c.json(made, 201)
    },
  }),
  route({
    method: 'delete',
    path: '/api/kiosks/:id',
    who: ['admin'],
    summary: 'Remove a wall; it is shut out at once',
    params: z.strictObject({ id: KioskId }),
    answer: { status: 204 },
    async handle({ params, caller, c }) {
      if (!(await kiosks.remove(params.id, caller.seat)))
        throw new HttpProblem(404, 'unknown-kiosk', `no kiosk ${params.id}`)
      return c.body(null, 204)
    },
  }),
]
