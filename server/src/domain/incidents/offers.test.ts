import { describe, expect, it } from 'vitest'
import { DISPATCHER, NOW_MS, REPORT, at, world } from '../test-kit.ts'
import { decideUnitReport } from '../units/report.ts'
import { decideRoster, decideUnitStatus } from '../units/roster.ts'
import { ANSWER_MS } from './offer.ts'
import { lostUnits } from './lost.ts'
import { expiredOffers, reoffers } from './reoffer.ts'

const UNITS = ['u1', 'u2', 'u3', 'u4', 'u5'].map((id) => ({
  id,
  callSign: id.toUpperCase(),
  agency: '公安',
  kind: 'car' as const,
  skills: [],
  onDuty: true,
}))
const FIRE = { ...REPORT, category: 'fire', subject: null } as const

function town(proposed: readonly string[] | null = UNITS.map(({ id }) => id)) {
  const t = world()
  const roster = decideRoster(t.picture, UNITS)
  if (roster.ok) t.apply(roster.value)
  t.give(DISPATCHER, FIRE)
  const incidentId = t.only('incident').id
  const ctx = () => ({
    nowMs: t.nowMs(),
    newId: t.newId,
    etaOf: () => ({ etaS: 300, boatIds: [] }),
    // As the recommendation does it: whoever said no is not proposed again, and whoever is busy is not either.
    proposedFor: () =>
      proposed?.filter(
        (id) =>
          t.picture.unit.get(id)!.assignment === null &&
          !t.only('incident').offers?.some((o) => o.unitId === id && o.state !== 'open'),
      ) ?? null,
  })
  return {
    ...t,
    incidentId,
    offer: (...unitIds: string[]) => t.give(DISPATCHER, { type: 'incident.offer', incidentId, unitIds }),
    says: (unitId: string, kind: 'acknowledged' | 'declined' | 'en-route' | 'on-scene', text?: string) => {
      const report = { unitId, incidentId, atMs: t.nowMs(), kind, ...(text === undefined ? {} : { text }) }
      const done = decideUnitReport(t.picture, report, t.ctx(DISPATCHER))
      if (done.ok) t.apply(done.value)
      return done.ok ? 'taken' : done.error.code
    },
    goesOffDuty: (unitId: string) => {
      const done = decideRoster(t.picture, [{ ...UNITS.find(({ id }) => id === unitId)!, onDuty: false }])
      if (done.ok) t.apply(done.value)
    },
    tick: () => {
      t.apply(lostUnits(t.picture, ctx()))
      t.apply(expiredOffers(t.picture, t.nowMs()))
      t.apply(reoffers(t.picture, ctx()))
    },
    offers: () =>
      (t.only('incident').offers ?? []).map(({ unitId, state, chosenBy }) => `${unitId} ${state} ${chosenBy}`),
  }
}

