import { setImmediate } from 'node:timers/promises'
import { FeedScope, Problem, ROLES, type Role } from '@skerry/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from './route.ts'
import { startTestServer, type TestServer } from './test-server.ts'

/** Many times what any route takes and any socket holds. */
const NEVER_CUT_BYTES = 256 * 1024 * 1024

let server: TestServer
const cookies = {} as Record<Role, string>
beforeAll(async () => {
  server = await startTestServer()
  for (const role of ROLES) cookies[role] = await server.signIn(role)
})
afterAll(() => server.stop())

const call = (route: Route, as: string | undefined) =>
  server.send(route.method.toUpperCase(), route.path.replaceAll(':id', 'nope'), {
    ...(as === undefined ? {} : { as }),
    ...(route.body === undefined ? {} : { body: {} }),
  })
const ends = (route: Route): boolean => route.method === 'delete' && route.path === '/api/session'

/** Whoever calls: nobody, each role, each feed. */
const callers = (): { name: string; as: string | undefined; may: (route: Route) => boolean }[] => [
  { name: 'nobody', as: undefined, may: (route) => route.who === 'public' },
  { name: 'a made-up session', as: 'skerry_session=made-up', may: (route) => route.who === 'public' },
  { name: 'a made-up guest', as: 'Guest made-up-made-up-made-up', may: (route) => route.who === 'public' },
  { name: 'a made-up feed', as: 'Bearer made-up-made-up-made-up', may: (route) => route.who === 'public' },
  ...ROLES.map((role) => ({
    name: `a ${role}`,
    as: cookies[role],
    may: ({ who }: Route) => who === 'public' || (!('feed' in who) && who.includes(role)),
  })),
  ...FeedScope.options.map((scope) => ({
    name: `the feed with scope ${scope}`,
    as: server.bearer(scope),
    may: ({ who }: Route) => who === 'public' || ('feed' in who && who.feed === scope),
  })),
]

it('lets in exactly those that each route names, for every route and every caller', async () => {
  expect(server.running.routes.length).toBeGreaterThan(20)
  for (const route of server.running.routes)
    for (const { name, as, may } of callers()) {
      if (ends(route) && may(route)) continue // signing out has a test of its own
      const { status } = await call(route, as)
      const let_in = status !== 401 && status !== 403
      expect(`${name} ${route.method} ${route.path}: ${let_in}`).toBe(
        `${name} ${route.method} ${route.path}: ${may(route)}`,
      )
    }
}, 60_000)

it('tells nobody 401 and the wrong one 403, as problem documents', async () => {
  for (const route of server.running.routes) {
    if (route.who === 'public') continue
    const nobody = await call(route, undefined)
    expect([route.path, nobody.status]).toEqual([route.path, 401])
    expect(Problem.parse(await nobody.json()).code).toBe('no-session')
    const wrong = callers().find(({ as, may, name }) => as !== undefined && !name.includes('made-up') && !may(route))
    if (wrong === undefined) continue
    const refused = await call(route, wrong.as)
    expect([route.path, refused.status]).toEqual([route.path, 403])
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  }
})

