import { randomUUID } from 'node:crypto'
import type { CommandDone, JournalEntry, RecordedPoint, RosterUnit, Search, Snapshot } from '@skerry/contract'
import { readFile } from '@skerry/exchange'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let coordinator: string
let searchId: string
const IPP = [122.386, 30.0] as const
beforeAll(async () => {
  server = await startTestServer()
  coordinator = await server.signIn('coordinator')
  const unit = (id: string, onDuty: boolean): RosterUnit => ({
    id,
    callSign: `搜救-${id}`,
    agency: 'a',
    kind: 'ground-team',
    skills: [],
    onDuty,
    shift: { fromMs: Date.now() - 7_200_000, toMs: Date.now() + 7_200_000 },
  })
  const off: RosterUnit = { id: 'G-9', callSign: '搜救-9', agency: 'a', kind: 'ground-team', skills: [], onDuty: false }
  await server.send('PUT', '/api/intake/roster', {
    as: server.bearer('roster'),
    body: { units: [unit('G-2', true), off] },
  })
  const subject = {
    category: 'dementia',
    lastKnownAtMs: Date.now() - 7_200_000,
    lastKnownPosition: IPP,
    description: '蓝色外套',
  }
  const report = {
    type: 'incident.report',
    category: 'missing-person',
    priority: 'critical',
    position: IPP,
    place: '普陀山',
    text: '老人未归',
    occurredAtMs: Date.now() - 7_200_000,
    subject,
  }
  const incidentId = (await give(report)).created[0]!.id
  const setup = {
    category: 'dementia',
    terrain: 'mountain',
    planningPoint: IPP,
    halfSizeM: 1000,
    cellM: 50,
    shoreShare: 0.3,
  }
  searchId = (await give({ type: 'search.open', incidentId, setup })).created.find(({ kind }) => kind === 'search')!.id
})
afterAll(() => server.stop())

async function give(command: object): Promise<CommandDone> {
  const answer = await server.send('POST', '/api/commands', { as: coordinator, body: { id: randomUUID(), ...command } })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as CommandDone
}
async function search(): Promise<Search> {
  const { changes } = (await (await server.send('GET', '/api/picture', { as: coordinator })).json()) as Snapshot
  return changes.find((change) => change.kind === 'search')!.value as Search
}
const walk = (n: number, fromMs = Date.now() - 3_600_000): RecordedPoint[] =>
  Array.from({ length: n }, (_, i): RecordedPoint => [IPP[0] + i * 0.0001, IPP[1], fromMs + i * 10_000, null])
const post = (body: object, as = coordinator) => server.send('POST', `/api/searches/${searchId}/tracks`, { as, body })
async function things(format: string, query = '') {
  const answer = await server.send('GET', `/api/searches/${searchId}/export/${format}${query}`, { as: coordinator })
  const read = readFile(new Uint8Array(await answer.arrayBuffer()))
  if (!read.ok) throw new Error(read.fault)
  return { answer, file: read.file }
}

it('takes a track that a receiver recorded: stored with the unit, shown with the search, once', async () => {
  const track = { id: randomUUID(), unitId: 'G-2', points: walk(60) }
  const first = await (await post(track)).json()
  expect(first).toMatchObject({ accepted: 60, refused: {} })
  expect(await (await post(track)).json()).toEqual(first)
  expect((await search()).teamTracks).toMatchObject([{ number: 1, unitId: 'G-2', points: 60, by: 'the coordinator' }])
  const where = `/api/tracks?kind=unit&id=G-2&fromMs=0&toMs=${Date.now()}`
  const stored = (await (await server.send('GET', where, { as: coordinator })).json()) as {
    atMs: number
    receivedAtMs: number
  }[]
  expect(stored).toHaveLength(60)
  expect(stored[0]!.receivedAtMs - stored[0]!.atMs).toBeGreaterThan(3_500_000)
})

it('takes nothing of a unit off duty or unknown, from another seat, or of a clock that is wrong', async () => {
  const track = { id: randomUUID(), unitId: 'G-9', points: walk(5) }
  const refused = await post(track)
  expect([refused.status, await refused.json()]).toMatchObject([
    422,
    { code: 'no-usable-point', detail: expect.stringContaining('off-duty 5') },
  ])
  expect((await post({ ...track, unitId: 'nobody' })).status).toBe(404)
  expect((await post({ ...track, unitId: 'G-2', points: walk(5, Date.now() + 600_000) })).status).toBe(422)
  expect((await post({ ...track, unitId: 'G-2' }, await server.signIn('pilot'))).status).toBe(403)
  expect((await search()).teamTracks).toHaveLength(1)
})

it.each(['geojson', 'kml', 'kmz', 'gpx'])(
  'gives the search as %s that is read back, with the track and its times',
  async (format) => {
    const { answer, file } = await things(format)
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="skerry-search-\\d+\\.${format}"$`),
    )
    expect(file).toMatchObject({ format, left: [] })
    const names = file.things.map(({ name }) => name)
    expect(names).toContain('搜索起点')
    expect(names.some((name) => name?.startsWith('图上概率的 50%'))).toBe(true)
    const track = file.things.find(({ name }) => name === '搜救-G-2 轨迹')!
    expect(track.shape).toMatchObject({ kind: 'track', pieces: [{ length: 60 }] })
  },
)

it('labels in English where that is asked, holds the parts that are asked for, and goes to those who take part', async () => {
  const { file } = await things('geojson', '?lang=en&parts=place')
  expect(file.things.map(({ name }) => name)).toEqual(['Planning point', 'Extent of the map'])
  const bad = await server.send('GET', `/api/searches/${searchId}/export/geojson?parts=secrets`, { as: coordinator })
  expect(bad.status).toBe(400)
  expect((await server.send('GET', `/api/searches/${searchId}/export/dxf`, { as: coordinator })).status).toBe(400)
  expect(
    (await server.send('GET', `/api/searches/${searchId}/export/kml`, { as: await server.signIn('admin') })).status,
  ).toBe(403)
})

it('says in the journal who took a search away, as what and with which parts', async () => {
  await things('kml', '?parts=place,tasks')
  const answer = await server.send('GET', '/api/journal?limit=1000', { as: coordinator })
  const last = ((await answer.json()) as JournalEntry[]).findLast(({ event }) => event.type === 'search.exported')
  expect(last).toMatchObject({
    event: { searchId, as: 'kml', parts: ['place', 'tasks'] },
    actor: { kind: 'seat', seat: { name: 'the coordinator' } },
    incidentId: (last!.event as { incidentId: string }).incidentId,
  })
})

it('keeps drawings from elsewhere with the search, and forgets those that are removed', async () => {
  const drawing = { name: '小路 13800138000', note: '', shape: { kind: 'line', line: [IPP, [122.39, 30.0]] } }
  await give({ type: 'search.add-drawing', searchId, drawing })
  const [kept] = (await search()).drawings!
  expect(kept).toMatchObject({ number: 1, name: '小路 [***]', by: 'the coordinator' })
  expect((await things('gpx', '?parts=drawings')).file.things.map(({ name }) => name)).toEqual(['小路 [***]'])
  await give({ type: 'search.remove-drawing', searchId, drawingId: kept!.id, reason: '画错了' })
  expect((await search()).drawings).toEqual([])
  await give({ type: 'search.remove-track', searchId, trackId: (await search()).teamTracks![0]!.id, reason: '别队的' })
  expect((await search()).teamTracks).toEqual([])
  expect(server.faults).toEqual([])
})
