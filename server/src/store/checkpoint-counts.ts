import type { FlowDirection, Flowing } from '@skerry/contract'
import { sql, type Kysely } from 'kysely'
import { rollUpCounts, type KeepCounts, type RolledUp } from './roll-up-counts.ts'
import type { LaneCountRow, QueueCountRow, Tables } from './tables.ts'

/** Steps in which counts are kept, minutes: fresh ones by minute, older ones by quarter hour, old ones by hour. */
export type SpanMin = 1 | 15 | 60

/** What one lane let through in one step. Sums are over the `minutes` of the step that were counted. */
export interface StoredLaneCount {
  checkpointId: string
  lane: string
  spanMin: SpanMin
  startMs: number
  receivedAtMs: number
  /** Minutes of the step in which it is known who passed, 0 to `spanMin`. */
  minutes: number
  valid: number | null
  invalid: number | null
  manual: number | null
  arrived: number | null
}

/** Who waited at the end of a step, and the most that waited in it. */
export interface StoredQueueCount {
  checkpointId: string
  direction: FlowDirection
  counts: Flowing
  line: string | null
  spanMin: SpanMin
  startMs: number
  receivedAtMs: number
  waiting: number | null
  peak: number | null
}

export interface StoredCounts {
  lanes: readonly StoredLaneCount[]
  queues: readonly StoredQueueCount[]
}

export type LaneSum = Omit<StoredLaneCount, 'spanMin' | 'receivedAtMs' | 'checkpointId'>
export type QueueEnd = Pick<StoredQueueCount, 'direction' | 'counts' | 'line' | 'startMs' | 'waiting' | 'peak'>

/** What a lane let through in a local day (days since 1970), over the minutes that were counted. */
export interface DaySum {
  checkpointId: string
  lane: string
  day: number
  minutes: number
  passed: number
}

