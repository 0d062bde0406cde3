import { Role, type Seat } from '@skerry/contract'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export interface StoredSession {
  tokenHash: string
  account: string
  seat: Seat
  expiresAtMs: number
}

export interface SessionStore {
  create(session: {
    tokenHash: string
    seatId: string
    account: string
    atMs: number
    expiresAtMs: number
  }): Promise<void>
  /** With the role and name that the account has now. */
  find(tokenHash: string): Promise<StoredSession | null>
  extend(tokenHash: string, expiresAtMs: number): Promise<void>
  remove(tokenHash: string): Promise<void>
  /** Whether an account has a session that is valid at a time. */
  hasAny(account: string, nowMs: number): Promise<boolean>
  removeExpired(nowMs: number): Promise<void>
}

export function storedSessions(db: Kysely<Tables>): SessionStore {
  return {
    async create({ tokenHash, seatId, account, atMs, expiresAtMs }) {
      await db
        .insertInto('sessions')
        .values({ token_hash: tokenHash, seat_id: seatId, account, created_at_ms: atMs, expires_at_ms: expiresAtMs })
        .execute()
    },
    async find(tokenHash) {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('accounts', 'accounts.account', 'sessions.account')
        .select(['seat_id', 'expires_at_ms', 'accounts.account', 'name', 'role', 'unit_id'])
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      if (row === undefined) return null
      const seat = {
        id: row.seat_id,
        role: Role.parse(row.role),
        name: row.name,
        account: row.account,
        ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
      }
      return { tokenHash, account: row.account, seat, expiresAtMs: row.expires_at_ms }
    },
    async extend(tokenHash, expiresAtMs) {
      await db.updateTable('sessions').set({ expires_at_ms: expiresAtMs }).where('token_hash', '=', tokenHash).execute()
    },
    async remove(tokenHash) {
      await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
    },
    async hasAny(account, nowMs) {
      const row = await db
        .selectFrom('sessions')
        .select('seat_id')
        .where('account', '=', account)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst()
      return row !== undefined
    },
    async removeExpired(nowMs) {
      await db.deleteFrom('sessions').where('expires_at_ms', '<=', nowMs).execute()
    },
  }
}