describe('an offer', () => {
  it('is asked, and accepted: from then the incident is signed for', () => {
    const t = town()
    t.offer('u1')
    expect(t.only('incident')).toMatchObject({ state: 'dispatched', unitIds: ['u1'] })
    expect(t.picture.unit.get('u1')!.assignment?.answerByMs).toBe(NOW_MS + ANSWER_MS.critical)
    t.pass(12_000)
    t.says('u1', 'acknowledged')
    expect(t.offers()).toEqual(['u1 accepted seat'])
    expect(t.only('incident')).toMatchObject({
      state: 'acknowledged',
      times: { dispatched: NOW_MS, acknowledged: NOW_MS + 12_000 },
    })
    expect(t.picture.unit.get('u1')!.assignment?.answerByMs).toBeUndefined()
  })
  it('counts as accepted when the unit simply goes', () => {
    const t = town()
    t.offer('u1')
    t.says('u1', 'en-route')
    expect(t.offers()).toEqual(['u1 accepted seat'])
    expect(t.only('incident').times).toEqual({ dispatched: NOW_MS, 'en-route': NOW_MS }) // signing for it was passed over, not invented
  })
  it('counts as accepted when the status that the terminal sends with its position says so, and the incident follows', () => {
    const t = town()
    t.offer('u1')
    const sends = (status: 'en-route' | 'on-scene', repeated = false) => {
      const done = decideUnitStatus(t.picture, 'u1', status, repeated)
      if (done.ok) t.apply(done.value)
    }
    t.pass(20_000)
    sends('en-route')
    expect(t.offers()).toEqual(['u1 accepted seat'])
    expect(t.only('incident')).toMatchObject({ state: 'en-route', times: { 'en-route': NOW_MS + 20_000 } })
    t.pass(ANSWER_MS.critical)
    sends('on-scene')
    t.tick()
    expect(t.offers()).toEqual(['u1 accepted seat'])
    expect(t.only('incident').state).toBe('on-scene')
    expect(t.picture.unit.get('u1')).toMatchObject({ status: 'on-scene', assignment: { incidentId: t.incidentId } })
  })
  it('is not answered by a status that the terminal sent before and goes on sending', () => {
    const t = town()
    t.offer('u1')
    expect(decideUnitStatus(t.picture, 'u1', 'on-scene', true)).toEqual({ ok: true, value: [] })
  })
  it('that is declined frees the unit and asks the next one by rule, with the reason on record', () => {
    const t = town()
    t.offer('u1')
    t.says('u1', 'declined', '车辆故障')
    expect(t.picture.unit.get('u1')).toMatchObject({ status: 'available', assignment: null })
    t.tick()
    expect(t.offers()).toEqual(['u1 declined seat', 'u2 open rule'])
    expect(t.only('incident').offers![0]!.reason).toBe('车辆故障')
    t.tick()
    expect(t.offers()).toHaveLength(2) // once
  })
  it('that nobody answers expires, and not a moment before', () => {
    const t = town()
    t.offer('u1')
    t.pass(ANSWER_MS.critical)
    t.tick()
    expect(t.offers()).toEqual(['u1 open seat'])
    t.pass(1)
    t.tick()
    expect(t.offers()).toEqual(['u1 expired seat', 'u2 open rule'])
  })
  it('answered by radio is the dispatcher’s to enter, once', () => {
    const t = town()
    t.offer('u1', 'u2')
    const answer = { type: 'incident.answer-offer', incidentId: t.incidentId, reason: '' } as const
    t.give(DISPATCHER, { ...answer, unitId: 'u2', answer: 'declined' })
    t.give(DISPATCHER, { ...answer, unitId: 'u1', answer: 'accepted' })
    expect(t.offers()).toEqual(['u1 accepted seat', 'u2 declined seat'])
    expect(t.give(DISPATCHER, { ...answer, unitId: 'u1', answer: 'declined' })).toBe('no-offer-open')
  })
  it('cannot be declined by a unit that was ordered', () => {
    const t = town()
    t.give(DISPATCHER, { type: 'incident.assign', incidentId: t.incidentId, unitId: 'u1' })
    expect(t.says('u1', 'declined')).toBe('no-offer-open')
  })
  it('goes to nobody who is busy, and is harmless to those who have it', () => {
    const t = town()
    t.offer('u1')
    expect(t.offer('u1')).toEqual([])
    t.give(DISPATCHER, FIRE)
    const other = t.only('incident').id
    expect(t.give(DISPATCHER, { type: 'incident.offer', incidentId: other, unitIds: ['u1'] })).toBe('unit-busy')
  })
  it('that is called back is withdrawn and replaces nobody', () => {
    const t = town()
    t.offer('u1')
    t.give(DISPATCHER, { type: 'incident.release', incidentId: t.incidentId, unitId: 'u1' })
    t.tick()
    expect(t.offers()).toEqual(['u1 withdrawn seat'])
  })
})

describe('when the rule has no more idea', () => {
  const decline = (t: ReturnType<typeof town>) => {
    const open = t.only('incident').offers!.find(({ state }) => state === 'open')!
    t.pass(1000)
    t.says(open.unitId, 'declined')
    t.tick()
  }
  const alarms = (t: ReturnType<typeof town>) =>
    [...t.picture.alarm.values()].filter(({ clearedAtMs }) => clearedAtMs === null).map(({ kind }) => kind)
  it('an alarm calls the dispatcher: after three asked by rule', () => {
    const t = town()
    t.offer('u1')
    for (let i = 0; i < 3; i++) decline(t)
    expect(alarms(t)).toEqual([])
    decline(t)
    expect(t.offers()).toHaveLength(4)
    expect(alarms(t)).toEqual(['dispatch-unanswered'])
    t.offer('u5')
    expect(alarms(t)).toEqual([])
  })
  it('or at once where nobody is left; and closing ends it', () => {
    const t = town([])
    t.offer('u1')
    decline(t)
    t.tick()
    expect(alarms(t)).toEqual(['dispatch-unanswered'])
    t.give(DISPATCHER, { type: 'incident.close', incidentId: t.incidentId, outcome: '误报', as: 'invalid' })
    expect(alarms(t)).toEqual([])
    expect(t.only('incident').closedAs).toBe('invalid')
  })
  it('but not while the ways are still being computed, nor when others are on their way', () => {
    const early = town(null)
    early.offer('u1')
    decline(early)
    expect(alarms(early)).toEqual([])
    const enough = town([])
    enough.offer('u1', 'u2')
    enough.says('u2', 'acknowledged')
    enough.says('u1', 'declined')
    enough.tick()
    expect(alarms(enough)).toEqual([])
  })
})

