import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Health, Incident, RosterUnit, Snapshot } from '@skerry/contract'
import { writeCap, type CapAlert } from '@skerry/exchange'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashSecret } from '../../access/secrets.ts'
import { startTestServer, type TestServer } from '../../http/test-server.ts'

const CHICAGO = path.resolve(import.meta.dirname, '../../../../../shared/data/incidents/chicago_crimes_2012_5k.csv')
const noData = existsSync(CHICAGO) ? false : 'recorded data are not here'
const KEY = 'k'.repeat(43)
const folder = mkdtempSync(path.join(tmpdir(), 'skerry-incidents-'))
const drop = path.join(folder, 'drop')
const chicago = path.join(folder, 'chicago')

/** What the other side serves, and what it was asked with. */
const served = new Map<string, { body: string; etag: string }>()
const asked: IncomingMessage['headers'][] = []
const source = createServer((request: IncomingMessage, response: ServerResponse) => {
  asked.push(request.headers)
  const one = served.get(request.url ?? '')
  if (one === undefined) return void response.writeHead(503).end()
  if (request.headers['if-none-match'] === one.etag) return void response.writeHead(304).end()
  response.writeHead(200, { etag: one.etag }).end(one.body)
})
const serve = (where: string, body: string): void =>
  void served.set(where, { body, etag: `"${body.length}-${served.size}-${Math.random()}"` })

let server: TestServer
let dispatcher: string
let base: string
beforeAll(async () => {
  mkdirSync(drop)
  mkdirSync(chicago)
  writeFileSync(path.join(folder, 'header'), 'Authorization: Bearer abc', { mode: 0o600 })
  await new Promise<void>((done) => void source.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(source.address() as AddressInfo).port}`
  const sources = [{ source: '110', keySha256: hashSecret(KEY) }]
  const warnings = { senders: ['met@zhoushan.example'] }
  const rows = {
    columns: { id: 'id', occurredAt: 't', lng: 'x', lat: 'y', text: 'text' },
    closed: { column: 'state', values: ['over'] },
  }
  const past = {
    times: { zone: '-06:00' },
    columns: {
      id: 'case_number',
      occurredAt: 'date',
      lng: 'longitude',
      lat: 'latitude',
      place: 'block',
      text: 'description',
    },
    closed: { olderThanH: 24 },
  }
  const feeds = [
    { name: 'callcentre', protocol: 'incidents-json', kind: 'http-listen', at: '127.0.0.1:0', sources },
    { name: 'table', protocol: 'incidents-csv', kind: 'folder', folder: drop, settledS: 0, rows },
    { name: 'chicago', protocol: 'incidents-csv', kind: 'folder', folder: chicago, settledS: 0, rows: past },
    { name: 'met', protocol: 'cap', kind: 'http-listen', at: '127.0.0.1:0', sources, warnings },
    {
      name: 'index',
      protocol: 'cap',
      kind: 'url-poll',
      url: `${base}/index.xml`,
      everyS: 5,
      headerFile: path.join(folder, 'header'),
      warnings,
    },
  ]
  server = await startTestServer(undefined, JSON.stringify({ feeds }))
  dispatcher = await server.signIn('dispatcher')
})
afterAll(async () => {
  await server.stop()
  source.close()
  rmSync(folder, { recursive: true, force: true })
})

const portOf = (feed: string) => server.running.feeds().find(({ name }) => name === feed)!.port!
async function get<T>(where: string): Promise<T> {
  return (await (await server.send('GET', where, { as: dispatcher })).json()) as T
}
const health = async (id: string) => (await get<Health>('/api/health')).feeds.find((feed) => feed.id === id)!
async function incidents(feed: string): Promise<Incident[]> {
  const { changes } = await get<Snapshot>('/api/picture')
  return changes.flatMap((change) =>
    change.kind === 'incident' && change.value!.source.startsWith(`${feed}/`) ? [change.value!] : [],
  )
}
const push = (feed: string, body: unknown, key = KEY) =>
  fetch(`http://127.0.0.1:${portOf(feed)}/110`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const report = (externalId: string, more: object = {}) => ({
  externalId,
  category: 'traffic',
  priority: 'warning',
  position: [122.1, 29.98],
  place: '定海',
  occurredAtMs: Date.now() - 60_000,
  text: '两车相撞',
  ...more,
})

