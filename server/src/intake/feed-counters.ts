import type { FeedReason, PartState } from '@skerry/contract'
import type { Clock } from '../clock.ts'

/** A feed that has been silent this long is behind, and after four times this lost. Unit fixes come every few seconds. */
const QUIET_MS = 15_000
const LOST_AFTER = 4

export interface FeedCount {
  id: string
  /** When something of the feed last came, by our clock. */
  lastAtMs: number | null
  /** Newest time that the feed's own sources gave, by their clocks. */
  lastSourceAtMs: number | null
  accepted: number
  late: number
  ignored: number
  refused: number
  /** Numbers that point at persons, taken out of free text. */
  redacted: number
  reasons: Partial<Record<FeedReason, number>>
  /** Why it could not be reached when it was last dialled; null while it can, and for those that are not dialled. */
  fault: { text: string; atMs: number } | null
  state: PartState
}

export interface Coming {
  accepted?: number
  /** Of the accepted: true, but older than what was known. */
  late?: number
  /** Well formed and of no use here. */
  ignored?: number
  refused?: number
  redacted?: number
  /** Why, for as many of the refused as is known. */
  reasons?: readonly FeedReason[]
  sourceAtMs?: number | null
}

/** What each feed has brought since this server started, and how old it is. */
export interface FeedCounters {
  came(feedId: string, counts: Coming): void
  /** Somebody who is not the feed, or may not speak now: counted, and no sign of life. */
  turnedAway(feedId: string, reason: FeedReason): void
  /** Dialled: null when it was reached, else why not. It has said nothing yet in either case. */
  dialled(feedId: string, fault: string | null): void
  of(feedId: string): FeedCount
  forget(feedId: string): void
  /** How long this feed may be silent. */
  expect(feedId: string, quietMs: number): void
  /**
   * This feed is expected: one that is not heard at all is lost as soon as one that falls silent.
   * @param sinceMs from when on, default now; may lie ahead, for one that is only being set up
   */
  declare(feedId: string, quietMs: number, sinceMs?: number): void
  /** How long this feed may be silent, ms: what was told, or the default. */
  quietMs(feedId: string): number
}

export function createFeedCounters(clock: Clock): FeedCounters {
  const counts = new Map<string, Omit<FeedCount, 'id' | 'state'>>()
  const quiet = new Map<string, number>()
  const declaredAtMs = new Map<string, number>()
  const known = (feedId: string): Omit<FeedCount, 'id' | 'state'> => {
    const count = counts.get(feedId) ?? { ...NONE, reasons: {} }
    counts.set(feedId, count)
    return count
  }
  const reasoned = ({ reasons }: Pick<FeedCount, 'reasons'>, reason: FeedReason): void => {
    reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  return {
    came(feedId, { accepted = 0, late = 0, ignored = 0, refused = 0, redacted = 0, reasons = [], sourceAtMs = null }) {
      const count = known(feedId)
      count.lastAtMs = clock.nowMs()
      count.accepted += accepted
      count.late += late
      count.ignored += ignored
      count.refused += refused
      count.redacted += redacted
      for (const reason of reasons) reasoned(count, reason)
      if (sourceAtMs !== null) count.lastSourceAtMs = Math.max(count.lastSourceAtMs ?? 0, sourceAtMs)
    },
    turnedAway(feedId, reason) {
      const count = known(feedId)
      count.refused++
      reasoned(count, reason)
    },
    of(feedId) {
      const count = counts.get(feedId)
      const quietMs = quiet.get(feedId) ?? QUIET_MS
      if (count === undefined || count.lastAtMs === null) {
        const sinceMs = declaredAtMs.get(feedId)
        const missed = sinceMs !== undefined && clock.nowMs() - sinceMs >= LOST_AFTER * quietMs
        const state = missed ? 'lost' : 'unknown'
        return { ...NONE, ...count, reasons: { ...count?.reasons }, id: feedId, state }
      }
      const ageMs = clock.nowMs() - count.lastAtMs
      const state = ageMs < quietMs ? 'ok' : ageMs < LOST_AFTER * quietMs ? 'degraded' : 'lost'
      return { ...count, reasons: { ...count.reasons }, id: feedId, state }
    },
    forget(feedId) {
      counts.delete(feedId)
      declaredAtMs.delete(feedId)
    },
    dialled(feedId, fault) {
      known(feedId).fault = fault === null ? null : { text: fault.slice(0, 200), atMs: clock.nowMs() }
    },
    expect: (feedId, quietMs) => void quiet.set(feedId, quietMs),
    declare(feedId, quietMs, sinceMs = clock.nowMs()) {
      quiet.set(feedId, quietMs)
      declaredAtMs.set(feedId, sinceMs)
    },
    quietMs: (feedId) => quiet.get(feedId) ?? QUIET_MS,
  }
}

const NONE = {
  lastAtMs: null,
  lastSourceAtMs: null,
  accepted: 0,
  late: 0,
  ignored: 0,
  refused: 0,
  redacted: 0,
  reasons: {},
  fault: null,
}
