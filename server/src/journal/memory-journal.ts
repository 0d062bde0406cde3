import type { JournalEntry } from '@skerry/contract'
import { GENESIS, chainDrafts } from './chain.ts'
import { JournalConflict, type Journal } from './journal.ts'

/** A journal that forgets with its process. For tests of what stands on a journal; never a store. */
export function memoryJournal(entries: JournalEntry[] = []): Journal & { entries: JournalEntry[] } {
  const head = () => {
    const last = entries.at(-1)
    return { seq: last?.seq ?? 0, hash: last?.hash ?? GENESIS, atMs: last?.atMs ?? null }
  }
  return {
    entries,
    async append(drafts, expectedSeq) {
      if (head().seq !== expectedSeq) throw new JournalConflict(expectedSeq, head().seq)
      const chained = chainDrafts(drafts, head())
      entries.push(...chained)
      return structuredClone(chained)
    },
    read: async (afterSeq, limit) => structuredClone(entries.slice(afterSeq, afterSeq + limit)),
    readIncident: async (incidentId) => structuredClone(entries.filter((entry) => entry.incidentId === incidentId)),
    head: async () => head(),
  }
}
