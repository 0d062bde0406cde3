import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CommandDone, Incident, Snapshot, WarningDraft } from '@skerry/contract'
import { readCap } from '@skerry/exchange'
import { validateXML } from 'xmllint-wasm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

const SCHEMA = readFileSync(path.resolve(import.meta.dirname, '../../../exchange/test-schemas/CAP-v1.2.xsd'), 'utf8')
const folder = mkdtempSync(path.join(tmpdir(), 'skerry-warnings-'))
const DRAFT: WarningDraft = {
  status: 'Test',
  restriction: null,
  category: 'Rescue',
  responseTypes: ['Monitor'],
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Likely',
  area: { kind: 'circle', radiusM: 2000 },
  expiresInMin: 120,
  texts: [
    {
      language: 'zh-CN',
      event: '海上搜救',
      headline: '沈家门外海搜救 <演练>',
      description: '',
      instruction: '请过往船只留意',
      areaDesc: '沈家门外海',
    },
    {
      language: 'en',
      event: 'Search and rescue',
      headline: 'Search off Shenjiamen',
      description: 'x',
      instruction: '',
      areaDesc: 'off Shenjiamen',
    },
  ],
}

let ours: TestServer
let theirs: TestServer
let dispatcher: string
let incidentId: string
beforeAll(async () => {
  ours = await startTestServer()
  dispatcher = await ours.signIn('dispatcher')
  writeFileSync(path.join(folder, 'token'), `Authorization: ${ours.bearer('warnings')}`, { mode: 0o600 })
  const neighbour = {
    name: 'neighbour',
    protocol: 'cap',
    kind: 'url-poll',
    url: `${ours.url}/api/warnings`,
    everyS: 5,
    headerFile: path.join(folder, 'token'),
    warnings: { senders: ['duty@skerry.example'], exercises: true },
  }
  theirs = await startTestServer(undefined, JSON.stringify({ feeds: [neighbour] }))
  const report = {
    type: 'incident.report',
    category: 'vessel-distress',
    priority: 'critical',
    position: [122.35, 29.9],
    place: '沈家门外海',
    text: '渔船进水',
    occurredAtMs: Date.now(),
    subject: null,
  }
  incidentId = (await give(report)).created[0]!.id
})
afterAll(async () => {
  await Promise.all([ours.stop(), theirs.stop()])
  rmSync(folder, { recursive: true, force: true })
})

async function give(command: object): Promise<CommandDone> {
  const answer = await ours.send('POST', '/api/commands', {
    as: dispatcher,
    body: { id: crypto.randomUUID(), ...command },
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as CommandDone
}
const index = async () => await (await ours.send('GET', '/api/warnings', { as: ours.bearer('warnings') })).text()
const links = async () => [...(await index()).matchAll(/href="(\/api\/warnings\/[^"]+)"/g)].map((match) => match[1]!)
async function heard(): Promise<Incident[]> {
  const seat = await theirs.signIn('observer')
  const { changes } = (await (await theirs.send('GET', '/api/picture', { as: seat })).json()) as Snapshot
  return changes.flatMap((change) => (change.kind === 'incident' ? [change.value!] : []))
}

it('publishes nothing that nobody drafted', async () => {
  expect(await links()).toEqual([])
  expect((await ours.send('GET', '/api/warnings')).status).toBe(401)
  expect((await ours.send('GET', '/api/warnings', { as: dispatcher })).status).toBe(403)
  expect((await ours.send('GET', '/api/warnings', { as: ours.bearer('incidents') })).status).toBe(403)
})

it('serves what was drafted to those with a token, valid by the schema of the standard, and as a file to a seat', async () => {
  await give({ type: 'incident.warn', incidentId, warning: DRAFT })
  const [link] = await links()
  const answer = await ours.send('GET', link!, { as: ours.bearer('warnings') })
  expect(answer.headers.get('content-type')).toContain('application/cap+xml')
  const xml = await answer.text()
  expect((await validateXML({ xml, schema: SCHEMA })).errors).toEqual([])
  expect(readCap(xml)).toMatchObject({
    ok: true,
    alert: { sender: 'duty@skerry.example', status: 'Test', infos: [{ headline: '沈家门外海搜救 <演练>' }, {}] },
  })
  const file = await ours.send('GET', `/api/incidents/${incidentId}/warnings/1`, { as: dispatcher })
  expect([await file.text(), file.headers.get('content-disposition')]).toEqual([
    xml,
    expect.stringMatching(/^attachment; filename="skerry-[\w.-]+\.cap\.xml"$/),
  ])
  expect((await ours.send('GET', `/api/incidents/${incidentId}/warnings/2`, { as: dispatcher })).status).toBe(404)
})

it('is heard by a neighbour who polls it: one incident, updated, and closed when it is taken back', async () => {
  await give({ type: 'incident.warn', incidentId, warning: { ...DRAFT, status: 'Exercise' } })
  await expect
    .poll(heard)
    .toMatchObject([
      { state: 'received', alert: { status: 'Exercise', texts: [{ language: 'zh-CN' }, { language: 'en' }] } },
    ])
  await give({ type: 'incident.warn', incidentId, warning: { ...DRAFT, status: 'Exercise', severity: 'Extreme' } })
  await expect.poll(heard).toMatchObject([{ priority: 'critical', alert: { severity: 'Extreme' } }])
  await give({ type: 'incident.unwarn', incidentId, reason: '船已获救' })
  await expect.poll(heard).toMatchObject([{ state: 'closed', outcome: 'alert-cancelled: 船已获救' }])
  for (const link of await links()) {
    const xml = await (await ours.send('GET', link, { as: ours.bearer('warnings') })).text()
    expect((await validateXML({ xml, schema: SCHEMA })).errors).toEqual([])
  }
  expect([...ours.faults, ...theirs.faults]).toEqual([])
})
