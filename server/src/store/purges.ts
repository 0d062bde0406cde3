import {
  type CaseFile,
  PURGE_RULES,
  type Actor,
  type Incident,
  type JournalEntry,
  type LngLat,
  type PurgeCounts,
  type PurgeRule,
  type RetentionPolicy,
  type Search,
} from '@skerry/contract'
import { sql, type Kysely, type Transaction } from 'kysely'
import { chainDrafts } from '../journal/chain.ts'
import { JournalConflict } from '../journal/journal.ts'
import { sealOf } from '../journal/seal.ts'
import { purgedEntry } from '../retention/purge-entry.ts'
import { purgedFind, purgedIncident, type Purging } from '../retention/purge-incident.ts'
import { wordsOf } from './past.ts'
import { conflictNow, isDuplicateKey, readHead, toEntry, toRow } from './stored-journal.ts'
import type { PastIncidentRow, Tables } from './tables.ts'

/** What is to be purged of a case, and how it goes into the record. */
export interface CasePurge {
  incidentId: string
  /** Rules that fall due now; those of earlier purges hold too. */
  rules: readonly PurgeRule[]
  policy: RetentionPolicy
  actor: Actor
  atMs: number
  /** A place that is near enough for figures. */
  coarse: (at: LngLat) => LngLat
}

/** Closed cases, and the purge of what is kept of them. */
export interface PurgeStore {
  /** For each rule, the cases that it falls due on next, at most `most` of ordinary and of suspended ones each. */
  next(most: number, except?: readonly string[]): Promise<CaseFile[]>
  file(incidentId: string): Promise<CaseFile | null>
  /** On how many cases each rule was carried out, and how many closed cases there are. */
  counts(): Promise<{ cases: number; purged: Record<PurgeRule, number> }>
  /**
   * Takes it out of the journal, the history and the links of guests, and writes the entry that says so: all or nothing.
   * Rejects with `JournalConflict` when the last number is not `expectedSeq`; no entry where there is no such case, or it was done.
   */
  purge(purge: CasePurge, expectedSeq: number): Promise<JournalEntry[]>
  /** Rids the files of what purges have left behind in them. Rejects where that is not possible now: call it again. */
  scrub(): Promise<void>
}

const COLUMN = {
  person: 'purged_person_ms',
  messages: 'purged_messages_ms',
  tracks: 'purged_tracks_ms',
  acts: 'purged_acts_ms',
} as const satisfies Record<PurgeRule, keyof PastIncidentRow>
const FILE_COLUMNS = ['id', 'number', 'closed_at_ms', 'personal', 'suspended', ...Object.values(COLUMN)] as const
const PURGED_TABLES = ['journal', 'past_incidents', 'past_searches', 'room_guests'] as const
/** SQLite takes 32,766 parameters in a statement. */
const EXCEPT_AT_MOST = 20_000

export function storedPurges(db: Kysely<Tables>, kind: 'sqlite' | 'postgres', changed: () => void): PurgeStore {
  return {
    async next(most, except = []) {
      const found = new Map<string, CaseFile>()
      for (const rule of PURGE_RULES)
        for (const suspended of [0, 1]) {
          let query = db
            .selectFrom('past_incidents')
            .select(FILE_COLUMNS)
            .where(COLUMN[rule], 'is', null)
            .where('suspended', '=', suspended)
            .where('closed_at_ms', 'is not', null)
          if (rule === 'person') query = query.where('personal', '=', 1)
          if (except.length > 0) query = query.where('id', 'not in', except.slice(0, EXCEPT_AT_MOST))
          const rows = await query.orderBy('closed_at_ms').limit(most).execute()
          for (const row of rows) found.set(row.id, toFile(row)!)
        }
      return [...found.values()]
    },
    async file(incidentId) {
      const row = await db
        .selectFrom('past_incidents')
        .select(FILE_COLUMNS)
        .where('id', '=', incidentId)
        .executeTakeFirst()
      return row === undefined ? null : toFile(row)
    },
    async counts() {
      const row = await db
        .selectFrom('past_incidents')
        .select(({ fn }) => [
          fn.count<number | string>('id').as('cases'),
          ...PURGE_RULES.map((rule) => fn.count<number | string>(COLUMN[rule]).as(rule)),
        ])
        .executeTakeFirstOrThrow()
      const of = (name: string): number => Number((row as Record<string, number | string>)[name])
      return {
        cases: of('cases'),
        purged: { person: of('person'), messages: of('messages'), tracks: of('tracks'), acts: of('acts') },
      }
    },
    async purge(purge, expectedSeq) {
      try {
        const entries = await db.transaction().execute((tx) => purgeCase(tx, purge, expectedSeq))
        if (entries.length > 0) changed()
        return entries
      } catch (error) {
        throw isDuplicateKey(error) ? (await conflictNow(db))(expectedSeq) : error
      }
    },
    async scrub() {
      if (kind === 'sqlite') {
        const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db)
        if (rows[0]?.busy !== 0) throw new Error('somebody reads the store: its log could not be emptied')
        return
      }
      for (const table of PURGED_TABLES) await sql`VACUUM ${sql.table(table)}`.execute(db)
    },
  }
}