describe('a unit that goes off duty on its way', () => {
  const standing = (t: ReturnType<typeof town>) =>
    [...t.picture.alarm.values()]
      .filter(({ clearedAtMs }) => clearedAtMs === null)
      .map(({ kind, detail }) => [kind, detail])

  it('leaves the incident with a line and an alarm, and the next is asked by rule as after a no', () => {
    const t = town()
    t.offer('u1')
    t.says('u1', 'acknowledged')
    t.pass(60_000)
    t.goesOffDuty('u1')
    t.tick()
    expect(t.picture.unit.get('u1')).toMatchObject({ status: 'off-duty', assignment: null })
    expect(t.offers()).toEqual(['u1 lost seat', 'u2 open rule'])
    expect(t.only('incident')).toMatchObject({ unitIds: ['u2'], offers: [{ answeredAtMs: NOW_MS }, {}] })
    expect(t.log.filter(({ type }) => type === 'incident.unit-lost')).toHaveLength(1)
    // Somebody is asked again, so the alarm is over; it stays in the list until a person has seen it.
    expect(t.only('alarm')).toMatchObject({ kind: 'unit-lost', acknowledged: null, clearedAtMs: t.nowMs() })
    t.tick()
    expect(t.offers()).toHaveLength(2)
  })
  it('is missed aloud where nobody is left to ask, until somebody is sent', () => {
    const t = town([])
    t.offer('u1')
    t.says('u1', 'on-scene')
    t.pass(1000)
    t.goesOffDuty('u1')
    t.tick()
    expect(standing(t)).toEqual([
      ['unit-lost', 'U1 · #1 普陀山后山'],
      ['dispatch-unanswered', '#1 普陀山后山'],
    ])
    t.give(DISPATCHER, { type: 'incident.assign', incidentId: t.incidentId, unitId: 'u2' })
    expect(standing(t)).toEqual([])
  })
  it('is missed too when it was ordered and not asked, and when it has not answered yet', () => {
    const t = town([])
    t.give(DISPATCHER, { type: 'incident.assign', incidentId: t.incidentId, unitId: 'u1' })
    t.offer('u2')
    t.goesOffDuty('u1')
    t.goesOffDuty('u2')
    t.tick()
    expect(t.only('incident').unitIds).toEqual([])
    expect(standing(t).map(([kind]) => kind)).toEqual(['unit-lost', 'unit-lost', 'dispatch-unanswered'])
    t.give(DISPATCHER, { type: 'incident.close', incidentId: t.incidentId, outcome: '已处理' })
    expect(standing(t)).toEqual([])
  })
})

describe('a unit that is out of service on its way', () => {
  it('leaves the incident with an alarm, stays out of service, and the next is asked by rule', () => {
    const t = town()
    t.offer('u1')
    t.says('u1', 'en-route')
    const done = decideUnitStatus(t.picture, 'u1', 'out-of-service')
    if (done.ok) t.apply(done.value)
    t.tick()
    expect(t.picture.unit.get('u1')).toMatchObject({ status: 'out-of-service', assignment: null })
    expect(t.offers()).toEqual(['u1 lost seat', 'u2 open rule'])
    expect(t.log.filter(({ type }) => type === 'incident.unit-lost')).toEqual([
      { type: 'incident.unit-lost', incidentId: t.incidentId, unitId: 'u1', because: 'out-of-service' },
    ])
    expect(t.only('alarm')).toMatchObject({ kind: 'unit-lost', detail: 'U1 · #1 普陀山后山' })
    t.tick()
    expect(t.offers()).toHaveLength(2)
  })
  it('and was ordered: the alarm stands until somebody is sent', () => {
    const t = town([])
    t.give(DISPATCHER, { type: 'incident.assign', incidentId: t.incidentId, unitId: 'u1' })
    const done = decideUnitStatus(t.picture, 'u1', 'out-of-service')
    if (done.ok) t.apply(done.value)
    t.tick()
    expect(t.only('incident').unitIds).toEqual([])
    expect(t.only('alarm')).toMatchObject({ kind: 'unit-lost', clearedAtMs: null })
    t.give(DISPATCHER, { type: 'incident.assign', incidentId: t.incidentId, unitId: 'u2' })
    expect(t.picture.alarm.get(t.only('alarm').id)?.clearedAtMs).not.toBeNull()
  })
})

describe('reports of what is known', () => {
  const three = () => {
    const t = world()
    for (let i = 0; i < 3; i++) t.give(DISPATCHER, { ...FIRE, position: at(i * 10, 0) })
    const [a, b, c] = [...t.picture.incident.keys()]
    const mark = (incidentId: string, sameAsId: string, kind: 'same-event' | 'repeat' = 'same-event') =>
      t.give(DISPATCHER, { type: 'incident.mark-same', incidentId, sameAsId, kind })
    const same = () => [...t.picture.incident.values()].map(({ sameAs }) => sameAs?.incidentId ?? null)
    return { ...t, a: a!, b: b!, c: c!, mark, same }
  }
  it('hang on the first of their group, however they were marked', () => {
    const t = three()
    t.mark(t.c, t.b)
    t.mark(t.b, t.a)
    expect(t.same()).toEqual([null, t.a, t.a])
    expect(t.mark(t.a, t.c)).toBe('same-itself')
    expect(t.mark(t.a, t.a)).toBe('same-itself')
  })
  it('can be taken apart again', () => {
    const t = three()
    t.mark(t.b, t.a, 'repeat')
    expect(t.picture.incident.get(t.b)!.sameAs).toMatchObject({ kind: 'repeat', by: DISPATCHER.name, atMs: NOW_MS })
    t.give(DISPATCHER, { type: 'incident.unmark-same', incidentId: t.b })
    expect(t.same()).toEqual([null, null, null])
    expect(t.give(DISPATCHER, { type: 'incident.unmark-same', incidentId: t.b })).toBe('not-marked-same')
  })
})
