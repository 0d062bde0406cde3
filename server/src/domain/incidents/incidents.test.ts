import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, SETUP, at, flyingStatus, world } from '../test-kit.ts'
import { decideIncidentReport } from './report.ts'
import { decideRoster, decideUnitStatus } from '../units/roster.ts'
import { decideUnitReport } from '../units/report.ts'

const UNITS = [
  { id: 'u1', callSign: '普陀-101', agency: '公安', kind: 'car' as const, skills: [], onDuty: true },
  { id: 'u2', callSign: '普陀-102', agency: '公安', kind: 'foot' as const, skills: [], onDuty: false },
]
const withUnits = () => {
  const town = world()
  const roster = decideRoster(town.picture, UNITS)
  if (roster.ok) town.apply(roster.value)
  return town
}
const report = (
  town: ReturnType<typeof withUnits>,
  kind: 'acknowledged' | 'en-route' | 'on-scene' | 'nothing-here',
) => {
  const incidentId = town.only('incident').id
  const done = decideUnitReport(
    town.picture,
    { unitId: 'u1', incidentId, atMs: town.nowMs(), kind },
    town.ctx(COORDINATOR),
  )
  if (done.ok) town.apply(done.value)
  return done
}

describe('reporting an incident', () => {
  it('gives every incident the next number and remembers who reported it', () => {
    const town = world()
    town.give(DISPATCHER, REPORT)
    town.give(DISPATCHER, { ...REPORT, category: 'fire', subject: null })
    expect([...town.picture.incident.values()].map(({ number, source, state }) => [number, source, state])).toEqual([
      [1, '调度员', 'received'],
      [2, '调度员', 'received'],
    ])
  })

  it('asks for a subject of a missing person and refuses one for anything else', () => {
    const town = world()
    expect(town.give(DISPATCHER, { ...REPORT, subject: null })).toBe('subject-required')
    expect(town.give(DISPATCHER, { ...REPORT, category: 'fire' })).toBe('subject-not-allowed')
    expect(town.give(DISPATCHER, { ...REPORT, subject: { ...REPORT.subject, category: 'astronaut' } })).toBe(
      'unknown-category',
    )
    expect(town.picture.incident.size).toBe(0)
  })

  it('refuses times in the future', () => {
    const town = world()
    expect(town.give(DISPATCHER, { ...REPORT, occurredAtMs: NOW_MS + 6000 })).toBe('future-time')
    expect(town.give(DISPATCHER, { ...REPORT, subject: { ...REPORT.subject, lastKnownAtMs: NOW_MS + 6000 } })).toBe(
      'future-time',
    )
  })

  it('takes the same external id of one feed once, and the same id of another feed again', () => {
    const town = world()
    const call = {
      externalId: 'A-1',
      category: 'other' as const,
      priority: 'notice' as const,
      position: HOME,
      place: '',
      occurredAtMs: NOW_MS,
      text: '',
    }
    const from = (feed: string) => {
      const done = decideIncidentReport(town.picture, call, { nowMs: NOW_MS, newId: town.newId, feed })
      if (done.ok) town.apply(done.value)
      return done.ok ? done.value.filter(({ type }) => type === 'incident.reported').length : done.error.code
    }
    expect([from('110'), from('110'), from('119')]).toEqual([1, 0, 1])
    expect(town.picture.incident.size).toBe(2)
  })

  it('takes what a call centre already closed as closed, and refuses one closed before it happened', () => {
    const town = world()
    const past = {
      externalId: 'A-2',
      category: 'traffic' as const,
      priority: 'notice' as const,
      position: HOME,
      place: '',
      occurredAtMs: NOW_MS - 7_200_000,
      text: '',
    }
    const context = { nowMs: NOW_MS, newId: town.newId, feed: '110' }
    const closed = { atMs: NOW_MS - 3_600_000, outcome: '已处置' }
    const done = decideIncidentReport(town.picture, { ...past, closed }, context)
    if (done.ok) town.apply(done.value)
    expect(town.only('incident')).toMatchObject({ state: 'closed', closedAtMs: closed.atMs, outcome: '已处置' })
    const early = { ...past, externalId: 'A-3', closed: { ...closed, atMs: past.occurredAtMs - 1 } }
    expect(decideIncidentReport(town.picture, early, context).ok).toBe(false)
  })
})

