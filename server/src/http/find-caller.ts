import type { Context } from 'hono'
import { sessionTokenOf } from '../access/cookie.ts'
import type { Feeds } from '../access/feeds.ts'
import type { Guests } from '../access/guests.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import type { Sessions } from '../access/sessions.ts'
import { HttpProblem } from './problem.ts'
import type { Caller, Who } from './route.ts'

export interface Doors {
  sessions: Pick<Sessions, 'seatOf'>
  feeds: Pick<Feeds, 'feedOf'>
  guests: Pick<Guests, 'seatOf'>
}

/**
 * Who calls, if they may.
 * @throws HttpProblem 401 for nobody, 403 for the wrong one
 */
export async function findCaller(c: Context, who: Who, doors: Doors): Promise<Caller> {
  if (who === 'public') return seatCaller(c, doors)
  const caller = 'feed' in who ? await feedCaller(c, doors) : await seatCaller(c, doors)
  if (caller.kind === 'nobody') {
    // Somebody whom the other door knows is known, and may not: that is another answer than "who are you".
    const other = 'feed' in who ? await seatCaller(c, doors) : await feedCaller(c, doors)
    if (other.kind === 'nobody') throw notKnown('feed' in who ? 'feed token' : 'session')
    throw notAllowed(`a ${other.kind} may not do this`)
  }
  if ('feed' in who) {
    if (caller.kind !== 'feed' || !caller.feed.scopes.includes(who.feed))
      throw notAllowed(`this needs scope ${who.feed}`)
  } else if (caller.kind !== 'seat' || !who.includes(caller.seat.role)) throw notAllowed('your role may not do this')
  return caller
}

async function feedCaller(c: Context, { feeds }: Doors): Promise<Caller> {
  const token = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
  const feed = token === undefined ? null : await feeds.feedOf(token)
  return feed === null ? { kind: 'nobody' } : { kind: 'feed', feed }
}

/** The signed-in seat, or nobody. A change that comes from another site's page is refused, whoever is signed in. */
async function seatCaller(c: Context, { sessions, guests }: Doors): Promise<Caller> {
  // A guest's link is in a header that no other site's page can send.
  const link = /^Guest ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (link !== undefined) {
    const seat = await guests.seatOf(link)
    return seat === null ? { kind: 'nobody' } : { kind: 'seat', seat, token: link }
  }
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
