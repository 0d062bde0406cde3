import type { PartState } from '@skerry/contract'
import type { Clock } from '../clock.ts'

/** A feed that has been silent this long is behind, and then lost. Unit fixes come every few seconds. */
const DEGRADED_MS = 15_000
const LOST_MS = 60_000

export interface FeedCount {
  id: string
  lastAtMs: number | null
  accepted: number
  refused: number
  state: PartState
}

/** What each feed has brought since this server started, and how old it is. */
export interface FeedCounters {
  came(feedId: string, counts: { accepted: number; refused: number }): void
  of(feedId: string): FeedCount
  forget(feedId: string): void
}

export function createFeedCounters(clock: Clock): FeedCounters {
  const counts = new Map<string, { lastAtMs: number; accepted: number; refused: number }>()
  return {
    came(feedId, { accepted, refused }) {
      const known = counts.get(feedId) ?? { lastAtMs: 0, accepted: 0, refused: 0 }
      counts.set(feedId, {
        lastAtMs: clock.nowMs(),
        accepted: known.accepted + accepted,
        refused: known.refused + refused,
      })
    },
    of(feedId) {
      const known = counts.get(feedId)
      if (known === undefined) return { id: feedId, lastAtMs: null, accepted: 0, refused: 0, state: 'unknown' }
      const ageMs = clock.nowMs() - known.lastAtMs
      return { id: feedId, ...known, state: ageMs < DEGRADED_MS ? 'ok' : ageMs < LOST_MS ? 'degraded' : 'lost' }
    },
    forget: (feedId) => void counts.delete(feedId),
  }
}
