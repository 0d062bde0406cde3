import { describe, expect, it } from 'vitest'
import { DISPATCHER, NOW_MS, REPORT, world } from '../test-kit.ts'
import { decideUnitReport } from '../units/report.ts'
import { decideRoster, decideUnitStatus } from '../units/roster.ts'
import { createOverdueWatch } from '../../alarms/overdue.ts'
import { ANSWER_MS } from './offer.ts'
import { isUnsigned, unsignedOrders } from './unsigned.ts'

const SIGN_MS = ANSWER_MS.critical

function town() {
  const t = world()
  const roster = decideRoster(t.picture, [
    { id: 'u1', callSign: '普陀-101', agency: 'x', kind: 'car', skills: [], onDuty: true },
    { id: 'u2', callSign: '普陀-102', agency: 'x', kind: 'car', skills: [], onDuty: true },
  ])
  if (roster.ok) t.apply(roster.value)
  t.give(DISPATCHER, { ...REPORT, category: 'fire', subject: null })
  const incidentId = t.only('incident').id
  return {
    ...t,
    incidentId,
    order: (unitId = 'u1') => t.give(DISPATCHER, { type: 'incident.assign', incidentId, unitId }),
    hear: (kind: 'acknowledged' | 'en-route', unitId = 'u1') =>
      t.give(DISPATCHER, { type: 'incident.enter-report', incidentId, unitId, kind }),
    says: (kind: 'acknowledged' | 'text') => {
      const report = { unitId: 'u1', incidentId, atMs: t.nowMs(), kind, text: '收到没有' }
      const done = decideUnitReport(t.picture, report, t.ctx(DISPATCHER))
      if (done.ok) t.apply(done.value)
    },
    tick: () => t.apply(unsignedOrders(t.picture, t.ctx(DISPATCHER))),
    standing: () =>
      [...t.picture.alarm.values()].filter(({ clearedAtMs }) => clearedAtMs === null).map(({ kind, key }) => `${kind} ${key}`), // oxfmt-ignore
    unit: () => t.picture.unit.get('u1')!,
  }
}

describe('a unit that was ordered', () => {
  it('has a time to sign from its order, and an alarm names it when that is over', () => {
    const t = town()
    t.pass(5000)
    t.order()
    expect(t.unit().assignment).toMatchObject({ orderedAtMs: NOW_MS + 5000, signByMs: NOW_MS + 5000 + SIGN_MS })
    t.pass(SIGN_MS)
    t.tick()
    expect(t.standing()).toEqual([])
    expect(isUnsigned(t.unit(), t.nowMs())).toBe(false)
    t.pass(1)
    t.tick()
    expect(isUnsigned(t.unit(), t.nowMs())).toBe(true)
    expect(t.only('alarm')).toMatchObject({
      kind: 'order-unsigned',
      priority: 'critical',
      incidentId: t.incidentId,
      detail: '普陀-101 · #1 普陀山后山',
    })
    t.tick()
    expect(t.log.filter(({ type }) => type === 'alarm.raised')).toHaveLength(1)
    expect(t.only('incident').unitIds).toEqual(['u1']) // the order stands: a person decides
  })
  it.each([
    ['signs by its terminal', (t: ReturnType<typeof town>) => t.says('acknowledged')],
    ['signs by radio', (t: ReturnType<typeof town>) => t.hear('acknowledged')],
    ['sets off', (t: ReturnType<typeof town>) => t.hear('en-route')],
    [
      'sets off by the status of its terminal',
      (t: ReturnType<typeof town>) => {
        const done = decideUnitStatus(t.picture, 'u1', 'en-route')
        if (done.ok) t.apply(done.value)
      },
    ],
    [
      'is released',
      (t: ReturnType<typeof town>) =>
        void t.give(DISPATCHER, { type: 'incident.release', incidentId: t.incidentId, unitId: 'u1' }),
    ],
  ])('is late no longer when it %s', (_, act) => {
    const t = town()
    t.order()
    t.pass(SIGN_MS + 1)
    t.tick()
    expect(t.standing()).toEqual(['order-unsigned u1'])
    act(t)
    t.tick()
    expect(t.standing()).toEqual([])
    expect(isUnsigned(t.unit(), t.nowMs())).toBe(false)
  })
  it('has not signed by words that are no step', () => {
    const t = town()
    t.order()
    t.says('text')
    t.pass(SIGN_MS + 1)
    t.tick()
    expect(t.standing()).toEqual(['order-unsigned u1'])
  })
  it('is one alarm each, and all are over with the incident', () => {
    const t = town()
    t.order('u1')
    t.order('u2')
    t.pass(SIGN_MS + 1)
    t.tick()
    expect(t.standing()).toEqual(['order-unsigned u1', 'order-unsigned u2'])
    t.give(DISPATCHER, { type: 'incident.close', incidentId: t.incidentId, outcome: '误报' })
    expect(t.standing()).toEqual([])
  })
  it('signed by radio moves the incident on, and its signature can be taken back: then it is to sign again', () => {
    const t = town()
    t.order()
    t.pass(10_000)
    t.hear('acknowledged')
    expect(t.only('incident')).toMatchObject({ state: 'acknowledged', times: { acknowledged: NOW_MS + 10_000 } })
    const step = { step: 'acknowledged', atMs: NOW_MS + 10_000, reason: '误录' } as const
    t.pass(10_000)
    t.give(DISPATCHER, { type: 'incident.withdraw-step', incidentId: t.incidentId, unitId: 'u1', ...step })
    expect(t.only('incident').state).toBe('dispatched')
    expect(t.unit().assignment).toMatchObject({ signByMs: NOW_MS + 20_000 + SIGN_MS })
    expect(t.unit().assignment).not.toHaveProperty('answerByMs')
  })
})

it('a unit that was asked and not ordered has its offer, and no alarm of this kind', () => {
  const t = town()
  t.give(DISPATCHER, { type: 'incident.offer', incidentId: t.incidentId, unitIds: ['u1'] })
  t.pass(SIGN_MS + 1)
  t.tick()
  expect(t.standing()).toEqual([])
})

it('an order that nobody signed for explains an incident that stays dispatched', () => {
  const t = town()
  const watch = createOverdueWatch()
  t.order()
  for (const event of t.log) watch.follow({ event, atMs: NOW_MS })
  t.pass(SIGN_MS + 1)
  t.tick()
  t.pass(2 * SIGN_MS)
  t.apply(watch.due(t.picture, t.ctx(DISPATCHER)))
  const overdue = [...t.picture.alarm.values()].find(({ kind }) => kind === 'overdue')
  expect(overdue).toMatchObject({ suppressedBy: [...t.picture.alarm.values()][0]!.id })
})
