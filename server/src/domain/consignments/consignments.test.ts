import { ConsignmentDraft, firstActionsFor, type Seat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createContactBook } from '../../consignments/contact-book.ts'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, at, world } from '../test-kit.ts'
import { decideRoster } from '../units/roster.ts'
import { petrol } from './consignment-kit.ts'
import { consignmentsDue, decideReadContact } from './decide.ts'

function setUp(over: Parameters<typeof petrol>[0] = {}) {
  const w = world()
  w.give(DISPATCHER, { type: 'consignment.declare', consignment: petrol(over) })
  const one = () => [...w.picture.consignment.values()].at(-1)!
  const { id: consignmentId } = one()
  return {
    ...w,
    one,
    consignmentId,
    act: (kind: 'check' | 'start' | 'arrive') =>
      w.give(kind === 'check' ? COORDINATOR : DISPATCHER, { type: `consignment.${kind}`, consignmentId }),
    crash: (incidentId?: string) => {
      const about = incidentId === undefined ? {} : { incidentId }
      const said = { position: HOME, place: '大桥', text: '侧翻' }
      return w.give(COORDINATOR, { type: 'consignment.accident', consignmentId, ...about, ...said })
    },
    report: () => {
      w.give(DISPATCHER, { ...REPORT, category: 'other', subject: null })
      return w.only('incident').id
    },
  }
}

describe('a consignment', () => {
  it('is declared, checked, sets out, arrives, each after the other and none twice', () => {
    const { act, one } = setUp()
    expect(act('start')).toBe('consignment-state')
    act('check')
    expect(act('check')).toBe('consignment-state')
    expect(one()).toMatchObject({ state: 'checked', number: 1, declaredBy: '调度员', checkedBy: '协调员' })
    act('start')
    expect(one().state).toBe('under-way')
    act('arrive')
    expect(one()).toMatchObject({ state: 'arrived', zoneId: null })
    expect(act('arrive')).toBe('consignment-state')
  })
  it('is checked by somebody else than whoever declared it, from whatever seat', () => {
    const { give, one, apply } = setUp()
    const check = (seat: Seat) => give(seat, { type: 'consignment.check', consignmentId: one().id })
    expect(check(DISPATCHER)).toBe('same-person-checks')
    const lin: Seat = { ...DISPATCHER, account: 'lin' }
    const vehicle = { callSign: '危运-4', terminalId: 'T-4' }
    give(lin, { type: 'consignment.declare', consignment: petrol({ vehicle }) })
    expect(check({ ...lin, id: 'another seat', name: 'another name' })).toBe('same-person-checks')
    const { declaredByKey: _key, ...older } = one()
    apply([{ type: 'consignment.declared', consignment: older, contact: '' }])
    expect(check(lin)).toBe('same-person-checks') // by its name, in an older journal
    expect(check(COORDINATOR)).not.toBe('same-person-checks')
    expect(one().state).toBe('checked')
  })
  it('is not declared under the id of a unit that is or was on the roster', () => {
    const { give, apply, picture } = setUp()
    const unit = { id: 'T-7', callSign: '护送', agency: 'police', kind: 'car', skills: [] } as const
    for (const onDuty of [true, false]) {
      const roster = decideRoster(picture, [{ ...unit, skills: [], onDuty }])
      if (roster.ok) apply(roster.value)
      const vehicle = { callSign: '危运-7', terminalId: 'T-7' }
      expect(give(DISPATCHER, { type: 'consignment.declare', consignment: petrol({ vehicle }) })).toBe(
        'terminal-of-unit',
      )
    }
  })
  it('is watched by a zone of its corridor while it is under way, that nobody changes by hand', () => {
    const { act, one, picture, give } = setUp()
    act('check')
    act('start')
    const zone = picture.zone.get(one().zoneId!)!
    expect(zone.shape).toEqual({ kind: 'corridor', ...petrol().corridor })
    expect(zone.rules.map(({ kind, only }) => [kind, only])).toEqual(
      ['corridor', 'gap', 'overspeed', 'loiter'].map((kind) => [kind, ['T-3']]),
    )
    const { name, shape, rules, evidence } = zone
    const change = {
      type: 'zone.change',
      zoneId: zone.id,
      revision: 1,
      zone: { name, shape, rules, evidence },
    } as const
    expect(give(DISPATCHER, change)).toBe('zone-of-consignment')
    expect(give(DISPATCHER, { type: 'zone.remove', zoneId: zone.id, reason: '多余' })).toBe('zone-of-consignment')
    act('arrive')
    expect(picture.zone.size).toBe(0)
  })
  it('has no zone where nobody sends its positions', () => {
    const { act, one, picture } = setUp({ vehicle: { callSign: '危运-3', terminalId: null } })
    act('check')
    act('start')
    expect([one().state, one().zoneId, picture.zone.size]).toEqual(['under-way', null, 0])
  })
  it('sets out in its window, or half an hour before, and never after it', () => {
    const early = setUp({ window: { fromMs: NOW_MS + 31 * 60_000, toMs: NOW_MS + 3_600_000 } })
    early.act('check')
    expect(early.act('start')).toBe('outside-window')
    early.pass(60_000)
    expect(early.act('start')).not.toBe('outside-window')
    const late = setUp()
    late.act('check')
    late.pass(3_600_001)
    expect(late.act('start')).toBe('outside-window')
  })
  it('is not declared twice on one terminal, nor with a window that is over or a line that is no corridor', () => {
    const { give, act } = setUp()
    const declare = (over: Parameters<typeof petrol>[0] = {}) =>
      give(DISPATCHER, { type: 'consignment.declare', consignment: petrol(over) })
    expect(declare()).toBe('terminal-taken')
    const vehicle = { callSign: '危运-4', terminalId: 'T-4' }
    expect(declare({ vehicle, window: { fromMs: 0, toMs: NOW_MS } })).toBe('outside-window')
    expect(declare({ vehicle, corridor: { line: [at(0, 0), at(1, 0)], halfWidthM: 50 } })).toBe('zone-not-possible')
    act('check')
    act('start')
    act('arrive')
    expect(declare()).not.toBe('terminal-taken')
  })
  it('is told as late once its window is over, and put away a day after its end, but never the newest', () => {
    const { act, picture, apply, pass, nowMs, newId, give } = setUp()
    const tick = () =>
      apply(consignmentsDue(picture, { nowMs: nowMs(), newId, heard: () => true, listeningSinceMs: NOW_MS }))
    act('check')
    act('start')
    tick()
    expect(picture.alarm.size).toBe(0)
    pass(3_600_001)
    tick()
    tick()
    expect([...picture.alarm.values()].map(({ kind, detail }) => [kind, detail])).toEqual([
      ['consignment-late', '1 · 危运-3'],
    ])
    act('arrive')
    expect([...picture.alarm.values()].every(({ clearedAtMs }) => clearedAtMs !== null)).toBe(true)
    pass(25 * 3_600_000)
    tick()
    expect(picture.consignment.size).toBe(1)
    const window = { fromMs: nowMs(), toMs: nowMs() + 60_000 }
    give(DISPATCHER, { type: 'consignment.declare', consignment: petrol({ window }) })
    tick()
    expect([...picture.consignment.values()].map(({ number }) => number)).toEqual([2])
  })
})

