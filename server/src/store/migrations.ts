import { sql, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Plain SQL that SQLite and PostgreSQL read alike. A migration that has shipped is never edited: add the next one. */
const MIGRATIONS: readonly { id: number; name: string; statements: readonly string[] }[] = [
  {
    id: 1,
    name: 'journal, accounts, sessions, feeds, tracks, checkpoint counts',
    statements: [
      `CREATE TABLE journal (
        seq BIGINT PRIMARY KEY,
        at_ms DOUBLE PRECISION NOT NULL,
        actor TEXT NOT NULL,
        command_id TEXT,
        incident_id TEXT,
        type TEXT NOT NULL,
        event TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL)`,
      `CREATE INDEX journal_incident ON journal (incident_id, seq)`,
      `CREATE TABLE accounts (
        account TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        salt TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        created_at_ms DOUBLE PRECISION NOT NULL)`,
      `CREATE TABLE sessions (
        token_hash TEXT PRIMARY KEY,
        seat_id TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
        created_at_ms DOUBLE PRECISION NOT NULL,
        expires_at_ms DOUBLE PRECISION NOT NULL)`,
      `CREATE TABLE feeds (
        id TEXT PRIMARY KEY,
        scopes TEXT NOT NULL,
        token_hash TEXT NOT NULL UNIQUE,
        created_at_ms DOUBLE PRECISION NOT NULL)`,
      `CREATE TABLE tracks (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        at_ms DOUBLE PRECISION NOT NULL,
        received_at_ms DOUBLE PRECISION NOT NULL,
        lng DOUBLE PRECISION NOT NULL,
        lat DOUBLE PRECISION NOT NULL,
        accuracy_m DOUBLE PRECISION,
        heading_deg DOUBLE PRECISION,
        speed_mps DOUBLE PRECISION,
        height_m DOUBLE PRECISION)`,
      `CREATE INDEX tracks_thing ON tracks (kind, id, at_ms)`,
      `CREATE TABLE checkpoint_counts (
        checkpoint_id TEXT NOT NULL,
        minute_ms DOUBLE PRECISION NOT NULL,
        received_at_ms DOUBLE PRECISION NOT NULL,
        in_persons DOUBLE PRECISION,
        out_persons DOUBLE PRECISION,
        in_vehicles DOUBLE PRECISION,
        out_vehicles DOUBLE PRECISION,
        queue_persons DOUBLE PRECISION,
        queue_vehicles DOUBLE PRECISION,
        PRIMARY KEY (checkpoint_id, minute_ms))`,
    ],
  },
]

/** Number that two server nodes agree on while one of them migrates a shared PostgreSQL. */
const ADVISORY_LOCK = 5_150_417

/** Brings the tables up to date, all or nothing. */
export async function migrate(db: Kysely<Tables>, kind: 'sqlite' | 'postgres', nowMs: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (kind === 'postgres') await sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx)
    await sql`CREATE TABLE IF NOT EXISTS migrations (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_ms DOUBLE PRECISION NOT NULL)`.execute(tx)
    const done = new Set((await tx.selectFrom('migrations').select('id').execute()).map((row) => row.id))
    for (const migration of MIGRATIONS) {
      if (done.has(migration.id)) continue
      for (const statement of migration.statements) await sql.raw(statement).execute(tx)
      await tx
        .insertInto('migrations')
        .values({ id: migration.id, name: migration.name, applied_at_ms: nowMs })
        .execute()
    }
  })
}
