import path from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { storedAccounts, type AccountStore } from './accounts.ts'
import { storedCheckpointCounts, type CheckpointCountStore } from './checkpoint-counts.ts'
import { lockDataFolder } from './data-lock.ts'
import { storedFeeds, type FeedStore } from './feeds.ts'
import { storedGuests, type GuestStore } from './guests.ts'
import { storedKiosks, type KioskStore } from './kiosks.ts'
import { migrate } from './migrations.ts'
import { storedPast, type PastStore } from './past.ts'
import { storedPurges, type PurgeStore } from './purges.ts'
import { storedSailings, type SailingStore } from './sailings.ts'
import { storedSessions, type SessionStore } from './sessions.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { storedJournal, type LastWrite } from './stored-journal.ts'
import type { Tables } from './tables.ts'
import { storedTracks, type TrackStore } from './tracks.ts'

/** The one port to what is kept. Everything it acknowledges is durable as `info.durability` says. */
export interface Store {
  journal: Journal
  accounts: AccountStore
  sessions: SessionStore
  feeds: FeedStore
  guests: GuestStore
  kiosks: KioskStore
  tracks: TrackStore
  checkpointCounts: CheckpointCountStore
  sailings: SailingStore
  past: PastStore
  purges: PurgeStore
  info: { kind: 'sqlite' | 'postgres'; durability: string }
  lastWrite(): LastWrite | null
  /** Waits for what is being written. */
  close(): Promise<void>
}

/** File of the embedded store inside a data folder. */
export const embeddedFile = (dataDir: string): string => path.join(dataDir, 'skerry.db')

/**
 * @param url `sqlite:PATH` of a file in a data folder that this process then owns, or `postgres://...`
 * @throws DataFolderError when the folder is taken or cannot be written; the driver's error when PostgreSQL refuses
 */
export async function openStore({ url, clock }: { url: string; clock: Clock }): Promise<Store> {
  const opened = url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url)
  const { db, kind } = opened
  try {
    await migrate(db, kind, clock.nowMs())
    const journal = storedJournal(db, clock)
    const past = storedPast(db)
    return {
      journal,
      accounts: storedAccounts(db),
      sessions: storedSessions(db),
      feeds: storedFeeds(db),
      guests: storedGuests(db),
      kiosks: storedKiosks(db),
      tracks: storedTracks(db),
      checkpointCounts: storedCheckpointCounts(db),
      sailings: storedSailings(db),
      past,
      purges: storedPurges(db, kind, past.changed),
      info: { kind, durability: await durabilityWords(db, kind) },
      lastWrite: journal.lastWrite,
      async close() {
        await journal.idle()
        await opened.close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** A journal for reading only, beside a server that may be running. */
export function openJournalForReading(url: string, clock: Clock): { journal: Journal; close(): Promise<void> } {
  const db = url.startsWith('sqlite:')
    ? new Kysely<Tables>({ dialect: sqliteDialect(url.slice('sqlite:'.length), { readOnly: true }) })
    : openPostgres(url).db
  return { journal: storedJournal(db, clock), close: () => db.destroy() }
}

interface Opened {
  db: Kysely<Tables>
  kind: 'sqlite' | 'postgres'
  close(): Promise<void>
}

function openSqlite(file: string): Opened {
  const unlock = lockDataFolder(path.dirname(file))
  const db = new Kysely<Tables>({ dialect: sqliteDialect(file, { readOnly: false }) })
  return {
    db,
    kind: 'sqlite',
    async close() {
      await db.destroy()
      unlock()
    },
  }
}

function openPostgres(url: string): Opened {
  const pool = new Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5000,
    types: {
      // BIGINT comes as text by default; journal numbers stay far below 2^53.
      getTypeParser: (oid: number) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid)),
    },
  })
  // An idle connection that breaks must not end the process: the next query says what is wrong.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, kind: 'postgres', close: () => db.destroy() }
}

async function durabilityWords(db: Kysely<Tables>, kind: 'sqlite' | 'postgres'): Promise<string> {
  if (kind === 'sqlite') {
    const row = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(db)
    if (row.rows[0]?.synchronous !== 2) throw new Error('SQLite did not take synchronous=FULL')
    return 'flushed to the disk before the answer (SQLite, WAL, synchronous=FULL): survives a killed process and a power cut'
  }
  const fsync = await sql<{ fsync: string }>`SHOW fsync`.execute(db)
  const commit = await sql<{ synchronous_commit: string }>`SHOW synchronous_commit`.execute(db)
  const settings = `fsync=${fsync.rows[0]?.fsync}, synchronous_commit=${commit.rows[0]?.synchronous_commit}`
  return `committed by PostgreSQL before the answer (${settings})`
}
