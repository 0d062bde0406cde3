import { sql, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** SQL that SQLite and PostgreSQL read alike, or one text for each. */
type Statement = string | Record<'sqlite' | 'postgres', string>

/** A migration that has shipped is never edited: add the next one. */
const MIGRATIONS: readonly { id: number; name: string; statements: readonly Statement[] }[] = [
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
  {
    id: 2,
    name: 'packed tracks',
    // SQLite knows no BYTEA and keeps bytes as they are in a column of any type.
    statements: [
      `CREATE TABLE track_blocks (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        from_ms DOUBLE PRECISION NOT NULL,
        to_ms DOUBLE PRECISION NOT NULL,
        tolerance_m DOUBLE PRECISION NOT NULL,
        points INTEGER NOT NULL,
        data BYTEA NOT NULL)`,
      `CREATE INDEX track_blocks_thing ON track_blocks (kind, id, to_ms)`,
      `CREATE INDEX track_blocks_time ON track_blocks (kind, to_ms)`,
      `CREATE INDEX track_blocks_age ON track_blocks (tolerance_m, to_ms)`,
    ],
  },
  {
    id: 3,
    name: 'counts by lane with coarser steps, queues by line, sailings',
    statements: [
      `CREATE TABLE lane_counts (
        checkpoint_id TEXT NOT NULL,
        lane TEXT NOT NULL,
        span_min DOUBLE PRECISION NOT NULL,
        start_ms DOUBLE PRECISION NOT NULL,
        received_at_ms DOUBLE PRECISION NOT NULL,
        minutes DOUBLE PRECISION NOT NULL,
        valid DOUBLE PRECISION,
        invalid DOUBLE PRECISION,
        manual DOUBLE PRECISION,
        arrived DOUBLE PRECISION,
        PRIMARY KEY (checkpoint_id, lane, span_min, start_ms))`,
      `CREATE INDEX lane_counts_start ON lane_counts (span_min, start_ms)`,
      `CREATE TABLE queue_counts (
        checkpoint_id TEXT NOT NULL,
        direction TEXT NOT NULL,
        counts TEXT NOT NULL,
        line_id TEXT NOT NULL,
        span_min DOUBLE PRECISION NOT NULL,
        start_ms DOUBLE PRECISION NOT NULL,
        received_at_ms DOUBLE PRECISION NOT NULL,
        waiting DOUBLE PRECISION,
        peak DOUBLE PRECISION,
        PRIMARY KEY (checkpoint_id, direction, counts, line_id, span_min, start_ms))`,
      `CREATE INDEX queue_counts_start ON queue_counts (span_min, start_ms)`,
      `CREATE TABLE sailings (
        id TEXT PRIMARY KEY,
        scheduled_ms DOUBLE PRECISION NOT NULL,
        facts TEXT NOT NULL)`,
      `CREATE INDEX sailings_scheduled ON sailings (scheduled_ms)`,
      // What was counted before there were lanes: one lane for each direction and kind, all of them passed.
      ...(['in', 'out'] as const).flatMap((direction) =>
        (['persons', 'vehicles'] as const).map(
          (counts) => `INSERT INTO lane_counts
            SELECT checkpoint_id, '${direction}-${counts}', 1, minute_ms, received_at_ms, 1, ${direction}_${counts},
              NULL, 0, NULL
            FROM checkpoint_counts WHERE ${direction}_${counts} IS NOT NULL`,
        ),
      ),
      ...(['persons', 'vehicles'] as const).map(
        (counts) => `INSERT INTO queue_counts
          SELECT checkpoint_id, 'out', '${counts}', '', 1, minute_ms, received_at_ms, queue_${counts}, queue_${counts}
          FROM checkpoint_counts WHERE queue_${counts} IS NOT NULL`,
      ),
      `DROP TABLE checkpoint_counts`,
    ],
  },
  {
    id: 4,
    name: 'units of accounts, guests of rooms',
    statements: [
      `ALTER TABLE accounts ADD COLUMN unit_id TEXT`,
      `CREATE TABLE room_guests (
        token_hash TEXT PRIMARY KEY,
        guest_id TEXT NOT NULL,
        incident_id TEXT NOT NULL,
        created_at_ms DOUBLE PRECISION NOT NULL)`,
    ],
  },
  {
    id: 5,
    name: 'walls',
    statements: [
      `CREATE TABLE kiosks (
        id TEXT PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        created_at_ms DOUBLE PRECISION NOT NULL)`,
    ],
  },
  {
    id: 6,
    name: 'incidents that have left the live picture',
    statements: [
      `CREATE TABLE past_incidents (
        id TEXT PRIMARY KEY,
        number BIGINT NOT NULL,
        source TEXT NOT NULL,
        occurred_at_ms DOUBLE PRECISION NOT NULL,
        received_at_ms DOUBLE PRECISION NOT NULL,
        words TEXT NOT NULL,
        incident TEXT NOT NULL,
        found TEXT)`,
      `CREATE INDEX past_incidents_received ON past_incidents (received_at_ms)`,
      `CREATE INDEX past_incidents_occurred ON past_incidents (occurred_at_ms)`,
      `CREATE INDEX past_incidents_number ON past_incidents (number)`,
      `CREATE INDEX past_incidents_source ON past_incidents (source)`,
      `CREATE TABLE past_searches (
        id TEXT PRIMARY KEY,
        incident_id TEXT NOT NULL,
        facts TEXT NOT NULL,
        map BYTEA)`,
      `CREATE INDEX past_searches_incident ON past_searches (incident_id)`,
    ],
  },
  {
    id: 7,
    name: 'places of past incidents in columns of their own',
    statements: [
      `ALTER TABLE past_incidents ADD COLUMN lng DOUBLE PRECISION`,
      `ALTER TABLE past_incidents ADD COLUMN lat DOUBLE PRECISION`,
      `ALTER TABLE past_incidents ADD COLUMN same_event INTEGER NOT NULL DEFAULT 0`,
      {
        sqlite: `UPDATE past_incidents SET
          lng = json_extract(incident, '$.position[0]'),
          lat = json_extract(incident, '$.position[1]'),
          same_event = CASE json_extract(incident, '$.sameAs.kind') WHEN 'same-event' THEN 1 ELSE 0 END`,
        postgres: `UPDATE past_incidents SET
          lng = (incident::json #>> '{position,0}')::double precision,
          lat = (incident::json #>> '{position,1}')::double precision,
          same_event = CASE incident::json #>> '{sameAs,kind}' WHEN 'same-event' THEN 1 ELSE 0 END`,
      },
    ],
  },
  {
    id: 8,
    name: 'retention of closed cases',
    statements: [
      `ALTER TABLE journal ADD COLUMN purged_seq BIGINT`,
      `ALTER TABLE past_incidents ADD COLUMN closed_at_ms DOUBLE PRECISION`,
      `ALTER TABLE past_incidents ADD COLUMN personal INTEGER NOT NULL DEFAULT 1`,
      `ALTER TABLE past_incidents ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0`,
      ...['person', 'messages', 'tracks', 'acts'].flatMap((rule) => [
        `ALTER TABLE past_incidents ADD COLUMN purged_${rule}_ms DOUBLE PRECISION`,
        `CREATE INDEX past_incidents_${rule} ON past_incidents (purged_${rule}_ms, suspended, closed_at_ms)`,
      ]),
      {
        sqlite: `UPDATE past_incidents SET
          closed_at_ms = json_extract(incident, '$.closedAtMs'),
          personal = CASE WHEN json_extract(incident, '$.searchId') IS NOT NULL
            OR json_extract(incident, '$.subject.category') IS NOT NULL
            OR json_extract(incident, '$.class') IN ('missing-person', 'person-in-water') THEN 1 ELSE 0 END`,
        postgres: `UPDATE past_incidents SET
          closed_at_ms = (incident::json #>> '{closedAtMs}')::double precision,
          personal = CASE WHEN incident::json #>> '{searchId}' IS NOT NULL
            OR incident::json #>> '{subject,category}' IS NOT NULL
            OR incident::json #>> '{class}' IN ('missing-person', 'person-in-water') THEN 1 ELSE 0 END`,
      },
      {
        sqlite: `UPDATE past_incidents SET suspended = 1 WHERE found IS NULL AND id IN (
          SELECT incident_id FROM past_searches WHERE json_extract(facts, '$.search.state') = 'suspended')`,
        postgres: `UPDATE past_incidents SET suspended = 1 WHERE found IS NULL AND id IN (
          SELECT incident_id FROM past_searches WHERE facts::json #>> '{search,state}' = 'suspended')`,
      },
    ],
  },
  {
    id: 9,
    name: 'feed of a position',
    statements: [`ALTER TABLE tracks ADD COLUMN feed TEXT`],
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
      for (const statement of migration.statements)
        await sql.raw(typeof statement === 'string' ? statement : statement[kind]).execute(tx)
      await tx
        .insertInto('migrations')
        .values({ id: migration.id, name: migration.name, applied_at_ms: nowMs })
        .execute()
    }
  })
}
