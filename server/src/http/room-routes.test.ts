import { randomUUID } from 'node:crypto'
import {
  LIVE_NAMESPACE,
  type CommandDone,
  type JournalEntry,
  type MadeGuest,
  type Problem,
  type Snapshot,
  type Update,
} from '@skerry/contract'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { UNIT_ID, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let dispatcher: string
const open: Socket[] = []
beforeAll(async () => {
  server = await startTestServer()
  dispatcher = await server.signIn('dispatcher')
  await server.send('PUT', '/api/intake/roster', {
    as: server.bearer('roster'),
    body: { units: [{ id: UNIT_ID, callSign: '普陀-101', agency: 'x', kind: 'car', skills: [], onDuty: true }] },
  })
})
afterAll(() => server.stop())
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})

const give = (as: string, command: object) =>
  server.send('POST', '/api/commands', { as, body: { id: randomUUID(), ...command } })
async function report(): Promise<string> {
  const facts = {
    category: 'fire',
    priority: 'notice',
    position: [122.2, 29.9],
    place: '码头',
    text: '',
    subject: null,
  }
  const answer = await give(dispatcher, { type: 'incident.report', occurredAtMs: Date.now() - 1000, ...facts })
  return ((await answer.json()) as CommandDone).created[0]!.id
}
async function invite(incidentId: string, mayWrite: boolean, minutes = 60): Promise<MadeGuest> {
  const body = { label: '民安救援队', mayWrite, minutes }
  const answer = await server.send('POST', `/api/incidents/${incidentId}/guests`, { as: dispatcher, body })
  expect(answer.status).toBe(201)
  return (await answer.json()) as MadeGuest
}
const code = async (answer: Response): Promise<string> => ((await answer.json()) as Problem).code
const say = (as: string, incidentId: string, text = '到了') =>
  give(as, { type: 'room.say', incidentId, text, urgent: false })

/** What a viewer holds: a picture kept from snapshots and updates, with how it came. */
async function watch(auth: { guest: string } | { cookie: string }) {
  const socket = io(server.url + LIVE_NAMESPACE, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...('guest' in auth ? { auth } : { extraHeaders: { cookie: auth.cookie } }),
  })
  open.push(socket)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  const held = new Map<string, unknown>()
  const take = (changes: Snapshot['changes']): void => {
    for (const { kind, id, value } of changes) {
      if (value === null) held.delete(`${kind} ${id}`)
      else held.set(`${kind} ${id}`, value)
    }
  }
  const seqs: number[] = []
  socket.on('snapshot', ({ changes }: Snapshot) => {
    held.clear()
    take(changes)
  })
  socket.on('updates', (updates: Update[]) => {
    for (const { seq, changes } of updates) {
      seqs.push(seq)
      take(changes)
    }
  })
  await socket.emitWithAck('resume', { lastSeq: null, run: null })
  return { socket, held, seqs, kinds: () => [...new Set([...held.keys()].map((key) => key.split(' ')[0]!))].sort() }
}

