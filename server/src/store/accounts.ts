import { Role } from '@skerry/contract'
import type { Kysely } from 'kysely'
import type { AccountRow, Tables } from './tables.ts'

/** A member of staff who may sign in. The password is kept only as a salted hash (base64). */
export interface Account {
  account: string
  name: string
  role: Role
  salt: string
  passwordHash: string
  createdAtMs: number
  /** Unit that it speaks for; null for everybody but a unit. */
  unitId: string | null
}

export interface AccountStore {
  find(account: string): Promise<Account | null>
  list(): Promise<Account[]>
  count(): Promise<number>
  /** False when the account is there already. */
  create(account: Account): Promise<boolean>
  /** Makes it, or gives it this name, role and password. */
  put(account: Account): Promise<void>
}

export function storedAccounts(db: Kysely<Tables>): AccountStore {
  return {
    async find(account) {
      const row = await db.selectFrom('accounts').selectAll().where('account', '=', account).executeTakeFirst()
      return row === undefined ? null : toAccount(row)
    },
    async list() {
      const rows = await db.selectFrom('accounts').selectAll().orderBy('account').execute()
      return rows.map(toAccount)
    },
    async count() {
      const row = await db
        .selectFrom('accounts')
        .select((of) => of.fn.countAll<number | string>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(row.n)
    },
    async create(account) {
      const done = await db
        .insertInto('accounts')
        .values(toRow(account))
        .onConflict((on) => on.column('account').doNothing())
        .executeTakeFirst()
      return done.numInsertedOrUpdatedRows === 1n
    },
    async put(account) {
      const { name, role, salt, password_hash, unit_id } = toRow(account)
      await db
        .insertInto('accounts')
        .values(toRow(account))
        .onConflict((on) => on.column('account').doUpdateSet({ name, role, salt, password_hash, unit_id }))
        .execute()
    },
  }
}

const toRow = (account: Account): AccountRow => ({
  account: account.account,
  name: account.name,
  role: account.role,
  salt: account.salt,
  password_hash: account.passwordHash,
  created_at_ms: account.createdAtMs,
  unit_id: account.unitId,
})

const toAccount = (row: AccountRow): Account => ({
  account: row.account,
  name: row.name,
  role: Role.parse(row.role),
  salt: row.salt,
  passwordHash: row.password_hash,
  createdAtMs: row.created_at_ms,
  unitId: row.unit_id,
})
