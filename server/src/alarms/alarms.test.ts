import type { Alarm, DomainEvent, JournalEntry, RosterUnit } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, REPORT, world } from '../domain/test-kit.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { SET_UP_MS, expectedFeeds } from '../intake/expected-feeds.ts'
import { createFeedCounters } from '../intake/feed-counters.ts'
import { feedAlarms } from './feed-watch.ts'
import { createAlarmLedger } from './measures.ts'
import { offDutyAlarms } from './off-duty.ts'
import { createOverdueWatch } from './overdue.ts'

describe('a feed that falls silent', () => {
  it('is an alarm until it is heard again; while it is unknown there is none, and one from before stands', () => {
    const { picture, apply, nowMs, newId } = world()
    const at = (state: 'ok' | 'degraded' | 'lost' | 'unknown'): DomainEvent[] =>
      feedAlarms(picture, [{ id: 'ais', state, lastAtMs: null, fault: null }], { nowMs: nowMs(), newId })
    expect(at('unknown')).toEqual([])
    expect(at('degraded')).toEqual([])
    apply(at('lost'))
    expect([...picture.alarm.values()]).toMatchObject([{ kind: 'feed-lost', priority: 'critical' }])
    expect(at('lost')).toEqual([])
    expect(at('unknown')).toEqual([])
    expect(at('ok')).toMatchObject([{ type: 'alarm.cleared' }])
  })
  it('says why it is not reached, where that is known', () => {
    const { picture, nowMs, newId } = world()
    const feed = { id: 'ais', state: 'lost' as const, lastAtMs: null, fault: { text: 'ECONNREFUSED' } }
    expect(feedAlarms(picture, [feed], { nowMs: nowMs(), newId })).toMatchObject([
      { alarm: { kind: 'feed-lost', detail: 'ais · ECONNREFUSED' } },
    ])
  })
})

describe('a unit that leaves duty', () => {
  it('ends what zones and its terminal said of it, and nothing that a person answers for', () => {
    const { picture, apply } = world()
    const alarm = (id: string, over: Partial<Alarm>): DomainEvent => ({
      type: 'alarm.raised',
      alarm: {
        id,
        priority: 'warning',
        kind: 'terminal-alarm',
        subject: { kind: 'unit', id: 'u1' },
        incidentId: null,
        detail: '',
        raisedAtMs: NOW_MS,
        clearedAtMs: null,
        acknowledged: null,
        ...over,
      },
    })
    const unit: RosterUnit = { id: 'u1', callSign: 'P-1', agency: 'P', kind: 'car', skills: [], onDuty: true }
    const vessel = { kind: 'vessel', id: 'v' } as const
    apply([
      { type: 'roster.declared', units: [unit], handles: { u1: 1 } },
      alarm('terminal', { key: 'overspeed' }),
      alarm('dwell', { kind: 'zone-dwell', zoneId: 'z', key: 'z' }),
      alarm('met', { kind: 'zone-meeting', subject: vessel, zoneId: 'z', key: 'z|unit/u1 vessel/v' }),
      alarm('others', { kind: 'zone-meeting', subject: vessel, zoneId: 'z', key: 'z|vessel/v vessel/w' }),
      alarm('other', { subject: { kind: 'consignment', id: 'c' } }),
      alarm('sos', { kind: 'distress-signal' }),
      alarm('alone', { kind: 'lone-worker' }),
    ])
    expect(offDutyAlarms(picture)).toEqual([])
    apply([{ type: 'roster.declared', units: [{ ...unit, onDuty: false }], handles: { u1: 1 } }])
    const ended = offDutyAlarms(picture)
    expect(ended.map((event) => event.type === 'alarm.cleared' && [event.alarmId, event.because])).toEqual([
      ['terminal', 'off-duty'],
      ['dwell', 'off-duty'],
      ['met', 'off-duty'],
    ])
    apply(ended)
    expect(offDutyAlarms(picture)).toEqual([])
  })
})

describe('an incident that waits too long', () => {
  it('is an alarm while it waits, and none once someone goes', () => {
    const { picture, give, apply, log, pass, nowMs, newId, only } = world()
    const overdue = createOverdueWatch()
    give(DISPATCHER, REPORT)
    for (const event of log) overdue.follow({ event, atMs: NOW_MS })
    const due = () => overdue.due(picture, { nowMs: nowMs(), newId })
    pass(300_000)
    expect(due()).toEqual([])
    pass(1000)
    apply(due())
    expect(only('alarm')).toMatchObject({ kind: 'overdue', key: 'received', incidentId: only('incident').id })
    expect(due()).toEqual([])
    const moved: DomainEvent = { type: 'incident.state-changed', incidentId: only('incident').id, state: 'dispatched' }
    apply([moved])
    overdue.follow({ event: moved, atMs: nowMs() })
    expect(due()).toMatchObject([{ type: 'alarm.cleared' }])
    apply(due())
    pass(121_000)
    expect(due()).toMatchObject([{ type: 'alarm.raised', alarm: { key: 'dispatched' } }])
  })
})