describe('a guest', () => {
  it('has a link that opens one room, and the journal says who made it and when it was opened, without the token', async () => {
    const incidentId = await report()
    const other = await report()
    const { key, token } = await invite(incidentId, true)
    const as = `Guest ${token}`
    expect(await (await server.send('GET', '/api/session', { as })).json()).toMatchObject({
      role: 'guest',
      name: '民安救援队',
    })
    expect((await say(as, incidentId)).status).toBe(200)
    expect(await code(await say(as, other))).toBe('not-a-member')
    for (const path of ['/api/picture', `/api/incidents/${incidentId}/timeline`, '/api/staff', '/api/drones/status'])
      expect([path, (await server.send('GET', path, { as })).status]).toEqual([path, 403])
    await watch({ guest: token })
    const coordinator = await server.signIn('coordinator')
    const text = await (await server.send('GET', '/api/journal?limit=1000', { as: coordinator })).text()
    expect(text).not.toContain(token)
    const lines = (JSON.parse(text) as JournalEntry[]).filter(({ event }) => 'key' in event && event.key === key)
    expect(lines.map(({ event }) => event.type)).toEqual(['room.joined', 'room.guest-entered'])
    expect(lines[0]!.actor).toMatchObject({ kind: 'seat', seat: { role: 'dispatcher' } })
  })
  it('that only reads says nothing', async () => {
    const incidentId = await report()
    const { token } = await invite(incidentId, false)
    expect(await code(await say(`Guest ${token}`, incidentId))).toBe('not-a-member')
  })
  it('sees its room live, the facts of its incident and nothing else, and is shown out the moment it is taken out', async () => {
    const incidentId = await report()
    await report()
    const { key, token } = await invite(incidentId, true)
    const guest = await watch({ guest: token })
    expect(guest.kinds()).toEqual(['dictionary', 'incident', 'member', 'room'])
    expect(guest.held.has(`incident ${incidentId}`)).toBe(true)
    await say(dispatcher, incidentId, '欢迎')
    await expect.poll(() => guest.held.get(`message ${incidentId}/1`)).toMatchObject({ text: '欢迎' })
    expect((await guest.socket.emitWithAck('join', ['drones', 'motion/unit/8/214/105'])) as object).toEqual({
      joined: [],
      refused: ['drones', 'motion/unit/8/214/105'],
    })
    const gone = new Promise((resolve) => guest.socket.once('disconnect', resolve))
    await give(dispatcher, { type: 'room.remove', incidentId, key, reason: '已结束' })
    expect(await gone).toBe('io server disconnect')
    expect((await server.send('GET', '/api/session', { as: `Guest ${token}` })).status).toBe(401)
    await expect(watch({ guest: token })).rejects.toThrow('unauthorised')
  })
  it('is not made for a room that is closed or not there, nor by those who may not', async () => {
    const incidentId = await report()
    await give(dispatcher, { type: 'incident.close', incidentId, outcome: '完成' })
    const make = (as: string, id: string) =>
      server.send('POST', `/api/incidents/${id}/guests`, { as, body: { label: '来宾', mayWrite: true, minutes: 5 } })
    await expect.poll(async () => code(await make(dispatcher, incidentId))).toBe('room-closed')
    expect(await code(await make(dispatcher, 'nowhere'))).toBe('unknown-room')
    expect((await make(await server.signIn('pilot'), incidentId)).status).toBe(403)
  })
})

describe('a console', () => {
  it('of those who answer for incidents holds every room, of others the rooms that they are in', async () => {
    const incidentId = await report()
    await say(dispatcher, incidentId, '一')
    const [desk, pilot] = [await watch({ cookie: dispatcher }), await watch({ cookie: await server.signIn('pilot') })]
    expect(desk.held.has(`message ${incidentId}/1`)).toBe(true)
    expect(pilot.kinds()).not.toContain('message')
    expect(pilot.held.has(`incident ${incidentId}`)).toBe(true)
    // Told of both alike, with no gap in the numbers.
    await say(dispatcher, incidentId, '二')
    await expect.poll(() => desk.held.has(`message ${incidentId}/2`)).toBe(true)
    await expect.poll(() => pilot.seqs.at(-1)).toBe(desk.seqs.at(-1))
    expect(pilot.seqs).toEqual(desk.seqs.slice(-pilot.seqs.length))
    expect([...pilot.held.keys()].some((key) => key.startsWith('message'))).toBe(false)
    await give(dispatcher, { type: 'room.invite', incidentId, account: 'pilot', adviser: 'local', minutes: 10 })
    await expect.poll(() => pilot.held.has(`message ${incidentId}/1`)).toBe(true)
  })
  it('that was away when it came into a room finds all of it when it is back', async () => {
    const incidentId = await report()
    await say(dispatcher, incidentId, '早先')
    const cookie = await server.signIn('observer')
    const first = await watch({ cookie })
    const lastSeq = first.seqs.at(-1) ?? 0
    first.socket.disconnect()
    await give(dispatcher, { type: 'room.invite', incidentId, account: 'observer', adviser: 'local', minutes: 10 })
    const second = await watch({ cookie })
    await second.socket.emitWithAck('resume', { lastSeq, run: null })
    await expect.poll(() => second.held.has(`message ${incidentId}/1`)).toBe(true)
    await give(dispatcher, { type: 'room.remove', incidentId, key: 'seat:observer', reason: '已结束' })
    await expect.poll(() => second.kinds()).not.toContain('message')
  })
})

