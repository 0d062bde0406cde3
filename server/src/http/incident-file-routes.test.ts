import { randomUUID } from 'node:crypto'
import type { CommandDone, JournalEntry, Problem } from '@skerry/contract'
import { readFile } from '@skerry/exchange'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, UNIT_ID, type TestServer } from './test-server.ts'

let server: TestServer
let dispatcher: string
let incidentId: string
const PLACE = [122.2, 29.9] as const
const eastOf = (m: number) => [PLACE[0] + m * 1e-5, PLACE[1]]
beforeAll(async () => {
  server = await startTestServer()
  dispatcher = await server.signIn('dispatcher')
  await server.send('PUT', '/api/intake/roster', {
    as: server.bearer('roster'),
    body: { units: [{ id: UNIT_ID, callSign: '普陀-101', agency: 'x', kind: 'car', skills: [], onDuty: true }] },
  })
  const facts = { category: 'fire', priority: 'notice', position: PLACE, place: '码头', text: '', subject: null }
  incidentId = (await give({ type: 'incident.report', occurredAtMs: Date.now() - 1000, ...facts })).created[0]!.id
})
afterAll(() => server.stop())

async function give(command: object): Promise<CommandDone> {
  const answer = await server.send('POST', '/api/commands', { as: dispatcher, body: { id: randomUUID(), ...command } })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as CommandDone
}
const takeAway = (format: string, as = dispatcher, id = incidentId) =>
  server.send('GET', `/api/incidents/${id}/export/${format}`, { as })
async function things(format: string) {
  const read = readFile(new Uint8Array(await (await takeAway(format)).arrayBuffer()))
  if (!read.ok) throw new Error(read.fault)
  return read.file.things
}
let lastMs = 0
/** So many metres to the east of the place, about; each position at a moment of its own. */
async function drive(eastM: number): Promise<void> {
  lastMs = Math.max(Date.now(), lastMs + 1)
  const body = { fixes: [{ unitId: UNIT_ID, atMs: lastMs, position: eastOf(eastM) }] }
  expect((await server.send('POST', '/api/intake/fixes', { as: server.bearer('fixes'), body })).status).toBe(200)
}
const wayOf = async (name: string) => {
  const track = (await things('geojson')).find((one) => one.name === name)
  return track?.shape.kind === 'track' ? track.shape.pieces.flat().map(({ at }) => at[0].toFixed(5)) : []
}

it('gives the incident to those who may take its room away, and to nobody else', async () => {
  for (const format of ['geojson', 'kml', 'gpx']) {
    const answer = await takeAway(format, await server.signIn('coordinator'))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="skerry-incident-\\d+\\.${format}"$`),
    )
  }
  for (const role of ['observer', 'pilot', 'unit', 'admin'] as const)
    expect((await takeAway('kml', await server.signIn(role))).status).toBe(403)
  expect((await takeAway('kmz')).status).toBe(400)
  const none = await takeAway('kml', dispatcher, 'none')
  expect([none.status, ((await none.json()) as Problem).code]).toEqual([404, 'unknown-incident'])
})

it('holds where a unit was while it was out for the incident, and not where it was before or after', async () => {
  await drive(1)
  await give({ type: 'incident.assign', incidentId, unitId: UNIT_ID })
  await drive(2)
  await drive(3)
  await expect.poll(() => wayOf('普陀-101 轨迹'), { timeout: 10_000 }).toEqual(['122.20002', '122.20003'])
  await give({ type: 'incident.release', incidentId, unitId: UNIT_ID })
  await drive(4)
  const last = (await things('gpx')).find(({ name }) => name === '普陀-101')!
  expect(last.shape).toMatchObject({ kind: 'point', at: [expect.closeTo(122.20003, 6), expect.closeTo(29.9, 6)] })
  expect(last.note).toContain('已撤出')
})

it('stands in the timeline of the incident: who took it away and as what', async () => {
  await takeAway('kml')
  const answer = await server.send('GET', `/api/incidents/${incidentId}/timeline`, { as: dispatcher })
  const taken = ((await answer.json()) as JournalEntry[]).filter(({ event }) => event.type === 'incident.exported')
  expect(taken.at(-1)).toMatchObject({
    event: { as: 'kml', things: 3 },
    actor: { kind: 'seat', seat: { name: 'the dispatcher' } },
  })
  expect(server.faults).toEqual([])
})
