import type { Incident, IncidentChange, IncidentReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, at, world } from '../test-kit.ts'
import { decideRoster } from '../units/roster.ts'
import { decideAlert, expiredAlerts, type AlertNotice } from './alert.ts'
import { decideNotice } from './notice.ts'

const REPORT: IncidentReport = {
  externalId: 'A-17',
  category: 'traffic',
  priority: 'warning',
  position: HOME,
  place: '定海路口',
  occurredAtMs: NOW_MS - 60_000,
  text: '两车相撞',
}
const ctx = (town: ReturnType<typeof world>) => ({ ...town.ctx(DISPATCHER), feed: 'callcentre' })

function told(town: ReturnType<typeof world>, notice: IncidentReport | IncidentChange): string {
  const decided = decideNotice(town.picture, notice, ctx(town))
  if (!decided.ok) return decided.error.code
  town.apply(decided.value.events)
  return decided.value.outcome
}
const only = (town: ReturnType<typeof world>): Incident => town.only('incident')
function withUnit(town: ReturnType<typeof world>) {
  const unit = { id: 'u1', callSign: '普陀-101', agency: 'a', kind: 'car' as const, skills: [], onDuty: true }
  const roster = decideRoster(town.picture, [unit])
  if (roster.ok) town.apply(roster.value)
  town.give(DISPATCHER, { type: 'incident.assign', incidentId: only(town).id, unitId: 'u1' })
}

describe('what a feed states of an incident', () => {
  it('is new once, changes nothing when it is said again, and updates what is different', () => {
    const town = world()
    expect([told(town, REPORT), told(town, REPORT)]).toEqual(['new', 'same'])
    expect(told(town, { ...REPORT, text: '两车相撞，一人受伤', priority: 'critical' })).toBe('updated')
    expect(only(town)).toMatchObject({
      text: '两车相撞，一人受伤',
      priority: 'critical',
      level: 'emergency',
      place: '定海路口',
    })
    expect(town.log.at(-1)).toMatchObject({ type: 'incident.updated', changes: { priority: 'critical' } })
    expect(Object.keys((town.log.at(-1) as { changes: object }).changes).sort()).toEqual(['level', 'priority', 'text'])
  })
  it('may be only what changed, and then of an incident that the same feed has reported', () => {
    const town = world()
    expect(told(town, { externalId: 'A-17', text: '更正' })).toBe('unknown-incident')
    told(town, REPORT)
    expect(told(town, { externalId: 'A-17', position: at(100, 0) })).toBe('updated')
    expect(only(town)).toMatchObject({ position: at(100, 0), text: '两车相撞' })
    const other = decideNotice(town.picture, { externalId: 'A-17', text: 'x' }, { ...ctx(town), feed: 'other' })
    expect(other).toMatchObject({ ok: false, error: { code: 'unknown-incident' } })
  })
  it('holds by the time of its source, in whatever order it comes', () => {
    const town = world()
    told(town, { ...REPORT, updatedAtMs: NOW_MS - 50_000 })
    expect(told(town, { ...REPORT, text: '三', updatedAtMs: NOW_MS - 10_000 })).toBe('updated')
    expect(told(town, { ...REPORT, text: '二', updatedAtMs: NOW_MS - 30_000 })).toBe('late')
    expect(only(town)).toMatchObject({ text: '三', sourceAtMs: NOW_MS - 10_000 })
    expect(told(town, { ...REPORT, updatedAtMs: NOW_MS + 60_000 })).toBe('future-time')
  })
  it('never describes a missing person, new or later', () => {
    const town = world()
    expect(told(town, { ...REPORT, category: 'missing-person' })).toBe('subject-required')
    told(town, REPORT)
    expect(told(town, { externalId: 'A-17', category: 'missing-person' })).toBe('subject-required')
  })
  it('does not take back what a seat decided about category and level, and still updates the rest', () => {
    const town = world()
    told(town, REPORT)
    town.give(DISPATCHER, {
      type: 'incident.classify',
      incidentId: only(town).id,
      category: 'fire',
      level: 'emergency',
      reason: '车辆起火',
    })
    expect(told(town, { ...REPORT, priority: 'notice', place: '定海路 5 号' })).toBe('updated')
    expect(only(town)).toMatchObject({ category: 'fire', priority: 'critical', place: '定海路 5 号' })
  })
  it('closes what nobody is out for, once, and is not reopened by a repeat', () => {
    const town = world()
    told(town, REPORT)
    const closed = { atMs: NOW_MS - 1000, outcome: '双方和解' }
    expect(told(town, { externalId: 'A-17', closed })).toBe('closed')
    expect(only(town)).toMatchObject({ state: 'closed', outcome: '双方和解' })
    expect([told(town, { ...REPORT, closed }), told(town, REPORT)]).toEqual(['same', 'same'])
    expect(told(town, { ...REPORT, text: '又撞' })).toBe('incident-closed')
  })
  it('tells the dispatcher, and closes nothing, while a unit is out for it', () => {
    const town = world()
    told(town, REPORT)
    withUnit(town)
    const closed = { atMs: NOW_MS - 1000, outcome: '双方和解' }
    expect([told(town, { ...REPORT, closed }), told(town, { ...REPORT, closed })]).toEqual(['updated', 'same'])
    expect(only(town)).toMatchObject({ state: 'dispatched', sourceClosed: { outcome: '双方和解' } })
  })
})

