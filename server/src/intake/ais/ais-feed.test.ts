import { createSocket } from 'node:dgram'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import type { Alarm, Health, Incident, Snapshot, Vessel } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { sumOf } from '../nmea/sentence.ts'
import { positionReport, safetyText } from './test-messages.ts'

const LOG = path.resolve(import.meta.dirname, '../../../../../shared/data/ais/ais-nmea.log')
const noData = existsSync(LOG) ? false : 'recorded data are not here'

let server: TestServer
let dispatcher: string
beforeAll(async () => {
  const ais = { protocol: 'ais', at: '127.0.0.1:0', from: ['127.0.0.1'] }
  const feeds = [
    { ...ais, name: 'harbour', kind: 'udp-listen' },
    { ...ais, name: 'aggregator', kind: 'tcp-listen' },
  ]
  server = await startTestServer(undefined, JSON.stringify({ feeds }))
  dispatcher = await server.signIn('dispatcher')
})
afterAll(() => server.stop())

const portOf = (feed: string) => server.running.feeds().find(({ name }) => name === feed)!.port!
async function get<T>(where: string): Promise<T> {
  return (await (await server.send('GET', where, { as: dispatcher })).json()) as T
}
const health = async (id: string) => (await get<Health>('/api/health')).feeds.find((feed) => feed.id === id)!
const vesselOf = async (mmsi: string) => (await get<Vessel[]>('/api/vessels')).find((vessel) => vessel.mmsi === mmsi)
async function things<T>(kind: 'incident' | 'alarm'): Promise<T[]> {
  const { changes } = await get<Snapshot>('/api/picture')
  return changes.filter((change) => change.kind === kind).map(({ value }) => value as T)
}
const sentence = (payload: string): string => {
  const text = `AIVDM,1,1,,A,${payload},0`
  return `!${text}*${sumOf(text).toString(16).padStart(2, '0').toUpperCase()}\r\n`
}
const socket = createSocket('udp4')
afterAll(() => socket.close())
const hear = (...payloads: string[]): void =>
  socket.send(payloads.map(sentence).join(''), portOf('harbour'), '127.0.0.1')
const second = () => new Date().getUTCSeconds()

it('puts a ship on the map with its place, course and what it says of itself', async () => {
  hear(positionReport({ mmsi: 412_345_678, lngLat: [122.2, 29.9], speedKn: 12, courseDeg: 90, second: second() }))
  await expect.poll(async () => (await health('harbour')).accepted).toBe(1)
  const vessel = (await vesselOf('412345678'))!
  expect(vessel).toMatchObject({ group: 'unknown', navStatus: 0, name: null, feed: 'harbour' })
  expect(vessel.latest!.lngLat[0]).toBeCloseTo(122.2, 5)
  expect(vessel.latest!.speedMps).toBeCloseTo(6.17, 2)
  expect(vessel.latest!.receivedAtMs).toBeGreaterThanOrEqual(vessel.latest!.atMs - 5000)
  expect(await get<Vessel>(`/api/vessels/${vessel.handle}`)).toMatchObject({ mmsi: '412345678' })
  expect((await server.send('GET', '/api/vessels/9999', { as: dispatcher })).status).toBe(404)
})

it('refuses the same report by a second receiver and a ship that jumps, each with its reason', async () => {
  const at = second()
  const report = { mmsi: 412_345_679, lngLat: [122.2, 29.9] as [number, number], speedKn: 0, courseDeg: 0 }
  hear(positionReport({ ...report, second: at }), positionReport({ ...report, second: at }))
  await expect.poll(async () => (await health('harbour')).reasons.duplicate).toBe(1)
  hear(positionReport({ ...report, lngLat: [130, 29.9], second: (at + 59) % 60 }))
  await expect.poll(async () => (await health('harbour')).reasons['impossible-jump']).toBe(1)
  expect((await vesselOf('412345679'))!.latest!.lngLat[0]).toBeCloseTo(122.2, 5)
})

