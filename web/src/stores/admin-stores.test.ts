import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useFeedKeys } from './feed-keys.ts'
import { useStaff } from './staff.ts'

/** A server that knows these answers by `METHOD path`, and what it was asked. */
function answering(answers: Record<string, { status: number; body: unknown }>): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const key = `${init.method} ${path}`
    asked.push(key)
    const { status, body } = answers[key]!
    return new Response(body === null ? null : JSON.stringify(body), { status })
  })
  return asked
}
const gps = { id: 'gps', scopes: ['fixes'], createdAtMs: 5 }
const made = { feed: gps, token: 'shown-once' }

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

it('shows the token of a new feed until it is put away, and has no other way to it', async () => {
  const asked = answering({
    'POST /api/feeds': { status: 201, body: made },
    'GET /api/feeds': { status: 200, body: [gps] },
  })
  const keys = useFeedKeys()
  expect(await keys.make({ id: 'gps', scopes: ['fixes'] })).toBe(true)
  expect(keys.fresh).toEqual(made)
  expect(keys.feeds).toEqual([gps])
  keys.putAway()
  await keys.load()
  expect(keys.fresh).toBeNull()
  expect(asked).toEqual(['POST /api/feeds', 'GET /api/feeds', 'GET /api/feeds'])
})
it('forgets the token of a feed that is removed', async () => {
  answering({
    'POST /api/feeds': { status: 201, body: made },
    'GET /api/feeds': { status: 200, body: [] },
    'DELETE /api/feeds/gps': { status: 204, body: null },
  })
  const keys = useFeedKeys()
  await keys.make({ id: 'gps', scopes: ['fixes'] })
  await keys.remove('gps')
  expect(keys.fresh).toBeNull()
  expect(keys.failure).toBeNull()
})
it('keeps the accounts it read, and says why a new one was refused', async () => {
  const wang = { account: 'wang', name: '王', role: 'pilot', createdAtMs: 5 }
  const taken = { type: 'about:blank', title: 'Conflict', status: 409, code: 'account-exists' }
  answering({
    'GET /api/accounts': { status: 200, body: [wang] },
    'POST /api/accounts': { status: 409, body: taken },
  })
  const staff = useStaff()
  await staff.load()
  expect(await staff.make({ account: 'wang', name: '汪', role: 'pilot', password: 'a long enough one' })).toBe(false)
  expect(staff.failure).toMatchObject({ kind: 'problem', code: 'account-exists' })
  expect(staff.accounts).toEqual([wang])
  expect(staff.busy).toBe(false)
})
