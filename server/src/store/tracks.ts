import { MOVER_KINDS, type MoverKind } from '@skerry/contract'
import { sql, type Kysely } from 'kysely'
import { decodeTrack, encodeTrack } from '../tracks/track-block.ts'
import type { TrackPoint } from '../tracks/track-point.ts'
import { thinTrack, type Thinning } from '../tracks/thin-track.ts'
import type { Tables, TrackBlockRow, TrackRow } from './tables.ts'

/** A mover of which something is to be done, and since when. */
export interface TrackOf {
  kind: MoverKind
  id: string
  fromMs: number
}

/** fromMs <= t <= toMs, epoch ms. */
export interface TimeSpan {
  fromMs: number
  toMs: number
}

/**
 * Stored positions: the newest as rows, written every second; older ones packed into a block per mover and stretch of
 * time; later those blocks thinned. Readers see one track, whatever holds it.
 */
export interface TrackStore {
  append(points: readonly TrackPoint[]): Promise<void>
  /** In order of time, fromMs <= atMs <= toMs, at most `limit` (the newest ones). */
  range(kind: MoverKind, id: string, fromMs: number, toMs: number, limit: number): Promise<TrackPoint[]>
  /** The newest point of each thing that has one since `sinceMs`. */
  latest(kind: MoverKind, sinceMs: number): Promise<TrackPoint[]>
  /** Where each thing was at a moment: its newest point of fromMs <= atMs <= toMs. */
  newestOf(kind: MoverKind, fromMs: number, toMs: number): Promise<TrackPoint[]>
  /** Movers with rows from before a moment, and the time of their oldest one. */
  unpacked(kind: MoverKind, beforeMs: number): Promise<TrackOf[]>
  /** Packs the rows of these movers from before a moment into blocks, all or none; says how many they were. */
  pack(movers: readonly Pick<TrackOf, 'kind' | 'id'>[], beforeMs: number): Promise<number>
  /** Stretches of whole tracks that end before a moment: one per mover, at most `limit`. */
  unthinned(beforeMs: number, limit: number): Promise<TrackOf[]>
  /** Makes one thinned block of the whole blocks of a mover that begin in a stretch of time; points before and after. */
  thin(of: TrackOf, toMs: number, how: Thinning): Promise<{ before: number; after: number }>
  /** Removes everything from before a moment but what lies in some spans; says how many points that were. */
  drop(beforeMs: number, kept?: readonly TimeSpan[]): Promise<number>
}

const ROWS_PER_INSERT = 500
/** No block is longer: where a block could hold a moment, it ends within this time after it. */
const MOST_BLOCK_MS = 3_600_000

