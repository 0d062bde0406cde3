import type { JournalEntry, Problem, Seat } from '@skerry/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passwordOf, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.signIn('admin')
})
afterAll(() => server.stop())

describe('signing in', () => {
  it('gives a seat of its own each time, in a cookie that scripts and other sites cannot use', async () => {
    const body = { account: 'pilot', password: passwordOf('pilot') }
    const answers = [
      await server.send('POST', '/api/session', { body }),
      await server.send('POST', '/api/session', { body }),
    ]
    expect(answers[0]!.headers.get('set-cookie')).toMatch(
      /^skerry_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    )
    const seats = (await Promise.all(answers.map((each) => each.json()))) as Seat[]
    expect(seats[0]).toMatchObject({ role: 'pilot', name: 'the pilot' })
    expect(seats[0]!.id).not.toBe(seats[1]!.id)
    const as = answers[0]!.headers.get('set-cookie')!.split(';')[0]!
    expect(await (await server.send('GET', '/api/session', { as })).json()).toEqual(seats[0])
  })
  it('behind an encrypted address keeps the cookie to encrypted addresses', async () => {
    const headers = { origin: server.url.replace('http:', 'https:') }
    const body = { account: 'pilot', password: passwordOf('pilot') }
    const answer = await server.send('POST', '/api/session', { body, headers })
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/)
  })
  it('ends with signing out', async () => {
    const as = await server.signIn('observer')
    expect((await server.send('DELETE', '/api/session', { as })).status).toBe(204)
    expect((await server.send('GET', '/api/session', { as })).status).toBe(401)
  })
  it('says no more than that one of the two is wrong, and after five failures: wait', async () => {
    const attempt = async (account: string, password: string) => {
      const answer = await server.send('POST', '/api/session', { body: { account, password } })
      return {
        status: answer.status,
        code: ((await answer.json()) as Problem).code,
        wait: answer.headers.get('retry-after'),
      }
    }
    const nobody = await attempt('nobody', 'x')
    expect(nobody).toEqual({ status: 401, code: 'wrong-sign-in', wait: null })
    for (let i = 0; i < 5; i++) expect((await attempt('dispatcher', 'wrong')).status).toBe(401)
    const held = await attempt('dispatcher', passwordOf('dispatcher'))
    expect(held).toMatchObject({ status: 429, code: 'too-many-tries' })
    expect(Number(held.wait)).toBeGreaterThan(0)
    expect((await attempt('coordinator', passwordOf('coordinator'))).status).toBe(200)
  })
  it('is in the journal, without the password', async () => {
    const as = await server.signIn('coordinator')
    const text = await (await server.send('GET', '/api/journal?limit=1000', { as })).text()
    expect(text).toContain('"seat.signed-in"')
    expect(text).not.toContain('password of')
  })
})

describe('an administrator', () => {
  it('makes accounts that can sign in, once each', async () => {
    const body = { account: 'chen', name: '陈', role: 'coordinator', password: 'a long enough password' }
    const made = await server.send('POST', '/api/accounts', { as: admin, body })
    expect(made.status).toBe(201)
    expect(await made.text()).not.toContain('password')
    expect((await server.send('POST', '/api/accounts', { as: admin, body })).status).toBe(409)
    const signIn = { account: 'chen', password: body.password }
    expect((await server.send('POST', '/api/session', { body: signIn })).status).toBe(200)
    const list = await (await server.send('GET', '/api/accounts', { as: admin })).text()
    expect(list).toContain('陈')
    expect(list).not.toMatch(/salt|hash/i)
  })
  it('refuses a short password and an unknown role', async () => {
    const body = { account: 'li', name: '李', role: 'coordinator', password: 'short' }
    expect((await server.send('POST', '/api/accounts', { as: admin, body })).status).toBe(400)
    const king = { ...body, password: 'a long enough password', role: 'king' }
    expect((await server.send('POST', '/api/accounts', { as: admin, body: king })).status).toBe(400)
  })
  it('makes a feed whose token works until the feed is removed', async () => {
    const body = { id: 'gps', scopes: ['roster'] }
    const made = (await (await server.send('POST', '/api/feeds', { as: admin, body })).json()) as { token: string }
    expect(await (await server.send('GET', '/api/feeds', { as: admin })).text()).not.toContain(made.token)
    const as = `Bearer ${made.token}`
    const put = () => server.send('PUT', '/api/intake/roster', { as, body: { units: [] } })
    expect((await put()).status).toBe(200)
    expect((await server.send('DELETE', '/api/feeds/gps', { as: admin })).status).toBe(204)
    expect((await put()).status).toBe(401)
    expect((await server.send('DELETE', '/api/feeds/gps', { as: admin })).status).toBe(404)
  })
  it('leaves in the journal who made and who removed a feed, without its token', async () => {
    const made = await server.send('POST', '/api/feeds', { as: admin, body: { id: 'radio', scopes: ['fixes'] } })
    const { token } = (await made.json()) as { token: string }
    await server.send('DELETE', '/api/feeds/radio', { as: admin })
    const text = await (await server.send('GET', '/api/journal?limit=1000', { as: admin })).text()
    const lines = (JSON.parse(text) as JournalEntry[]).filter(({ event }) => 'feed' in event && event.feed === 'radio')
    expect(lines.map(({ event, actor }) => [event.type, actor.kind === 'seat' && actor.seat.role])).toEqual([
      ['feed.created', 'admin'],
      ['feed.removed', 'admin'],
    ])
    expect(text).not.toContain(token)
  })
})

it('has no enrolment when there are accounts', async () => {
  expect(server.running.enrolUrl).toBeNull()
  const body = { secret: 'x'.repeat(43), account: 'me', name: 'me', password: 'a long enough password' }
  const answer = await server.send('POST', '/api/enrol', { body })
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([403, 'wrong-enrolment'])
})
