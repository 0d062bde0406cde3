import type { Role, Seat } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { SessionStore, StoredSession } from '../store/sessions.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** How long a session lives without being used. A shift is eight to twelve hours. */
export const SESSION_MS = 12 * 3600 * 1000
/** Expiry slides in steps, so that not every request writes. */
const SLIDE_STEP_MS = 60_000
const KEPT_IN_MEMORY = 5000

/** Signed-in seats. The token lives in a cookie and here only as its hash. */
export interface Sessions {
  open(
    account: string,
    seat: { role: Role; name: string; unitId?: string | null },
  ): Promise<{ token: string; seat: Seat }>
  /** The seat of a token that is valid now; using it keeps it alive. */
  seatOf(token: string): Promise<Seat | null>
  revoke(token: string): Promise<void>
  /** When that seat last used its session, epoch ms; null: not since this server started. */
  lastUsedAtMs(seatId: string): number | null
  /** Whether an account is signed in anywhere. */
  isIn(account: string): Promise<boolean>
  /** Called with the seat whose session was ended, and its account. Returns its own undo. */
  onRevoked(listener: (seatId: string, account: string) => void): () => void
}

export function createSessions(store: SessionStore, clock: Clock, newId: () => string): Sessions {
  const known = new Map<string, StoredSession>()
  /** Rises when a session ends: what was read from the store before that must not come back to memory. */
  let endings = 0
  const usedAtMs = new Map<string, number>()
  const listeners = new Set<(seatId: string, account: string) => void>()

  async function load(tokenHash: string): Promise<StoredSession | null> {
    const held = known.get(tokenHash)
    if (held !== undefined) return held
    const before = endings
    const stored = await store.find(tokenHash)
    if (stored === null) return null
    if (endings !== before) return load(tokenHash)
    if (known.size >= KEPT_IN_MEMORY) known.clear()
    known.set(tokenHash, stored)
    return stored
  }

  async function end(session: StoredSession): Promise<void> {
    await store.remove(session.tokenHash)
    known.delete(session.tokenHash)
    endings++
    usedAtMs.delete(session.seat.id)
    for (const listener of listeners) listener(session.seat.id, session.account)
  }

  return {
    async open(account, { role, name, unitId = null }) {
      const token = newSecret()
      const seat: Seat = { id: newId(), role, name, account, ...(unitId === null ? {} : { unitId }) }
      const atMs = clock.nowMs()
      const expiresAtMs = atMs + SESSION_MS
      await store.removeExpired(atMs)
      await store.create({ tokenHash: hashSecret(token), seatId: seat.id, account, atMs, expiresAtMs })
      return { token, seat }
    },
    async seatOf(token) {
      const session = await load(hashSecret(token))
      if (session === null) return null
      const nowMs = clock.nowMs()
      if (session.expiresAtMs <= nowMs) {
        await end(session)
        return null
      }
      usedAtMs.set(session.seat.id, nowMs)
      const expiresAtMs = nowMs + SESSION_MS
      if (expiresAtMs - session.expiresAtMs >= SLIDE_STEP_MS) {
        session.expiresAtMs = expiresAtMs
        await store.extend(session.tokenHash, expiresAtMs)
      }
      return session.seat
    },
    lastUsedAtMs: (seatId) => usedAtMs.get(seatId) ?? null,
    async revoke(token) {
      const session = await load(hashSecret(token))
      if (session !== null) await end(session)
    },
    isIn: (account) => store.hasAny(account, clock.nowMs()),
    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
