import { FeedView, MadeFeed, type NewFeed } from '@skerry/contract'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { request, type Failure } from '../api/request.ts'

const Views = FeedView.array()
const Nothing = { parse: (): null => null }

/** Feeds and what each may write, for an administrator; null until they were read. */
export const useFeedKeys = defineStore('feed-keys', () => {
  const feeds = shallowRef<readonly FeedView[] | null>(null)
  /** The feed just made, with its token: held only until it is put away, and never asked for again. */
  const fresh = shallowRef<MadeFeed | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)

  async function load(): Promise<void> {
    const answer = await request('GET', '/api/feeds', undefined, Views)
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) feeds.value = answer.value
  }

  /** Resolves to whether the feed is made; if not, `failure` says why. */
  async function make(feed: NewFeed): Promise<boolean> {
    busy.value = true
    const answer = await request('POST', '/api/feeds', feed, MadeFeed)
    busy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) {
      fresh.value = answer.value
      await load()
    }
    return answer.ok
  }

  async function remove(id: string): Promise<void> {
    busy.value = true
    const answer = await request('DELETE', `/api/feeds/${encodeURIComponent(id)}`, undefined, Nothing)
    busy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    if (fresh.value?.feed.id === id) fresh.value = null
    await load()
  }

  const putAway = (): void => {
    fresh.value = null
  }
  return { feeds, fresh, failure, busy, load, make, remove, putAway }
})
