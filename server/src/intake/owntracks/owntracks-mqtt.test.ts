import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Health, RosterUnit } from '@skerry/contract'
import { Aedes } from 'aedes'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'

let broker: Aedes
let net: Server
const sockets = new Set<Socket>()
let server: TestServer
let phone: MqttClient
beforeAll(async () => {
  broker = await Aedes.createBroker()
  net = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    broker.handle(socket)
  })
  await new Promise<void>((done) => net.listen(0, '127.0.0.1', done))
  const to = `mqtt://127.0.0.1:${(net.address() as AddressInfo).port}`
  const sources = [{ source: 'putuo/p101', unit: 'u1' }]
  const feed = {
    name: 'phones',
    protocol: 'owntracks-mqtt',
    kind: 'mqtt-dial',
    to,
    sources,
    limits: { messageBytes: 400 },
  }
  const subscribed = new Promise<void>((done) => broker.once('subscribe', () => done()))
  server = await startTestServer(undefined, JSON.stringify({ feeds: [feed] }))
  const unit: RosterUnit = { id: 'u1', callSign: '普陀-1', agency: 'a', kind: 'car', skills: [], onDuty: true }
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units: [unit] } })
  await subscribed
  phone = await mqtt.connectAsync(to)
})
afterAll(async () => {
  await phone.endAsync(true)
  await server.stop()
  for (const socket of sockets) socket.destroy()
  net.close()
  await new Promise<void>((done) => broker.close(() => done()))
})

const publish = (topic: string, message: object | string) =>
  phone.publishAsync(topic, typeof message === 'string' ? message : JSON.stringify(message), { qos: 1 })
const location = (agoS: number) => ({
  _type: 'location',
  lat: 29.98,
  lon: 122.1,
  tst: Math.floor(Date.now() / 1000) - agoS,
})
async function health() {
  const all = (await (await server.send('GET', '/api/health')).json()) as Health
  return all.feeds.find(({ id }) => id === 'phones')!
}

it('hears a phone through a broker, and counts what is not for it with the reason', async () => {
  await publish('owntracks/putuo/p101', location(55))
  await expect.poll(async () => (await health()).accepted).toBe(1)
  await publish('owntracks/putuo/p101', { _type: 'lwt', tst: 1 })
  await publish('owntracks/putuo/stranger', location(50))
  await publish('owntracks/putuo/p101', '{"_type":')
  await publish('owntracks/putuo/p101', { ...location(40), padding: 'x'.repeat(500) })
  await publish('owntracks/putuo/p101/event', location(30))
  await publish('elsewhere/putuo/p101', location(30))
  await expect.poll(async () => (await health()).refused).toBe(3)
  expect(await health()).toMatchObject({
    state: 'ok',
    accepted: 1,
    ignored: 1,
    reasons: { 'unknown-source': 1, malformed: 1, 'too-large': 1 },
  })
})

it('is there again after the broker was away', async () => {
  const subscribed = new Promise<void>((done) => broker.once('subscribe', () => done()))
  for (const socket of sockets) socket.destroy()
  await subscribed
  await publish('owntracks/putuo/p101', location(10))
  await expect.poll(async () => (await health()).accepted).toBe(2)
  expect(server.faults).toEqual([])
})

it('says why a broker does not let it in, to those who are signed in', async () => {
  const strict = await Aedes.createBroker({
    authenticate: (_client, _name, _password, done) =>
      done(Object.assign(new Error('no'), { returnCode: 5 as const }), false),
  })
  const door = createServer((socket) => void strict.handle(socket))
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  const common = { protocol: 'owntracks-mqtt', kind: 'mqtt-dial', sources: [{ source: 'a/b', unit: 'u1' }] }
  const away = await startTestServer(
    undefined,
    JSON.stringify({
      feeds: [
        { ...common, name: 'strict', to: `mqtt://127.0.0.1:${(door.address() as AddressInfo).port}` },
        { ...common, name: 'nobody', to: 'mqtt://127.0.0.1:9' },
      ],
    }),
  )
  const faults = async (as?: string) => {
    const answer = await away.send('GET', '/api/health', as === undefined ? {} : { as })
    return ((await answer.json()) as Health).feeds.flatMap(({ id, fault }) =>
      ['strict', 'nobody'].includes(id) ? [[id, fault?.text]] : [],
    )
  }
  const as = await away.signIn('dispatcher')
  await expect
    .poll(() => faults(as))
    .toEqual([
      ['strict', 'Connection refused: Not authorized'],
      ['nobody', 'ECONNREFUSED'],
    ])
  expect((await faults()).map(([, text]) => text)).toEqual(['hidden', 'hidden'])
  await away.stop()
  door.close()
  await new Promise<void>((done) => strict.close(() => done()))
})
