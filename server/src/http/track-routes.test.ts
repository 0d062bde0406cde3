import type { FixReport, LngLat } from '@skerry/contract'
import { fromWgs84 } from '@skerry/exchange'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemScheduler } from '../engine/scheduler.ts'
import type { TrackPoint } from '../tracks/track-point.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let dispatcher: string
const now = Math.floor(Date.now() / 1000) * 1000
/** Ten minutes ago it drove east for two minutes, stood, and was silent for the last five. */
const fixes: FixReport[] = Array.from({ length: 300 }, (_, s) => ({
  unitId: 'u1',
  atMs: now - 600_000 + s * 1000,
  position: [122.2 + Math.min(s, 120) * 1e-4, 29.9] as LngLat,
  speedMps: s < 120 ? 10 : 0,
}))
beforeAll(async () => {
  let behindMs = 900_000 // the roster is told a quarter of an hour ago
  const clock = { ...systemScheduler, nowMs: () => systemScheduler.nowMs() - behindMs }
  server = await startTestServer(undefined, undefined, [], clock)
  dispatcher = await server.signIn('dispatcher')
  const units = ['u1', 'off'].map((id) => ({
    id,
    callSign: id,
    agency: 'x',
    kind: 'car',
    skills: [],
    onDuty: id === 'u1',
  }))
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
  behindMs = 0
  const body = { fixes: [...fixes, { ...fixes[0]!, unitId: 'off' }] }
  await server.send('POST', '/api/intake/fixes', { as: server.bearer('fixes'), body })
})
afterAll(() => server.stop())

async function ask(path: string): Promise<TrackPoint[]> {
  return (await (await server.send('GET', path, { as: dispatcher })).json()) as TrackPoint[]
}
const range = (id: string, more = ''): string =>
  `/api/tracks?kind=unit&id=${id}&fromMs=${now - 900_000}&toMs=${now}${more}`

it('tell where a unit was, every second of it or as much as its way needs; nothing of one that was off duty', async () => {
  await expect.poll(async () => (await ask(range('u1'))).length, { timeout: 10_000 }).toBe(300)
  const whole = await ask(range('u1'))
  expect(whole[0]).toMatchObject({ kind: 'unit', id: 'u1', atMs: now - 600_000, lngLat: [122.2, 29.9], speedMps: 10 })
  expect(whole[0]!.receivedAtMs).toBeGreaterThan(now - 1000)
  const few = await ask(range('u1', '&toleranceM=8'))
  expect(few.length).toBeLessThan(12)
  expect([few[0]!.atMs, few.at(-1)!.atMs]).toEqual([whole[0]!.atMs, whole.at(-1)!.atMs])
  expect(await ask(range('off'))).toEqual([])
})
it('hold WGS-84, whatever datum a batch says it is in', async () => {
  const atMs = now - 200_000
  const body = { datum: 'gcj02', fixes: [{ unitId: 'u1', atMs, position: fromWgs84([122.22, 29.91], 'gcj02') }] }
  await server.send('POST', '/api/intake/fixes', { as: server.bearer('fixes'), body })
  await expect.poll(async () => (await ask(range('u1'))).length, { timeout: 10_000 }).toBe(301)
  const { lngLat } = (await ask(range('u1'))).at(-1)!
  expect(lngLat[0]).toBeCloseTo(122.22, 6)
  expect(lngLat[1]).toBeCloseTo(29.91, 6)
  const odd = { ...body, datum: 'cgcs' }
  expect((await server.send('POST', '/api/intake/fixes', { as: server.bearer('fixes'), body: odd })).status).toBe(400)
})
it('tell where everything was at a moment, and nothing of what was not heard then', async () => {
  const at = (atMs: number, withinS = 60): Promise<TrackPoint[]> =>
    ask(`/api/tracks/at?atMs=${atMs}&withinS=${withinS}`)
  expect(await at(now - 540_500)).toMatchObject([{ id: 'u1', atMs: now - 541_000 }])
  expect(await at(now - 1000)).toEqual([])
  expect(await at(now - 1000, 600)).toMatchObject([{ id: 'u1', atMs: now - 200_000 }])
})
it('are for those who work with units', async () => {
  for (const role of ['observer', 'admin'] as const)
    for (const path of [range('u1'), `/api/tracks/at?atMs=${now}`])
      expect((await server.send('GET', path, { as: await server.signIn(role) })).status).toBe(403)
  expect((await server.send('GET', `${range('u1')}&toleranceM=0`, { as: dispatcher })).status).toBe(400)
})