describe('a vehicle that sets out with a dead terminal', () => {
  function road(over: Parameters<typeof petrol>[0] = {}) {
    const way = setUp(over)
    let listeningSinceMs = NOW_MS
    let heard = false
    way.act('check')
    way.act('start')
    return {
      ...way,
      hear: () => (heard = true),
      restart: () => (listeningSinceMs = way.nowMs()),
      silent: () => {
        const ctx = { nowMs: way.nowMs(), newId: way.newId, heard: () => heard, listeningSinceMs }
        way.apply(consignmentsDue(way.picture, ctx))
        return [...way.picture.alarm.values()].filter(({ clearedAtMs }) => clearedAtMs === null)
      },
    }
  }
  it('is told after ten minutes, once, and no longer when it has arrived', () => {
    const { silent, pass, one, act } = road()
    pass(600_000)
    expect(silent()).toEqual([])
    pass(1)
    expect(silent()).toMatchObject([
      { kind: 'zone-gap', subject: { kind: 'consignment', id: one().id }, zoneId: one().zoneId, position: null },
    ])
    expect(silent()).toHaveLength(1)
    act('arrive')
    expect(silent()).toEqual([])
  })
  it('is not told where it was heard, where nobody sends positions, and not at once after a restart', () => {
    const heard = road()
    heard.hear()
    const none = road({ vehicle: { callSign: '危运-3', terminalId: null } })
    const again = road()
    for (const way of [heard, none, again]) way.pass(601_000)
    again.restart()
    for (const way of [heard, none, again]) expect(way.silent()).toEqual([])
    again.pass(600_001)
    expect(again.silent()).toHaveLength(1)
  })
})

