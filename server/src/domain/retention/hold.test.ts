import type { Incident, Seat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, REPORT, world } from '../test-kit.ts'
import { decideHold, heldSpans } from './decide.ts'

const CHIEF: Seat = { id: 'seat-1', role: 'coordinator', name: '陈', account: 'chen' }
const CHIEF_AGAIN: Seat = { ...CHIEF, id: 'seat-2' }
const ADMIN: Seat = { id: 'seat-3', role: 'admin', name: '管理员', account: 'admin' }
const reason = '家属投诉，纪检调阅'

function held() {
  const town = world()
  town.give(DISPATCHER, REPORT)
  const { id: incidentId } = town.only('incident')
  town.give(CHIEF, { type: 'case.hold', incidentId, reason })
  return { ...town, incidentId, hold: () => town.picture.hold.get(incidentId) ?? null }
}

it('holds at once, with who and why, and only once', () => {
  const { give, hold, incidentId } = held()
  expect(hold()).toMatchObject({ incidentId, number: 1, reason, by: { key: 'seat:chen' }, atMs: NOW_MS, lift: null })
  expect(give(ADMIN, { type: 'case.hold', incidentId, reason })).toBe('hold-exists')
  expect(give(ADMIN, { type: 'case.hold', incidentId: 'none', reason })).toBe('unknown-incident')
})

it('is lifted by a second person alone, whatever seat the first one sits at', () => {
  const { give, hold, incidentId } = held()
  expect(give(ADMIN, { type: 'case.approve-lift', incidentId })).toBe('no-lift-asked')
  give(CHIEF, { type: 'case.ask-lift', incidentId, reason: '调阅结束' })
  expect(hold()?.lift).toMatchObject({ reason: '调阅结束', by: { key: 'seat:chen' } })
  expect(give(COORDINATOR, { type: 'case.ask-lift', incidentId, reason })).toBe('lift-exists')
  expect(give(CHIEF_AGAIN, { type: 'case.approve-lift', incidentId })).toBe('same-person')
  expect(hold()).not.toBeNull()
  give(ADMIN, { type: 'case.approve-lift', incidentId })
  expect(hold()).toBeNull()
  expect(give(ADMIN, { type: 'case.ask-lift', incidentId, reason })).toBe('unknown-hold')
})

it('stays where the second person does not agree, or the first one thinks again', () => {
  const { give, hold, incidentId } = held()
  for (const seat of [ADMIN, CHIEF]) {
    give(CHIEF, { type: 'case.ask-lift', incidentId, reason })
    give(seat, { type: 'case.refuse-lift', incidentId, reason: '还在调查' })
    expect(hold()).toMatchObject({ lift: null, reason })
  }
  expect(give(ADMIN, { type: 'case.refuse-lift', incidentId, reason })).toBe('no-lift-asked')
})

it('keeps the positions of its time: from what happened until it was closed, an open one without an end', () => {
  const { give, picture, incidentId, pass } = held()
  const fromMs = REPORT.occurredAtMs
  expect(heldSpans(picture)).toEqual([{ fromMs, toMs: Number.MAX_SAFE_INTEGER }])
  pass(60_000)
  give(DISPATCHER, { type: 'incident.close', incidentId, outcome: '找到' })
  expect(heldSpans(picture)).toEqual([{ fromMs, toMs: NOW_MS + 60_000 }])
})

it('takes a case of the history too, as long as anything of it is left', () => {
  const { picture } = world()
  const past = { id: 'old', number: 7, occurredAtMs: 5, receivedAtMs: 3, closedAtMs: 9 } as Incident
  const ask = (pastIncident: Incident | null) =>
    decideHold(
      picture,
      { id: '00000000-0000-4000-8000-000000000001', type: 'case.hold', incidentId: 'old', reason },
      { seat: ADMIN, pastIncident },
    )
  expect(ask(past)).toMatchObject({ ok: true, value: [{ type: 'case.held', number: 7, fromMs: 3, toMs: 9 }] })
  expect(ask({ ...past, purged: { person: 20 } })).toMatchObject({ ok: true })
  expect(ask({ ...past, purged: { acts: 20 } })).toMatchObject({ error: { code: 'case-purged' } })
  expect(ask(null)).toMatchObject({ error: { code: 'unknown-incident' } })
})
