import {
  ACTING_ROLES,
  AccountView,
  Enrol,
  FeedId,
  FeedView,
  MadeFeed,
  NewAccount,
  NewFeed,
  ROLES,
  Seat,
  SignIn,
} from '@skerry/contract'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AccessRefusal, Accounts } from '../access/accounts.ts'
import { sessionCookie } from '../access/cookie.ts'
import type { Feeds } from '../access/feeds.ts'
import { SESSION_MS, type Sessions } from '../access/sessions.ts'
import type { FeedCounters } from '../intake/feed-counters.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

/** Signing in and out, and what an administrator does: people and feeds. */
export function accessRoutes(parts: {
  accounts: Accounts
  sessions: Sessions
  feeds: Feeds
  counters: Pick<FeedCounters, 'forget'>
}): Route[] {
  const { accounts, sessions, feeds, counters } = parts
  const setCookie = (c: Context, token: string | null): void => {
    const secure = c.req.header('origin')?.startsWith('https:') === true
    c.header('set-cookie', sessionCookie(token, { secure, maxAgeS: SESSION_MS / 1000 }))
  }
  return [
    route({
      method: 'post',
      path: '/api/session',
      who: 'public',
      summary: 'Sign in with an account and its password; the session is a cookie',
      body: SignIn,
      answer: { status: 200, schema: Seat },
      async handle({ body, c }) {
        const done = await accounts.signIn(body, addressOf(c))
        if (!done.ok) throw refused(done.error)
        setCookie(c, done.value.token)
        return c.json(done.value.seat)
      },
    }),
    route({
      method: 'delete',
      path: '/api/session',
      who: ACTING_ROLES,
      summary: 'Sign out: ends the session and its live connections',
      answer: { status: 204 },
      async handle({ caller, c }) {
        await sessions.revoke(caller.token)
        setCookie(c, null)
        return c.body(null, 204)
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      who: ROLES,
      summary: 'Who is signed in here',
      answer: { status: 200, schema: Seat },
      handle: ({ caller, c }) => c.json(caller.seat),
    }),
    route({
      method: 'post',
      path: '/api/enrol',
      who: 'public',
      summary: 'Make the first administrator, with the one-time secret that the start printed',
      body: Enrol,
      answer: { status: 201, schema: AccountView },
      async handle({ body, c }) {
        const done = await accounts.enrol(body)
        if (!done.ok) throw refused(done.error)
        return c.json(done.value, 201)
      },
    }),
    route({
      method: 'get',
      path: '/api/accounts',
      who: ['admin'],
      summary: 'Accounts of the staff',
      answer: { status: 200, schema: z.array(AccountView) },
      handle: async ({ c }) => c.json(await accounts.list()),
    }),
    route({
      method: 'post',
      path: '/api/accounts',
      who: ['admin'],
      summary: 'Make an account for a member of staff',
      body: NewAccount,
      answer: { status: 201, schema: AccountView },
      async handle({ body, caller, c }) {
        const done = await accounts.create(body, caller.seat)
        if (!done.ok) throw refused(done.error)
        return c.json(done.value, 201)
      },
    }),
    route({
      method: 'get',
      path: '/api/feeds',
      who: ['admin'],
      summary: 'Feeds and what each may write',
      answer: { status: 200, schema: z.array(FeedView) },
      handle: async ({ c }) => c.json(await feeds.list()),
    }),
    route({
      method: 'post',
      path: '/api/feeds',
      who: ['admin'],
      summary: 'Make a feed; its token is shown in this answer and never again',
      body: NewFeed,
      answer: { status: 201, schema: MadeFeed },
      async handle({ body, caller, c }) {
        const made = await feeds.create(body, caller.seat)
        if (made === null) throw new HttpProblem(409, 'feed-exists', `there is a feed ${body.id} already`)
        return c.json(made, 201)
      },
    }),
    route({
      method: 'delete',
      path: '/api/feeds/:id',
      who: ['admin'],
      summary: 'Remove a feed; its token is worth nothing from now on',
      params: z.strictObject({ id: FeedId }),
      answer: { status: 204 },
      async handle({ params, caller, c }) {
        if (!(await feeds.remove(params.id, caller.seat)))
          throw new HttpProblem(404, 'unknown-feed', `no feed ${params.id}`)
        counters.forget(params.id)
        return c.body(null, 204)
      },
    }),
  ]
}

const refused = ({ status, code, detail, waitMs }: AccessRefusal): HttpProblem =>
  new HttpProblem(status, code, detail, {
    headers: waitMs === undefined ? {} : { 'retry-after': String(Math.ceil(waitMs / 1000)) },
  })

/** Address of the other end, as far as this server sees it. */
function addressOf(c: Context): string {
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return bindings?.incoming?.socket?.remoteAddress ?? 'unknown'
}
