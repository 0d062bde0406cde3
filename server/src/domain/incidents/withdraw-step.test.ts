import { WITHDRAW_STEP_MS, type Seat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createOverdueWatch } from '../../alarms/overdue.ts'
import { stepTimes } from '../../kpis/step-times.ts'
import { evolve } from '../../picture/evolve.ts'
import { applyChanges, createPicture } from '../../picture/picture.ts'
import { DISPATCHER, NOW_MS, REPORT, world } from '../test-kit.ts'
import { decideUnitReport } from '../units/report.ts'
import { decideRoster, decideUnitStatus } from '../units/roster.ts'
import { ANSWER_MS } from './offer.ts'

const OTHER: Seat = { id: 'seat-e', role: 'dispatcher', name: '另一席' }
const MIN = 60_000

/** An incident with two units asked for it, and a desk that enters what they say and takes it back. */
function town() {
  const t = world()
  const units = ['u1', 'u2'].map((id) => ({ id, callSign: id, agency: 'x', kind: 'car' as const, skills: [], onDuty: true })) // oxfmt-ignore
  const roster = decideRoster(t.picture, units)
  if (roster.ok) t.apply(roster.value)
  t.give(DISPATCHER, { ...REPORT, category: 'fire', subject: null })
  const incidentId = t.only('incident').id
  t.give(DISPATCHER, { type: 'incident.offer', incidentId, unitIds: ['u1', 'u2'] })
  const last = (unitId: string) => t.only('incident').steps?.findLast((s) => s.unitId === unitId && !s.withdrawn)
  return {
    ...t,
    incidentId,
    sign: (unitId = 'u1') =>
      t.give(DISPATCHER, { type: 'incident.answer-offer', incidentId, unitId, answer: 'accepted', reason: '' }),
    hear: (kind: 'en-route' | 'on-scene' | 'feedback', unitId = 'u1') =>
      t.give(DISPATCHER, { type: 'incident.enter-report', incidentId, unitId, kind, text: '说了' }),
    says: (kind: 'acknowledged' | 'en-route' | 'on-scene', unitId = 'u1') => {
      const done = decideUnitReport(t.picture, { unitId, incidentId, atMs: t.nowMs(), kind }, t.ctx(DISPATCHER))
      if (done.ok) t.apply(done.value)
    },
    terminal: (status: 'en-route' | 'on-scene', unitId = 'u1') => {
      const done = decideUnitStatus(t.picture, unitId, status)
      if (done.ok) t.apply(done.value)
    },
    takeBack: (unitId = 'u1', over: object = {}) => {
      const { state: step, atMs } = last(unitId) ?? { state: 'en-route' as const, atMs: t.nowMs() }
      const reason = '按错了'
      return t.give(OTHER, { type: 'incident.withdraw-step', incidentId, unitId, step, atMs, reason, ...over })
    },
    state: () => t.only('incident').state,
    times: () => t.only('incident').times,
    unit: (id = 'u1') => t.picture.unit.get(id)!,
  }
}

describe('a step that a desk entered by mistake', () => {
  it('is taken back: state, clocks and the unit are as they were, and it stays on record with who and why', () => {
    const t = town()
    t.sign()
    t.pass(MIN)
    t.hear('en-route')
    t.pass(MIN)
    const before = { state: t.state(), times: t.times() }
    t.hear('on-scene')
    t.pass(MIN)
    t.takeBack()
    expect({ state: t.state(), times: t.times() }).toEqual(before)
    expect(t.unit().status).toBe('en-route')
    expect(t.only('incident').steps!.at(-1)).toEqual({
      unitId: 'u1',
      state: 'on-scene',
      atMs: NOW_MS + 2 * MIN,
      byRadio: true,
      withdrawn: { atMs: NOW_MS + 3 * MIN, by: '另一席', reason: '按错了' },
    })
    expect(t.log.filter(({ type }) => type === 'unit.reported')).toHaveLength(2) // nothing is deleted
  })

  it('may then be entered when it is true, with its true time', () => {
    const t = town()
    t.hear('on-scene')
    t.pass(MIN)
    t.takeBack()
    t.pass(MIN)
    t.hear('on-scene')
    expect([t.state(), t.times()!['on-scene'], t.unit().status]).toEqual(['on-scene', NOW_MS + 2 * MIN, 'on-scene'])
  })

  it('is counted in no figure', () => {
    const t = town()
    t.sign()
    t.pass(MIN)
    t.hear('on-scene')
    const arrived = () => stepTimes([t.only('incident')]).find(({ step }) => step === 'arrive')!
    expect(arrived()).toMatchObject({ seconds: { n: 1 }, running: 0 })
    t.takeBack()
    expect(arrived()).toMatchObject({ seconds: { n: 0 }, running: 1, unknown: 0 })
  })

  it('leaves the time of another unit that is really there: that one counts from then on', () => {
    const t = town()
    t.hear('on-scene', 'u1')
    t.pass(MIN)
    t.says('en-route', 'u2')
    t.pass(MIN)
    t.says('on-scene', 'u2')
    t.takeBack('u1')
    expect(t.state()).toBe('on-scene')
    expect(t.times()).toEqual({ dispatched: NOW_MS, 'en-route': NOW_MS + MIN, 'on-scene': NOW_MS + 2 * MIN })
  })

  it('is each step in turn, the newest first, down to the order', () => {
    const t = town()
    t.sign()
    for (const kind of ['en-route', 'on-scene', 'feedback'] as const) {
      t.pass(1000)
      t.hear(kind)
    }
    const states = [t.state()]
    for (let i = 0; i < 4; i++) {
      t.takeBack()
      states.push(t.state())
    }
    expect(states).toEqual(['feedback-given', 'on-scene', 'en-route', 'acknowledged', 'dispatched'])
    expect(t.takeBack()).toBe('no-step')
  })

  it('opens the offer again that it had answered, with a time to answer from now', () => {
    for (const enter of ['sign', 'hear'] as const) {
      const t = town()
      t.pass(10_000)
      if (enter === 'sign') t.sign()
      else t.hear('en-route') // whoever sets off has said yes, and so has not
      t.pass(2 * MIN)
      t.takeBack()
      const answerByMs = NOW_MS + 10_000 + 2 * MIN + ANSWER_MS.critical
      expect(t.only('incident').offers).toMatchObject([{ unitId: 'u1', state: 'open', answeredAtMs: null, answerByMs }, { unitId: 'u2' }]) // oxfmt-ignore
      expect(t.unit()).toMatchObject({ status: 'assigned', assignment: { answerByMs } })
      expect(t.only('incident').unitIds).toContain('u1')
    }
  })

  it('leaves a yes alone that was given before it', () => {
    const t = town()
    t.says('acknowledged')
    t.hear('en-route')
    t.takeBack()
    expect(t.only('incident').offers![0]).toMatchObject({ state: 'accepted' })
    expect(t.state()).toBe('acknowledged')
  })

  it('lets an incident be overdue again from when it was dispatched', () => {
    const t = town()
    const watch = createOverdueWatch()
    const follow = (from: number) => t.log.slice(from).forEach((event) => watch.follow({ event, atMs: t.nowMs() }))
    follow(0)
    t.pass(MIN)
    const from = t.log.length
    t.sign()
    follow(from)
    t.pass(2 * MIN)
    expect(watch.due(t.picture, t.ctx(DISPATCHER))).toEqual([])
    const then = t.log.length
    t.takeBack()
    follow(then)
    expect(watch.due(t.picture, t.ctx(DISPATCHER))).toMatchObject([{ type: 'alarm.raised', alarm: { kind: 'overdue', key: 'dispatched' } }]) // oxfmt-ignore
  })
})

