import { createHash, type Hash } from 'node:crypto'
import type { JournalEntry, PurgeSeal } from '@skerry/contract'
import { entryHash, type ChainFault } from './chain.ts'

/** Seals entries of one case as a purge leaves them, in their order. */
export function sealOf(entries: readonly JournalEntry[]): PurgeSeal {
  const hash = createHash('sha256')
  for (const entry of entries) hash.update(lineOf(entry))
  return { entries: entries.length, digest: hash.digest('hex') }
}

const lineOf = (entry: JournalEntry): string => `${entry.seq}:${entryHash(entry)}\n`

/** Checks that whatever says it was purged is as its purge left it: the newest purge of each case seals all of it. */
export interface SealCheck {
  /** Takes entries in order, from the first one on. */
  take(entries: readonly JournalEntry[]): void
  /** The first purged entry of the first case whose seal does not hold, when all have been taken; null: all hold. */
  fault(): ChainFault | null
}

export function createSealCheck(): SealCheck {
  const cases = new Map<string, { firstSeq: number; entries: number; hash: Hash; seal: PurgeSeal | null }>()
  const of = (incidentId: string, seq: number) => {
    const known = cases.get(incidentId)
    if (known !== undefined) return known
    const fresh = { firstSeq: seq, entries: 0, hash: createHash('sha256'), seal: null }
    cases.set(incidentId, fresh)
    return fresh
  }
  return {
    take(entries) {
      for (const entry of entries) {
        if (entry.purgedSeq !== undefined) {
          // One of no case cannot have been purged: no seal is of it.
          const one = of(entry.incidentId ?? '', entry.seq)
          if (one.entries === 0) one.firstSeq = entry.seq
          one.entries++
          one.hash.update(lineOf(entry))
        }
        if (entry.event.type === 'case.purged') of(entry.event.incidentId, entry.seq).seal = entry.event.seal
      }
    },
    fault() {
      const broken = [...cases.values()]
        .filter(({ entries, hash, seal }) => {
          const digest = hash.copy().digest('hex')
          return seal === null ? entries > 0 : seal.entries !== entries || seal.digest !== digest
        })
        .map(({ firstSeq }) => firstSeq)
      return broken.length === 0 ? null : { seq: Math.min(...broken), kind: 'seal' }
    },
  }
}