describe('sending units', () => {
  it('follows the unit forward, never back, and frees it at closing', () => {
    const town = withUnits()
    town.give(DISPATCHER, REPORT)
    const incidentId = town.only('incident').id
    town.give(DISPATCHER, { type: 'incident.assign', incidentId, unitId: 'u1' })
    expect(town.only('incident').state).toBe('dispatched')
    expect(town.picture.unit.get('u1')).toMatchObject({ status: 'assigned', assignment: { destination: HOME } })
    report(town, 'on-scene')
    report(town, 'acknowledged')
    expect(town.only('incident').state).toBe('on-scene')
    report(town, 'nothing-here')
    expect(town.only('incident').state).toBe('feedback-given')
    town.pass(60_000)
    town.give(DISPATCHER, { type: 'incident.close', incidentId, outcome: '已处理' })
    expect(town.only('incident')).toMatchObject({ state: 'closed', closedAtMs: NOW_MS + 60_000, outcome: '已处理' })
    expect(town.picture.unit.get('u1')).toMatchObject({ status: 'available', assignment: null })
  })

  it('sends nobody who is off duty or busy elsewhere', () => {
    const town = withUnits()
    town.give(DISPATCHER, REPORT)
    const first = town.only('incident').id
    expect(town.give(DISPATCHER, { type: 'incident.assign', incidentId: first, unitId: 'u2' })).toBe('unit-off-duty')
    town.give(DISPATCHER, { type: 'incident.assign', incidentId: first, unitId: 'u1' })
    town.give(DISPATCHER, REPORT)
    const second = town.only('incident').id
    expect(town.give(DISPATCHER, { type: 'incident.assign', incidentId: second, unitId: 'u1' })).toBe('unit-busy')
  })

  it('refuses the report of a unit that is not assigned to the incident', () => {
    const town = withUnits()
    town.give(DISPATCHER, REPORT)
    expect(report(town, 'on-scene')).toMatchObject({ ok: false, error: { code: 'unit-not-assigned' } })
  })

  it('does not let a terminal that knows no assignment undo one', () => {
    const town = withUnits()
    town.give(DISPATCHER, REPORT)
    town.give(DISPATCHER, { type: 'incident.assign', incidentId: town.only('incident').id, unitId: 'u1' })
    expect(decideUnitStatus(town.picture, 'u1', 'available')).toEqual({ ok: true, value: [] })
    expect(decideUnitStatus(town.picture, 'u1', 'en-route')).toMatchObject({
      ok: true,
      value: [{ status: 'en-route' }],
    })
  })
})

describe('closing', () => {
  it('waits for the search to end and for its drones to be down', () => {
    const town = withUnits()
    town.see('main-1')
    town.give(DISPATCHER, REPORT)
    const incidentId = town.only('incident').id
    town.give(COORDINATOR, { type: 'search.open', incidentId, setup: SETUP })
    const close = { type: 'incident.close', incidentId, outcome: '找到' } as const
    expect(town.give(DISPATCHER, close)).toBe('search-open')
    const searchId = town.only('search').id
    town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
    const taskId = town.only('task').id
    town.apply([{ type: 'task.flying', taskId }])
    town.statuses.set('main-1', flyingStatus())
    town.give(COORDINATOR, {
      type: 'search.confirm-found',
      searchId,
      candidateId: null,
      position: at(1, 1),
      outcome: 'well',
    })
    expect(town.give(DISPATCHER, close)).toBe('drones-in-air')
    town.apply([{ type: 'task.done', taskId }])
    expect(town.give(DISPATCHER, close)).not.toBeTypeOf('string')
    expect(town.give(DISPATCHER, close)).toBe('incident-closed')
  })
})