describe('a step is not taken back', () => {
  it('that the unit said itself, by a report or by the status of its terminal, also after the desk had entered it', () => {
    const own = town()
    own.says('on-scene')
    expect(own.takeBack()).toBe('step-said-by-unit')
    const confirmed = town()
    confirmed.hear('on-scene')
    confirmed.pass(1000)
    confirmed.says('on-scene')
    expect(confirmed.takeBack()).toBe('step-said-by-unit')
    const terminal = town()
    terminal.hear('en-route')
    terminal.pass(1000)
    terminal.terminal('on-scene')
    expect(terminal.takeBack()).toBe('step-said-by-unit')
    expect(terminal.state()).toBe('on-scene')
  })
  it('after its time', () => {
    const t = town()
    t.hear('on-scene')
    t.pass(WITHDRAW_STEP_MS)
    expect(t.takeBack('u1', { step: 'en-route' })).toBe('step-changed')
    t.pass(1)
    expect(t.takeBack()).toBe('step-too-old')
    expect(t.state()).toBe('on-scene')
  })
  it('once the incident is closed, or the unit is no longer on it', () => {
    const t = town()
    t.hear('on-scene')
    t.give(DISPATCHER, { type: 'incident.release', incidentId: t.incidentId, unitId: 'u1' })
    expect(t.takeBack()).toBe('unit-not-assigned')
    t.hear('on-scene', 'u2')
    t.give(DISPATCHER, { type: 'incident.close', incidentId: t.incidentId, outcome: '已处理' })
    expect(t.takeBack('u2')).toBe('incident-closed')
  })
  it('that was not the one that was meant: another came in between', () => {
    const t = town()
    t.hear('en-route')
    const meant = { step: 'en-route', atMs: t.nowMs() }
    t.pass(1000)
    t.hear('on-scene')
    expect(t.takeBack('u1', meant)).toBe('step-changed')
    expect(t.takeBack('u1', { atMs: NOW_MS })).toBe('step-changed')
  })
  it('of an earlier order: what was said then is not about the new one', () => {
    const t = town()
    t.hear('on-scene')
    t.pass(1000)
    t.give(DISPATCHER, { type: 'incident.release', incidentId: t.incidentId, unitId: 'u1' })
    t.pass(1000)
    t.give(DISPATCHER, { type: 'incident.assign', incidentId: t.incidentId, unitId: 'u1' })
    expect(t.takeBack()).toBe('no-step')
  })
})

it('a replay of the journal gives the same picture, and an older journal whose steps carry no mark keeps its times', () => {
  const t = town()
  const from = t.log.length
  t.hear('on-scene')
  t.takeBack()
  const replayed = createPicture()
  for (const event of t.log) applyChanges(replayed, evolve(replayed, { event, atMs: NOW_MS }))
  expect(replayed.incident).toEqual(t.picture.incident)
  expect(replayed.unit).toEqual(t.picture.unit)

  // Journals from before steps were kept do not say which answer was entered at a desk.
  const old = town()
  old.apply([
    { type: 'incident.offer-answered', incidentId: old.incidentId, unitId: 'u1', answer: 'accepted', reason: null },
    { type: 'incident.state-changed', incidentId: old.incidentId, state: 'acknowledged' },
  ])
  old.pass(1000)
  old.hear('on-scene')
  old.takeBack()
  expect([old.state(), old.times()!.acknowledged]).toEqual(['acknowledged', NOW_MS])
  expect(t.log.slice(from).map(({ type }) => type)).toContain('incident.step-withdrawn')
})
