import { createSocket } from 'node:dgram'
import { existsSync, readFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import type { Health } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { sumOf } from './sentence.ts'

const LOG = path.resolve(import.meta.dirname, '../../../../../shared/data/nmea/ublox-zed-f9p-nmea.log')
const noData = existsSync(LOG) ? false : 'recorded data are not here'

let server: TestServer
let plotter: ReturnType<typeof createServer>
const dialled: Socket[] = []
beforeAll(async () => {
  plotter = createServer((socket) => void dialled.push(socket))
  await new Promise<void>((done) => plotter.listen(0, '127.0.0.1', done))
  const nmea = { protocol: 'nmea', at: '127.0.0.1:0' }
  const sources = [{ address: '127.0.0.1', unit: 'boat' }]
  const feeds = [
    { ...nmea, name: 'boats-udp', kind: 'udp-listen', sources },
    { ...nmea, name: 'boats-tcp', kind: 'tcp-listen', sources },
    { ...nmea, name: 'elsewhere', kind: 'udp-listen', sources: [{ address: '192.0.2.1', unit: 'boat' }] },
    {
      name: 'plotter',
      protocol: 'nmea',
      kind: 'tcp-dial',
      to: `127.0.0.1:${(plotter.address() as AddressInfo).port}`,
      unit: 'boat',
    },
  ]
  server = await startTestServer(undefined, JSON.stringify({ feeds }))
  const boat = { id: 'boat', callSign: '海巡-1', agency: 'harbour', kind: 'boat', skills: [], onDuty: true }
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units: [boat] } })
})
afterAll(async () => {
  await server.stop()
  for (const socket of dialled) socket.destroy()
  plotter.close()
})

const portOf = (feed: string) => server.running.feeds().find(({ name }) => name === feed)!.port!
async function health(id: string) {
  const all = (await (await server.send('GET', '/api/health')).json()) as Health
  return all.feeds.find((feed) => feed.id === id)!
}
async function sendUdp(port: number, text: string): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise<void>((done, failed) => socket.send(text, port, '127.0.0.1', (e) => (e ? failed(e) : done())))
  socket.close()
}
/** A sentence of now, `agoS` seconds ago. */
function rmc(agoS: number): string {
  const [, y, m, d, time] = /^20(\d\d)-(\d\d)-(\d\d)T(.*)Z$/.exec(new Date(Date.now() - agoS * 1000).toISOString())!
  const text = `GNRMC,${time!.replaceAll(':', '')},A,2959.1180,N,12206.4320,E,5.0,270.0,${d}${m}${y},,,A`
  return `$${text}*${sumOf(text).toString(16).padStart(2, '0').toUpperCase()}\r\n`
}

it('hears a receiver over UDP, several sentences in one datagram', async () => {
  await sendUdp(portOf('boats-udp'), rmc(40) + rmc(39) + '$GNRMC,broken*00\r\n')
  await expect.poll(async () => (await health('boats-udp')).accepted).toBe(2)
  expect(await health('boats-udp')).toMatchObject({ state: 'ok', reasons: { checksum: 1 } })
})

it('hears one over TCP, however the lines are cut, and one that it dials itself', async () => {
  const socket = connect(portOf('boats-tcp'), '127.0.0.1')
  const text = rmc(30) + rmc(29)
  socket.write(text.slice(0, 33))
  socket.write(text.slice(33))
  await expect.poll(async () => (await health('boats-tcp')).accepted).toBe(2)
  socket.destroy()
  await expect.poll(() => dialled.length).toBeGreaterThan(0)
  dialled[0]!.write(rmc(20))
  await expect.poll(async () => (await health('plotter')).accepted).toBe(1)
})

it('dials again when the other side has hung up', async () => {
  const before = dialled.length
  dialled.at(-1)!.destroy()
  await expect.poll(() => dialled.length, { timeout: 20_000 }).toBeGreaterThan(before)
  dialled.at(-1)!.write(rmc(10))
  await expect.poll(async () => (await health('plotter')).accepted).toBe(2)
})

it('does not hear an address that the file does not name', async () => {
  await sendUdp(portOf('elsewhere'), rmc(1))
  await expect.poll(async () => (await health('elsewhere')).reasons['not-allowed']).toBe(1)
  expect((await health('elsewhere')).state).toBe('unknown')
})

it.skipIf(noData)(
  'takes a recorded log on a real socket: every old position is refused as old, none moves a unit',
  async () => {
    const before = await health('boats-tcp')
    const socket = connect(portOf('boats-tcp'), '127.0.0.1')
    socket.end(readFileSync(LOG))
    await expect.poll(async () => (await health('boats-tcp')).reasons['past-clock'], { timeout: 20_000 }).toBe(29)
    expect((await health('boats-tcp')).accepted).toBe(before.accepted)
    expect(server.faults).toEqual([])
  },
)