it('describes every route, with who may and what it takes', async () => {
  const document = (await (await server.send('GET', '/api/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, Record<string, { 'x-who': unknown; requestBody?: unknown; responses: object }>>
  }
  expect(document.openapi).toBe('3.1.0')
  for (const route of server.running.routes) {
    const described = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method]
    expect(described?.['x-who']).toEqual(route.who)
    expect(described?.requestBody === undefined).toBe(route.body === undefined)
    expect(Object.keys(described!.responses)).toEqual([String(route.answer.status), 'default'])
  }
})

describe('bad requests', () => {
  const problem = async (answer: Response): Promise<Problem> => {
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const document = Problem.parse(await answer.json())
    expect(document.status).toBe(answer.status)
    return document
  }
  const command = (body: unknown, headers: Record<string, string> = {}) =>
    server.send('POST', '/api/commands', { as: cookies.dispatcher, body, headers })

  it('are told what does not fit, field by field', async () => {
    const answer = await command({ id: 'x', type: 'incident.note', incidentId: 'i', text: 'hi', extra: 1 })
    const { status, code, errors } = await problem(answer)
    expect({ status, code }).toEqual({ status: 400, code: 'does-not-fit' })
    expect(errors!.map(({ path }) => path)).toContain('id')
  })
  it.each([
    ['no JSON', '{"id":', {}, 400, 'bad-json'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), { 'content-type': 'text/plain' }, 415, 'not-json'],
    ['another content type', '{}', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'not-json'],
    [
      'an unknown command',
      '{"id":"7c1f4e1e-24a5-4c0e-9a59-7f4d4b8a2f11","type":"drone.explode"}',
      {},
      400,
      'does-not-fit',
    ],
    ['too much', JSON.stringify({ text: 'x'.repeat(1_000_001) }), {}, 413, 'too-large'],
  ])('with %s get a problem document', async (_, body, headers, status, code) => {
    expect(await problem(await command(body, headers))).toMatchObject({ status, code })
  })
  it('that never say how long they are end at the limit too', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(65_536))
    let sentBytes = 0
    const endless = new ReadableStream({
      // Far past the limit it ends by itself, so that a server that reads on for ever fails this test and holds up no other.
      async pull(controller) {
        await setImmediate()
        sentBytes += chunk.length
        if (sentBytes > NEVER_CUT_BYTES) controller.error(new Error('never cut'))
        else controller.enqueue(chunk)
      },
    })
    const answer = await fetch(`${server.url}/api/commands`, {
      method: 'POST',
      headers: { cookie: cookies.dispatcher, 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit).catch(() => null)
    // The server may answer, or cut the line before the client has finished sending.
    if (answer !== null) expect(answer.status).toBe(413)
    expect(sentBytes).toBeLessThan(NEVER_CUT_BYTES)
    expect((await server.send('GET', '/api/health')).status).toBe(200)
  })
  it('for what is not there get 404, by the wrong method 405', async () => {
    const get = (path: string) => server.send('GET', path, { as: cookies.coordinator })
    for (const path of [
      '/api/nope',
      '/api/incidents/nope/timeline',
      '/api/searches/nope/grid',
      '/api/searches/nope/readings',
    ])
      expect([path, (await problem(await get(path))).status]).toEqual([path, 404])
    const wrong = await server.send('PATCH', '/api/session', { as: cookies.pilot })
    expect((await problem(wrong)).code).toBe('wrong-method')
    expect(wrong.headers.get('allow')).toBe('POST, DELETE, GET')
    expect((await get('/api/tracks?kind=unit')).status).toBe(400)
    expect((await get('/api/tracks?kind=unit&id=u&fromMs=5&toMs=1')).status).toBe(400)
  })
  it('of any shape never bring the server down nor show its inside', async () => {
    const random = seeded(20_261_122)
    for (const route of server.running.routes) {
      if (route.body === undefined || route.who === 'public') continue
      const as = 'feed' in route.who ? server.bearer(route.who.feed) : cookies[route.who[0]!]
      for (let i = 0; i < 25; i++) {
        const body = JSON.stringify(anything(random, 4)) ?? 'null'
        const cut = random() < 0.2 ? body.slice(0, Math.floor(random() * body.length)) : body
        const answer = await server.send(route.method.toUpperCase(), route.path, { as, body: cut })
        const text = await answer.text()
        expect([route.path, cut, answer.status >= 400 && answer.status < 500]).toEqual([route.path, cut, true])
        expect(text).not.toMatch(/\.ts|node_modules|\bat \w+ \(/)
      }
    }
    expect(server.faults).toEqual([])
  }, 60_000)
})

describe('other sites', () => {
  it('cannot make a signed-in browser do anything', async () => {
    const headers = { origin: 'https://evil.example' }
    const answer = await server.send('POST', '/api/commands', { as: cookies.dispatcher, body: {}, headers })
    expect(answer.status).toBe(403)
    expect(((await answer.json()) as Problem).code).toBe('cross-origin')
    const site = await server.send('POST', '/api/session', { body: {}, headers: { 'sec-fetch-site': 'cross-site' } })
    expect(site.status).toBe(403)
    const own = await server.send('POST', '/api/commands', {
      as: cookies.dispatcher,
      body: {},
      headers: { origin: server.url },
    })
    expect(own.status).toBe(400)
  })
  it('get no permission to read, and a strict policy', async () => {
    const { headers } = await server.send('GET', '/api/health', { headers: { origin: 'https://evil.example' } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

describe('files of the console', () => {
  it('come with their type; only hashed names are kept for ever', async () => {
    const page = await server.send('GET', '/')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(await page.text()).toContain('Skerry')
    const code = await server.send('GET', '/assets/app-1a2b.js')
    expect(code.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(code.headers.get('cache-control')).toContain('immutable')
    const map = await server.send('GET', '/assets/zhoushan-9f.pmtiles')
    expect([map.headers.get('content-type'), await map.text()]).toEqual(['application/vnd.pmtiles', 'PMTiles'])
    expect(await (await server.send('GET', '/deep/link')).text()).toContain('Skerry')
  })
  it.each([
    '/.secret',
    '/assets/..%2f..%2f..%2fetc/passwd.txt',
    '/..%2fdata%2fskerry.db',
    '/nope.js',
    '/%00.js',
    '/%zz.js',
  ])('are nothing else: %s', async (path) => {
    expect((await server.send('GET', path)).status).toBe(404)
  })
})

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Any JSON value, with the field names and values that schemas look at. */
function anything(random: () => number, depth: number): unknown {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const names = [
    'id',
    'type',
    'fixes',
    'units',
    'position',
    'atMs',
    'unitId',
    'counts',
    '__proto__',
    'constructor',
    'x',
  ]
  const plain = [null, true, 0, -1, 1e308, '', 'x', '\u0000', 'incident.report', [], {}, 'a'.repeat(5000)]
  if (depth === 0 || random() < 0.3) return pick(plain)
  if (random() < 0.4) return Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth - 1))
  return Object.fromEntries(Array.from({ length: 3 }, () => [pick(names), anything(random, depth - 1)]))
}
