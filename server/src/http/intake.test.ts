import { randomUUID } from 'node:crypto'
import {
  FixBatchResult,
  type Alarm,
  type CommandDone,
  type Health,
  type Incident,
  type Problem,
  type RosterUnit,
  type Snapshot,
  type Unit,
} from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let dispatcher: string
beforeAll(async () => {
  server = await startTestServer()
  dispatcher = await server.signIn('dispatcher')
  const unit = (id: string, onDuty: boolean): RosterUnit => ({
    id,
    callSign: `普陀-${id}`,
    agency: 'patrol',
    kind: 'car',
    skills: [],
    onDuty,
  })
  const body = { units: [unit('u1', true), unit('u2', false)] }
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body })
})
afterAll(() => server.stop())

const post = (path: string, scope: Parameters<TestServer['bearer']>[0], body: unknown) =>
  server.send(path === 'sites' ? 'PUT' : 'POST', `/api/intake/${path}`, {
    as: server.bearer(scope),
    body,
  })
const picture = async (): Promise<Snapshot['changes']> =>
  ((await (await server.send('GET', '/api/picture', { as: dispatcher })).json()) as Snapshot).changes

it('judges each position by itself, stores the good ones, and counts', async () => {
  const now = Date.now()
  const fix = (unitId: string, atMs: number, lng: number) => ({ unitId, atMs, position: [lng, 29.98] })
  const answer = await post('fixes', 'fixes', {
    fixes: [
      { ...fix('u1', now - 10_000, 122.1), status: 'en-route' },
      fix('u1', now - 20_000, 122.1),
      fix('u1', now - 10_000, 122.1),
      fix('u1', now - 5000, 123.9),
      fix('u1', now + 60_000, 122.1),
      fix('u2', now, 122.1),
      fix('u9', now, 122.1),
    ],
  })
  expect((await answer.json()) as FixBatchResult).toEqual({
    accepted: 1,
    late: 1,
    refused: [
      { index: 2, reason: 'duplicate' },
      { index: 3, reason: 'impossible-jump' },
      { index: 4, reason: 'future-clock' },
      { index: 5, reason: 'off-duty' },
      { index: 6, reason: 'unknown-unit' },
    ],
    assignments: [],
  })
  const health = (await (await server.send('GET', '/api/health')).json()) as Health
  expect(health.feeds.find(({ id }) => id === 'fixes')).toMatchObject({ state: 'ok', accepted: 2, refused: 5 })
  expect(health.feeds.find(({ id }) => id === 'reports')).toMatchObject({ state: 'unknown', lastAtMs: null })
  const unit = (await picture()).find(({ kind, id }) => kind === 'unit' && id === 'u1')
  expect(unit?.value).toMatchObject({ status: 'en-route' })
})

it('refuses a fix that is none by itself, with its field, and a batch that cannot be read as a whole; both are counted', async () => {
  const counted = async () => {
    const health = (await (await server.send('GET', '/api/health')).json()) as Health
    return health.feeds.find(({ id }) => id === 'fixes')!
  }
  const before = await counted()
  const atMs = Date.now() - 4000
  const answer = await post('fixes', 'fixes', {
    fixes: [
      { unitId: 'u1', atMs, position: [29.98, 122.1] },
      'no fix',
      { unitId: 'u1', atMs, position: [122.1, 29.98] },
    ],
  })
  const { accepted, refused } = (await answer.json()) as FixBatchResult
  expect([answer.status, accepted]).toEqual([200, 1])
  expect(refused.map(({ index, reason }) => [index, reason])).toEqual([
    [0, 'malformed'],
    [1, 'malformed'],
  ])
  expect(refused[0]!.detail).toMatch(/^position\.1: /)
  expect((await post('fixes', 'fixes', { fixes: [] })).status).toBe(400)
  const after = await counted()
  expect([after.accepted - before.accepted, after.refused - before.refused]).toEqual([1, 3])
})

it('takes an incident once, whatever a feed repeats, and refuses a missing person from a machine', async () => {
  const report = {
    externalId: 'call-7',
    category: 'traffic',
    priority: 'warning',
    position: [122.3, 29.9],
    place: '沈家门',
    occurredAtMs: Date.now() - 1000,
    text: 'two cars',
  }
  expect((await post('incidents', 'incidents', report)).status).toBe(200)
  expect((await post('incidents', 'incidents', report)).status).toBe(200)
  expect((await picture()).filter(({ kind }) => kind === 'incident')).toHaveLength(1)
  const missing = await post('incidents', 'incidents', { ...report, externalId: 'c8', category: 'missing-person' })
  expect([missing.status, ((await missing.json()) as Problem).code]).toEqual([422, 'subject-required'])
})