it('makes one incident and one alarm of a beacon, however often it calls, and none of one under test', async () => {
  const sart = { mmsi: 970_123_456, lngLat: [122.5, 29.7] as [number, number], speedKn: 0.3, courseDeg: 10 }
  hear(positionReport({ ...sart, mmsi: 970_000_001, navStatus: 15, second: second() }))
  hear(safetyText({ mmsi: 970_000_001, text: 'SART TEST' }))
  hear(safetyText({ mmsi: 972_111_222, text: 'MOB ACTIVE' }))
  await expect.poll(() => things<Alarm>('alarm')).toHaveLength(1)
  expect(await things<Alarm>('alarm')).toMatchObject([
    { kind: 'distress-signal', priority: 'critical', incidentId: null, detail: 'MOB · MMSI 972111222 · MOB ACTIVE' },
  ])
  expect(await things('incident')).toEqual([])
  hear(positionReport({ ...sart, navStatus: 14, second: second() }))
  hear(safetyText({ mmsi: 970_123_456, text: 'SART ACTIVE' }))
  await expect.poll(() => things<Incident>('incident')).toHaveLength(1)
  hear(positionReport({ ...sart, mmsi: 972_111_222, navStatus: 14, second: second() }))
  await expect.poll(() => things<Incident>('incident')).toHaveLength(2)
  const [beacon, swimmer] = await things<Incident>('incident')
  expect(beacon).toMatchObject({ category: 'vessel-distress', priority: 'critical', place: 'MMSI 970123456' })
  expect(beacon!.position[0]).toBeCloseTo(122.5, 5)
  expect(swimmer).toMatchObject({ category: 'person-in-water', state: 'received' })
  const standing = (await things<Alarm>('alarm')).filter(({ clearedAtMs }) => clearedAtMs === null)
  expect(standing.map(({ incidentId }) => incidentId).sort()).toEqual([beacon!.id, swimmer!.id].sort())
})

it('shows the safety text of a ship to those who watch, once, and at the ship', async () => {
  hear(positionReport({ mmsi: 412_345_670, lngLat: [122.3, 29.8], speedKn: 0, courseDeg: 0, second: second() }))
  await expect.poll(() => vesselOf('412345670')).toBeDefined()
  hear(
    safetyText({ mmsi: 412_345_670, text: 'ENGINE FAILED' }),
    safetyText({ mmsi: 412_345_670, text: 'ENGINE FAILED' }),
  )
  const said = async () => (await things<Alarm>('alarm')).filter(({ kind }) => kind === 'safety-text')
  await expect.poll(said).toHaveLength(1)
  expect(await said()).toMatchObject([{ feed: 'harbour', detail: '|412345670||ENGINE FAILED' }])
  expect((await said())[0]).not.toHaveProperty('occurrences')
  expect((await said())[0]!.position![0]).toBeCloseTo(122.3, 5)
  const { handle } = (await vesselOf('412345670'))!
  expect(await get(`/api/vessels/${handle}`)).toMatchObject({ safetyTexts: [{ to: null, text: 'ENGINE FAILED' }] })
})

it.skipIf(noData)(
  'takes the recorded log on a real socket: every ship in it is on the map, what is broken is counted',
  async () => {
    const tcp = connect(portOf('aggregator'), '127.0.0.1')
    tcp.end(readFileSync(LOG))
    await expect.poll(async () => (await health('aggregator')).accepted, { timeout: 20_000 }).toBeGreaterThan(60)
    const heard = (await get<Vessel[]>('/api/vessels')).filter(({ feed }) => feed === 'aggregator')
    expect(heard.length).toBeGreaterThan(20)
    expect(await vesselOf('371255000')).toMatchObject({ name: 'SEA ENTERPRISE', callSign: 'HP6683', imo: 9_266_633 })
    expect((await health('aggregator')).ignored).toBeGreaterThan(100)
    expect(server.faults).toEqual([])
  },
)
