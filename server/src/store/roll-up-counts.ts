import { sql, type Kysely, type Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** How long counts are kept in each step. */
export interface KeepCounts {
  minuteDays: number
  quarterDays: number
  hourDays: number
}
/** Rows that were summed into coarser ones, and rows that were dropped after that or for their age. */
export interface RolledUp {
  summed: number
  dropped: number
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A queue is that of the end of a step when it was seen so late in it. */
const END_MS = 5 * MINUTE_MS

/**
 * Sums first and deletes after, a day at a time and both in one transaction: a fault between them loses nothing. A
 * coarser row that was there already stays where it counted more.
 */
export async function rollUpCounts(db: Kysely<Tables>, nowMs: number, keep: KeepCounts): Promise<RolledUp> {
  const done: RolledUp = { summed: 0, dropped: 0 }
  const add = ({ summed, dropped }: RolledUp): void => {
    done.summed += summed
    done.dropped += dropped
  }
  const before = (days: number): number => Math.floor((nowMs - days * DAY_MS) / DAY_MS) * DAY_MS
  for (const [from, to, untilMs] of [
    [1, 15, before(keep.minuteDays)],
    [15, 60, before(keep.quarterDays)],
  ] as const)
    for (let day = await oldest(db, from); day < untilMs; day = await oldest(db, from))
      add(await db.transaction().execute((tx) => sumDay(tx, from, to, day)))
  add({ summed: 0, dropped: await dropBefore(db, before(keep.hourDays)) })
  return done
}

/** Start of the oldest UTC day that has rows of a step; Infinity where there are none. */
async function oldest(db: Kysely<Tables>, spanMin: number): Promise<number> {
  const first = async (table: 'lane_counts' | 'queue_counts'): Promise<number> => {
    const row = await db
      .selectFrom(table)
      .select((of) => of.fn.min('start_ms').as('first'))
      .where('span_min', '=', spanMin)
      .executeTakeFirst()
    return row?.first ?? Infinity
  }
  return Math.floor(Math.min(await first('lane_counts'), await first('queue_counts')) / DAY_MS) * DAY_MS
}

async function sumDay(tx: Transaction<Tables>, from: number, to: number, dayMs: number): Promise<RolledUp> {
  const stepMs = sql.lit(to * MINUTE_MS)
  const step = sql`FLOOR(start_ms / ${stepMs}) * ${stepMs}`
  const rows = sql`span_min = ${sql.lit(from)} AND start_ms >= ${dayMs} AND start_ms < ${dayMs + DAY_MS}`
  const lanes = await sql`
    INSERT INTO lane_counts
      (checkpoint_id, lane, span_min, start_ms, received_at_ms, minutes, valid, invalid, manual, arrived)
    SELECT checkpoint_id, lane, ${sql.lit(to)}, ${step}, MAX(received_at_ms), SUM(minutes), SUM(valid), SUM(invalid),
      SUM(manual), SUM(arrived)
    FROM lane_counts WHERE ${rows} AND minutes > 0
    GROUP BY checkpoint_id, lane, ${step}
    ON CONFLICT (checkpoint_id, lane, span_min, start_ms) DO UPDATE SET
      received_at_ms = excluded.received_at_ms, minutes = excluded.minutes, valid = excluded.valid,
      invalid = excluded.invalid, manual = excluded.manual, arrived = excluded.arrived
    WHERE excluded.minutes > lane_counts.minutes`.execute(tx)
  const queues = await sql`
    INSERT INTO queue_counts
      (checkpoint_id, direction, counts, line_id, span_min, start_ms, received_at_ms, waiting, peak)
    SELECT q.checkpoint_id, q.direction, q.counts, q.line_id, ${sql.lit(to)}, b.step_ms, q.received_at_ms,
      CASE WHEN q.start_ms + ${sql.lit(from * MINUTE_MS)} > b.step_ms + ${stepMs} - ${sql.lit(END_MS)}
        THEN q.waiting ELSE NULL END,
      b.peak
    FROM queue_counts q JOIN (
      SELECT checkpoint_id, direction, counts, line_id, ${step} AS step_ms, MAX(start_ms) AS last_ms, MAX(peak) AS peak
      FROM queue_counts WHERE ${rows} AND waiting IS NOT NULL
      GROUP BY checkpoint_id, direction, counts, line_id, ${step}
    ) b ON b.checkpoint_id = q.checkpoint_id AND b.direction = q.direction AND b.counts = q.counts
      AND b.line_id = q.line_id AND b.last_ms = q.start_ms
    WHERE q.span_min = ${sql.lit(from)}
    ON CONFLICT (checkpoint_id, direction, counts, line_id, span_min, start_ms) DO NOTHING`.execute(tx)
  const dropped = await deleteRows(tx, from, dayMs, dayMs + DAY_MS)
  return { summed: Number(lanes.numAffectedRows ?? 0) + Number(queues.numAffectedRows ?? 0), dropped }
}

async function dropBefore(db: Kysely<Tables>, beforeMs: number): Promise<number> {
  return db.transaction().execute((tx) => deleteRows(tx, 60, 0, beforeMs))
}

async function deleteRows(tx: Transaction<Tables>, spanMin: number, fromMs: number, toMs: number): Promise<number> {
  let dropped = 0
  for (const table of ['lane_counts', 'queue_counts'] as const) {
    const gone = await tx
      .deleteFrom(table)
      .where('span_min', '=', spanMin)
      .where('start_ms', '>=', fromMs)
      .where('start_ms', '<', toMs)
      .executeTakeFirst()
    dropped += Number(gone.numDeletedRows)
  }
  return dropped
}