async function purgeCase(tx: Transaction<Tables>, purge: CasePurge, expectedSeq: number): Promise<JournalEntry[]> {
  const head = await readHead(tx)
  if (head.seq !== expectedSeq) throw new JournalConflict(expectedSeq, head.seq)
  const { incidentId, policy, actor, atMs } = purge
  const row = await tx.selectFrom('past_incidents').selectAll().where('id', '=', incidentId).executeTakeFirst()
  const file = row && toFile(row)
  if (!row || !file) return []
  // Of two server nodes that found it due, the second finds it done.
  const rules = purge.rules.filter((rule) => file.purged[rule] === undefined)
  if (rules.length === 0) return []
  const done = { ...file.purged, ...Object.fromEntries(rules.map((rule) => [rule, atMs])) }
  const how: Purging = {
    rules: new Set(PURGE_RULES.filter((rule) => done[rule] !== undefined)),
    personal: file.personal,
    coarse: purge.coarse,
  }
  const seq = head.seq + 1
  const journal = await purgeJournal(tx, incidentId, how, seq)
  const history = await purgeHistory(tx, row, how, done)
  const removed: PurgeCounts = { entries: journal.counts, ...history }
  const [entry] = chainDrafts(
    [
      {
        atMs,
        actor,
        commandId: null,
        incidentId,
        event: {
          type: 'case.purged',
          incidentId,
          number: file.number,
          personal: file.personal,
          rules,
          policy,
          removed,
          seal: sealOf(journal.purged),
        },
      },
    ],
    head,
  )
  await tx.insertInto('journal').values(toRow(entry!)).execute()
  return [entry!]
}

/** Writes over what goes of the entries of a case; gives all that any purge has changed, in order, and what this one took. */
async function purgeJournal(
  tx: Transaction<Tables>,
  incidentId: string,
  how: Purging,
  purgedSeq: number,
): Promise<{ purged: JournalEntry[]; counts: PurgeCounts['entries'] }> {
  const counts = { person: 0, messages: 0, tracks: 0, acts: 0 }
  const purged: JournalEntry[] = []
  const rows = await tx.selectFrom('journal').selectAll().where('incident_id', '=', incidentId).orderBy('seq').execute()
  for (const entry of rows.map(toEntry)) {
    const left = purgedEntry(entry, how)
    if (left === null) {
      if (entry.purgedSeq !== undefined) purged.push(entry)
      continue
    }
    const { rule, event, actor } = left
    counts[rule]++
    const now = JSON.parse(JSON.stringify({ ...entry, event, actor, purgedSeq })) as JournalEntry
    purged.push(now)
    const { type, event: text, actor: who } = toRow(now)
    await tx
      .updateTable('journal')
      .set({ type, event: text, actor: who, purged_seq: purgedSeq })
      .where('seq', '=', entry.seq)
      .execute()
  }
  return { purged, counts }
}

/** The row of a case stays, for figures, without its words; its searches leave the history with the person. */
async function purgeHistory(
  tx: Transaction<Tables>,
  row: PastIncidentRow,
  how: Purging,
  done: CaseFile['purged'],
): Promise<Omit<PurgeCounts, 'entries'>> {
  const incident = purgedIncident(JSON.parse(row.incident) as Incident, how, done)
  const found = row.found === null ? null : (JSON.parse(row.found) as NonNullable<Search['found']>)
  await tx
    .updateTable('past_incidents')
    .set({
      incident: JSON.stringify(incident),
      source: incident.source,
      words: wordsOf(incident),
      lng: incident.position[0],
      lat: incident.position[1],
      found: found && JSON.stringify(purgedFind(found, how)),
      ...Object.fromEntries(PURGE_RULES.map((rule) => [COLUMN[rule], done[rule] ?? null])),
    })
    .where('id', '=', row.id)
    .execute()
  const guests = how.rules.has('messages')
    ? await tx.deleteFrom('room_guests').where('incident_id', '=', row.id).returning('guest_id').execute()
    : []
  if (!how.rules.has('person')) return { searches: 0, maps: 0, guests: guests.length }
  const maps = await tx
    .selectFrom('past_searches')
    .select('id')
    .where('incident_id', '=', row.id)
    .where('map', 'is not', null)
    .execute()
  const searches = await tx.deleteFrom('past_searches').where('incident_id', '=', row.id).returning('id').execute()
  return { searches: searches.length, maps: maps.length, guests: guests.length }
}

/** Null where nobody ever said when it was closed: then nothing of it falls due. */
function toFile(row: Pick<PastIncidentRow, (typeof FILE_COLUMNS)[number]>): CaseFile | null {
  if (row.closed_at_ms === null) return null
  const purged = PURGE_RULES.flatMap((rule) => (row[COLUMN[rule]] === null ? [] : [[rule, row[COLUMN[rule]]]]))
  return {
    incidentId: row.id,
    number: row.number,
    closedAtMs: row.closed_at_ms,
    personal: row.personal === 1,
    suspended: row.suspended === 1,
    purged: Object.fromEntries(purged) as CaseFile['purged'],
  }
}
