import type { Alarm } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, PILOT, world } from '../test-kit.ts'
import { clearAlarm, raiseAlarm, type NewAlarm } from './rules.ts'
import { shelvesOver } from './shelf.ts'

const bridgeLost: NewAlarm = {
  priority: 'critical',
  kind: 'bridge-lost',
  subject: { kind: 'bridge', id: 'main' },
  incidentId: null,
  detail: 'main',
}
const linkLost = (droneId: string): NewAlarm => ({
  ...bridgeLost,
  kind: 'drone-link-lost',
  subject: { kind: 'drone', id: droneId },
})
const gap = (id: string, feed: string): NewAlarm => ({
  ...bridgeLost,
  priority: 'warning',
  kind: 'zone-gap',
  subject: { kind: 'vessel', id },
  key: 'z',
  zoneId: 'z',
  feed,
})
function setUp() {
  const w = world()
  const raise = (alarm: NewAlarm): void => w.apply(raiseAlarm(w.picture, { nowMs: w.nowMs(), newId: w.newId }, alarm))
  const clear = ({ kind, subject, key }: NewAlarm): void => w.apply(clearAlarm(w.picture, kind, subject.id, key))
  const all = (): Alarm[] => [...w.picture.alarm.values()]
  return { ...w, raise, clear, all, one: () => all()[0]! }
}

describe('one list of alarms', () => {
  it('keeps one line for one cause, and counts how often it comes before a person has settled it', () => {
    const { raise, clear, all, one, pass } = setUp()
    for (let i = 0; i < 4; i++) {
      raise(linkLost('main-1'))
      raise(linkLost('main-1'))
      pass(1000)
      clear(linkLost('main-1'))
    }
    expect(all()).toHaveLength(1)
    expect(one()).toMatchObject({ occurrences: 4, acknowledged: null, clearedAtMs: NOW_MS + 4000 })
  })
  it('begins a new line once the last one was answered and over', () => {
    const { raise, clear, give, one, all } = setUp()
    raise(linkLost('main-1'))
    const { id } = one()
    give(DISPATCHER, { type: 'alarm.acknowledge', alarmId: id })
    clear(linkLost('main-1'))
    expect(all()).toEqual([])
    raise(linkLost('main-1'))
    expect(one().id).not.toBe(id)
    expect(one().occurrences).toBeUndefined()
  })
  it('is answered as a group in one act, each for itself, past those that are gone', () => {
    const { raise, give, all } = setUp()
    for (let i = 0; i < 30; i++) raise(gap(`v${i}`, 'ais'))
    const alarmIds = ['gone', ...all().map(({ id }) => id)]
    expect(give(PILOT, { type: 'alarm.acknowledge-all', alarmIds: ['gone'] })).toEqual([])
    expect(give(DISPATCHER, { type: 'alarm.acknowledge-all', alarmIds })).toHaveLength(30)
    expect(all().every(({ acknowledged }) => acknowledged?.seatId === DISPATCHER.id)).toBe(true)
    expect(give(COORDINATOR, { type: 'alarm.acknowledge-all', alarmIds })).toEqual([])
  })
})

describe('a shelf', () => {
  it('has an end and a reason, and at its end the alarm asks again', () => {
    const { raise, give, one, pass, apply, picture, nowMs } = setUp()
    raise(gap('v1', 'ais'))
    give(DISPATCHER, { type: 'alarm.acknowledge', alarmId: one().id })
    give(DISPATCHER, { type: 'alarm.shelve', alarmId: one().id, minutes: 60, reason: '在修' })
    expect(one().shelved).toMatchObject({ name: '调度员', untilMs: NOW_MS + 3_600_000, reason: '在修' })
    pass(3_599_000)
    expect(shelvesOver(picture, nowMs())).toEqual([])
    pass(1000)
    apply(shelvesOver(picture, nowMs()))
    expect(one()).toMatchObject({ shelved: null, acknowledged: null })
  })
  it('keeps what comes and goes meanwhile, and lets go of what is over and answered', () => {
    const { raise, clear, give, one, all } = setUp()
    raise(gap('v1', 'ais'))
    give(DISPATCHER, { type: 'alarm.shelve', alarmId: one().id, minutes: 60, reason: '在修' })
    clear(gap('v1', 'ais'))
    raise(gap('v1', 'ais'))
    expect(one()).toMatchObject({ occurrences: 2, shelved: { reason: '在修' } })
    clear(gap('v1', 'ais'))
    give(DISPATCHER, { type: 'alarm.acknowledge', alarmId: one().id })
    expect(all()).toHaveLength(1)
    give(DISPATCHER, { type: 'alarm.unshelve', alarmId: one().id })
    expect(all()).toEqual([])
  })
  it('is short for what must be answered now', () => {
    const { raise, give, one } = setUp()
    raise(bridgeLost)
    const shelve = (minutes: number) =>
      give(DISPATCHER, { type: 'alarm.shelve', alarmId: one().id, minutes, reason: '检修' })
    expect(shelve(31)).toBe('shelf-too-long')
    expect(shelve(30)).toHaveLength(1)
    expect(give(DISPATCHER, { type: 'alarm.shelve', alarmId: 'none', minutes: 5, reason: '检修' })).toBe(
      'unknown-alarm',
    )
  })
})

describe('an alarm that explains others', () => {
  it('suppresses the links of its drones, before and after it came, and lets them go with it', () => {
    const { raise, clear, all, see } = setUp()
    see('main-1')
    see('main-2')
    raise(linkLost('main-1'))
    raise(bridgeLost)
    raise(linkLost('main-2'))
    const [first, cause, second] = all()
    expect([first!.suppressedBy, cause!.suppressedBy, second!.suppressedBy]).toEqual([cause!.id, null, cause!.id])
    clear(linkLost('main-1'))
    expect(all()).toHaveLength(2)
    clear(bridgeLost)
    expect(all().map(({ kind, suppressedBy }) => [kind, suppressedBy])).toEqual([
      ['bridge-lost', null],
      ['drone-link-lost', null],
    ])
  })
  it('is a lost feed for what only says that nothing was heard from it, and for nothing else', () => {
    const { raise, all } = setUp()
    raise({ ...bridgeLost, kind: 'feed-lost', subject: { kind: 'feed', id: 'ais' } })
    raise(gap('v1', 'ais'))
    raise(gap('v2', 'radar'))
    raise({ ...gap('v3', 'ais'), kind: 'zone-intrusion' })
    const cause = all()[0]!.id
    expect(all().map(({ suppressedBy }) => suppressedBy)).toEqual([null, cause, null, null])
  })
})