describe('a unit’s seat', () => {
  it('sees its room once it is sent, reports from it, and sees nothing of it when it is released', async () => {
    const incidentId = await report()
    const unit = await server.signIn('unit')
    const seen = await watch({ cookie: unit })
    expect(seen.kinds()).toEqual(['dictionary', 'unit'])
    await give(dispatcher, { type: 'incident.assign', incidentId, unitId: UNIT_ID })
    await expect.poll(() => seen.kinds()).toContain('room')
    expect((await give(unit, { type: 'unit.report', incidentId, kind: 'en-route' })).status).toBe(200)
    await expect.poll(() => seen.held.get(`incident ${incidentId}`)).toMatchObject({ state: 'en-route' })
    await give(dispatcher, { type: 'incident.release', incidentId, unitId: UNIT_ID })
    await expect.poll(() => seen.kinds()).toEqual(['dictionary', 'unit'])
  })
})

describe('a room to take away', () => {
  it('comes as data, as a page and as Markdown, and the journal says who took it', async () => {
    const incidentId = await report()
    await say(dispatcher, incidentId, '家属电话 13957201234')
    const take = (as: string) =>
      server.send('GET', `/api/incidents/${incidentId}/room?as=${as}&lang=en`, { as: dispatcher })
    const data = await take('json')
    expect(data.headers.get('content-disposition')).toMatch(/^attachment; filename="room-\d+\.json"$/)
    expect(await data.json()).toMatchObject({
      format: 'skerry-room/1',
      removed: 1,
      messages: [{ text: '家属电话 ▇▇▇' }],
    })
    expect(await (await take('html')).text()).toContain('<h2>Messages</h2>')
    expect(await (await take('markdown')).text()).toContain('## Messages')
    const journal = await server.send('GET', '/api/journal?limit=1000', { as: await server.signIn('coordinator') })
    const taken = ((await journal.json()) as JournalEntry[]).filter(({ event }) => event.type === 'room.exported')
    expect(taken.map(({ event }) => (event as { as: string }).as)).toEqual(['json', 'html', 'markdown'])
    expect((await server.send('GET', '/api/incidents/none/room', { as: dispatcher })).status).toBe(404)
  })
})

it('lists the staff who can be brought in, and who of them is connected', async () => {
  await watch({ cookie: await server.signIn('adviser') })
  const staff = (await (await server.send('GET', '/api/staff', { as: dispatcher })).json()) as {
    account: string
    here: boolean
  }[]
  expect(staff.map(({ account }) => account)).not.toContain('unit')
  expect(staff.find(({ account }) => account === 'adviser')).toMatchObject({ here: true })
  expect(staff.find(({ account }) => account === 'coordinator')).toMatchObject({ here: false })
})

it('lets whoever leaves their last workplace out of the rooms that they handled', async () => {
  const as = await server.signIn('coordinator')
  const incidentId = await report()
  await give(as, { type: 'incident.note', incidentId, text: '看着' })
  const inRoom = async (): Promise<boolean> => {
    const { changes } = (await (await server.send('GET', '/api/picture', { as: dispatcher })).json()) as Snapshot
    const member = changes.find(({ kind, id }) => kind === 'member' && id === `${incidentId}/seat:coordinator`)
    return (member?.value as { leftAtMs: number | null } | undefined)?.leftAtMs === null
  }
  await expect.poll(inRoom).toBe(true)
  const others = await server.signIn('coordinator')
  await server.send('DELETE', '/api/session', { as })
  expect(await inRoom()).toBe(true) // signed in elsewhere, as earlier tests left them
  await server.send('DELETE', '/api/session', { as: others })
})
