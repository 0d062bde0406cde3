import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Which room a guest's link leads into. Until when, and whether it still does, is the journal's to say. */
export interface StoredGuest {
  guestId: string
  incidentId: string
}

export interface GuestStore {
  create(guest: StoredGuest, tokenHash: string, nowMs: number): Promise<void>
  findByToken(tokenHash: string): Promise<StoredGuest | null>
  remove(guestId: string): Promise<void>
}

export function storedGuests(db: Kysely<Tables>): GuestStore {
  return {
    async create({ guestId, incidentId }, tokenHash, nowMs) {
      await db
        .insertInto('room_guests')
        .values({ token_hash: tokenHash, guest_id: guestId, incident_id: incidentId, created_at_ms: nowMs })
        .execute()
    },
    async findByToken(tokenHash) {
      const row = await db
        .selectFrom('room_guests')
        .select(['guest_id', 'incident_id'])
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return row === undefined ? null : { guestId: row.guest_id, incidentId: row.incident_id }
    },
    async remove(guestId) {
      await db.deleteFrom('room_guests').where('guest_id', '=', guestId).execute()
    },
  }
}
