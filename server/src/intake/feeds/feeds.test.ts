import type { Health, RosterUnit, Snapshot } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashSecret } from '../../access/secrets.ts'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { fromWgs84 } from '@skerry/exchange'

const KEY = 'k'.repeat(43)
const source = (name: string, unit: string) => ({ source: name, unit, keySha256: hashSecret(KEY) })
const http = { kind: 'http-listen', at: '127.0.0.1:0' }
const FILE = JSON.stringify({
  feeds: [
    {
      name: 'phones',
      protocol: 'owntracks-http',
      ...http,
      sources: [source('phone-1', 'u1'), source('phone-2', 'u2')],
    },
    { name: 'trackers', protocol: 'osmand', datum: 'gcj02', ...http, sources: [source('t3', 'u3')] },
    { name: 'small', protocol: 'osmand', ...http, limits: { messageBytes: 64 }, sources: [source('t4', 'u3')] },
    { name: 'slow', protocol: 'osmand', ...http, limits: { peerPerS: 1 }, sources: [source('t5', 'u3')] },
    { name: 'elsewhere', protocol: 'osmand', ...http, from: ['192.0.2.0/24'], sources: [source('t6', 'u3')] },
  ],
})

let server: TestServer
let dispatcher: string
beforeAll(async () => {
  server = await startTestServer(undefined, FILE)
  dispatcher = await server.signIn('dispatcher')
  const unit = (id: string, onDuty: boolean): RosterUnit => ({
    id,
    callSign: `普陀-${id}`,
    agency: 'patrol',
    kind: 'car',
    skills: [],
    onDuty,
  })
  const units = [unit('u1', true), unit('u2', false), unit('u3', true)]
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
})
afterAll(() => server.stop())

const urlOf = (feed: string): string =>
  `http://127.0.0.1:${server.running.feeds().find(({ name }) => name === feed)!.port}`
const feedHealth = async (id: string) => {
  const health = (await (await server.send('GET', '/api/health')).json()) as Health
  return health.feeds.find((feed) => feed.id === id)!
}
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
const owntracks = (user: string, message: object, password = KEY) =>
  fetch(`${urlOf('phones')}/pub`, {
    method: 'POST',
    headers: { authorization: basic(user, password), 'content-type': 'application/json' },
    body: JSON.stringify({ _type: 'location', ...message }),
  })
const nowS = () => Math.floor(Date.now() / 1000)
const track = async (id: string) => {
  const where = `/api/tracks?kind=unit&id=${id}&fromMs=0&toMs=${Date.now() + 10_000}`
  const answer = await server.send('GET', where, { as: dispatcher })
  return (await answer.json()) as { atMs: number; receivedAtMs: number; lngLat: number[] }[]
}

it('takes a phone of OwnTracks, keeps source time and receipt time, and shows the feed in health', async () => {
  expect(await feedHealth('phones')).toMatchObject({ scope: 'owntracks-http', state: 'unknown', lastAtMs: null })
  const tst = nowS() - 30
  const answer = await owntracks('phone-1', { lat: 29.98, lon: 122.1, tst, acc: 10 })
  expect([answer.status, await answer.json()]).toEqual([200, []])
  await owntracks('phone-1', { lat: 29.981, lon: 122.1, tst: tst - 20 })
  await owntracks('phone-1', { lat: 29.98, lon: 122.1, tst })
  const health = await feedHealth('phones')
  expect(health).toMatchObject({ state: 'ok', accepted: 2, late: 1, refused: 1, reasons: { duplicate: 1 } })
  expect(health.lastSourceAtMs).toBe(tst * 1000)
  expect(health.lastAtMs! - health.lastSourceAtMs!).toBeGreaterThanOrEqual(30_000)
  await expect.poll(async () => (await track('u1')).length, { timeout: 10_000 }).toBe(2)
  const point = (await track('u1')).at(-1)!
  expect(point).toMatchObject({ atMs: tst * 1000, lngLat: [122.1, 29.98] })
  expect(point.receivedAtMs - point.atMs).toBeGreaterThanOrEqual(30_000)
})

