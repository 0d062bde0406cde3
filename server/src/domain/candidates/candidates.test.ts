import { describe, expect, it } from 'vitest'
import type { MapsPort, RelookRequest } from '../context.ts'
import {
  COORDINATOR,
  DISPATCHER,
  HOME,
  NOW_MS,
  REPORT,
  SETUP,
  at,
  flyingStatus,
  squareMaps,
  world,
} from '../test-kit.ts'
import { decideRoster } from '../units/roster.ts'
import { decideUnitReport } from '../units/report.ts'

function scene(maps = squareMaps()) {
  const town = world(maps)
  town.see('main-1')
  const roster = decideRoster(
    town.picture,
    ['u1', 'u2'].map((id) => ({ id, callSign: id, agency: '应急', kind: 'foot' as const, skills: [], onDuty: true })),
  )
  if (roster.ok) town.apply(roster.value)
  town.give(DISPATCHER, REPORT)
  const incidentId = town.only('incident').id
  town.give(COORDINATOR, { type: 'search.open', incidentId, setup: SETUP })
  const searchId = town.only('search').id
  const raise = (id: string, eastM: number): void =>
    town.apply([
      {
        type: 'candidate.raised',
        candidate: {
          id,
          number: town.picture.candidate.size + 1,
          searchId,
          incidentId,
          state: 'open',
          position: at(eastM, 200),
          errorRadiusM: 8,
          firstSeenAtMs: NOW_MS,
          lastSeenAtMs: NOW_MS,
          looks: 3,
          opportunities: 4,
          maxC: 31,
          contrastSd: 9,
          likelihoodRatio: 30,
          passes: 1,
          taskId: null,
          unitId: null,
          reason: null,
        },
      },
    ])
  raise('c1', 0)
  raise('c2', 300)
  const send = (candidateId: string, unitId = 'u1') =>
    town.give(COORDINATOR, { type: 'candidate.send-team', candidateId, unitId })
  const report = (kind: 'nothing-here' | 'person-located', unitId = 'u1', position = at(0, 200)) => {
    const decided = decideUnitReport(
      town.picture,
      { unitId, incidentId, atMs: NOW_MS, kind, position },
      town.ctx(COORDINATOR),
    )
    if (decided.ok) town.apply(decided.value)
    return decided.ok ? decided.value.map(({ type }) => type) : decided.error.code
  }
  const state = (id: string) => town.picture.candidate.get(id)?.state
  return { town, send, report, state, incidentId, searchId }
}

describe('a candidate', () => {
  it('to which a team was sent is settled by that team, and by nobody else', () => {
    const { town, send, report, state, incidentId } = scene()
    send('c1')
    expect(state('c1')).toBe('team-sent')
    town.give(DISPATCHER, { type: 'incident.assign', incidentId, unitId: 'u2' })
    report('nothing-here', 'u2')
    expect(state('c1')).toBe('team-sent')
    report('nothing-here', 'u1')
    expect(state('c1')).toBe('nothing-there')
  })

  it('waits for the coordinator again when its team is sent on or released', () => {
    const { town, send, state, incidentId } = scene()
    send('c1')
    send('c2')
    expect([state('c1'), state('c2')]).toEqual(['open', 'team-sent'])
    town.give(DISPATCHER, { type: 'incident.release', incidentId, unitId: 'u1' })
    expect(state('c2')).toBe('open')
  })

  it('stays as it is when a unit says that the person is there: the coordinator confirms', () => {
    const { town, send, report, state } = scene()
    send('c1')
    expect(report('person-located')).toEqual(['unit.reported', 'incident.state-changed', 'alarm.raised'])
    expect(state('c1')).toBe('team-sent')
    expect(town.only('alarm')).toMatchObject({ kind: 'person-located', subject: { kind: 'candidate', id: 'c1' } })
    expect(report('person-located')).toEqual(['unit.reported'])
  })

  it('is the one meant when a unit of the incident stands by it', () => {
    const { town, report, incidentId } = scene()
    town.give(DISPATCHER, { type: 'incident.assign', incidentId, unitId: 'u2' })
    report('person-located', 'u2', at(310, 200))
    expect(town.only('alarm').subject).toEqual({ kind: 'candidate', id: 'c2' })
  })

  it('keeps what was decided about it when later looks add to it', () => {
    const { town, state } = scene()
    town.give(COORDINATOR, { type: 'candidate.dismiss', candidateId: 'c1', reason: '石头' })
    const known = town.picture.candidate.get('c1')!
    town.apply([
      { type: 'candidate.strengthened', candidate: { ...known, state: 'open', looks: 9, reason: null }, reading: null },
    ])
    expect(state('c1')).toBe('dismissed')
    expect(town.picture.candidate.get('c1')).toMatchObject({ looks: 9, reason: '石头' })
  })

  it('gets no second look from a drone whose place nobody knows', () => {
    const { town } = scene()
    town.statuses.delete('main-1')
    expect(town.give(COORDINATOR, { type: 'candidate.look-again', candidateId: 'c1', droneId: 'main-1' })).toBe(
      'drone-position-unknown',
    )
  })

  it('is looked at again by a drone in the air from where it is, with the battery that is left, and never on a guess', () => {
    const asked: RelookRequest[] = []
    const maps: MapsPort = { ...squareMaps(), relook: (request) => (asked.push(request), squareMaps().relook(request)) }
    const { town } = scene(maps)
    const look = (over: object) => {
      town.statuses.set('main-1', flyingStatus('main-1', over))
      return town.give(COORDINATOR, { type: 'candidate.look-again', candidateId: 'c1', droneId: 'main-1' })
    }
    const wind = { fromDeg: 90, speedMps: 5 }
    look({ wind, battery: { remainingShare: null, voltageV: 22, remainingS: 700 } })
    expect(asked).toMatchObject([
      { drone: { startLngLat: at(0, 300), landLngLat: HOME, enduranceS: 700, reserveS: 300 }, wind },
    ])
    expect(look({ battery: { remainingShare: null, voltageV: 22, remainingS: null } })).toBe('drone-battery-unknown')
    expect(look({ battery: null })).toBe('drone-battery-unknown')
    expect(look({ position: null })).toBe('drone-position-unknown')
    expect(asked).toHaveLength(1)
  })

  it('whose look cannot be offered yet leaves a draft that says why', () => {
    const { town, state } = scene()
    town.give(COORDINATOR, { type: 'candidate.look-again', candidateId: 'c1', droneId: 'main-1' })
    expect(town.only('task')).toMatchObject({ state: 'drafted', blockers: ['no-highest-ground'], kind: 'look-again' })
    expect(state('c1')).toBe('looking-again')
    town.give(COORDINATOR, { type: 'task.withdraw', taskId: town.only('task').id, reason: '不飞了' })
    expect(state('c1')).toBe('open')
  })
})