export function storedTracks(db: Kysely<Tables>): TrackStore {
  async function rowsOf(kind: MoverKind, id: string, fromMs: number, toMs: number, limit: number) {
    const rows = await db
      .selectFrom('tracks')
      .selectAll()
      .where('kind', '=', kind)
      .where('id', '=', id)
      .where('at_ms', '>=', fromMs)
      .where('at_ms', '<=', toMs)
      .orderBy('at_ms', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toPoint)
  }
  async function newestOf(kind: MoverKind, fromMs: number, toMs: number): Promise<TrackPoint[]> {
    // Block by block and row by row the index is asked once per mover, however many points there are.
    const rows = await newestRows(db, kind, fromMs, toMs)
    const blocks = await db
      .selectFrom('track_blocks')
      .selectAll()
      .where('kind', '=', kind)
      .where('to_ms', '>=', fromMs)
      .where('to_ms', '<=', toMs + MOST_BLOCK_MS)
      .where('from_ms', '<=', toMs)
      .execute()
    const newest = new Map(rows.map((point) => [point.id, point]))
    for (const block of blocks) {
      const known = newest.get(block.id)
      if (known !== undefined && known.atMs >= Math.min(block.to_ms, toMs)) continue
      const last = pointsOf(block).findLast(({ atMs }) => atMs >= fromMs && atMs <= toMs)
      if (last !== undefined && last.atMs > (known?.atMs ?? -Infinity)) newest.set(block.id, last)
    }
    return [...newest.values()]
  }

  return {
    async append(points) {
      if (points.length === 0) return
      await db.transaction().execute(async (tx) => {
        for (let i = 0; i < points.length; i += ROWS_PER_INSERT)
          await tx
            .insertInto('tracks')
            .values(points.slice(i, i + ROWS_PER_INSERT).map(toRow))
            .execute()
      })
    },
    async range(kind, id, fromMs, toMs, limit) {
      const rows = await rowsOf(kind, id, fromMs, toMs, limit)
      const blocks = await db
        .selectFrom('track_blocks')
        .selectAll()
        .where('kind', '=', kind)
        .where('id', '=', id)
        .where('to_ms', '>=', fromMs)
        .where('from_ms', '<=', toMs)
        .execute()
      const packed = blocks.flatMap(pointsOf).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
      return [...packed, ...rows].sort((a, b) => a.atMs - b.atMs).slice(-limit)
    },
    latest: (kind, sinceMs) => newestOf(kind, sinceMs, Number.MAX_SAFE_INTEGER),
    newestOf,
    async unpacked(kind, beforeMs) {
      const found = await sql<{ id: string; from_ms: number }>`
        WITH RECURSIVE ${idsOf(kind)}
        SELECT ids.id, (SELECT MIN(at_ms) FROM tracks WHERE kind = ${kind} AND tracks.id = ids.id) AS from_ms
        FROM ids WHERE ids.id IS NOT NULL`.execute(db)
      return found.rows
        .filter(({ from_ms: fromMs }) => fromMs < beforeMs)
        .map(({ id, from_ms: fromMs }) => ({ kind, id, fromMs }))
    },
    pack: (movers, beforeMs) =>
      db.transaction().execute(async (tx) => {
        let packed = 0
        for (const { kind, id } of movers) {
          // Taken and removed in one statement: a late row that comes meanwhile waits for the next time.
          const rows = await tx
            .deleteFrom('tracks')
            .where('kind', '=', kind)
            .where('id', '=', id)
            .where('at_ms', '<', beforeMs)
            .returningAll()
            .execute()
          if (rows.length > 0)
            await tx
              .insertInto('track_blocks')
              .values(toBlocks(rows.map(toPoint), 0))
              .execute()
          packed += rows.length
        }
        return packed
      }),
    async unthinned(beforeMs, limit) {
      const found = await db
        .selectFrom('track_blocks')
        .select((of) => ['kind', 'id', of.fn.min('from_ms').as('from_ms')])
        .where('tolerance_m', '=', 0)
        .where('to_ms', '<', beforeMs)
        .groupBy(['kind', 'id'])
        .limit(limit)
        .execute()
      return found.map((row) => ({ kind: kindOf(row.kind), id: row.id, fromMs: Number(row.from_ms) }))
    },
    thin: ({ kind, id, fromMs }, toMs, how) =>
      db.transaction().execute(async (tx) => {
        const blocks = await tx
          .deleteFrom('track_blocks')
          .where('kind', '=', kind)
          .where('id', '=', id)
          .where('tolerance_m', '=', 0)
          .where('from_ms', '>=', fromMs)
          .where('from_ms', '<', toMs)
          .returningAll()
          .execute()
        const whole = blocks.flatMap(pointsOf).sort((a, b) => a.atMs - b.atMs)
        if (whole.length === 0) return { before: 0, after: 0 }
        const few = thinTrack(whole, how).map((fix) => ({ kind, id, ...fix }))
        await tx.insertInto('track_blocks').values(toBlocks(few, how.toleranceM)).execute()
        return { before: whole.length, after: few.length }
      }),
    async drop(beforeMs, kept = []) {
      let oldRows = db.deleteFrom('tracks').where('at_ms', '<', beforeMs)
      let oldBlocks = db.deleteFrom('track_blocks').where('to_ms', '<', beforeMs)
      for (const { fromMs, toMs } of apart(kept)) {
        oldRows = oldRows.where((of) => of.or([of('at_ms', '<', fromMs), of('at_ms', '>', toMs)]))
        // A block that lies in a span in part stays whole.
        oldBlocks = oldBlocks.where((of) => of.or([of('to_ms', '<', fromMs), of('from_ms', '>', toMs)]))
      }
      const rows = await oldRows.executeTakeFirst()
      const blocks = await oldBlocks.returning('points').execute()
      return Number(rows.numDeletedRows) + blocks.reduce((sum, { points }) => sum + points, 0)
    },
  }
}

