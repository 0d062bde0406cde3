import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A wall that may look. Its link's token is kept as its hash. */
export interface Kiosk {
  id: string
  createdAtMs: number
}

export interface KioskStore {
  list(): Promise<Kiosk[]>
  findByToken(tokenHash: string): Promise<Kiosk | null>
  /** False when there is a kiosk of that id already. */
  create(kiosk: Kiosk, tokenHash: string): Promise<boolean>
  /** False when there is none of that id. */
  remove(id: string): Promise<boolean>
}

const toKiosk = (row: { id: string; created_at_ms: number }): Kiosk => ({ id: row.id, createdAtMs: row.created_at_ms })

export function storedKiosks(db: Kysely<Tables>): KioskStore {
  return {
    async list() {
      return (await db.selectFrom('kiosks').selectAll().orderBy('id').execute()).map(toKiosk)
    },
    async findByToken(tokenHash) {
      const row = await db.selectFrom('kiosks').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
      return row === undefined ? null : toKiosk(row)
    },
    async create({ id, createdAtMs }, tokenHash) {
      const done = await db
        .insertInto('kiosks')
        .values({ id, token_hash: tokenHash, created_at_ms: createdAtMs })
        .onConflict((on) => on.column('id').doNothing())
        .executeTakeFirst()
      return done.numInsertedOrUpdatedRows === 1n
    },
    async remove(id) {
      const done = await db.deleteFrom('kiosks').where('id', '=', id).executeTakeFirst()
      return done.numDeletedRows === 1n
    },
  }
}