export interface CheckpointCountStore {
  /** A second count of the same step replaces the first: the owner has corrected it. */
  put(counts: StoredCounts): Promise<void>
  /** Counts by minute from `sinceMs` on, oldest first. */
  minutesSince(sinceMs: number): Promise<StoredCounts>
  /**
   * Sums of each lane of a checkpoint by quarter hour or hour, fromMs <= start < toMs, oldest first. Where a step is
   * kept in several ways, the one that counted most minutes of it is taken.
   */
  laneSums(checkpointId: string, fromMs: number, toMs: number, stepMin: 15 | 60): Promise<LaneSum[]>
  /** Queues at the end of each step, likewise; null where the last five minutes of a step say nothing. */
  queueEnds(checkpointId: string, fromMs: number, toMs: number, stepMin: 15 | 60): Promise<QueueEnd[]>
  /** Sums of each lane of every checkpoint by local day, fromMs <= hour < toMs. */
  daySums(fromMs: number, toMs: number, utcOffsetMin: number): Promise<DaySum[]>
  /** Turns minutes into quarter hours, these into hours, and drops what is older than is to be kept. */
  rollUp(nowMs: number, keep: KeepCounts): Promise<RolledUp>
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const ROWS_PER_INSERT = 500
/** A queue is that of the end of a step when it was seen so late in it. */
export const END_MIN = 5

export function storedCheckpointCounts(db: Kysely<Tables>): CheckpointCountStore {
  return {
    async put({ lanes, queues }) {
      await db.transaction().execute(async (tx) => {
        for (const rows of pages(lastOf(lanes.map(laneRow), laneKey)))
          await tx
            .insertInto('lane_counts')
            .values(rows)
            .onConflict((on) =>
              on.columns(['checkpoint_id', 'lane', 'span_min', 'start_ms']).doUpdateSet((eb) => ({
                received_at_ms: eb.ref('excluded.received_at_ms'),
                minutes: eb.ref('excluded.minutes'),
                valid: eb.ref('excluded.valid'),
                invalid: eb.ref('excluded.invalid'),
                manual: eb.ref('excluded.manual'),
                arrived: eb.ref('excluded.arrived'),
              })),
            )
            .execute()
        for (const rows of pages(lastOf(queues.map(queueRow), queueKey)))
          await tx
            .insertInto('queue_counts')
            .values(rows)
            .onConflict((on) =>
              on
                .columns(['checkpoint_id', 'direction', 'counts', 'line_id', 'span_min', 'start_ms'])
                .doUpdateSet((eb) => ({
                  received_at_ms: eb.ref('excluded.received_at_ms'),
                  waiting: eb.ref('excluded.waiting'),
                  peak: eb.ref('excluded.peak'),
                })),
            )
            .execute()
      })
    },
    async minutesSince(sinceMs) {
      const fresh = { since: sinceMs, span: 1 }
      const lanes = await db
        .selectFrom('lane_counts')
        .selectAll()
        .where('span_min', '=', fresh.span)
        .where('start_ms', '>=', fresh.since)
        .orderBy('start_ms')
        .execute()
      const queues = await db
        .selectFrom('queue_counts')
        .selectAll()
        .where('span_min', '=', fresh.span)
        .where('start_ms', '>=', fresh.since)
        .orderBy('start_ms')
        .execute()
      return { lanes: lanes.map(toLane), queues: queues.map(toQueue) }
    },
    async laneSums(checkpointId, fromMs, toMs, stepMin) {
      const stepMs = stepMin * MINUTE_MS
      const { rows } = await sql<LaneSumRow>`
        SELECT lane, span_min, FLOOR(start_ms / ${sql.lit(stepMs)}) * ${sql.lit(stepMs)} AS step_ms,
          SUM(minutes) AS minutes, SUM(valid) AS valid, SUM(invalid) AS invalid, SUM(manual) AS manual,
          SUM(arrived) AS arrived
        FROM lane_counts
        WHERE checkpoint_id = ${checkpointId} AND span_min <= ${stepMin}
          AND start_ms >= ${fromMs} AND start_ms < ${toMs} AND minutes > 0
        GROUP BY lane, span_min, FLOOR(start_ms / ${sql.lit(stepMs)}) * ${sql.lit(stepMs)}
        ORDER BY step_ms, lane`.execute(db)
      const best = new Map<string, LaneSumRow>()
      for (const row of rows) {
        const key = `${row.step_ms} ${row.lane}`
        const known = best.get(key)
        if (known === undefined || row.minutes > known.minutes) best.set(key, row)
      }
      return [...best.values()].map(({ lane, step_ms: startMs, minutes, valid, invalid, manual, arrived }) => ({
        lane,
        startMs,
        minutes,
        valid,
        invalid,
        manual,
        arrived,
      }))
    },
    async queueEnds(checkpointId, fromMs, toMs, stepMin) {
      const rows = await db
        .selectFrom('queue_counts')
        .selectAll()
        .where('checkpoint_id', '=', checkpointId)
        .where('span_min', '<=', stepMin)
        .where('start_ms', '>=', fromMs)
        .where('start_ms', '<', toMs)
        .orderBy('start_ms')
        .execute()
      return endsOf(rows.map(toQueue), stepMin)
    },
    async daySums(fromMs, toMs, utcOffsetMin) {
      const hour = sql.lit(60 * MINUTE_MS)
      const { rows } = await sql<{ checkpoint_id: string; lane: string; day: number; minutes: number; passed: number }>`
        SELECT checkpoint_id, lane, FLOOR((hour_ms + ${sql.lit(utcOffsetMin * MINUTE_MS)}) / ${sql.lit(DAY_MS)}) AS day,
          SUM(minutes) AS minutes, SUM(passed) AS passed
        FROM (
          SELECT checkpoint_id, lane, hour_ms, minutes, passed,
            ROW_NUMBER() OVER (PARTITION BY checkpoint_id, lane, hour_ms ORDER BY minutes DESC, span_min) AS place
          FROM (
            SELECT checkpoint_id, lane, span_min, FLOOR(start_ms / ${hour}) * ${hour} AS hour_ms,
              SUM(minutes) AS minutes, SUM(valid + manual) AS passed
            FROM lane_counts
            WHERE start_ms >= ${fromMs} AND start_ms < ${toMs} AND minutes > 0
            GROUP BY checkpoint_id, lane, span_min, FLOOR(start_ms / ${hour}) * ${hour}
          ) AS by_hour
        ) AS ranked
        WHERE place = 1
        GROUP BY checkpoint_id, lane, FLOOR((hour_ms + ${sql.lit(utcOffsetMin * MINUTE_MS)}) / ${sql.lit(DAY_MS)})
        ORDER BY day`.execute(db)
      return rows.map(({ checkpoint_id: checkpointId, lane, day, minutes, passed }) => ({
        checkpointId,
        lane,
        day,
        minutes,
        passed,
      }))
    },
    rollUp: (nowMs, keep) => rollUpCounts(db, nowMs, keep),
  }
}

interface LaneSumRow extends Pick<LaneCountRow, 'lane' | 'minutes' | 'valid' | 'invalid' | 'manual' | 'arrived'> {
  span_min: number
  step_ms: number
}

/** @param queues in order of time */
export function endsOf(queues: readonly StoredQueueCount[], stepMin: number): QueueEnd[] {
  const stepMs = stepMin * MINUTE_MS
  const ends = new Map<string, QueueEnd>()
  for (const { direction, counts, line, startMs, spanMin, waiting, peak } of queues) {
    const step = Math.floor(startMs / stepMs) * stepMs
    const key = `${direction} ${counts} ${line} ${step}`
    const end = ends.get(key) ?? { direction, counts, line, startMs: step, waiting: null, peak: null }
    const seenAtMs = startMs + spanMin * MINUTE_MS
    if (seenAtMs > step + stepMs - END_MIN * MINUTE_MS && waiting !== null) end.waiting = waiting
    if (peak !== null) end.peak = Math.max(end.peak ?? 0, peak)
    ends.set(key, end)
  }
  return [...ends.values()]
}

/** The last of those that say something of the same step: one statement may touch a row once. */
function lastOf<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()]
}
function* pages<T>(rows: readonly T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) yield rows.slice(i, i + ROWS_PER_INSERT)
}
const laneKey = (row: LaneCountRow): string => `${row.checkpoint_id} ${row.lane} ${row.span_min} ${row.start_ms}`
const queueKey = (row: QueueCountRow): string =>
  `${row.checkpoint_id} ${row.direction} ${row.counts} ${row.line_id} ${row.span_min} ${row.start_ms}`

