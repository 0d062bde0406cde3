import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createSecure, type TLSSocket } from 'node:tls'
import type { Health, RosterUnit } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FakeScheduler } from '../../engine/fake-scheduler.ts'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { makeCertificates } from '../feeds/test-certificates.ts'
import { cotStream } from './cot-protocol.ts'
import { eventOf, hearAll, type Heard } from './test-peer.ts'
import { inStream, writeControlXml, writeCotXml, writeTakMessage, type ControlEvent } from './write-event.ts'

const certificates = makeCertificates()
const noTls = certificates === null ? 'there is no openssl to make certificates with' : false

/** A server that is dialled: every connection to it, and what came on it. */
interface Dialled {
  server: Server
  port: number
  calls: { socket: Socket; heard: Heard[] }[]
}
async function listen(make: (hear: (socket: Socket) => void) => Server): Promise<Dialled> {
  const calls: Dialled['calls'] = []
  const server = make((socket) => {
    socket.on('error', () => socket.destroy())
    calls.push({ socket, heard: hearAll(socket) })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, port: (server.address() as AddressInfo).port, calls }
}
const secure = (name: 'own' | 'stranger') => (hear: (socket: Socket) => void) =>
  createSecure(
    { ...certificates!.read(name), ca: certificates!.read('ca').cert, requestCert: true, rejectUnauthorized: true },
    (socket: TLSSocket) => hear(socket),
  )

let skerry: TestServer
let plain: Dialled
let tls: Dialled | null = null
let stranger: Dialled | null = null
beforeAll(async () => {
  plain = await listen((hear) => createServer(hear))
  const cot = { protocol: 'cot', kind: 'tcp-dial', share: true, sources: [{ uid: 'ANDROID-1', unit: 'team' }] }
  const feeds: object[] = [{ ...cot, name: 'tak', to: `127.0.0.1:${plain.port}` }]
  if (certificates !== null) {
    tls = await listen(secure('own'))
    stranger = await listen(secure('stranger'))
    const { file } = certificates
    const own = { cert: file('own.pem'), key: file('own.key'), serverCa: file('ca.pem') }
    feeds.push({ ...cot, name: 'tls', to: `127.0.0.1:${tls.port}`, tls: own })
    feeds.push({ ...cot, name: 'stranger', to: `127.0.0.1:${stranger.port}`, tls: own })
  }
  skerry = await startTestServer(undefined, JSON.stringify({ feeds }))
  const roster = { agency: 'a', kind: 'ground-team' as const, skills: [], onDuty: true }
  const units: RosterUnit[] = [{ ...roster, id: 'team', callSign: '搜救-1' }]
  await skerry.send('PUT', '/api/intake/roster', { as: skerry.bearer('roster'), body: { units } })
})
afterAll(async () => {
  await skerry.stop()
  for (const dialled of [plain, tls, stranger]) {
    for (const { socket } of dialled?.calls ?? []) socket.destroy()
    dialled?.server.close()
  }
  certificates?.remove()
})

async function health(id: string) {
  const all = (await (await skerry.send('GET', '/api/health')).json()) as Health
  return all.feeds.find((feed) => feed.id === id)!
}
const word = (type: ControlEvent['type'], control: string) =>
  writeControlXml({ type, uid: 'protouid', atMs: Date.now(), control })
const OFFER = () => word('t-x-takp-v', '<TakProtocolSupport version="1"/><TakProtocolSupport version="2"/>')
const unit = { uid: 'skerry-unit-team', type: 'a-f-G-U-C-I', how: 'm-g' }

it('dials a server, hears from it and tells it, in XML while the server offers nothing else', async () => {
  await expect.poll(() => plain.calls.length).toBe(1)
  const { socket, heard } = plain.calls[0]!
  socket.write(writeCotXml(eventOf('ANDROID-1', 55)))
  await expect.poll(async () => (await health('tak')).accepted).toBe(1)
  await expect.poll(() => heard.at(-1)).toMatchObject({ as: 'xml', event: { ...unit, lng: 122.386 } })
})

it('asks for the TAK protocol when it is offered, tells nothing until there is an answer, and goes on in it', async () => {
  const { socket, heard } = plain.calls[0]!
  socket.write(OFFER())
  await expect
    .poll(() => heard.at(-1)?.event)
    .toMatchObject({ uid: 'protouid', type: 't-x-takp-q', negotiation: { says: 'request', version: 1 } })
  const asked = heard.length
  socket.write(writeCotXml(eventOf('ANDROID-1', 50, { lngLat: [122.387, 30] })))
  await expect.poll(async () => (await health('tak')).accepted).toBe(2)
  expect(heard.length).toBe(asked)
  socket.write(word('t-x-takp-r', '<TakResponse status="true"/>'))
  socket.write(inStream(writeTakMessage(eventOf('ANDROID-1', 40, { lngLat: [122.388, 30] }))))
  await expect.poll(() => heard.at(-1)).toMatchObject({ as: 'tak', event: { ...unit, lng: 122.388 } })
  expect(heard.slice(asked).map(({ as }) => as)).not.toContain('xml')
})

it('dials again when the connection is gone, and begins anew; a server that denies is told in XML', async () => {
  plain.calls[0]!.socket.destroy()
  await expect.poll(() => plain.calls.length).toBe(2)
  const { socket, heard } = plain.calls[1]!
  await expect.poll(() => heard.at(-1)).toMatchObject({ as: 'xml', event: unit })
  socket.write(OFFER())
  await expect.poll(() => heard.at(-1)?.event.type).toBe('t-x-takp-q')
  socket.write(word('t-x-takp-r', '<TakResponse status="false"/>'))
  socket.write(writeCotXml(eventOf('ANDROID-1', 30, { lngLat: [122.389, 30] })))
  await expect.poll(() => heard.at(-1)).toMatchObject({ as: 'xml', event: { ...unit, lng: 122.389 } })
})

it.skipIf(noTls)('shows its certificate to a TLS server and speaks only to one of the authority named', async () => {
  await expect.poll(() => tls!.calls.length).toBeGreaterThan(0)
  const { socket, heard } = tls!.calls.at(-1)!
  expect((socket as TLSSocket).authorized).toBe(true)
  socket.write(writeCotXml(eventOf('ANDROID-1', 20, { lngLat: [122.39, 30] })))
  await expect.poll(() => heard.at(-1)).toMatchObject({ as: 'xml', event: { ...unit, lng: 122.39 } })
  expect(stranger!.calls.flatMap((call) => call.heard)).toEqual([])
  // It says that it was not reached, and why to those who are signed in.
  expect(await health('stranger')).toMatchObject({ state: 'unknown', accepted: 0, fault: { text: 'hidden' } })
  expect((await health('tls')).fault).toBeNull()
  expect(skerry.faults).toEqual([])
})

it('hangs up on a server that does not answer within a minute what it was asked', () => {
  const clock = new FakeScheduler()
  const sent: string[] = []
  let ended = 0
  const out = {
    write: (bytes: Uint8Array) => void sent.push(String(bytes)),
    waitingBytes: () => 0,
    end: () => void ended++,
  }
  const session = cotStream(65_536, { share: null, side: 'client', clock }).session('tak', out)
  const replies = session.message(Buffer.from(OFFER()), clock.nowMs()).replies ?? []
  expect(String(replies[0])).toMatch(/uid="protouid" type="t-x-takp-q".*<TakRequest version="1"\/>/)
  clock.advance(59_000)
  expect([ended, sent.length]).toEqual([0, 0])
  clock.advance(1000)
  expect(ended).toBe(1)
  const other = cotStream(65_536, { share: null, side: 'client', clock }).session('tak', out)
  other.message(Buffer.from(OFFER()), clock.nowMs())
  other.message(Buffer.from(word('t-x-takp-r', '<TakResponse status="true"/>')), clock.nowMs())
  const pong = other.message(inStream(writeTakMessage(eventOf('x', 0))).subarray(2), clock.nowMs())
  clock.advance(120_000)
  expect([ended, pong.decoded.faults.length]).toEqual([1, 1])
})
