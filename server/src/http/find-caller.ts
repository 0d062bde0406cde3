import type { Context } from 'hono'
import { sessionTokenOf } from '../access/cookie.ts'
import type { Feeds } from '../access/feeds.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import type { Sessions } from '../access/sessions.ts'
import { HttpProblem } from './problem.ts'
import type { Caller, Who } from './route.ts'

export interface Doors {
  sessions: Pick<Sessions, 'seatOf'>
  feeds: Pick<Feeds, 'feedOf'>
}

/**
 * Who calls, if they may.
 * @throws HttpProblem 401 for nobody, 403 for the wrong one
 */
export async function findCaller(c: Context, who: Who, doors: Doors): Promise<Caller> {
  if (who === 'public') return seatCaller(c, doors)
  if ('feed' in who) {
    const token = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
    const feed = token === undefined ? null : await doors.feeds.feedOf(token)
    if (feed === null) {
      // A person who is signed in is known, but is not a feed.
      const person = await seatCaller(c, doors)
      throw person.kind === 'seat' ? notAllowed(`this needs a feed with scope ${who.feed}`) : notKnown('feed token')
    }
    if (!feed.scopes.includes(who.feed)) throw notAllowed(`feed ${feed.id} has no scope ${who.feed}`)
    return { kind: 'feed', feed }
  }
  const caller = await seatCaller(c, doors)
  if (caller.kind !== 'seat') throw notKnown('session')
  if (!who.includes(caller.seat.role)) throw notAllowed(`a ${caller.seat.role} may not do this`)
  return caller
}

/** The signed-in seat, or nobody. A change that comes from another site's page is refused, whoever is signed in. */
async function seatCaller(c: Context, { sessions }: Doors): Promise<Caller> {
  const token = sessionTokenOf(c.req.header('cookie'))
  const seat = token === null ? null : await sessions.seatOf(token)
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    const { origin, host } = { origin: c.req.header('origin'), host: c.req.header('host') }
    if (!isSameOrigin({ origin, host, fetchSite: c.req.header('sec-fetch-site') }))
      throw new HttpProblem(403, 'cross-origin', 'this comes from a page of another site')
  }
  return seat === null || token === null ? { kind: 'nobody' } : { kind: 'seat', seat, token }
}

const notKnown = (what: string): HttpProblem =>
  new HttpProblem(401, 'no-session', `no valid ${what}`, {
    headers: what === 'feed token' ? { 'www-authenticate': 'Bearer' } : {},
  })
const notAllowed = (detail: string): HttpProblem => new HttpProblem(403, 'role-not-allowed', detail)