/** Ids of a kind one after the other: a step in the index for each instead of a walk over every row. */
const idsOf = (kind: MoverKind) => sql`
  ids(id) AS (
    SELECT MIN(id) FROM tracks WHERE kind = ${kind}
    UNION ALL
    SELECT (SELECT MIN(id) FROM tracks WHERE kind = ${kind} AND id > ids.id) FROM ids WHERE ids.id IS NOT NULL)`

async function newestRows(db: Kysely<Tables>, kind: MoverKind, fromMs: number, toMs: number): Promise<TrackPoint[]> {
  // The order of the joins is given: the planner's own choice walked over every row for every mover.
  const found = await sql<TrackRow>`
    WITH RECURSIVE ${idsOf(kind)},
    newest(id, at_ms) AS MATERIALIZED (
      SELECT ids.id, (SELECT MAX(at_ms) FROM tracks WHERE kind = ${kind} AND tracks.id = ids.id
        AND at_ms >= ${fromMs} AND at_ms <= ${toMs})
      FROM ids WHERE ids.id IS NOT NULL)
    SELECT tracks.* FROM newest CROSS JOIN tracks
    WHERE tracks.kind = ${kind} AND tracks.id = newest.id AND tracks.at_ms = newest.at_ms`.execute(db)
  return [...new Map(found.rows.map((row) => [row.id, toPoint(row)])).values()]
}

/** Spans that touch as one: there may be many holds, and a statement takes so many conditions. */
function apart(spans: readonly TimeSpan[]): TimeSpan[] {
  const joined: TimeSpan[] = []
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1)
    if (last === undefined || span.fromMs > last.toMs) joined.push({ ...span })
    else last.toMs = Math.max(last.toMs, span.toMs)
  }
  return joined
}

const kindOf = (text: string): MoverKind => MOVER_KINDS.find((kind) => kind === text) ?? 'unit'

const pointsOf = ({ kind, id, data }: TrackBlockRow): TrackPoint[] =>
  decodeTrack(data).map((fix) => ({ kind: kindOf(kind), id, ...fix }))

function toBlocks(points: readonly TrackPoint[], toleranceM: number): TrackBlockRow[] {
  const ordered = points.toSorted((a, b) => a.atMs - b.atMs)
  const blocks: TrackBlockRow[] = []
  for (let start = 0; start < ordered.length;) {
    const first = ordered[start]!
    let end = start + 1
    while (end < ordered.length && ordered[end]!.atMs - first.atMs < MOST_BLOCK_MS) end++
    const part = ordered.slice(start, end)
    blocks.push({
      kind: first.kind,
      id: first.id,
      from_ms: first.atMs,
      to_ms: part.at(-1)!.atMs,
      tolerance_m: toleranceM,
      points: part.length,
      data: encodeTrack(part),
    })
    start = end
  }
  return blocks
}

const toRow = (point: TrackPoint): TrackRow => ({
  kind: point.kind,
  id: point.id,
  at_ms: point.atMs,
  received_at_ms: point.receivedAtMs,
  lng: point.lngLat[0],
  lat: point.lngLat[1],
  accuracy_m: point.accuracyM,
  heading_deg: point.headingDeg,
  speed_mps: point.speedMps,
  height_m: point.heightM,
  feed: point.feed ?? null,
})

const toPoint = (row: TrackRow): TrackPoint => ({
  kind: kindOf(row.kind),
  id: row.id,
  atMs: row.at_ms,
  receivedAtMs: row.received_at_ms,
  lngLat: [row.lng, row.lat],
  accuracyM: row.accuracy_m,
  headingDeg: row.heading_deg,
  speedMps: row.speed_mps,
  heightM: row.height_m,
  ...(row.feed === null ? {} : { feed: row.feed }),
})