const laneRow = (count: StoredLaneCount): LaneCountRow => ({
  checkpoint_id: count.checkpointId,
  lane: count.lane,
  span_min: count.spanMin,
  start_ms: count.startMs,
  received_at_ms: count.receivedAtMs,
  minutes: count.minutes,
  valid: count.valid,
  invalid: count.invalid,
  manual: count.manual,
  arrived: count.arrived,
})
const toLane = (row: LaneCountRow): StoredLaneCount => ({
  checkpointId: row.checkpoint_id,
  lane: row.lane,
  spanMin: spanOf(row.span_min),
  startMs: row.start_ms,
  receivedAtMs: row.received_at_ms,
  minutes: row.minutes,
  valid: row.valid,
  invalid: row.invalid,
  manual: row.manual,
  arrived: row.arrived,
})
const queueRow = (queue: StoredQueueCount): QueueCountRow => ({
  checkpoint_id: queue.checkpointId,
  direction: queue.direction,
  counts: queue.counts,
  line_id: queue.line ?? '',
  span_min: queue.spanMin,
  start_ms: queue.startMs,
  received_at_ms: queue.receivedAtMs,
  waiting: queue.waiting,
  peak: queue.peak,
})
const toQueue = (row: QueueCountRow): StoredQueueCount => ({
  checkpointId: row.checkpoint_id,
  direction: row.direction === 'in' ? 'in' : 'out',
  counts: row.counts === 'vehicles' ? 'vehicles' : 'persons',
  line: row.line_id === '' ? null : row.line_id,
  spanMin: spanOf(row.span_min),
  startMs: row.start_ms,
  receivedAtMs: row.received_at_ms,
  waiting: row.waiting,
  peak: row.peak,
})
const spanOf = (spanMin: number): SpanMin => (spanMin === 15 || spanMin === 60 ? spanMin : 1)