describe('an accident', () => {
  it('opens an incident with the load sheet, ends the watch, and is over with its incident', () => {
    const { act, crash, one, picture, only, give } = setUp()
    act('check')
    act('start')
    crash()
    const incident = only('incident')
    expect(incident).toMatchObject({
      category: 'dangerous-goods',
      priority: 'critical',
      consignmentId: one().id,
      place: '大桥',
      text: '侧翻\n危运-3\nUN1203 · 汽油 · 3 · PG II · 12000 L · 槽罐',
    })
    expect(one()).toMatchObject({ state: 'accident', incidentId: incident.id, zoneId: null })
    expect(picture.zone.size).toBe(0)
    expect(picture.room.get(incident.id)?.checklist.map(({ id }) => id)).toContain('duty-desk')
    expect(crash()).toBe('consignment-state')
    give(DISPATCHER, { type: 'incident.close', incidentId: incident.id, outcome: '已倒罐' })
    expect(one()).toMatchObject({ state: 'ended', reason: '已倒罐' })
  })
  it('opens the way to the duty desk, which is nowhere in the picture and in the journal with every look', () => {
    const { crash, picture, consignmentId, log, only, give, apply, pass, nowMs, newId } = setUp()
    const book = createContactBook()
    for (const event of log) book.follow({ event })
    expect(JSON.stringify([...picture.consignment.values()])).not.toContain('0580')
    const read = () => decideReadContact(picture, consignmentId)
    expect(read()).toMatchObject({ ok: false, error: { code: 'no-accident' } })
    crash()
    const looked = read()
    expect(looked).toMatchObject({
      ok: true,
      value: [{ type: 'consignment.contact-read', incidentId: only('incident').id }],
    })
    if (looked.ok) apply(looked.value)
    give(DISPATCHER, { type: 'consignment.end', consignmentId, reason: '已倒罐' })
    expect(read().ok).toBe(true) // the incident is open: somebody may have to call again
    pass(25 * 3_600_000)
    give(DISPATCHER, {
      type: 'consignment.declare',
      consignment: petrol({ window: { fromMs: nowMs(), toMs: nowMs() + 1 } }),
    })
    const due = () => consignmentsDue(picture, { nowMs: nowMs(), newId, heard: () => true, listeningSinceMs: NOW_MS })
    expect(due()).toEqual([])
    expect(book.get(consignmentId)).toBe('0580-2345678')
    give(DISPATCHER, { type: 'incident.close', incidentId: only('incident').id, outcome: '处理完' })
    expect(read()).toMatchObject({ ok: false, error: { code: 'no-accident' } })
    expect(due()).toMatchObject([{ type: 'consignment.archived', consignmentId }])
  })
  it('puts its load sheet to an open incident that is about it already', () => {
    const { crash, picture, one, report, log, give } = setUp()
    expect(crash('none')).toBe('unknown-incident')
    const closed = report()
    give(DISPATCHER, { type: 'incident.close', incidentId: closed, outcome: '处理完' })
    expect(crash(closed)).toBe('incident-closed')
    expect(one().state).toBe('declared')
    const incidentId = report()
    crash(incidentId)
    expect([...picture.incident.keys()]).toEqual([closed, incidentId])
    expect(one()).toMatchObject({ state: 'accident', incidentId })
    expect(picture.incident.get(incidentId)).toMatchObject({ consignmentId: one().id })
    const note = log.find(({ type }) => type === 'incident.noted')
    expect(note).toMatchObject({ incidentId, text: expect.stringContaining('UN1203') })
    give(DISPATCHER, { type: 'incident.close', incidentId, outcome: '已倒罐' })
    expect(one().state).toBe('ended')
  })
  it('goes on in the open incident of which its own was another report', () => {
    const { crash, picture, one, report, give, only } = setUp()
    const first = report()
    crash()
    const own = only('incident').id
    give(DISPATCHER, { type: 'incident.mark-same', incidentId: own, sameAsId: first, kind: 'same-event' })
    give(DISPATCHER, { type: 'incident.close', incidentId: own, outcome: '重复报警' })
    expect(one()).toMatchObject({ state: 'accident', incidentId: first })
    expect(picture.incident.get(first)).toMatchObject({ consignmentId: one().id })
    expect(decideReadContact(picture, one().id)).toMatchObject({ ok: true, value: [{ incidentId: first }] })
    give(DISPATCHER, { type: 'incident.close', incidentId: first, outcome: '已倒罐' })
    expect(one()).toMatchObject({ state: 'ended', reason: '已倒罐' })
  })
})

describe('what is declared', () => {
  it('holds no number of a person and no plate in any of its words', () => {
    expect(ConsignmentDraft.safeParse(petrol()).success).toBe(true)
    const desk = '值班台'
    const [load] = petrol().loads
    for (const over of [
      { vehicle: { callSign: '浙L12345', terminalId: null } },
      { dutyDesk: { desk, contact: '13957201234' } },
      { dutyDesk: { desk: '330902198001011234', contact: '频道 3' } },
      { loads: [{ ...load!, packing: '槽罐 浙L12345' }] },
    ])
      expect(ConsignmentDraft.safeParse(petrol(over)).success).toBe(false)
  })
  it('brings the guide of its UN number, and none where only the class is known', () => {
    expect(firstActionsFor({ unNumber: '1203', hazardClass: '3' })).toMatchObject({ guide: 128, isolateM: 50 })
    expect(firstActionsFor({ unNumber: '3999', hazardClass: '3' })).toMatchObject({ guide: null, fireIsolateM: 800 })
  })
})
