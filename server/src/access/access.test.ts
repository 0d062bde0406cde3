import { describe, expect, it } from 'vitest'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import type { SessionStore, StoredSession } from '../store/sessions.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import { sessionTokenOf } from './cookie.ts'
import { hashPassword, passwordFits } from './passwords.ts'
import { isSameOrigin } from './same-origin.ts'
import { SESSION_MS, createSessions } from './sessions.ts'

function memorySessions(): SessionStore & { rows: Map<string, StoredSession> } {
  const rows = new Map<string, StoredSession>()
  return {
    rows,
    async create({ tokenHash, seatId, account, expiresAtMs }) {
      rows.set(tokenHash, { tokenHash, account, seat: { id: seatId, role: 'pilot', name: 'p' }, expiresAtMs })
    },
    find: async (hash) => {
      const row = rows.get(hash)
      return row === undefined ? null : { ...row }
    },
    extend: async (hash, expiresAtMs) => {
      rows.set(hash, { ...rows.get(hash)!, expiresAtMs })
    },
    remove: async (hash) => void rows.delete(hash),
    hasAny: async (account, nowMs) =>
      [...rows.values()].some((row) => row.account === account && row.expiresAtMs > nowMs),
    async removeExpired() {},
  }
}

describe('sessions', () => {
  const setUp = async () => {
    const clock = new FakeScheduler()
    const store = memorySessions()
    const sessions = createSessions(store, clock, () => 'seat1')
    const { token } = await sessions.open('wang', { role: 'pilot', name: 'p' })
    return { clock, store, sessions, token }
  }
  it('live as long as they are used, and end a shift after the last use', async () => {
    const { clock, sessions, token } = await setUp()
    for (let i = 0; i < 5; i++) {
      clock.advance(SESSION_MS - 1)
      expect(await sessions.seatOf(token)).toMatchObject({ id: 'seat1' })
    }
    const revoked: string[] = []
    sessions.onRevoked((seatId) => revoked.push(seatId))
    clock.advance(SESSION_MS)
    expect(await sessions.seatOf(token)).toBeNull()
    expect(revoked).toEqual(['seat1'])
  })
  it('are kept without the token itself', async () => {
    const { store, token } = await setUp()
    expect(JSON.stringify([...store.rows])).not.toContain(token)
  })
  it('do not come back to memory when they end while they are looked up', async () => {
    const { sessions, store, clock, token } = await setUp()
    const again = createSessions(store, clock, () => 'x')
    const looking = again.seatOf(token)
    await again.revoke(token)
    await looking
    expect(await again.seatOf(token)).toBeNull()
    expect(await sessions.seatOf('other')).toBeNull()
  })
})

it('limits tries within a window, per key, and forgets them after it or after success', () => {
  const clock = new FakeScheduler()
  const limit = createAttemptLimit({ tries: 3, windowMs: 1000 }, clock)
  for (let i = 0; i < 3; i++) {
    expect(limit.waitMs('a')).toBe(0)
    limit.failed('a')
    clock.advance(100)
  }
  expect([limit.waitMs('a'), limit.waitMs('b')]).toEqual([700, 0])
  clock.advance(700)
  expect(limit.waitMs('a')).toBe(0)
  limit.failed('a')
  limit.succeeded('a')
  for (let i = 0; i < 2; i++) limit.failed('a')
  expect(limit.waitMs('a')).toBe(0)
})

it('knows a password again, however its characters were composed, and no other', async () => {
  const known = await hashPassword('Caf\u00e9 au lait 朱家尖')
  expect(await passwordFits('Cafe\u0301 au lait 朱家尖', known)).toBe(true)
  expect(await passwordFits('Cafe au lait 朱家尖', known)).toBe(false)
  expect((await hashPassword('same')).salt).not.toBe((await hashPassword('same')).salt)
})

it.each([
  ['skerry_session=abc', 'abc'],
  ['a=b; skerry_session=abc; c=d', 'abc'],
  ['xskerry_session=abc', null],
  ['skerry_session=', null],
  ['', null],
  [undefined, null],
])('reads the session from %j', (header, token) => {
  expect(sessionTokenOf(header)).toBe(token)
})

it.each([
  ['http://skerry:8080', 'skerry:8080', undefined, true],
  ['https://skerry.example', 'skerry.example', 'same-origin', true],
  ['http://skerry:9090', 'skerry:8080', undefined, false],
  ['https://evil.example', 'skerry.example', undefined, false],
  ['null', 'skerry.example', undefined, false],
  [undefined, 'skerry.example', undefined, true],
  [undefined, 'skerry.example', 'cross-site', false],
  [undefined, 'skerry.example', 'same-site', false],
])('origin %s at host %s (%s) is its own: %s', (origin, host, fetchSite, own) => {
  expect(isSameOrigin({ origin, host, fetchSite })).toBe(own)
})
