import type { FeedScope } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Feed, FeedStore } from '../store/feeds.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** Machine credentials: one token for one feed. The token is shown once, when it is made. */
export interface Feeds {
  list(): Promise<Feed[]>
  feedOf(token: string): Promise<Feed | null>
  /** Null when there is a feed of that id. */
  create(id: string, scopes: readonly FeedScope[]): Promise<{ feed: Feed; token: string } | null>
  remove(id: string): Promise<boolean>
  /** Feeds of the demo, with the tokens of this demo. */
  declare(feeds: readonly { id: string; scopes: readonly FeedScope[]; token: string }[]): Promise<void>
}

export function createFeeds(store: FeedStore, clock: Clock): Feeds {
  const known = new Map<string, Feed>()
  /** Rises with every change: what was read from the store before that must not come back to memory. */
  let changes = 0
  return {
    list: () => store.list(),
    async feedOf(token) {
      const tokenHash = hashSecret(token)
      const held = known.get(tokenHash)
      if (held !== undefined) return held
      const before = changes
      const feed = await store.findByToken(tokenHash)
      if (feed !== null && changes === before) known.set(tokenHash, feed)
      return feed
    },
    async create(id, scopes) {
      const token = newSecret()
      const feed = { id, scopes: [...new Set(scopes)], createdAtMs: clock.nowMs() }
      return (await store.create(feed, hashSecret(token))) ? { feed, token } : null
    },
    async remove(id) {
      const removed = await store.remove(id)
      known.clear()
      changes++
      return removed
    },
    async declare(feeds) {
      for (const { id, scopes, token } of feeds)
        await store.put({ id, scopes: [...scopes], createdAtMs: clock.nowMs() }, hashSecret(token))
      known.clear()
      changes++
    },
  }
}