describe('the load of alarms', () => {
  function ledger() {
    const book = createAlarmLedger()
    let seq = 0
    const entry = (event: DomainEvent, atS: number, actor: JournalEntry['actor']): JournalEntry => ({
      seq: ++seq,
      atMs: NOW_MS + atS * 1000,
      actor,
      commandId: null,
      incidentId: null,
      event,
      prev: '',
      hash: '',
    })
    const system = { kind: 'system', part: 'test' } as const
    return {
      measures: (fromS: number, toS: number) => book.measures(NOW_MS + fromS * 1000, NOW_MS + toS * 1000),
      raise(id: string, atS: number, over: Partial<Alarm> = {}, suppressed = false) {
        const alarm: Alarm = {
          id,
          priority: 'warning',
          kind: 'zone-gap',
          subject: { kind: 'vessel', id },
          incidentId: null,
          detail: '',
          raisedAtMs: NOW_MS + atS * 1000,
          clearedAtMs: null,
          acknowledged: null,
          ...over,
        }
        book.follow(entry({ type: 'alarm.raised', alarm }, atS, system), () => suppressed)
      },
      clear: (id: string, atS: number) =>
        book.follow(entry({ type: 'alarm.cleared', alarmId: id }, atS, system), () => false),
      acknowledge: (id: string, atS: number, seat = DISPATCHER) =>
        book.follow(
          entry({ type: 'alarm.acknowledged', alarmId: id, seatId: seat.id, name: seat.name }, atS, {
            kind: 'seat',
            seat,
          }),
          () => false,
        ),
    }
  }
  it('counts rates, priorities and answers per seat, with n and percentiles', () => {
    const book = ledger()
    for (let i = 0; i < 10; i++) {
      book.raise(`a${i}`, i * 300, { priority: i === 0 ? 'critical' : i < 3 ? 'warning' : 'notice' })
      if (i < 9) book.acknowledge(`a${i}`, i * 300 + (i + 1) * 10, i < 6 ? DISPATCHER : COORDINATOR)
    }
    book.clear('a0', 100)
    const m = book.measures(0, 3600)
    expect(m).toMatchObject({
      raised: 10,
      perHour: 10,
      priorities: { critical: 1, warning: 2, notice: 7 },
      acknowledge: { n: 9, p50S: 50, p90S: 90, waiting: 1 },
      standing: 9,
      floodShare: 0,
    })
    expect(m.seats).toEqual([
      { name: '调度员', acknowledged: 6, perHour: 6 },
      { name: '协调员', acknowledged: 3, perHour: 3 },
    ])
  })
  it('says nothing of percentiles where nobody has answered', () => {
    expect(ledger().measures(0, 3600).acknowledge).toEqual({ n: 0, p50S: null, p90S: null, waiting: 0 })
  })
  it('finds what chatters, what has stood for more than a day, and how long the flood lasted', () => {
    const book = ledger()
    for (let i = 0; i < 3; i++) {
      book.raise('c', i * 20)
      book.clear('c', i * 20 + 5)
    }
    book.raise('old', 0)
    expect(book.measures(0, 90_000)).toMatchObject({
      chattering: [{ source: 'zone-gap c', times: 3 }],
      stale: 1,
      standing: 1,
    })
    const flood = ledger()
    for (let i = 0; i < 20; i++) flood.raise(`f${i}`, i * 10)
    // From the eleventh, at 100 s, until ten minutes after the tenth before the last, at 690 s.
    expect(flood.measures(0, 3600).floodShare).toBeCloseTo(590 / 3600, 6)
  })
  it('counts a whole month, and what stands for longer than that still stands', () => {
    const book = ledger()
    const [hour, month] = [3600, 30 * 24 * 3600]
    book.raise('ever', 0)
    for (let i = 1; i <= 7200; i++) {
      const atS = i * 600
      book.raise(`a${i}`, atS)
      book.clear(`a${i}`, atS + 60)
    }
    const m = book.measures(7200 * 600 - month, 7200 * 600)
    expect([m.raised, m.perHour, m.standing]).toEqual([4321, 4321 / 720, 2])
    // Of more than is kept nothing is said: a rate over it would be too low.
    const more = book.measures(0, 7200 * 600)
    expect((more.toMs - more.fromMs) / 1000).toBe(31 * 24 * hour)
    expect(more.perHour).toBeCloseTo(6, 1)
  })
  it('leaves out what nobody was asked about', () => {
    const book = ledger()
    book.raise('child', 10, {}, true)
    expect(book.measures(0, 3600)).toMatchObject({ raised: 0, suppressed: 1 })
  })
})

it('misses a feed with a token that has not been heard since the start, once it had time to be set up', () => {
  const clock = new FakeScheduler(1_700_000_000_000)
  const counters = createFeedCounters(clock)
  const { picture, newId } = world()
  const startedAtMs = clock.nowMs()
  const old = { id: 'patrol', scopes: ['fixes'] as const, createdAtMs: startedAtMs - 86_400_000 }
  const fresh = { ...old, id: 'fresh', createdAtMs: startedAtMs }
  const roster = { ...old, id: 'roster', scopes: ['roster'] as const }
  const look = () =>
    feedAlarms(
      picture,
      expectedFeeds([old, fresh, roster], counters, startedAtMs).map(({ id }) => counters.of(id)),
      { nowMs: clock.nowMs(), newId },
    ).map((event) => event.type === 'alarm.raised' && event.alarm.subject.id)
  expect(look()).toEqual([])
  clock.advance(59_999)
  expect(look()).toEqual([])
  clock.advance(1)
  expect(look()).toEqual(['patrol'])
  clock.advance(SET_UP_MS)
  expect(look()).toEqual(['patrol', 'fresh'])
  counters.came('patrol', { accepted: 1 })
  expect(look()).toEqual(['fresh'])
  // Sailings come when there are some: never an alarm, and behind only after minutes.
  expectedFeeds([{ ...old, id: 'ferries', scopes: ['sailings'] as const }], counters, startedAtMs)
  counters.came('ferries', { accepted: 1 })
  clock.advance(99_999)
  expect(counters.of('ferries').state).toBe('ok')
})
