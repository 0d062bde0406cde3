import type { DomainEvent, FeedScope, MadeFeed, NewFeed, Seat } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { clearAlarm } from '../domain/alarms/rules.ts'
import type { Engine } from '../engine/engine.ts'
import type { Feed, FeedStore } from '../store/feeds.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** Machine credentials: one token for one feed. The token is shown once, when it is made. */
export interface Feeds {
  list(): Promise<Feed[]>
  feedOf(token: string): Promise<Feed | null>
  /** Null when there is a feed of that id, in the store or in the feeds file. */
  create(given: NewFeed, by: Seat): Promise<MadeFeed | null>
  /** False when there is none of that id. */
  remove(id: string, by: Seat): Promise<boolean>
  /** Feeds of the demo, with the tokens of this demo. */
  declare(feeds: readonly { id: string; scopes: readonly FeedScope[]; token: string }[]): Promise<void>
}

interface Parts {
  store: FeedStore
  engine: Pick<Engine, 'record'>
  clock: Clock
  /** Names that the feeds file has taken. */
  reserved: ReadonlySet<string>
}

export function createFeeds({ store, engine, clock, reserved }: Parts): Feeds {
  const known = new Map<string, Feed>()
  /** Rises with every change: what was read from the store before that must not come back to memory. */
  let changes = 0
  const record = (by: Seat, event: DomainEvent) =>
    engine.record({ kind: 'seat', seat: by }, (picture) => [
      event,
      // Nothing can come of it any more, so nothing else could end it.
      ...(event.type === 'feed.removed' ? clearAlarm(picture, 'feed-lost', event.feed) : []),
    ])
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
    async create({ id, scopes: given }, by) {
      if (reserved.has(id)) return null
      const token = newSecret()
      const scopes = [...new Set(given)]
      const feed = { id, scopes, createdAtMs: clock.nowMs() }
      if (!(await store.create(feed, hashSecret(token)))) return null
      await record(by, { type: 'feed.created', feed: id, scopes })
      return { feed, token }
    },
    async remove(id, by) {
      const removed = await store.remove(id)
      known.clear()
      changes++
      if (removed) await record(by, { type: 'feed.removed', feed: id })
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