it('takes what a call centre pushes, updates and closes it, and answers for each item', async () => {
  const first = await push('callcentre', {
    incidents: [report('A-1', { text: '报警人13800138000' }), report('A-2'), { externalId: 'A-9', text: '?' }],
  })
  expect([first.status, await first.json()]).toMatchObject([
    200,
    {
      results: [
        { outcome: 'new' },
        { outcome: 'new' },
        { at: 'incidents[2]', outcome: 'refused', reason: 'unknown-incident' },
      ],
    },
  ])
  const again = await push('callcentre', report('A-2'))
  const later = await push('callcentre', {
    incidents: [
      { externalId: 'A-2', priority: 'critical' },
      { externalId: 'A-1', closed: { atMs: Date.now(), outcome: '误报' } },
    ],
  })
  expect(await again.json()).toMatchObject({ results: [{ outcome: 'same' }] })
  expect(await later.json()).toMatchObject({ results: [{ outcome: 'updated' }, { outcome: 'closed' }] })
  expect(await incidents('callcentre')).toMatchObject([
    { source: 'callcentre/110/A-1', state: 'closed', outcome: '误报', text: '报警人[***]' },
    { source: 'callcentre/110/A-2', state: 'received', priority: 'critical' },
  ])
  expect(await health('callcentre')).toMatchObject({ redacted: 1, reasons: { 'unknown-incident': 1 } })
})

it('hears nobody without the key, and refuses what is no document with the reason', async () => {
  expect((await push('callcentre', report('B-1'), 'guess')).status).toBe(401)
  const broken = await push('callcentre', '{"incidents":')
  expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('is not JSON')])
  expect((await health('callcentre')).reasons).toMatchObject({ 'not-allowed': 1, malformed: 1 })
  expect((await incidents('callcentre')).map(({ source: from }) => from)).not.toContain('callcentre/110/B-1')
})

it('leaves an incident that a unit is out for to the dispatcher, and says what the source said', async () => {
  const unit: RosterUnit = { id: 'u1', callSign: '定海-1', agency: 'a', kind: 'car', skills: [], onDuty: true }
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units: [unit] } })
  const incident = (await incidents('callcentre')).find(({ state }) => state === 'received')!
  const command = { id: crypto.randomUUID(), type: 'incident.assign', incidentId: incident.id, unitId: 'u1' }
  expect((await server.send('POST', '/api/commands', { as: dispatcher, body: command })).status).toBe(200)
  await push('callcentre', { externalId: 'A-2', closed: { atMs: Date.now(), outcome: '双方和解' } })
  expect((await incidents('callcentre'))[1]).toMatchObject({
    state: 'dispatched',
    sourceClosed: { outcome: '双方和解' },
  })
})

it('reads a file that is put into a folder, moves it away, and writes what became of each line', async () => {
  const now = new Date(Date.now() + 8 * 3_600_000 - 60_000).toISOString().slice(0, 16)
  writeFileSync(
    path.join(drop, 'a.csv'),
    `id,t,x,y,text,state\n1,${now},122.1,29.98,火,open\n2,${now},,,,open\n3,${now},122.2,30,旧,over\n`,
  )
  writeFileSync(path.join(drop, 'b.csv'), 'id,when\n1,2\n')
  writeFileSync(path.join(drop, 'notes.md'), 'not for us')
  await expect.poll(() => readdirSync(path.join(drop, 'refused')).length).toBe(2)
  const [done] = readdirSync(path.join(drop, 'done')).filter((name) => name.endsWith('a.csv.report.json'))
  expect(JSON.parse(readFileSync(path.join(drop, 'done', done!), 'utf8'))).toEqual({
    counts: { new: 2, refused: 1 },
    refused: [{ at: 'line 3', outcome: 'refused', reason: 'no-place', detail: 'has no longitude and latitude' }],
  })
  const [refused] = readdirSync(path.join(drop, 'refused')).filter((name) => name.endsWith('.report.json'))
  expect(readFileSync(path.join(drop, 'refused', refused!), 'utf8')).toContain('has no column')
  expect(readdirSync(drop).sort()).toEqual(['done', 'notes.md', 'refused'])
  expect((await incidents('table')).map(({ state }) => state)).toEqual(['received', 'closed'])
  expect(await health('table')).toMatchObject({ accepted: 2, refused: 2, reasons: { 'no-place': 1, malformed: 1 } })
})