it('takes a status sent with a position for the answer to an offer, once the terminal says something new', async () => {
  const incident = (await picture()).find(({ kind }) => kind === 'incident')!
  const offer = { type: 'incident.offer', incidentId: incident.id, unitIds: ['u1'], id: crypto.randomUUID() }
  expect((await server.send('POST', '/api/commands', { as: dispatcher, body: offer })).status).toBe(200)
  const sends = async (atMs: number, status: string) => {
    await post('fixes', 'fixes', { fixes: [{ unitId: 'u1', atMs, position: [122.1, 29.98], status }] })
    const now = (await picture()).find(({ id }) => id === incident.id)!
    return now.value as Incident
  }
  const at = Date.now()
  // Its terminal has said so since before it was asked.
  expect((await sends(at - 2000, 'en-route')).offers![0]!.state).toBe('open')
  expect(await sends(at - 1000, 'on-scene')).toMatchObject({ state: 'on-scene', offers: [{ state: 'accepted' }] })
})

it('lets go of a unit that the roster takes off duty while it is out, and calls the dispatcher', async () => {
  const u1 = (await picture()).find(({ kind, id }) => kind === 'unit' && id === 'u1')!.value as Unit
  const { id, callSign, agency, kind, skills, assignment } = u1
  expect(assignment).not.toBeNull()
  const units = [{ id, callSign, agency, kind, skills, onDuty: false }]
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
  const lost = async () => (await picture()).map(({ value }) => value as Alarm).find((one) => one?.kind === 'unit-lost')
  await expect.poll(lost, { timeout: 10_000 }).toMatchObject({ incidentId: assignment!.incidentId, key: 'u1' })
  const incident = (await picture()).find((one) => one.id === assignment!.incidentId)!.value as Incident
  expect([incident.unitIds, incident.offers!.map(({ state }) => state)]).toEqual([[], ['lost']])
})

it('takes positions up to 5 MB and not beyond', async () => {
  const big = { fixes: [], padding: 'x'.repeat(2_000_000) }
  expect((await post('fixes', 'fixes', big)).status).toBe(400)
  expect((await post('fixes', 'fixes', { ...big, padding: 'x'.repeat(5_000_000) })).status).toBe(413)
  expect((await post('reports', 'reports', big)).status).toBe(413)
})

it('shows addresses of links to nobody who is not signed in', async () => {
  const health = (await (await server.send('GET', '/api/health')).json()) as Health
  expect(health).toMatchObject({ demo: true, state: 'degraded', store: { kind: 'sqlite', state: 'ok' }, bridges: [] })
  expect(JSON.stringify(health)).not.toMatch(/token|127\.0\.0\.1/)
})

it('tells a terminal where its unit is sent in the words of the contract, asked or ordered, and in no other', async () => {
  const give = async (command: object): Promise<CommandDone> => {
    const answer = await server.send('POST', '/api/commands', {
      as: dispatcher,
      body: { id: randomUUID(), ...command },
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as CommandDone
  }
  const roster = [{ id: 'u5', callSign: '普陀-u5', agency: 'patrol', kind: 'car', skills: [], onDuty: true }]
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units: roster } })
  const facts = { category: 'fire', priority: 'notice', position: [122.1, 29.98], place: '码头', text: '', subject: null } // oxfmt-ignore
  const { created } = await give({ type: 'incident.report', occurredAtMs: Date.now() - 1000, ...facts })
  const incidentId = created[0]!.id
  const told = async () => {
    const answer = await post('fixes', 'fixes', { fixes: [{ unitId: 'u5', atMs: Date.now(), position: [122.1, 29.98] }] }) // oxfmt-ignore
    return FixBatchResult.parse(await answer.json()).assignments
  }
  await give({ type: 'incident.offer', incidentId, unitIds: ['u5'] })
  expect(await told()).toMatchObject([{ unitId: 'u5', incidentId, candidateId: null, answerByMs: expect.any(Number) }])
  await give({ type: 'incident.release', incidentId, unitId: 'u5' })
  await give({ type: 'incident.assign', incidentId, unitId: 'u5' })
  const [ordered] = await told()
  expect(ordered).toMatchObject({ unitId: 'u5', incidentId })
  expect(ordered).not.toHaveProperty('answerByMs')
})
