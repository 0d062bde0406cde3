import { createSocket, type Socket } from 'node:dgram'
import type { Health, RosterUnit } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { eventOf, readAny } from './test-peer.ts'
import { inDatagram, writeCotXml, writeTakControl, writeTakMessage } from './write-event.ts'

const GROUP = '239.2.3.1'
const HERE = '127.0.0.1'

let server: TestServer
let device: Socket
let port: number
const heard: ReturnType<typeof readAny>[] = []
beforeAll(async () => {
  port = await freePort()
  const cot = { protocol: 'cot', kind: 'udp-multicast', interface: HERE, from: [HERE] }
  const feeds = [
    { ...cot, name: 'mesh', group: `${GROUP}:${port}`, share: true, sources: [{ uid: 'ANDROID-1', unit: 'team' }] },
    { ...cot, name: 'ear', group: `${GROUP}:${await freePort()}`, sources: [] },
  ]
  device = createSocket({ type: 'udp4', reuseAddr: true })
  await new Promise<void>((done) => device.bind(port, done))
  device.addMembership(GROUP, HERE)
  device.setMulticastInterface(HERE)
  device.on('message', (bytes, { address }) => address === HERE && heard.push(readAny(bytes)))
  server = await startTestServer(undefined, JSON.stringify({ feeds }))
  const roster = { agency: 'a', kind: 'ground-team' as const, skills: [], onDuty: true }
  const units: RosterUnit[] = [
    { ...roster, id: 'team', callSign: '搜救-1' },
    { ...roster, id: 'resting', callSign: '搜救-2', onDuty: false },
  ]
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
})
afterAll(async () => {
  device.close()
  await server.stop()
})

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.bind(0, HERE, done))
  const { port: free } = socket.address()
  await new Promise<void>((done) => void socket.close(() => done()))
  return free
}
async function health(id: string) {
  const all = (await (await server.send('GET', '/api/health')).json()) as Health
  return all.feeds.find((feed) => feed.id === id)!
}
const say = (bytes: string | Uint8Array, to = port) => device.send(bytes, to, GROUP)
/** What Skerry told the group: not the device's own words, which come back to it too. */
const told = () => heard.filter(({ event, control }) => event?.uid.startsWith('skerry-') ?? control !== null)

it('joins a group, is heard and hears, in the highest version that everybody there reads', async () => {
  await expect.poll(() => told()[0]).toMatchObject({ as: 'tak', event: null, control: { min: 1, max: 1 } })
  say(inDatagram(writeTakMessage(eventOf('ANDROID-1', 30))))
  await expect.poll(async () => (await health('mesh')).accepted).toBe(1)
  const unit = { uid: 'skerry-unit-team', type: 'a-f-G-U-C-I', how: 'm-g', lng: 122.386, lat: 30, accuracyM: null }
  await expect.poll(() => told().at(-1)).toMatchObject({ as: 'tak', event: unit })

  const before = told().length
  say(writeCotXml(eventOf('OLD', 20)))
  await expect.poll(() => told().slice(before)[0]).toMatchObject({ control: { max: 1 } })
  say(inDatagram(writeTakMessage(eventOf('ANDROID-1', 10, { lngLat: [122.387, 30] }))))
  await expect.poll(() => told().at(-1)).toMatchObject({ as: 'xml', event: { ...unit, lng: 122.387 } })

  say(inDatagram(writeTakControl({ min: 1, max: 1, uid: 'OLD' })))
  say(inDatagram(writeTakMessage(eventOf('ANDROID-1', 5, { lngLat: [122.388, 30] }))))
  await expect.poll(() => told().at(-1)).toMatchObject({ as: 'tak', event: { ...unit, lng: 122.388 } })
})

it('counts a stranger and not its own words that the group brings back', async () => {
  const { accepted, reasons } = await health('mesh')
  expect({ accepted, reasons }).toEqual({ accepted: 3, reasons: { 'unknown-source': 1 } })
  expect(heard.some(({ event }) => event?.uid === 'skerry-unit-resting')).toBe(false)
  expect(server.faults).toEqual([])
})

it('says nothing to a group that it only hears', async () => {
  const ear = server.running.feeds().find(({ name }) => name === 'ear')!.port!
  const listener = createSocket({ type: 'udp4', reuseAddr: true })
  await new Promise<void>((done) => listener.bind(ear, done))
  listener.addMembership(GROUP, HERE)
  const words: Buffer[] = []
  listener.on('message', (bytes) => words.push(bytes))
  const word = writeCotXml(eventOf('OLD', 5))
  say(word, ear)
  await expect.poll(async () => (await health('ear')).reasons['unknown-source']).toBe(1)
  // What is told goes out every two seconds: after two of the other group's words it would have been heard.
  const before = told().length
  for (const lng of [122.391, 122.392]) {
    say(inDatagram(writeTakMessage(eventOf('ANDROID-1', 1, { lngLat: [lng, 30], atMs: Date.now() }))))
    await expect.poll(() => told().at(-1)?.event?.lng).toBe(lng)
  }
  expect(told().length).toBeGreaterThan(before)
  expect(words.map(String)).toEqual([word])
  listener.close()
})
