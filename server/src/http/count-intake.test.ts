import type { CountBatchResult, Health, Problem, Snapshot } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

const MIN = 60_000
let server: TestServer
let dispatcher: string
let admin: string
const minute = (back: number): number => Math.floor(Date.now() / MIN) * MIN - back * MIN
const gate = (id: string) => ({
  id,
  name: { zh: '鸭蛋山', en: 'Yadanshan' },
  kind: 'ferry',
  position: [122.1, 29.9],
  lanes: [
    { id: 'out-1', direction: 'out', counts: 'persons' },
    { id: 'in-1', direction: 'in', counts: 'persons' },
  ],
})
const count = (back: number, more: object = {}) => ({
  checkpointId: 'c1',
  lane: 'out-1',
  minuteMs: minute(back),
  valid: 4,
  invalid: 1,
  manual: 2,
  ...more,
})

beforeAll(async () => {
  server = await startTestServer()
  dispatcher = await server.signIn('dispatcher')
  admin = await server.signIn('admin')
})
afterAll(() => server.stop())

const as = () => server.bearer('checkpoints')
const post = (body: unknown, path = 'counts', by = as()) => server.send('POST', `/api/intake/${path}`, { as: by, body })
const declare = (checkpoints: unknown[], by = as()) =>
  server.send('PUT', '/api/intake/checkpoints', { as: by, body: { checkpoints } })
const judged = async (body: unknown): Promise<CountBatchResult> => (await (await post(body)).json()) as CountBatchResult

it('judges each count by itself: what is wrong is named with its field, and takes no other with it', async () => {
  expect((await judged({ counts: [count(2)] })).refused).toEqual([
    { list: 'counts', index: 0, reason: 'unknown-checkpoint' },
  ])
  expect((await declare([gate('c1')])).status).toBe(200)
  const result = await judged({
    counts: [
      count(3),
      'no count',
      count(3, { lane: 'nope' }),
      count(3, { minuteMs: minute(3) + 1 }),
      count(-1), // not over yet: the running minute would be, in its last seconds
      count(60 * 24 * 20),
      count(3, { valid: -1 }),
      count(3, { plate: '浙L12345' }),
    ],
    queues: [
      { checkpointId: 'c1', direction: 'out', counts: 'persons', minuteMs: minute(3), waiting: 11 },
      { checkpointId: 'c1', direction: 'out', counts: 'vehicles', minuteMs: minute(3), waiting: 1 },
    ],
  })
  expect(result).toMatchObject({ accepted: 2, late: 0, corrected: 0, repeated: 0 })
  expect(result.refused.map(({ list, index, reason }) => [list, index, reason])).toEqual([
    ['counts', 1, 'malformed'],
    ['counts', 2, 'unknown-lane'],
    ['counts', 3, 'not-a-minute'],
    ['counts', 4, 'future-clock'],
    ['counts', 5, 'past-clock'],
    ['counts', 6, 'malformed'],
    ['counts', 7, 'malformed'],
    ['queues', 1, 'unknown-lane'],
  ])
  expect(result.refused[5]!.detail).toMatch(/^valid: /)
  const health = (await (await server.send('GET', '/api/health')).json()) as Health
  const feed = health.feeds.find(({ id }) => id === 'checkpoints')!
  expect(feed.reasons).toMatchObject({ 'unknown-lane': 2, malformed: 3, 'not-a-minute': 1 })
})

it('takes late, repeated and corrected minutes, and says so', async () => {
  expect(await judged({ counts: [count(2), count(2, { lane: 'in-1' })] })).toMatchObject({ accepted: 2, late: 0 })
  expect(await judged({ counts: [count(2), count(5), count(2, { lane: 'in-1', valid: 9 })] })).toMatchObject({
    accepted: 3,
    late: 1,
    repeated: 1,
    corrected: 1,
  })
})

