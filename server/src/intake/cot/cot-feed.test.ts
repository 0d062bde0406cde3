import { execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect as connectSecure } from 'node:tls'
import type { Alarm, Health, RosterUnit, Snapshot } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { cotFramer, TAK_HEAD } from './cot-framer.ts'
import type { CotEvent } from './event.ts'
import { readCotXml } from './read-event.ts'
import { readTakMessage } from './read-takmessage.ts'
import { writeCotXml, writeTakMessage, type OutEvent } from './write-event.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'skerry-cot-'))
const file = (name: string) => path.join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
let noTls: string | false = false
try {
  const selfSigned = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  openssl(...selfSigned, '-subj', '/CN=ca', '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl(...selfSigned, '-subj', '/CN=stranger', '-keyout', 'stranger.key', '-out', 'stranger.pem')
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=tak',
    '-keyout',
    'own.key',
    '-out',
    'own.csr',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'own.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-out',
    'own.pem',
  )
} catch {
  noTls = 'there is no openssl to make certificates with'
}

let server: TestServer
let dispatcher: string
beforeAll(async () => {
  const cot = { protocol: 'cot', at: '127.0.0.1:0', from: ['127.0.0.1'], sources: [{ uid: 'ANDROID-1', unit: 'team' }] }
  const tls = { cert: file('own.pem'), key: file('own.key'), clientCa: file('ca.pem') }
  const feeds = [
    { ...cot, name: 'mesh', kind: 'udp-listen' },
    { ...cot, name: 'tak', kind: 'tcp-listen', share: true },
    ...(noTls === false ? [{ ...cot, name: 'secure', kind: 'tcp-listen', tls }] : []),
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
  rmSync(folder, { recursive: true, force: true })
})

const portOf = (feed: string) => server.running.feeds().find(({ name }) => name === feed)!.port!
async function get<T>(where: string): Promise<T> {
  return (await (await server.send('GET', where, { as: dispatcher })).json()) as T
}
const health = async (id: string) => (await get<Health>('/api/health')).feeds.find((feed) => feed.id === id)!
const event = (agoS: number, more: Partial<OutEvent> = {}): OutEvent => ({
  uid: 'ANDROID-1',
  type: 'a-f-G-U-C',
  atMs: Date.now() - agoS * 1000,
  staleMs: Date.now() + 60_000,
  lngLat: [122.386, 30],
  accuracyM: 5,
  speedMps: 1,
  courseDeg: 90,
  callSign: 'team',
  ...more,
})
/** A client: what it has heard, in order, and how it came. */
function client(port: number): { socket: Socket; heard: { as: 'xml' | 'tak'; event: CotEvent }[] } {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  const heard: { as: 'xml' | 'tak'; event: CotEvent }[] = []
  const framer = cotFramer(65_536)
  socket.on('data', (bytes: Buffer) => {
    for (const frame of framer.push(bytes).frames.map((one) => Buffer.from(one))) {
      const tak = frame.subarray(0, 3).equals(TAK_HEAD)
      const read = tak ? readTakMessage(frame.subarray(3)) : readCotXml(frame.toString())
      if (read !== null && read !== 'none') heard.push({ as: tak ? 'tak' : 'xml', event: read })
    }
  })
  return { socket, heard }
}

it('hears a device in datagrams, as XML and as the TAK protocol', async () => {
  const socket = createSocket('udp4')
  const tak = writeTakMessage(event(29))
  const mesh = Buffer.concat([TAK_HEAD, Buffer.from(cotFramer(65_536).push(tak).frames[0]!).subarray(3)])
  for (const bytes of [Buffer.from(writeCotXml(event(30))), mesh]) socket.send(bytes, portOf('mesh'), '127.0.0.1')
  await expect.poll(async () => (await health('mesh')).accepted).toBe(2)
  socket.send(writeCotXml(event(28, { uid: 'SOMEBODY' })), portOf('mesh'), '127.0.0.1')
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
  const ask = writeCotXml(event(0, { uid: 'x', type: 't-x-takp-q' })).replace(
    /<detail>.*<\/detail>/,
    '<detail><TakControl><TakRequest version="1"/></TakControl></detail>',
  )
  socket.write(ask)
  await expect.poll(() => heard.at(-1)!.event.type).toBe('t-x-takp-r')
  const from = heard.length
  socket.write(writeTakMessage(event(1, { lngLat: [122.3861, 30] })))
  await expect.poll(async () => (await health('tak')).accepted).toBe(1)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(from)
  expect(heard.slice(from).map(({ as }) => as)).not.toContain('xml')
  expect(heard.at(-1)!.event.lng).toBeCloseTo(122.3861, 6)
})

it('makes an alarm and an incident of an emergency', async () => {
  const { socket } = client(portOf('tak'))
  const call = writeCotXml(event(0, { uid: 'e1', type: 'b-a-o-tbl' })).replace(
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

it.skipIf(noTls)('hears over TLS only who has a certificate of the authority', async () => {
  const dial = (name: string) => {
    const own = { cert: readFileSync(file(`${name}.pem`)), key: readFileSync(file(`${name}.key`)) }
    const socket = connectSecure({ port: portOf('secure'), host: '127.0.0.1', ...own, rejectUnauthorized: false })
    socket.on('error', () => socket.destroy())
    sockets.push(socket)
    return socket
  }
  dial('stranger').write(writeCotXml(event(5)))
  await expect.poll(async () => (await health('secure')).reasons['not-allowed']).toBe(1)
  expect(await health('secure')).toMatchObject({ accepted: 0, state: 'unknown' })
  dial('own').write(writeCotXml(event(4)))
  await expect.poll(async () => (await health('secure')).accepted).toBe(1)
  expect(server.faults).toEqual([])
})