const WARNING: AlertNotice = {
  kind: 'alert',
  message: 'met,W1',
  references: [],
  note: null,
  report: { ...REPORT, category: 'other', text: '海上大风', place: '普陀以东' },
  alert: {
    identifier: 'W1',
    sender: 'met',
    sentMs: NOW_MS - 60_000,
    status: 'Actual',
    urgency: 'Expected',
    severity: 'Severe',
    certainty: 'Likely',
    effectiveMs: null,
    onsetMs: null,
    expiresMs: NOW_MS + 3_600_000,
    area: { polygons: [], circles: [{ centre: HOME, radiusM: 5000 }], codes: [] },
    texts: [
      { language: 'zh-CN', event: '大风', headline: null, description: null, instruction: null, areas: '普陀以东' },
    ],
    signature: 'none',
  },
}
const later = (kind: AlertNotice['kind'], n: number, over: Partial<AlertNotice['alert']> = {}): AlertNotice => ({
  ...WARNING,
  kind,
  message: `met,W${n}`,
  references: ['met,W1'],
  alert: { ...WARNING.alert, identifier: `W${n}`, sentMs: WARNING.alert.sentMs + n * 1000, ...over },
})
function warned(town: ReturnType<typeof world>, notice: AlertNotice): string {
  const decided = decideAlert(town.picture, notice, ctx(town))
  if (!decided.ok) return decided.error.code
  town.apply(decided.value.events)
  return decided.value.outcome
}

describe('a public warning', () => {
  it('is one incident however many messages it has, each taken once', () => {
    const town = world()
    const update = later('update', 2, { severity: 'Extreme' })
    expect([warned(town, WARNING), warned(town, WARNING), warned(town, update), warned(town, update)]).toEqual([
      'new',
      'same',
      'updated',
      'same',
    ])
    expect(only(town)).toMatchObject({
      source: 'callcentre/W1',
      alert: { identifier: 'W2', severity: 'Extreme', messages: ['met,W1', 'met,W2'] },
    })
    expect(warned(town, { ...later('update', 3), references: ['met,W2'] })).toBe('updated')
  })
  it('whose first message was lost is raised by its update, and the first one then changes nothing', () => {
    const town = world()
    expect([warned(town, later('update', 2)), warned(town, WARNING)]).toEqual(['new', 'same'])
    expect(only(town).alert!.identifier).toBe('W2')
  })
  it('that is older than what is known changes nothing', () => {
    const town = world()
    warned(town, WARNING)
    warned(town, later('update', 5))
    expect(warned(town, later('update', 3))).toBe('late')
  })
  it('ends when it is taken back, and a cancel of something unheard is refused', () => {
    const town = world()
    expect(warned(town, later('cancel', 2))).toBe('unknown-reference')
    warned(town, WARNING)
    expect(warned(town, { ...later('cancel', 2), note: '误发' })).toBe('closed')
    expect(only(town)).toMatchObject({ state: 'closed', outcome: 'alert-cancelled: 误发' })
    expect(warned(town, later('cancel', 3))).toBe('same')
  })
  it('ends by itself when it no longer holds, unless somebody is out for it', () => {
    const town = world()
    warned(town, WARNING)
    expect(expiredAlerts(town.picture, NOW_MS)).toEqual([])
    const over = NOW_MS + 3_600_001
    expect(expiredAlerts(town.picture, over).at(-1)).toMatchObject({
      type: 'incident.closed',
      outcome: 'alert-expired',
      as: 'transferred',
    })
    withUnit(town)
    expect(expiredAlerts(town.picture, over)).toEqual([])
    town.give(COORDINATOR, { type: 'incident.close', incidentId: only(town).id, outcome: '解除' })
    expect(expiredAlerts(town.picture, over)).toEqual([])
  })
  it('that comes again after its end is a new incident', () => {
    const town = world()
    warned(town, WARNING)
    warned(town, later('cancel', 2))
    expect(warned(town, { ...later('update', 4), references: ['met,W1'] })).toBe('new')
    expect([...town.picture.incident.values()].map(({ source }) => source)).toEqual(['callcentre/W1', 'callcentre/W4'])
  })
})
