import { createHash } from 'node:crypto'
import type { JournalEntry } from '@skerry/contract'
import type { EntryDraft } from './journal.ts'

/** What the first entry names as the one before it: SHA-256 of the words `skerry journal`. */
export const GENESIS = createHash('sha256').update('skerry journal').digest('hex')

/**
 * JSON with the keys of every object sorted and no spaces: one text for one value, whoever wrote it.
 * Follows JSON.stringify otherwise: undefined members are left out, NaN is null, -0 is 0.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256 of the canonical JSON of an entry without its `hash`, hex. */
export function entryHash(entry: Omit<JournalEntry, 'hash'>): string {
  const { seq, atMs, actor, commandId, incidentId, event, prev } = entry
  return createHash('sha256')
    .update(canonicalJson({ seq, atMs, actor, commandId, incidentId, event, prev }))
    .digest('hex')
}

/** Numbers and chains drafts after `head`. Entries come back as they will be read: what JSON cannot hold is gone. */
export function chainDrafts(drafts: readonly EntryDraft[], head: { seq: number; hash: string }): JournalEntry[] {
  let { seq, hash } = head
  return drafts.map((draft) => {
    const plain = JSON.parse(JSON.stringify(draft)) as EntryDraft
    const numbered = { ...plain, seq: seq + 1, prev: hash }
    seq = numbered.seq
    hash = entryHash(numbered)
    return { ...numbered, hash }
  })
}

export type ChainFault = { seq: number; kind: 'gap' | 'prev' | 'hash' | 'damaged' | 'seal' }

/**
 * The first entry that does not follow from the one before it, or null. `after` is the head it must follow. An entry that a
 * purge has changed keeps its place in the chain; that it stands as the purge left it, its seal says (`seal.ts`).
 */
export function firstFault(entries: readonly JournalEntry[], after: { seq: number; hash: string }): ChainFault | null {
  let { seq, hash } = after
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { seq: seq + 1, kind: 'gap' }
    if (entry.prev !== hash) return { seq: entry.seq, kind: 'prev' }
    if (entry.purgedSeq === undefined && entryHash(entry) !== entry.hash) return { seq: entry.seq, kind: 'hash' }
    seq = entry.seq
    hash = entry.hash
  }
  return null
}
