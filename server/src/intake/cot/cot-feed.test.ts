import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import type { Alarm, Health, RosterUnit, Snapshot } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { makeCertificates, type TestCertificates } from '../feeds/test-certificates.ts'
import { eventOf, hearAll, type Heard } from './test-peer.ts'
import { inDatagram, inStream, writeControlXml, writeCotXml, writeTakMessage } from './write-event.ts'

const certificates = makeCertificates()
const noTls = certificates === null ? 'there is no openssl to make certificates with' : false

const tlsOf = ({ file }: TestCertificates) => ({
  cert: file('own.pem'),
  key: file('own.key'),
  clientCa: file('ca.pem'),
})

let server: TestServer
let dispatcher: string
beforeAll(async () => {
  const cot = { protocol: 'cot', at: '127.0.0.1:0', from: ['127.0.0.1'], sources: [{ uid: 'ANDROID-1', unit: 'team' }] }
  const feeds = [
    { ...cot, name: 'mesh', kind: 'udp-listen' },
    { ...cot, name: 'tak', kind: 'tcp-listen', share: true },
    { ...cot, name: 'partners', kind: 'tcp-listen', share: ['incidents'] },
    ...(certificates === null ? [] : [{ ...cot, name: 'secure', kind: 'tcp-listen', tls: tlsOf(certificates) }]),
  ]
  server = await startTestServer(undefined, JSON.stringify({ feeds }))
  dispatcher = await server.signIn('dispatcher')
  const team: RosterUnit = {
    id: 'team',
    callSign: '搜救-1',
    agency: 'a',
    kind: 'ground-team',
    skills: [],
    onDuty: true,
  }
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units: [team] } })
})
const sockets: Socket[] = []
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await server.stop()
  certificates?.remove()
})

const portOf = (feed: string) => server.running.feeds().find(({ name }) => name === feed)!.port!
async function get<T>(where: string): Promise<T> {
  return (await (await server.send('GET', where, { as: dispatcher })).json()) as T
}
const health = async (id: string) => (await get<Health>('/api/health')).feeds.find((feed) => feed.id === id)!
function client(port: number): { socket: Socket; heard: Heard[] } {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  return { socket, heard: hearAll(socket) }
}

it('hears a device in datagrams, as XML and as the TAK protocol', async () => {
  const socket = createSocket('udp4')
  const mesh = inDatagram(writeTakMessage(eventOf('ANDROID-1', 29)))
  for (const bytes of [Buffer.from(writeCotXml(eventOf('ANDROID-1', 30))), mesh])
    socket.send(bytes, portOf('mesh'), '127.0.0.1')
  await expect.poll(async () => (await health('mesh')).accepted).toBe(2)
  socket.send(writeCotXml(eventOf('SOMEBODY', 28)), portOf('mesh'), '127.0.0.1')
  await expect.poll(async () => (await health('mesh')).reasons['unknown-source']).toBe(1)
  socket.close()
})

it('tells a connected peer where our units are, in XML, and in the TAK protocol once the peer has asked for it', async () => {
  const { socket, heard } = client(portOf('tak'))
  await expect.poll(() => heard[0]?.event.type).toBe('t-x-takp-v')
  await expect
    .poll(() => heard.at(-1), { timeout: 10_000 })
    .toMatchObject({ as: 'xml', event: { uid: 'skerry-unit-team' } })
  expect(heard.at(-1)!.event).toMatchObject({ type: 'a-f-G-U-C-I', lng: 122.386, lat: 30 })
  const { uid } = heard[0]!.event
  const control = '<TakRequest version="1"/>'
  socket.write(writeControlXml({ type: 't-x-takp-q', uid, atMs: Date.now(), control }))
  await expect.poll(() => heard.at(-1)!.event).toMatchObject({ uid, negotiation: { says: 'answer', yes: true } })
  const from = heard.length
  socket.write(inStream(writeTakMessage(eventOf('ANDROID-1', 1, { lngLat: [122.3861, 30] }))))
  await expect.poll(async () => (await health('tak')).accepted).toBe(1)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(from)
  expect(heard.slice(from).map(({ as }) => as)).not.toContain('xml')
  expect(heard.at(-1)!.event.lng).toBeCloseTo(122.3861, 6)
})

it('makes an alarm and an incident of an emergency', async () => {
  const { socket } = client(portOf('tak'))
  const call = writeCotXml(eventOf('e1', 0, { type: 'b-a-o-tbl' })).replace(
    '<detail>',
    '<detail><link uid="ANDROID-1" type="a-f-G-U-C" relation="p-p"/><emergency type="911 Alert">team</emergency>',
  )
  socket.write(call)
  socket.write(call)
  const alarms = async () =>
    (await get<Snapshot>('/api/picture')).changes
      .filter(({ kind }) => kind === 'alarm')
      .map(({ value }) => value as Alarm)
  await expect.poll(alarms).toHaveLength(1)
  expect((await alarms())[0]).toMatchObject({ kind: 'distress-signal', subject: { kind: 'unit', id: 'team' } })
  expect((await alarms())[0]!.incidentId).not.toBeNull()
})

it('tells partners of open incidents where the feed names them, and takes one off their map when it is closed', async () => {
  const { heard } = client(portOf('partners'))
  const other = client(portOf('tak'))
  const give = async (command: object): Promise<Response> =>
    server.send('POST', '/api/commands', { as: dispatcher, body: { id: randomUUID(), ...command } })
  const report = {
    type: 'incident.report',
    category: 'fire',
    priority: 'warning',
    position: [122.39, 30.01],
    place: '码头',
    text: '冒烟',
    occurredAtMs: Date.now() - 1000,
    subject: null,
  }
  const { created } = (await (await give(report)).json()) as { created: { id: string }[] }
  const incidentId = created[0]!.id
  const spots = () => heard.filter(({ event }) => event.uid.includes(incidentId)).map(({ event }) => event.type)
  await expect.poll(spots).toEqual(['b-m-p-s-m'])
  expect(heard.find(({ event }) => event.uid.includes(incidentId))!.event).toMatchObject({ lng: 122.39, lat: 30.01 })
  expect((await give({ type: 'incident.close', incidentId, as: 'handled', outcome: '已扑灭' })).status).toBe(200)
  await expect.poll(spots).toEqual(['b-m-p-s-m', 't-x-d-d'])
  expect(other.heard.filter(({ event }) => event.uid.includes('incident'))).toEqual([])
})

it.skipIf(noTls)('hears over TLS only who has a certificate of the authority', async () => {
  const dial = (name: 'own' | 'stranger') => {
    const own = certificates!.read(name)
    const socket = connectSecure({ port: portOf('secure'), host: '127.0.0.1', ...own, rejectUnauthorized: false })
    socket.on('error', () => socket.destroy())
    sockets.push(socket)
    return socket
  }
  dial('stranger').write(writeCotXml(eventOf('ANDROID-1', 5)))
  await expect.poll(async () => (await health('secure')).reasons['not-allowed']).toBe(1)
  expect(await health('secure')).toMatchObject({ accepted: 0, state: 'unknown' })
  dial('own').write(writeCotXml(eventOf('ANDROID-1', 4)))
  await expect.poll(async () => (await health('secure')).accepted).toBe(1)
  expect(server.faults).toEqual([])
})