it('keeps a checkpoint for the feed that declared it', async () => {
  const made = await server.send('POST', '/api/feeds', { as: admin, body: { id: 'other', scopes: ['checkpoints'] } })
  const other = `Bearer ${((await made.json()) as { token: string }).token}`
  const foreign = await declare([gate('c1')], other)
  expect([foreign.status, ((await foreign.json()) as Problem).code]).toEqual([403, 'not-owner'])
  const answer = (await (await post({ counts: [count(2)] }, 'counts', other)).json()) as CountBatchResult
  expect(answer.refused).toEqual([{ list: 'counts', index: 0, reason: 'not-owner' }])
  const series = { checkpointId: 'c1', lane: 'out-1', fromMs: 0, stepMin: 60, valid: [1] }
  expect((await post({ lanes: [series] }, 'counts/archive', other)).status).toBe(403)
  // Another feed has checkpoints of its own, which nobody else may count at; when it is gone they may be taken over.
  expect((await declare([gate('c2')], other)).status).toBe(200)
  expect((await declare([gate('c2')])).status).toBe(403)
  await server.send('DELETE', '/api/feeds/other', { as: admin })
  expect((await declare([gate('c2')])).status).toBe(200)
})

it('takes an archive as a whole or not at all', async () => {
  const hour = 3_600_000
  const fromMs = Math.floor(Date.now() / hour) * hour - 48 * hour
  const series = { checkpointId: 'c1', lane: 'out-1', fromMs, stepMin: 60 }
  const good = await post({ lanes: [{ ...series, valid: [10, null, 30], manual: [0, 0, 1] }] }, 'counts/archive')
  expect(await good.json()).toEqual({ accepted: 2 })
  const bad = {
    lanes: [
      { ...series, valid: [1] },
      { ...series, lane: 'nope', valid: [1] },
    ],
  }
  const refused = await post(bad, 'counts/archive')
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([404, 'unknown-lane'])
  expect((await post({ lanes: [{ ...series, fromMs: fromMs + 1, valid: [1] }] }, 'counts/archive')).status).toBe(422)
  expect((await post({ lanes: [{ ...series, valid: [1, 2], manual: [1] }] }, 'counts/archive')).status).toBe(400)
})

it('withholds small counts in exports', async () => {
  const answer = await server.send('GET', `/api/checkpoints/export?fromMs=${minute(4000)}&toMs=${Date.now()}`, {
    as: dispatcher,
  })
  const csv = await answer.text()
  expect(answer.headers.get('content-type')).toMatch(/^text\/csv/)
  const rows = csv.trim().split('\r\n').slice(1)
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.some((row) => row.endsWith(',<10'))).toBe(true)
  for (const row of rows)
    for (const cell of row.split(',').slice(6))
      expect(cell === '' || cell === '<10' || cell === '0' || Number(cell) >= 10).toBe(true)
})

it('turns a feed away that sends more often than it may, and counts it', async () => {
  const answers = await Promise.all(Array.from({ length: 80 }, () => post({ counts: [count(2)] })))
  const over = answers.filter(({ status }) => status === 429)
  expect(over.length).toBeGreaterThan(0)
  expect(over[0]!.headers.get('retry-after')).toBe('1')
  const health = (await (await server.send('GET', '/api/health')).json()) as Health
  expect(health.feeds.find(({ id }) => id === 'checkpoints')!.reasons['too-many']).toBe(over.length)
})

it('declares a checkpoint once, and keeps it in the picture', async () => {
  const seq = async () => ((await (await declare([gate('c1')])).json()) as { seq: number }).seq
  const first = await seq()
  expect(await seq()).toBe(first)
  const picture = (await (await server.send('GET', '/api/picture', { as: dispatcher })).json()) as Snapshot
  expect(picture.changes.filter(({ kind }) => kind === 'checkpoint').map(({ id }) => id)).toEqual(['c1', 'c2'])
  const twice = { ...gate('c3'), lanes: [...gate('c3').lanes, gate('c3').lanes[0]] }
  expect((await declare([twice])).status).toBe(400)
})
