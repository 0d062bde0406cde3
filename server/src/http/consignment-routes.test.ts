import { randomUUID } from 'node:crypto'
import { DutyContact, type CommandDone, type Consignment, type JournalEntry } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { petrol } from '../domain/consignments/consignment-kit.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let desk: string
beforeAll(async () => {
  server = await startTestServer()
  desk = await server.signIn('dispatcher')
})
afterAll(() => server.stop())

const give = (draft: object) => server.send('POST', '/api/commands', { as: desk, body: { id: randomUUID(), ...draft } })

it('tells how a duty desk is reached in an accident alone, and the journal who looked; no other door has it', async () => {
  const nowMs = Date.now()
  const consignment = petrol({ window: { fromMs: nowMs, toMs: nowMs + 3_600_000 } })
  const made = (await (await give({ type: 'consignment.declare', consignment })).json()) as CommandDone
  const { id } = made.created.find(({ kind }) => kind === 'consignment')!
  const look = (as: string) => server.send('POST', `/api/consignments/${id}/contact`, { as })
  expect((await look(desk)).status).toBe(409)
  const accident = { type: 'consignment.accident', consignmentId: id, position: [122.2, 30], place: '', text: '泄漏' }
  const incidentId = ((await (await give(accident)).json()) as CommandDone).created[0]!.id
  expect(DutyContact.parse(await (await look(desk)).json())).toEqual(consignment.dutyDesk)

  const timeline = await (await server.send('GET', `/api/incidents/${incidentId}/timeline`, { as: desk })).json()
  expect(timeline).toContainEqual(
    expect.objectContaining({
      event: { type: 'consignment.contact-read', consignmentId: id, incidentId },
      actor: expect.objectContaining({ kind: 'seat' }) as unknown,
    }),
  )
  const admin = await server.signIn('admin')
  const lines = (await (await server.send('GET', '/api/journal', { as: admin })).json()) as JournalEntry[]
  expect(lines.some(({ event }) => event.type === 'consignment.declared')).toBe(true)
  const picture = await (await server.send('GET', '/api/picture', { as: desk })).json()
  for (const door of [lines, timeline, picture]) expect(JSON.stringify(door)).not.toContain('0580-2345678')
  const shown = (picture as { changes: { kind: string; value: Consignment }[] }).changes
  expect(shown.find(({ kind }) => kind === 'consignment')?.value).toMatchObject({ state: 'accident', incidentId })
})
