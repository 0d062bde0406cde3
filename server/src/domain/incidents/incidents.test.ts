import { Command, REPORT_PAST_MS } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, SETUP, at, flyingStatus, world } from '../test-kit.ts'
import { decide } from '../decide.ts'
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

  it('refuses times that lie too long ago, of 1970 or of a mistyped year, and names the field', () => {
    const town = world()
    const detail = (over: object) => {
      const done = decide(
        town.picture,
        Command.parse({ ...REPORT, id: crypto.randomUUID(), ...over }),
        town.ctx(DISPATCHER),
      )
      return done.ok ? null : [done.error.code, done.error.detail]
    }
    const oldest = NOW_MS - REPORT_PAST_MS
    const subject = (lastKnownAtMs: number) => ({ subject: { ...REPORT.subject, lastKnownAtMs } })
    expect(detail({ occurredAtMs: 0 })).toEqual(['past-time', 'occurredAtMs: it lies more than 90 days ago'])
    expect(detail({ occurredAtMs: oldest - 1 })?.[0]).toBe('past-time')
    expect(detail({ occurredAtMs: oldest, ...subject(oldest) })).toBeNull()
    expect(detail(subject(oldest - 1))).toEqual(['past-time', 'subject.lastKnownAtMs: it lies more than 90 days ago'])
    expect(detail({ occurredAtMs: NOW_MS + 6000 })).toEqual([
      'future-time',
      'occurredAtMs: it cannot lie in the future',
    ])
    expect(detail({ occurredAtMs: NOW_MS + 5000 })).toBeNull()
  })

  it('takes past years of a call centre, and no time of a clock that is none', () => {
    const town = world()
    const call = { externalId: 'A-1', category: 'other', priority: 'notice', position: HOME, place: '', text: '', closed: { atMs: NOW_MS, outcome: '已处理' } } as const // oxfmt-ignore
    const told = (over: object) => {
      const done = decideIncidentReport(town.picture, { ...call, occurredAtMs: NOW_MS, ...over }, { ...town.ctx(DISPATCHER), feed: 'calls' }) // oxfmt-ignore
      return done.ok ? null : `${done.error.code} ${done.error.detail}`
    }
    expect(told({ occurredAtMs: NOW_MS - 3 * REPORT_PAST_MS })).toBeNull()
    expect(told({ occurredAtMs: 0 })).toMatch(/^past-time occurredAtMs:/)
    expect(told({ updatedAtMs: 1 })).toMatch(/^past-time updatedAtMs:/)
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
      value: [{ status: 'en-route' }, { type: 'incident.state-changed', state: 'en-route' }],
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

describe('what a unit says by radio', () => {
  const sent = (category: 'traffic' | 'missing-person' = 'traffic') => {
    const town = withUnits()
    town.give(DISPATCHER, category === 'traffic' ? { ...REPORT, category, subject: null } : REPORT)
    const incidentId = town.only('incident').id
    town.give(DISPATCHER, { type: 'incident.offer', incidentId, unitIds: ['u1'] })
    const hear = (kind: 'en-route' | 'on-scene' | 'feedback', text?: string, unitId = 'u1') =>
      town.give(DISPATCHER, {
        type: 'incident.enter-report',
        incidentId,
        unitId,
        kind,
        ...(text === undefined ? {} : { text }),
      })
    return { town, incidentId, hear }
  }

  it('walks an incident from the order to its end at a desk, and each step keeps its time', () => {
    const { town, incidentId, hear } = sent()
    town.pass(10_000)
    town.give(DISPATCHER, { type: 'incident.answer-offer', incidentId, unitId: 'u1', answer: 'accepted', reason: '' })
    town.pass(60_000)
    hear('en-route')
    expect(town.picture.unit.get('u1')!.status).toBe('en-route')
    town.pass(300_000)
    hear('on-scene')
    expect(town.picture.unit.get('u1')!.status).toBe('on-scene')
    town.pass(600_000)
    hear('feedback', '两车追尾，无人受伤')
    town.give(DISPATCHER, { type: 'incident.close', incidentId, outcome: '已处理' })
    expect(town.only('incident').times).toEqual({
      dispatched: NOW_MS,
      acknowledged: NOW_MS + 10_000,
      'en-route': NOW_MS + 70_000,
      'on-scene': NOW_MS + 370_000,
      'feedback-given': NOW_MS + 970_000,
      closed: NOW_MS + 970_000,
    })
  })

  it('stands on record as heard by radio, with its words', () => {
    const { town, hear } = sent()
    hear('feedback', '两车追尾')
    expect(town.log.findLast(({ type }) => type === 'unit.reported')).toMatchObject({
      byRadio: true,
      report: { unitId: 'u1', kind: 'feedback', text: '两车追尾' },
    })
  })

  it('answers a standing offer when the unit has set off', () => {
    const { town, hear } = sent()
    hear('en-route')
    expect(town.only('incident').offers).toMatchObject([{ unitId: 'u1', state: 'accepted' }])
  })

  it('is no feedback without words, and nothing of a unit that is elsewhere', () => {
    const { town, hear } = sent()
    expect(hear('feedback')).toBe('text-required')
    expect(hear('feedback', ' ')).toBe('text-required')
    expect(hear('on-scene', undefined, 'u2')).toBe('unit-not-assigned')
    expect(town.only('incident').state).toBe('dispatched')
  })

  it('leaves where the unit is to what was said: feedback alone puts nobody on scene', () => {
    const { town, hear } = sent()
    hear('feedback', '道路不通，掉头')
    expect(town.picture.unit.get('u1')!.status).toBe('assigned')
  })

  it('answers a roll-call as a radio answer, and is no message of the unit', () => {
    const { town, incidentId, hear } = sent('missing-person')
    town.apply([
      {
        type: 'room.joined',
        incidentId,
        key: 'unit:u1',
        kind: 'unit',
        name: '普陀-101',
        rule: null,
        untilMs: null,
        mayWrite: true,
        adviser: null,
      },
    ])
    town.give(DISPATCHER, { type: 'room.call-roll', incidentId, withinS: 60 })
    hear('feedback', '已到山口')
    expect(town.picture.room.get(incidentId)!.rollCall!.answers['unit:u1']).toMatchObject({
      byRadio: true,
      by: { name: DISPATCHER.name },
    })
    expect(town.picture.room.get(incidentId)!.lastNumber).toBe(0)
  })
})

describe('a person located', () => {
  const located = (category: 'traffic' | 'person-in-water') => {
    const town = withUnits()
    town.give(DISPATCHER, { ...REPORT, category, subject: null })
    const incidentId = town.only('incident').id
    town.give(DISPATCHER, { type: 'incident.assign', incidentId, unitId: 'u1' })
    const report = { unitId: 'u1', incidentId, atMs: NOW_MS, kind: 'person-located' as const }
    const done = decideUnitReport(town.picture, report, town.ctx(COORDINATOR))
    return done.ok ? done.value.map(({ type }) => type) : done.error.code
  }
  it('is said where somebody is looked for, and raises nothing at a traffic accident', () => {
    expect(located('person-in-water')).toContain('alarm.raised')
    expect(located('traffic')).toBe('not-a-search')
  })
})
