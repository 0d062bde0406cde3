import { randomUUID } from 'node:crypto'
import {
  COMMAND_ROLES,
  KpiReport,
  LIVE_NAMESPACE,
  type CommandType,
  type JournalEntry,
  type MadeKiosk,
  type Problem,
  type Seat,
  type Snapshot,
} from '@skerry/contract'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let admin: string
let wall: string
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.signIn('admin')
  wall = await server.signIn('wall')
})
afterAll(() => server.stop())

const make = async (id: string): Promise<string> => {
  const made = await server.send('POST', '/api/kiosks', { as: admin, body: { id } })
  expect(made.status).toBe(201)
  return ((await made.json()) as MadeKiosk).token
}
const exchange = (token: string) => server.send('POST', '/api/kiosk', { body: { token } })
const cookieOf = (answer: Response): string => answer.headers.get('set-cookie')!.split(';')[0]!

/** Everything that a wall may ask for. Whatever is added to the server is refused it until it stands here. */
const MAY = [
  'get /api/cover',
  'get /api/exposure',
  'get /api/history-places',
  'get /api/kpis',
  'get /api/sailings',
  'get /api/sailings/network',
  'get /api/session',
]

it('is let in at what a wall shows, and refused every other route there is', async () => {
  const reached: string[] = []
  for (const { method, path, who, body } of server.running.routes) {
    if (who === 'public') continue
    const answer = await server.send(method.toUpperCase(), path.replaceAll(/:\w+/g, 'nope'), {
      as: wall,
      ...(body === undefined ? {} : { body: {} }),
    })
    if (answer.status === 403) expect(((await answer.json()) as Problem).code).toBe('role-not-allowed')
    else reached.push(`${method} ${path}`)
  }
  expect(reached.sort()).toEqual(MAY)
})

it('reads figures that fit their schema, of a span that ends now or ended, and of none that ends before it begins', async () => {
  const ask = (query: string) => server.send('GET', `/api/kpis?${query}`, { as: wall })
  const now = KpiReport.parse(await (await ask('fromMs=0')).json())
  expect(now.all.steps).toHaveLength(6)
  expect(KpiReport.parse(await (await ask('fromMs=0&toMs=5')).json())).toMatchObject({ counted: 0, toMs: 5 })
  expect((await ask('fromMs=9&toMs=5')).status).toBe(400)
  expect((await ask('')).status).toBe(400)
})

it('is refused every command before it is even read', async () => {
  const types = Object.keys(COMMAND_ROLES) as CommandType[]
  expect(types.length).toBeGreaterThan(60)
  for (const type of types) {
    expect(COMMAND_ROLES[type]).not.toContain('wall')
    const answer = await server.send('POST', '/api/commands', { as: wall, body: { id: randomUUID(), type } })
    expect([type, answer.status]).toEqual([type, 403])
  }
})

it('gets a cookie that scripts cannot read and that outlives a night without power', async () => {
  const answer = await exchange(await make('hall'))
  expect(answer.headers.get('set-cookie')).toMatch(
    /^skerry_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/,
  )
  const seat = (await answer.json()) as Seat
  expect(seat).toEqual({ id: 'kiosk-hall', role: 'wall', name: 'hall' })
  expect(await (await server.send('GET', '/api/session', { as: cookieOf(answer) })).json()).toEqual(seat)
})

it('cannot be made up, made by anybody but an administrator, or made twice', async () => {
  expect((await exchange('x'.repeat(43))).status).toBe(401)
  expect((await exchange('../etc')).status).toBe(400)
  const dispatcher = await server.signIn('dispatcher')
  expect((await server.send('POST', '/api/kiosks', { as: dispatcher, body: { id: 'mine' } })).status).toBe(403)
  await make('lobby')
  expect((await server.send('POST', '/api/kiosks', { as: admin, body: { id: 'lobby' } })).status).toBe(409)
  const signIn = { account: 'wall', password: '' }
  expect((await server.send('POST', '/api/session', { body: signIn })).status).toBe(400)
})

const connect = (cookie: string): Socket =>
  io(server.url + LIVE_NAMESPACE, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin: server.url },
    reconnection: false,
    forceNew: true,
  })
const once = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => socket.once(event, resolve))

it('hears the picture without what was written about a person, and without what was said in rooms', async () => {
  const dispatcher = await server.signIn('dispatcher')
  const facts = { category: 'missing-person', priority: 'critical', position: [122.2, 29.9], place: '蜈蚣峙' }
  const subject = {
    category: 'child-7-9',
    lastKnownAtMs: Date.now() - 1000,
    lastKnownPosition: [122.2, 29.9],
    description: 'a red coat',
  }
  const report = {
    id: randomUUID(),
    type: 'incident.report',
    occurredAtMs: Date.now() - 1000,
    text: 'words of a caller',
  }
  const given = await server.send('POST', '/api/commands', { as: dispatcher, body: { ...report, ...facts, subject } })
  expect([given.status, given.status === 200 ? '' : await given.text()]).toEqual([200, ''])
  const socket = connect(wall)
  try {
    const snapshot = once<Snapshot>(socket, 'snapshot')
    socket.emit('resume', { lastSeq: null, run: null }, () => undefined)
    const { changes } = await snapshot
    const incident = changes.find(({ kind }) => kind === 'incident')!.value
    expect(incident).toMatchObject({ place: '蜈蚣峙', text: '', source: '', subject: null })
    const text = JSON.stringify(changes)
    expect(text).not.toMatch(/a red coat|words of a caller|the dispatcher/)
    expect(changes.some(({ kind }) => ['room', 'member', 'message', 'command', 'timer'].includes(kind))).toBe(false)

    const update = once<unknown[]>(socket, 'updates')
    const other = { ...report, id: randomUUID(), ...facts, category: 'other', priority: 'notice', subject: null }
    await server.send('POST', '/api/commands', { as: dispatcher, body: other })
    expect(JSON.stringify(await update)).not.toMatch(/words of a caller|the dispatcher/)
  } finally {
    socket.disconnect()
  }
})

it('is shut out in the moment in which it is removed, and the journal says by whom, without its token', async () => {
  const token = await make('yard')
  const as = cookieOf(await exchange(token))
  const socket = connect(as)
  await once(socket, 'connect')
  const gone = once(socket, 'disconnect')
  expect((await server.send('DELETE', '/api/kiosks/yard', { as: admin })).status).toBe(204)
  await gone
  expect((await server.send('GET', '/api/session', { as })).status).toBe(401)
  expect((await exchange(token)).status).toBe(401)
  expect((await server.send('DELETE', '/api/kiosks/yard', { as: admin })).status).toBe(404)
  const text = await (await server.send('GET', '/api/journal?limit=1000', { as: admin })).text()
  const lines = (JSON.parse(text) as JournalEntry[]).filter(({ event }) => 'kiosk' in event && event.kiosk === 'yard')
  expect(lines.map(({ event, actor }) => [event.type, actor.kind === 'seat' && actor.seat.role])).toEqual([
    ['kiosk.created', 'admin'],
    ['kiosk.removed', 'admin'],
  ])
  expect(text).not.toContain(token)
})
