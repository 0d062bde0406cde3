import type { Update } from '@skerry/contract'

/** Updates that are held for clients that come back; older ones cost a snapshot. */
const HELD = 20_000

export interface UpdateRing {
  push(update: Update): void
  /** Exactly the updates after `seq`, in order; null when some of them are no longer (or not yet) held. */
  since(seq: number): Update[] | null
}

/** The newest updates, without gaps, by number. */
export function createUpdateRing(held = HELD): UpdateRing {
  let updates: Update[] = []
  return {
    push(update) {
      updates.push(update)
      // Trimmed in large steps, so that one push in many pays for the move.
      if (updates.length >= held * 1.25) updates = updates.slice(-held)
    },
    since(seq) {
      const first = updates[0]
      if (!first) return seq === 0 ? [] : null
      const last = updates.at(-1)!
      if (seq < first.seq - 1 || seq > last.seq) return null
      return updates.slice(seq - first.seq + 1)
    },
  }
}
