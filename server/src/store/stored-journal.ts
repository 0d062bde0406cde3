import type { JournalEntry } from '@skerry/contract'
import type { Kysely, Transaction } from 'kysely'
import type { Clock } from '../clock.ts'
import { GENESIS, chainDrafts } from '../journal/chain.ts'
import { JournalConflict, type EntryDraft, type Journal } from '../journal/journal.ts'
import type { JournalRow, Tables } from './tables.ts'

/** An entry whose text cannot be read any more: the file was changed or damaged. */
export class DamagedEntry extends Error {
  readonly seq: number
  constructor(seq: number) {
    super(`journal entry ${seq} cannot be read`)
    this.seq = seq
  }
}

interface Head {
  seq: number
  hash: string
  atMs: number | null
}

/** When the journal was last written, and how long that took until it was durable. */
export interface LastWrite {
  atMs: number
  tookMs: number
}

interface Waiting {
  drafts: readonly EntryDraft[]
  expectedSeq: number
  resolve(entries: JournalEntry[]): void
  reject(error: unknown): void
}

/** SQLite and PostgreSQL both take many rows in a statement, up to a number of parameters. */
const ROWS_PER_INSERT = 500

/**
 * The journal in a database. Appends that come while one is being flushed share the next commit
 * (group commit), so that many small writers cost one flush.
 */
export function storedJournal(
  db: Kysely<Tables>,
  clock: Clock,
): Journal & { lastWrite(): LastWrite | null; idle(): Promise<void> } {
  let waiting: Waiting[] = []
  let flushing: Promise<void> | null = null
  let lastWrite: LastWrite | null = null

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      const startedAtMs = clock.nowMs()
      try {
        const settle = await db.transaction().execute((tx) => appendGroup(tx, group))
        const endedAtMs = clock.nowMs()
        lastWrite = { atMs: endedAtMs, tookMs: endedAtMs - startedAtMs }
        for (const done of settle) done()
      } catch (error) {
        const fault = isDuplicateKey(error) ? await conflictNow(db) : () => error
        for (const each of group) each.reject(fault(each.expectedSeq))
      }
    }
    // In the same turn as the last look at `waiting`: an append in between would wait for ever.
    flushing = null
  }

  return {
    append(drafts, expectedSeq) {
      return new Promise((resolve, reject) => {
        waiting.push({ drafts, expectedSeq, resolve, reject })
        flushing ??= flush()
      })
    },
    async read(afterSeq, limit) {
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('seq', '>', afterSeq)
        .orderBy('seq')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },
    async readIncident(incidentId) {
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('incident_id', '=', incidentId)
        .orderBy('seq')
        .execute()
      return rows.map(toEntry)
    },
    head: () => readHead(db),
    lastWrite: () => lastWrite,
    idle: async () => flushing ?? undefined,
  }
}

/** Writes what fits in one transaction; what each caller is told waits for its commit. */
async function appendGroup(tx: Transaction<Tables>, group: readonly Waiting[]): Promise<(() => void)[]> {
  let head = await readHead(tx)
  const rows: JournalRow[] = []
  const settle: (() => void)[] = []
  for (const each of group) {
    if (each.expectedSeq !== head.seq) {
      const conflict = new JournalConflict(each.expectedSeq, head.seq)
      settle.push(() => each.reject(conflict))
      continue
    }
    const entries = chainDrafts(each.drafts, head)
    const last = entries.at(-1)
    if (last !== undefined) head = { seq: last.seq, hash: last.hash, atMs: last.atMs }
    rows.push(...entries.map(toRow))
    settle.push(() => each.resolve(entries))
  }
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT)
    await tx
      .insertInto('journal')
      .values(rows.slice(i, i + ROWS_PER_INSERT))
      .execute()
  return settle
}

export async function conflictNow(db: Kysely<Tables>): Promise<(expectedSeq: number) => Error> {
  const { seq } = await readHead(db)
  return (expectedSeq) => new JournalConflict(expectedSeq, seq)
}

export async function readHead(db: Kysely<Tables>): Promise<Head> {
  const row = await db
    .selectFrom('journal')
    .select(['seq', 'hash', 'at_ms'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? { seq: 0, hash: GENESIS, atMs: null } : { seq: row.seq, hash: row.hash, atMs: row.at_ms }
}

/** Another node wrote the same number first: PostgreSQL's unique_violation, SQLite's SQLITE_CONSTRAINT_PRIMARYKEY. */
export function isDuplicateKey(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === '23505' || errcode === 1555
}

export const toRow = (entry: JournalEntry): JournalRow => ({
  seq: entry.seq,
  at_ms: entry.atMs,
  actor: JSON.stringify(entry.actor),
  command_id: entry.commandId,
  incident_id: entry.incidentId,
  type: entry.event.type,
  event: JSON.stringify(entry.event),
  prev: entry.prev,
  hash: entry.hash,
  purged_seq: entry.purgedSeq ?? null,
})

export function toEntry(row: JournalRow): JournalEntry {
  try {
    return {
      seq: row.seq,
      atMs: row.at_ms,
      actor: JSON.parse(row.actor) as JournalEntry['actor'],
      commandId: row.command_id,
      incidentId: row.incident_id,
      event: JSON.parse(row.event) as JournalEntry['event'],
      prev: row.prev,
      hash: row.hash,
      ...(row.purged_seq == null ? {} : { purgedSeq: row.purged_seq }),
    }
  } catch {
    throw new DamagedEntry(row.seq)
  }
}
