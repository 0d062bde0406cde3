import type { Actor, DomainEvent } from '@skerry/contract'
import { expect, it } from 'vitest'
import { feedAlarms } from '../alarms/feed-watch.ts'
import { COORDINATOR, world } from '../domain/test-kit.ts'
import type { Engine } from '../engine/engine.ts'
import type { FeedStore } from '../store/feeds.ts'
import { createFeeds } from './feeds.ts'

it('ends the alarm of a lost feed with the feed: nothing else could', async () => {
  const { picture, apply, nowMs, newId, only } = world()
  const kept = new Set(['gps', 'ais'])
  const feeds = createFeeds({
    store: { remove: (id: string) => Promise.resolve(kept.delete(id)) } as unknown as FeedStore,
    engine: {
      record: (_actor: Actor, decide: (now: typeof picture) => DomainEvent[]) => {
        apply(decide(picture))
        return Promise.resolve()
      },
    } as unknown as Pick<Engine, 'record'>,
    clock: { nowMs },
    reserved: new Set(),
  })
  const lost = { id: 'gps', state: 'lost', lastAtMs: null, fault: null } as const
  apply(feedAlarms(picture, [lost], { nowMs: nowMs(), newId }))
  await feeds.remove('ais', COORDINATOR)
  expect(only('alarm')).toMatchObject({ kind: 'feed-lost', clearedAtMs: null })
  await feeds.remove('gps', COORDINATOR)
  expect(only('alarm').clearedAtMs).toBe(nowMs())
})