it('refuses a unit off duty, a clock of the future, a clock of 1901 and a jump, each with its reason', async () => {
  const before = await feedHealth('phones')
  await owntracks('phone-2', { lat: 29.98, lon: 122.1, tst: nowS() })
  await owntracks('phone-1', { lat: 29.98, lon: 122.1, tst: nowS() + 600 })
  await owntracks('phone-1', { lat: 29.98, lon: 122.1, tst: 60 })
  await owntracks('phone-1', { lat: 31.98, lon: 122.1, tst: nowS() - 1 })
  const { reasons, refused } = await feedHealth('phones')
  expect(reasons).toMatchObject({ 'off-duty': 1, 'future-clock': 1, 'past-clock': 1, 'impossible-jump': 1 })
  expect(refused - before.refused).toBe(4)
  const { changes } = (await (await server.send('GET', '/api/picture', { as: dispatcher })).json()) as Snapshot
  expect(changes.filter(({ kind }) => kind === 'unit')).toHaveLength(3)
  expect(await track('u2')).toEqual([])
})

it('hears nobody without the key of their own device, and a wrong key is no sign of life', async () => {
  const answers = [
    await owntracks('phone-1', { lat: 1, lon: 2, tst: nowS() }, 'guess'),
    await owntracks('nobody', { lat: 1, lon: 2, tst: nowS() }),
    await fetch(`${urlOf('trackers')}/wrong-key?id=t3&lat=1&lon=2&timestamp=1`),
    await fetch(`${urlOf('elsewhere')}/${KEY}?id=t6&lat=1&lon=2&timestamp=1`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 403])
  expect((await feedHealth('phones')).reasons).toMatchObject({ 'not-allowed': 2 })
  expect(await feedHealth('elsewhere')).toMatchObject({ state: 'unknown', lastAtMs: null, refused: 1 })
  expect((await fetch(`${urlOf('phones')}/pub`)).status).toBe(405)
})

it('stops listening to an address that guesses', async () => {
  const guess = async () => (await fetch(`${urlOf('small')}/no?id=t4&lat=1&lon=2&timestamp=1`)).status
  const answers: number[] = []
  for (let i = 0; i < 22; i++) answers.push(await guess())
  expect(answers.slice(0, 20).every((status) => status === 401)).toBe(true)
  expect(answers.at(-1)).toBe(429)
})

it('converts the datum of a feed once, at the edge', async () => {
  const pier: [number, number] = [122.3, 29.9]
  const [lng, lat] = fromWgs84(pier, 'gcj02')
  const answer = await fetch(`${urlOf('trackers')}/${KEY}?id=t3&lat=${lat}&lon=${lng}&timestamp=${nowS() - 5}`)
  expect(answer.status).toBe(200)
  await expect.poll(async () => (await track('u3')).length, { timeout: 10_000 }).toBe(1)
  const [stored] = await track('u3')
  expect(stored!.lngLat[0]).toBeCloseTo(pier[0], 8)
  expect(stored!.lngLat[1]).toBeCloseTo(pier[1], 8)
})

it('keeps each feed to its limits: the size of a message, and how many come in a second', async () => {
  const big = await fetch(`${urlOf('small')}/${KEY}?id=t4`, { method: 'POST', body: 'x'.repeat(65) })
  expect(big.status).toBe(413)
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => fetch(`${urlOf('slow')}/${KEY}?id=t5&lat=1&lon=2&timestamp=${i}`)),
  )
  expect(answers.map(({ status }) => status)).toContain(429)
  expect((await feedHealth('slow')).reasons['too-many']).toBeGreaterThanOrEqual(3)
  expect((await feedHealth('small')).reasons['too-large']).toBe(1)
  expect(server.faults).toEqual([])
})
