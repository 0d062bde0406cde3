import { MOVER_KINDS, type LngLat, type MoverKind } from '@skerry/contract'
import type { Kysely } from 'kysely'
import type { Tables, TrackRow } from './tables.ts'

/** One stored position of a unit, a drone or a vessel. Unknown values are null. */
export interface TrackPoint {
  kind: MoverKind
  id: string
  atMs: number
  receivedAtMs: number
  lngLat: LngLat
  accuracyM: number | null
  headingDeg: number | null
  speedMps: number | null
  /** Above the take-off point; drones only. */
  heightM: number | null
}

export interface TrackStore {
  append(points: readonly TrackPoint[]): Promise<void>
  /** In order of time, fromMs <= atMs <= toMs, at most `limit` (the newest ones). */
  range(kind: TrackPoint['kind'], id: string, fromMs: number, toMs: number, limit: number): Promise<TrackPoint[]>
  /** The newest point of each thing that has one since `sinceMs`. */
  latest(kind: TrackPoint['kind'], sinceMs: number): Promise<TrackPoint[]>
}

const ROWS_PER_INSERT = 500

export function storedTracks(db: Kysely<Tables>): TrackStore {
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
      return rows.map(toPoint).toReversed()
    },
    async latest(kind, sinceMs) {
      const rows = await db
        .selectFrom('tracks')
        .innerJoin(
          (from) =>
            from
              .selectFrom('tracks')
              .select((of) => ['id as newest_id', of.fn.max('at_ms').as('newest_at_ms')])
              .where('kind', '=', kind)
              .where('at_ms', '>=', sinceMs)
              .groupBy('id')
              .as('newest'),
          (join) => join.onRef('newest_id', '=', 'tracks.id').onRef('newest_at_ms', '=', 'tracks.at_ms'),
        )
        .selectAll('tracks')
        .where('kind', '=', kind)
        .execute()
      return [...new Map(rows.map((row) => [row.id, toPoint(row)])).values()]
    },
  }
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
})

const toPoint = (row: TrackRow): TrackPoint => ({
  kind: MOVER_KINDS.find((kind) => kind === row.kind) ?? 'unit',
  id: row.id,
  atMs: row.at_ms,
  receivedAtMs: row.received_at_ms,
  lngLat: [row.lng, row.lat],
  accuracyM: row.accuracy_m,
  headingDeg: row.heading_deg,
  speedMps: row.speed_mps,
  heightM: row.height_m,
})