it.skipIf(noData)(
  'takes 5,000 recorded incidents out of one file, each once, and again without any effect',
  async () => {
    const table = readFileSync(CHICAGO)
    writeFileSync(path.join(chicago, 'one.csv'), table)
    await expect.poll(() => readdirSync(path.join(chicago, 'done')).length).toBe(2)
    const before = await health('chicago')
    expect([before.accepted, before.refused, before.reasons['no-place']]).toEqual([
      5000 - before.refused,
      before.refused,
      before.refused,
    ])
    expect(await incidents('chicago')).toHaveLength(before.accepted)
    writeFileSync(path.join(chicago, 'two.csv'), table)
    await expect.poll(() => readdirSync(path.join(chicago, 'done')).length).toBe(4)
    expect(await health('chicago')).toMatchObject({ accepted: before.accepted, ignored: before.accepted })
    expect(await incidents('chicago')).toHaveLength(before.accepted)
  },
)

const warning = (identifier: string, more: Partial<CapAlert> = {}): CapAlert => ({
  identifier,
  sender: 'met@zhoushan.example',
  sentMs: Math.floor(Date.now() / 1000) * 1000 - 60_000,
  status: 'Actual',
  msgType: 'Alert',
  scope: 'Public',
  restriction: null,
  note: null,
  references: [],
  signed: false,
  infos: ['zh-CN', 'en-US'].map((language) => ({
    language,
    categories: ['Met' as const],
    event: language === 'zh-CN' ? '海上大风' : 'Gale',
    responseTypes: [],
    urgency: 'Immediate' as const,
    severity: 'Extreme' as const,
    certainty: 'Observed' as const,
    eventCodes: [],
    effectiveMs: null,
    onsetMs: null,
    expiresMs: Date.now() + 3_600_000,
    headline: null,
    description: null,
    instruction: null,
    areas: [{ areaDesc: '普陀以东', polygons: [], circles: [{ centre: [122.5, 30], radiusM: 10_000 }], geocodes: [] }],
  })),
  ...more,
})

it('makes one incident of a warning, updates it, ends it, and refuses other senders and broken messages', async () => {
  const alert = warning('W1')
  const about = (msgType: 'Update' | 'Cancel', identifier: string): CapAlert => ({
    ...warning(identifier, { msgType, references: [alert] }),
    sentMs: alert.sentMs + 1000,
  })
  const outcomes = []
  for (const one of [alert, alert, about('Update', 'W2'), warning('W9', { sender: 'nobody' })])
    outcomes.push(
      ((await (await push('met', writeCap(one))).json()) as { results: { outcome: string }[] }).results[0]!.outcome,
    )
  expect(outcomes).toEqual(['new', 'same', 'updated', 'refused'])
  expect(await incidents('met')).toMatchObject([
    {
      priority: 'critical',
      place: '普陀以东',
      alert: { identifier: 'W2', texts: [{ event: '海上大风' }, { event: 'Gale' }] },
    },
  ])
  const broken = await push('met', writeCap(alert).replace('<scope>Public</scope>', ''))
  expect(await broken.json()).toMatchObject({
    results: [{ outcome: 'refused', reason: 'malformed', detail: 'scope: must be given' }],
  })
  await push('met', writeCap(about('Cancel', 'W3')))
  expect(await incidents('met')).toMatchObject([{ state: 'closed', outcome: 'alert-cancelled' }])
})

it('follows an index of warnings: each message is fetched once, what is elsewhere is not, silence is counted', async () => {
  expect(await health('index')).toMatchObject({
    reasons: { unreachable: expect.any(Number) },
    fault: { text: 'HTTP 503' },
  })
  serve('/m1', writeCap(warning('X1')))
  serve('/m2', writeCap(warning('X2')))
  const entry = (n: number, url: string) =>
    `<entry><id>urn:${n}</id><updated>2026-11-28T07:00:00Z</updated><link href="${url}" type="application/cap+xml"/></entry>`
  serve(
    '/index.xml',
    `<feed xmlns="http://www.w3.org/2005/Atom">${entry(1, '/m1')}${entry(2, `${base}/m2`)}${entry(3, 'http://192.0.2.1/m3')}</feed>`,
  )
  await expect.poll(() => incidents('index')).toHaveLength(2)
  await expect.poll(async () => (await health('index')).reasons).toMatchObject({ 'not-allowed': 1 })
  expect((await health('index')).fault).toBeNull()
  expect(asked[0]!.authorization).toBe('Bearer abc')
  const fetchedOnce = asked.length
  await expect.poll(() => asked.length).toBeGreaterThan(fetchedOnce)
  expect(asked.at(-1)!['if-none-match']).toBe(served.get('/index.xml')!.etag)
  expect(await incidents('index')).toHaveLength(2)
  expect(server.faults.filter((fault) => !String(fault).includes('answered 503'))).toEqual([])
})
