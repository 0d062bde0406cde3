import type { FeedScope } from '@skerry/contract'
import type { FeedCounters } from './feed-counters.ts'

/** Of these something is expected all the time; rosters, incidents and reports come when there is one. */
const ALWAYS_HEARD: readonly string[] = ['fixes', 'checkpoints']
/** Counts come once a minute, sailings as often at most: a feed of them alone is quiet in between. */
const MINUTE_SCOPES: readonly string[] = ['checkpoints', 'sailings']
const MINUTE_QUIET_MS = 100_000
/** Who has just made a token still has to bring it to the device, ms. */
export const SET_UP_MS = 15 * 60_000

/**
 * Feeds with a token of which something is expected all the time. One that has not been heard since this server started is
 * as lost as one that falls silent; a new one has some time to be set up.
 */
export function expectedFeeds<F extends { id: string; scopes: readonly FeedScope[]; createdAtMs: number }>(
  listed: readonly F[],
  counters: Pick<FeedCounters, 'declare' | 'expect' | 'quietMs'>,
  startedAtMs: number,
): F[] {
  for (const { id, scopes } of listed)
    if (scopes.every((scope) => MINUTE_SCOPES.includes(scope))) counters.expect(id, MINUTE_QUIET_MS)
  const expected = listed.filter(({ scopes }) => scopes.some((scope) => ALWAYS_HEARD.includes(scope)))
  for (const { id, createdAtMs } of expected)
    counters.declare(id, counters.quietMs(id), Math.max(startedAtMs, createdAtMs + SET_UP_MS))
  return expected
}
