import type { AccountView, DomainEvent, NewAccount, ProblemCode, Role, Seat, SignIn } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Engine, Refusal, Result } from '../engine/engine.ts'
import type { AccountStore } from '../store/accounts.ts'
import type { AttemptLimit } from './attempt-limit.ts'
import { hashPassword, passwordFits, type PasswordHash } from './passwords.ts'
import { newSecret, sameSecret } from './secrets.ts'
import type { Sessions } from './sessions.ts'

/** A refusal of the sign-in door; 429 says how long to wait. */
export type AccessRefusal = Omit<Refusal, 'status'> & { status: 401 | 403 | 409 | 429; waitMs?: number }

export interface Accounts {
  signIn(given: SignIn, address: string): Promise<Result<{ token: string; seat: Seat }, AccessRefusal>>
  create(account: NewAccount, by: Seat): Promise<Result<AccountView, AccessRefusal>>
  list(): Promise<AccountView[]>
  /** Reads who there is; before it nobody can be invited. */
  load(): Promise<void>
  /** The staff at once, as far as it was read. */
  staff: { get(account: string): Person | null; all(): Person[] }
  /** The one-time secret for the first administrator; null as soon as there is an account. */
  enrolmentSecret(): Promise<string | null>
  enrol(given: {
    secret: string
    account: string
    name: string
    password: string
  }): Promise<Result<AccountView, AccessRefusal>>
  /** Accounts of the demo, with the passwords of this demo. */
  declare(accounts: readonly HashedAccount[]): Promise<void>
}

/** A member of the staff, as rooms call them. */
export interface Person {
  account: string
  name: string
  role: Role
}

type HashedAccount = Omit<NewAccount, 'password'> & PasswordHash

/** Slow on purpose, and on other threads: begin it early where a start waits for it. */
export function hashAccounts(accounts: readonly NewAccount[]): Promise<HashedAccount[]> {
  return Promise.all(
    accounts.map(async ({ password, ...account }) => ({ ...account, ...(await hashPassword(password)) })),
  )
}

interface Parts {
  store: AccountStore
  sessions: Sessions
  engine: Pick<Engine, 'record'>
  clock: Clock
  /** By account and by address: a guesser can neither try one account often nor many accounts. */
  limit: { account: AttemptLimit; address: AttemptLimit }
}

const refuse = (status: AccessRefusal['status'], code: ProblemCode, detail: string, waitMs?: number) =>
  ({ ok: false, error: { status, code, detail, ...(waitMs === undefined ? {} : { waitMs }) } }) as const

export function createAccounts({ store, sessions, engine, clock, limit }: Parts): Accounts {
  /** Checked against when there is no such account, so that the answer takes as long. */
  const nobody = hashPassword(newSecret())
  let enrolment: string | null = null
  /** Names and roles, so that a decision need not wait for the store. */
  const people = new Map<string, Person>()

  async function loadPeople(): Promise<void> {
    for (const { account, name, role } of await store.list()) people.set(account, { account, name, role })
  }

  async function add(
    given: NewAccount,
    actor: Parameters<Engine['record']>[0],
  ): Promise<Result<AccountView, AccessRefusal>> {
    const { account, name, role, password, unitId = null } = given
    const createdAtMs = clock.nowMs()
    const made = await store.create({ account, name, role, unitId, createdAtMs, ...(await hashPassword(password)) })
    if (!made) return refuse(409, 'account-exists', `there is an account ${account} already`)
    people.set(account, { account, name, role })
    await engine.record(actor, (): DomainEvent[] => [{ type: 'account.created', account, role }])
    return { ok: true, value: { account, name, role, createdAtMs, unitId } }
  }

  return {
    async signIn({ account, password }, address) {
      const waitMs = Math.max(limit.account.waitMs(account), limit.address.waitMs(address))
      if (waitMs > 0) return refuse(429, 'too-many-tries', 'too many failed sign-ins: wait', waitMs)
      const known = await store.find(account)
      const fits = await passwordFits(password, known ?? (await nobody))
      if (known === null || !fits) {
        limit.account.failed(account)
        limit.address.failed(address)
        return refuse(401, 'wrong-sign-in', 'account or password is wrong')
      }
      limit.account.succeeded(account)
      const opened = await sessions.open(account, known)
      await engine.record({ kind: 'seat', seat: opened.seat }, () => [
        { type: 'seat.signed-in', seatId: opened.seat.id, role: opened.seat.role },
      ])
      return { ok: true, value: opened }
    },
    load: loadPeople,
    staff: {
      get: (account) => people.get(account) ?? null,
      all: () => [...people.values()],
    },
    create: (given, by) => add(given, { kind: 'seat', seat: by }),
    async list() {
      return (await store.list()).map(({ account, name, role, createdAtMs, unitId }) => ({
        account,
        name,
        role,
        createdAtMs,
        unitId,
      }))
    },
    async enrolmentSecret() {
      if ((await store.count()) > 0) return null
      enrolment ??= newSecret()
      return enrolment
    },
    async enrol({ secret, account, name, password }) {
      const expected = enrolment
      if (expected === null || !sameSecret(secret, expected))
        return refuse(403, 'wrong-enrolment', 'this link is used up or was never given')
      enrolment = null // before anything is awaited: two at once cannot both be the first
      if ((await store.count()) > 0) return refuse(403, 'wrong-enrolment', 'there is an administrator already')
      return add({ account, name, role: 'admin', password }, { kind: 'system', part: 'enrolment' })
    },
    async declare(accounts) {
      const createdAtMs = clock.nowMs()
      for (const { unitId = null, ...account } of accounts) await store.put({ ...account, unitId, createdAtMs })
      await loadPeople()
    },
  }
}
