import { afterAll, beforeAll, expect, it } from 'vitest'
import { Recommendation } from '@skerry/contract'
import { startTestServer, type TestServer } from '../http/test-server.ts'
import { GAOTING, SHENJIAMEN, TAOHUA, islandNetwork } from './eta-kit.ts'

let server: TestServer
let as: string
beforeAll(async () => {
  server = await startTestServer()
  as = await server.signIn('dispatcher')
  await islandNetwork()
  const units = [
    { id: 'c1', callSign: '普陀-101', kind: 'car' },
    { id: 'c2', callSign: '岱山-301', kind: 'car' },
    { id: 'b1', callSign: '海巡-01', kind: 'boat' },
    { id: 'c9', callSign: '普陀-109', kind: 'car', onDuty: false },
  ].map((unit) => ({ agency: '公安', skills: [], onDuty: true, ...unit }))
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
  const fix = (unitId: string, position: readonly number[]) => ({ unitId, position, atMs: Date.now() - 1000 })
  const fixes = [fix('c1', SHENJIAMEN), fix('c2', GAOTING), fix('b1', [122.31, 29.92])]
  await server.send('POST', '/api/intake/fixes', { as: server.bearer('fixes'), body: { fixes } })
})
afterAll(() => server.stop())

async function reported(position: readonly number[]): Promise<string> {
  const body = {
    id: crypto.randomUUID(),
    type: 'incident.report',
    category: 'traffic',
    priority: 'warning',
    position,
    place: '桃花岛',
    text: '',
    occurredAtMs: Date.now() - 1000,
    subject: null,
  }
  const done = (await (await server.send('POST', '/api/commands', { as, body })).json()) as {
    created: { id: string }[]
  }
  return done.created[0]!.id
}

it('ranks the units of the live picture for an incident, with legs and what is missing', async () => {
  const id = await reported(TAOHUA)
  const answer = await server.send('GET', `/api/incidents/${id}/recommendation`, { as })
  expect(answer.status).toBe(200)
  const found = Recommendation.parse(await answer.json())
  expect(found.rows.map(({ unitId }) => unitId).sort()).toEqual(['b1', 'c1', 'c2'])
  expect(found.rows.every(({ legs, etaS }) => legs.length > 0 && etaS > 0)).toBe(true)
  expect(found.excluded).toEqual([{ reason: 'off-duty', unitIds: ['c9'] }])
  expect(found.needs.map(({ need }) => need.id)).toEqual(['first-unit', 'vehicle'])
  expect(found.roads).toEqual({ source: 'estimate', fault: null, detourFactor: 1.4 })
  expect(server.faults).toEqual([])
})
