import { randomUUID } from 'node:crypto'
import { CoverPlan, FixBatchResult, type CommandDone, type Snapshot, type Unit } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DINGHAI, SHENJIAMEN, islandNetwork } from '../eta/eta-kit.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let as: string
beforeAll(async () => {
  server = await startTestServer()
  as = await server.signIn('dispatcher')
  await islandNetwork() // the same module keeps it: the server's own is then quick to come
  const units = ['c1', 'c2'].map((id) => ({ id, callSign: id, agency: 'x', kind: 'car', skills: [], onDuty: true }))
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
})
afterAll(() => server.stop())

const fixes = async (...all: [unitId: string, position: readonly number[]][]): Promise<FixBatchResult> => {
  const body = { fixes: all.map(([unitId, position]) => ({ unitId, position, atMs: Date.now() - 1000 })) }
  const answer = await server.send('POST', '/api/intake/fixes', { as: server.bearer('fixes'), body })
  return FixBatchResult.parse(await answer.json())
}
const give = async (command: object): Promise<CommandDone> => {
  const answer = await server.send('POST', '/api/commands', { as, body: { id: randomUUID(), ...command } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as CommandDone
}
const plan = async (sent = ''): Promise<CoverPlan> =>
  CoverPlan.parse(await (await server.send('GET', `/api/cover?sent=${sent}`, { as })).json())
const unitNow = async (id: string): Promise<Unit> => {
  const { changes } = (await (await server.send('GET', '/api/picture', { as })).json()) as Snapshot
  return changes.find((change) => change.kind === 'unit' && change.id === id)!.value as Unit
}

it('names who could fill a zone, tells its terminal where to go, and ends the move when it is inside', async () => {
  const rule = { kind: 'coverage', priority: 'warning', movers: ['unit'], only: [], minUnits: 1, forS: 60 }
  const shape = { kind: 'circle', centre: DINGHAI, radiusM: 1500 }
  const { created } = await give({ type: 'zone.declare', zone: { name: '定海', shape, rules: [rule] } })
  const zoneId = created[0]!.id
  expect((await plan()).zones).toMatchObject([{ zoneId, free: null, missing: null, moves: [] }])

  expect((await fixes(['c1', SHENJIAMEN], ['c2', DINGHAI])).covers).toBeUndefined()
  expect((await plan()).zones).toMatchObject([{ free: 1, missing: 0, moves: [] }])
  const after = async () => (await plan('c2')).zones[0]!
  await expect.poll(async () => (await after()).moves.length, { timeout: 60_000 }).toBe(1)
  expect(await after()).toMatchObject({ leaving: ['c2'], missing: 1, moves: [{ unitId: 'c1', leavesShort: [] }] })

  await give({ type: 'unit.cover', unitId: 'c1', zoneId })
  expect((await plan('c2')).zones[0]).toMatchObject({ coming: ['c1'], missing: 0 })
  const told = (await fixes(['c1', [SHENJIAMEN[0] - 0.0002, SHENJIAMEN[1]]])).covers
  expect(told).toMatchObject([{ unitId: 'c1', zoneId }])
  expect(await unitNow('c1')).toMatchObject({ status: 'available', assignment: null, cover: { zoneId } })

  // The zone comes to the unit: from there it is inside.
  const zone = { name: '定海', shape: { kind: 'circle', centre: SHENJIAMEN, radiusM: 1500 }, rules: [rule] }
  await give({ type: 'zone.change', zoneId, revision: 1, zone })
  await expect.poll(async () => (await unitNow('c1')).cover).toBeUndefined()
  expect(server.faults).toEqual([])
})
