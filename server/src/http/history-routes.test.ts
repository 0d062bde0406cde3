import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Incident, JournalEntry, PastRecord } from '@skerry/contract'
import { readFile } from '@skerry/exchange'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemScheduler } from '../engine/scheduler.ts'
import { embeddedFile, openStore } from '../store/open-store.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'skerry-past-')), 'data')
let server: TestServer
beforeAll(async () => {
  mkdirSync(dataDir)
  const store = await openStore({ url: `sqlite:${embeddedFile(dataDir)}`, clock: systemScheduler })
  const incident = {
    id: 'old',
    number: 7,
    category: 'fire',
    priority: 'notice',
    state: 'closed',
    source: 'dispatcher',
    place: '普陀山',
    text: '',
    receivedAtMs: 5,
    occurredAtMs: 4,
  }
  await store.past.put([{ incident: { ...incident, position: [122.4, 30] } as unknown as Incident, searches: [] }])
  await store.close()
  server = await startTestServer(dataDir)
})
afterAll(async () => {
  await server.stop()
  rmSync(path.dirname(dataDir), { recursive: true, force: true })
})

it('puts on record who opened a past incident, each time, and nothing where there is none', async () => {
  const as = await server.signIn('coordinator')
  const open = (id: string): Promise<Response> => server.send('GET', `/api/history/${id}`, { as })
  expect(((await (await open('old')).json()) as PastRecord).incident.number).toBe(7)
  expect((await open('old')).status).toBe(200)
  expect((await open('never')).status).toBe(404)
  expect((await server.send('GET', '/api/history', { as })).status).toBe(200) // a list is no case

  const timeline = await server.send('GET', '/api/incidents/old/timeline', { as })
  const read = ((await timeline.json()) as JournalEntry[]).filter(({ event }) => event.type === 'incident.read')
  expect(read.map(({ actor }) => actor.kind === 'seat' && actor.seat.name)).toEqual([
    'the coordinator',
    'the coordinator',
  ])
})

it('gives a past incident as a map file too, on record', async () => {
  const as = await server.signIn('coordinator')
  for (const format of ['geojson', 'kml', 'gpx']) {
    const answer = await server.send('GET', `/api/incidents/old/export/${format}`, { as })
    const read = readFile(new Uint8Array(await answer.arrayBuffer()))
    if (!read.ok) throw new Error(read.fault)
    expect(read.file.things).toMatchObject([{ name: '警情 7 火情', shape: { kind: 'point', at: [122.4, 30] } }])
  }
  const timeline = await server.send('GET', '/api/incidents/old/timeline', { as })
  const taken = ((await timeline.json()) as JournalEntry[]).flatMap(({ event }) =>
    event.type === 'incident.exported' ? [event.as] : [],
  )
  expect(taken).toEqual(['geojson', 'kml', 'gpx'])
})
