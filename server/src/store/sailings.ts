import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What is known of one sailing beyond the timetable, as JSON. */
export interface StoredSailing {
  id: string
  scheduledAtMs: number
  facts: string
}

export interface SailingStore {
  put(sailings: readonly StoredSailing[]): Promise<void>
  /** fromMs <= scheduled < toMs, in order of the timetable. */
  between(fromMs: number, toMs: number): Promise<StoredSailing[]>
  /** Number of sailings that were dropped. */
  dropBefore(ms: number): Promise<number>
}

const ROWS_PER_INSERT = 500

export function storedSailings(db: Kysely<Tables>): SailingStore {
  return {
    async put(sailings) {
      const rows = [...new Map(sailings.map((one) => [one.id, one])).values()].map(({ id, scheduledAtMs, facts }) => ({
        id,
        scheduled_ms: scheduledAtMs,
        facts,
      }))
      if (rows.length === 0) return
      await db.transaction().execute(async (tx) => {
        for (let i = 0; i < rows.length; i += ROWS_PER_INSERT)
          await tx
            .insertInto('sailings')
            .values(rows.slice(i, i + ROWS_PER_INSERT))
            .onConflict((on) => on.column('id').doUpdateSet((eb) => ({ facts: eb.ref('excluded.facts') })))
            .execute()
      })
    },
    async between(fromMs, toMs) {
      const rows = await db
        .selectFrom('sailings')
        .selectAll()
        .where('scheduled_ms', '>=', fromMs)
        .where('scheduled_ms', '<', toMs)
        .orderBy('scheduled_ms')
        .orderBy('id')
        .execute()
      return rows.map(({ id, scheduled_ms: scheduledAtMs, facts }) => ({ id, scheduledAtMs, facts }))
    },
    async dropBefore(ms) {
      const gone = await db.deleteFrom('sailings').where('scheduled_ms', '<', ms).executeTakeFirst()
      return Number(gone.numDeletedRows)
    },
  }
}
