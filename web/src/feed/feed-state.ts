/** What is known about the console's own feed. Times are of the browser's monotonic clock, ms. */
export interface FeedFacts {
  connected: boolean
  /** Why it is not connected, as far as the browser can tell. */
  refused: boolean
  attempts: number
  lastPulseAtMs: number | null
  /** Newest journal number the server told of, and the newest one held. */
  pulseSeq: number | null
  heldSeq: number | null
  /** Since when `heldSeq` has been short of `pulseSeq`; null while it is not. */
  shortSinceMs: number | null
}

export type FeedCause = 'server-silent' | 'connection-cut' | 'refused' | 'catching-up' | 'page-slept'
export type FeedState =
  | { at: 'connecting' }
  | { at: 'live'; ageS: number }
  | { at: 'behind'; ageS: number; cause: FeedCause; missing: number }
  | { at: 'lost'; ageS: number; cause: FeedCause; attempts: number }

export const FIRST_FACTS: FeedFacts = {
  connected: false,
  refused: false,
  attempts: 0,
  lastPulseAtMs: null,
  pulseSeq: null,
  heldSeq: null,
  shortSinceMs: null,
}

/** A pulse comes every second. One late pulse is "behind"; past this age the picture counts as lost. */
const BEHIND_MS = 1600
const LOST_MS = 2500
/** A cut that heals at once (a proxy that turned over) is not worth alarming a room. */
const CUT_GRACE_MS = 1200
const SHORT_GRACE_MS = 1000

/** After the browser itself stood still, what the socket holds back is let in before the server is blamed. */
const WAKING_MS = 800

/**
 * State of the own feed at a moment of the same monotonic clock.
 * @param wokeAtMs when this page last came back from standing still (a hidden tab, a busy machine), null for never
 */
export function feedState(facts: FeedFacts, nowMs: number, wokeAtMs: number | null = null): FeedState {
  if (facts.lastPulseAtMs === null) return { at: 'connecting' }
  const ageMs = Math.max(0, nowMs - facts.lastPulseAtMs)
  const ageS = ageMs / 1000
  const cause: FeedCause = facts.refused ? 'refused' : facts.connected ? 'server-silent' : 'connection-cut'
  const waking = wokeAtMs !== null && nowMs - wokeAtMs < WAKING_MS
  if (waking && ageMs >= BEHIND_MS) return { at: 'behind', ageS, cause: 'page-slept', missing: 0 }
  if (ageMs >= LOST_MS || (!facts.connected && ageMs >= CUT_GRACE_MS))
    return { at: 'lost', ageS, cause, attempts: facts.attempts }
  if (ageMs >= BEHIND_MS || !facts.connected) return { at: 'behind', ageS, cause, missing: 0 }
  if (facts.shortSinceMs !== null && nowMs - facts.shortSinceMs >= SHORT_GRACE_MS)
    return { at: 'behind', ageS, cause: 'catching-up', missing: (facts.pulseSeq ?? 0) - (facts.heldSeq ?? 0) }
  return { at: 'live', ageS }
}
