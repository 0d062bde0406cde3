import type { DomainEvent } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { DISPATCHER, NOW_MS, REPORT, world } from '../test-kit.ts'
import { decideUnitReport } from '../units/report.ts'
import { timersDue } from './decide.ts'

const roster = (onDuty: boolean): DomainEvent => ({
  type: 'roster.declared',
  units: [{ id: 'u1', callSign: '普陀-101', agency: 'x', kind: 'foot', skills: [], onDuty }],
  handles: { u1: 1 },
})
function setUp() {
  const w = world()
  w.apply([roster(true)])
  const due = (): DomainEvent[] => timersDue(w.picture, { nowMs: w.nowMs(), newId: w.newId })
  const run = (): void => w.apply(due())
  return { ...w, due, run }
}

describe('a lone-worker timer', () => {
  it('raises a critical alarm when it runs out, which an answer does not end but a sign of life does', () => {
    const { give, pass, due, run, only, picture } = setUp()
    give(DISPATCHER, { type: 'timer.start', unitId: 'u1', everyMin: 30 })
    pass(1_800_000)
    expect(due()).toEqual([])
    pass(1)
    run()
    expect(only('alarm')).toMatchObject({ kind: 'lone-worker', priority: 'critical', detail: '普陀-101 · 30 min' })
    give(DISPATCHER, { type: 'alarm.acknowledge', alarmId: only('alarm').id })
    expect(picture.alarm.size).toBe(1)
    give(DISPATCHER, { type: 'timer.check-in', unitId: 'u1' })
    expect(picture.alarm.size).toBe(0)
    expect(picture.timer.get('u1')).toMatchObject({ dueAtMs: NOW_MS + 3_600_001, startedBy: '调度员' })
  })
  it('takes a report of the unit for a sign of life', () => {
    const { give, pass, apply, only, picture, nowMs, newId } = setUp()
    give(DISPATCHER, REPORT)
    give(DISPATCHER, { type: 'incident.assign', incidentId: only('incident').id, unitId: 'u1' })
    give(DISPATCHER, { type: 'timer.start', unitId: 'u1', everyMin: 10 })
    pass(500_000)
    const report = { unitId: 'u1', incidentId: only('incident').id, atMs: nowMs(), kind: 'on-scene' } as const
    const said = decideUnitReport(picture, report, { nowMs: nowMs(), newId })
    if (said.ok) apply(said.value)
    expect(picture.timer.get('u1')).toMatchObject({ dueAtMs: NOW_MS + 1_100_000 })
  })
  it('ends when it is stopped, and when the unit goes off duty', () => {
    const { give, apply, run, pass, picture } = setUp()
    give(DISPATCHER, { type: 'timer.start', unitId: 'u1', everyMin: 10 })
    give(DISPATCHER, { type: 'timer.stop', unitId: 'u1' })
    expect(picture.timer.size).toBe(0)
    give(DISPATCHER, { type: 'timer.start', unitId: 'u1', everyMin: 10 })
    apply([roster(false)])
    run()
    pass(3_600_000)
    run()
    expect([picture.timer.size, picture.alarm.size]).toEqual([0, 0])
  })
  it('that ran out is ended by nobody’s roster: someone still has to find out', () => {
    const { give, apply, run, pass, only, picture } = setUp()
    give(DISPATCHER, { type: 'timer.start', unitId: 'u1', everyMin: 10 })
    pass(600_001)
    run()
    give(DISPATCHER, { type: 'alarm.acknowledge', alarmId: only('alarm').id })
    apply([roster(false)])
    run()
    expect(only('alarm')).toMatchObject({ kind: 'lone-worker', clearedAtMs: null })
    give(DISPATCHER, { type: 'timer.check-in', unitId: 'u1' })
    expect(picture.alarm.size).toBe(0)
    run()
    expect(picture.timer.size).toBe(0)
  })
  it('is refused for a unit that is not there or off duty, and where none runs', () => {
    const { give, apply } = setUp()
    expect(give(DISPATCHER, { type: 'timer.start', unitId: 'no', everyMin: 10 })).toBe('unknown-unit')
    expect(give(DISPATCHER, { type: 'timer.check-in', unitId: 'u1' })).toBe('no-timer')
    expect(give(DISPATCHER, { type: 'timer.stop', unitId: 'u1' })).toBe('no-timer')
    apply([roster(false)])
    expect(give(DISPATCHER, { type: 'timer.start', unitId: 'u1', everyMin: 10 })).toBe('unit-off-duty')
  })
})
