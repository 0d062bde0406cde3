import type { CheckpointCount } from '@skerry/contract'
import type { Kysely } from 'kysely'
import type { CheckpointCountRow, Tables } from './tables.ts'

export interface ReceivedCount {
  count: CheckpointCount
  receivedAtMs: number
}

export interface CheckpointCountStore {
  /** A second count of the same minute replaces the first: the owner has corrected it. */
  put(counts: readonly ReceivedCount[]): Promise<void>
  /** Counts of minutes from `sinceMs` on, oldest first. */
  since(sinceMs: number): Promise<ReceivedCount[]>
}

export function storedCheckpointCounts(db: Kysely<Tables>): CheckpointCountStore {
  return {
    async put(counts) {
      await db.transaction().execute(async (tx) => {
        for (const each of counts) {
          const { checkpoint_id, minute_ms, ...changed } = toRow(each)
          await tx
            .insertInto('checkpoint_counts')
            .values({ checkpoint_id, minute_ms, ...changed })
            .onConflict((on) => on.columns(['checkpoint_id', 'minute_ms']).doUpdateSet(changed))
            .execute()
        }
      })
    },
    async since(sinceMs) {
      const rows = await db
        .selectFrom('checkpoint_counts')
        .selectAll()
        .where('minute_ms', '>=', sinceMs)
        .orderBy('minute_ms')
        .execute()
      return rows.map(toCount)
    },
  }
}

const toRow = ({ count, receivedAtMs }: ReceivedCount): CheckpointCountRow => ({
  checkpoint_id: count.checkpointId,
  minute_ms: count.minuteMs,
  received_at_ms: receivedAtMs,
  in_persons: count.inPersons,
  out_persons: count.outPersons,
  in_vehicles: count.inVehicles,
  out_vehicles: count.outVehicles,
  queue_persons: count.queuePersons,
  queue_vehicles: count.queueVehicles,
})

const toCount = (row: CheckpointCountRow): ReceivedCount => ({
  receivedAtMs: row.received_at_ms,
  count: {
    checkpointId: row.checkpoint_id,
    minuteMs: row.minute_ms,
    inPersons: row.in_persons,
    outPersons: row.out_persons,
    inVehicles: row.in_vehicles,
    outVehicles: row.out_vehicles,
    queuePersons: row.queue_persons,
    queueVehicles: row.queue_vehicles,
  },
})
