import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  LIVE_NAMESPACE,
  decodeMotion,
  topicName,
  topicTile,
  type Alarm,
  type Checkpoint,
  type LngLat,
  type Snapshot,
  type Update,
} from '@skerry/contract'
import { io } from 'socket.io-client'
import { afterAll, expect, it, vi } from 'vitest'
import { FakeScheduler } from './engine/fake-scheduler.ts'
import { systemScheduler } from './engine/scheduler.ts'
import { startTestServer } from './http/test-server.ts'
import { embeddedFile, openStore } from './store/open-store.ts'
import type { TrackPoint } from './tracks/track-point.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skerry-restart-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const here: LngLat = [122.2, 29.9]
const LANES = ['in', 'out'].map((direction) => ({ id: direction, direction, counts: 'persons' }))

it('comes back with positions of their true age, counts, sessions and tracks, and a console resumes over the gap', async () => {
  const first = await startTestServer(dir)
  const cookie = await first.signIn('coordinator')
  const unit = { id: 'u1', callSign: 'A', agency: 'x', kind: 'foot', skills: [], onDuty: true }
  await first.send('PUT', '/api/intake/roster', { as: first.bearer('roster'), body: { units: [unit] } })
  const gate = { id: 'c1', name: { zh: '门', en: 'Gate' }, kind: 'ferry', position: here, lanes: LANES }
  const gates = { as: first.bearer('checkpoints'), body: { checkpoints: [gate] } }
  await first.send('PUT', '/api/intake/checkpoints', gates)
  const minuteMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
  const of = { checkpointId: 'c1', minuteMs }
  const counts = [
    { ...of, lane: 'in', valid: 3, invalid: 0, manual: 0 },
    { ...of, lane: 'out', valid: 1, invalid: 2, manual: 0 },
  ]
  const queues = [{ ...of, direction: 'out', counts: 'persons', waiting: 5 }]
  await first.send('POST', '/api/intake/counts', { as: first.bearer('checkpoints'), body: { counts, queues } })
  const atMs = Date.now() - 30_000
  const fixes = { as: first.bearer('fixes'), body: { fixes: [{ unitId: 'u1', atMs, position: here }] } }
  await first.send('POST', '/api/intake/fixes', fixes)
  const { seq } = (await (await first.send('GET', '/api/picture', { as: cookie })).json()) as { seq: number }
  await first.stop()
  const store = await openStore({ url: `sqlite:${embeddedFile(dir)}`, clock: systemScheduler })
  const heardMs = Date.now() - 120_000
  await store.tracks.append([
    {
      kind: 'vessel',
      id: '412345678',
      atMs: heardMs,
      receivedAtMs: heardMs,
      lngLat: here,
      accuracyM: 10,
      headingDeg: 90,
      speedMps: 4,
      heightM: null,
    },
  ])
  await store.close()

  const second = await startTestServer(dir)
  const socket = io(second.url + LIVE_NAMESPACE, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
  })
  const event = <T>(name: string): Promise<T> => new Promise((resolve) => void socket.once(name, resolve))
  const [updates, motion, checkpoints] = [
    event<Update[]>('updates'),
    event<Uint8Array>('motion'),
    event<Checkpoint[]>('checkpoints'),
  ]
  await event('connect')
  socket.emit('resume', { lastSeq: seq, run: null }, () => {})
  socket.emit('join', [topicName({ kind: 'unit', ...topicTile(here) }), 'checkpoints'], () => {})
  expect((await updates).map((update) => [update.seq, update.type])).toEqual([[seq + 1, 'server.started']])
  const { moved } = decodeMotion(new Uint8Array(await motion))
  expect(moved.count).toBe(1)
  expect(moved.ageS[0]).toBeGreaterThanOrEqual(30)
  expect(await checkpoints).toMatchObject([
    {
      id: 'c1',
      newestMinuteMs: minuteMs,
      flow: { inPersonsPerMin: 3, outPersonsPerMin: 1 },
      waiting: { persons: 5, vehicles: null },
    },
  ])
  const tracks = await second.send('GET', `/api/tracks?kind=unit&id=u1&fromMs=${atMs}&toMs=${atMs}`, { as: cookie })
  expect((await tracks.json()) as TrackPoint[]).toMatchObject([{ atMs, lngLat: here, speedMps: null }])
  // A fix that the first server had is known to the second.
  const again = await second.send('POST', '/api/intake/fixes', { ...fixes, as: second.bearer('fixes') })
  expect(await again.json()).toMatchObject({ accepted: 0, refused: [{ index: 0, reason: 'duplicate' }] })
  const vessels = await second.send('GET', '/api/vessels', { as: cookie })
  expect(await vessels.json()).toMatchObject([{ mmsi: '412345678', latest: { atMs: heardMs, courseDeg: 90 } }])
  socket.disconnect()
  await second.stop()
})

it('misses a unit that was inside a zone and says nothing more after a restart', async () => {
  const data = path.join(dir, 'silent')
  const clock = new FakeScheduler(Date.now())
  const first = await startTestServer(data, undefined, [], clock)
  const as = await first.signIn('coordinator')
  const unit = { id: 'u1', callSign: 'A', agency: 'x', kind: 'foot', skills: [], onDuty: true }
  const roster = { as: first.bearer('roster'), body: { units: [unit] } }
  expect((await first.send('PUT', '/api/intake/roster', roster)).status).toBe(200)
  const shape = { kind: 'circle', centre: here, radiusM: 500 }
  const silence = { kind: 'gap', priority: 'warning', movers: ['unit'], forS: 600 }
  const zone = { name: '礁石', shape, rules: [silence] }
  const made = await first.send('POST', '/api/commands', { as, body: { id: randomUUID(), type: 'zone.declare', zone } })
  expect(made.status).toBe(200)
  for (let s = 0; s < 30; s++) {
    clock.advance(1000)
    const fixes = [{ unitId: 'u1', atMs: clock.nowMs(), position: here, accuracyM: 5 }]
    await first.send('POST', '/api/intake/fixes', { as: first.bearer('fixes'), body: { fixes } })
  }
  await first.stop()
  clock.advance(60_000)

  const second = await startTestServer(data, undefined, [], clock)
  const gaps = async (): Promise<Alarm[]> => {
    const { changes } = (await (await second.send('GET', '/api/picture', { as })).json()) as Snapshot
    return changes.flatMap(({ kind, value }) => (kind === 'alarm' && value?.kind === 'zone-gap' ? value : []))
  }
  clock.advance(590_000)
  expect(await gaps()).toEqual([])
  clock.advance(20_000)
  await vi.waitFor(async () => expect(await gaps()).toMatchObject([{ subject: { id: 'u1' }, feed: 'fixes' }]))
  await second.stop()
  expect([...first.faults, ...second.faults]).toEqual([])
})
