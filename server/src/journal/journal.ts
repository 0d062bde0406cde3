import type { Actor, DomainEvent, JournalEntry } from '@skerry/contract'

/** An entry before the journal has numbered and chained it. */
export interface EntryDraft {
  atMs: number
  actor: Actor
  commandId: string | null
  incidentId: string | null
  event: DomainEvent
}

/** Raised by `append` when someone else wrote first: read on from `actualSeq` and decide again. */
export class JournalConflict extends Error {
  readonly actualSeq: number
  constructor(expectedSeq: number, actualSeq: number) {
    super(`journal is at ${actualSeq}, not at ${expectedSeq}`)
    this.actualSeq = actualSeq
  }
}

/**
 * The append-only, hash-chained record of everything that happened on the events plane.
 * `append` resolves only when the entries are durable (SQLite: WAL with synchronous=full; PostgreSQL: commit).
 */
export interface Journal {
  /** All drafts or none. Rejects with `JournalConflict` when the last number is not `expectedSeq`. */
  append(drafts: readonly EntryDraft[], expectedSeq: number): Promise<JournalEntry[]>
  /** Entries with seq > afterSeq, in order, at most `limit`. */
  read(afterSeq: number, limit: number): Promise<JournalEntry[]>
  readIncident(incidentId: string): Promise<JournalEntry[]>
  /** Seq and hash of the last entry; seq 0 and the chain's first hash for an empty journal. */
  head(): Promise<{ seq: number; hash: string; atMs: number | null }>
}
