import type { ZoneDraft } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { raiseAlarm } from '../alarms/rules.ts'
import { DISPATCHER, HOME, at, world } from '../test-kit.ts'
import { shapeFault } from './shape-fault.ts'

const draft = (over: Partial<ZoneDraft> = {}): ZoneDraft => ({
  name: '油库',
  shape: { kind: 'polygon', rings: [[at(0, 0), at(500, 0), at(500, 500), at(0, 500)]] },
  rules: [{ kind: 'intrusion', priority: 'critical', movers: ['unit'], only: [], allowed: [] }],
  evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
  ...over,
})

describe('zones', () => {
  it('are declared, changed against the revision that was seen, and removed with a reason', () => {
    const { give, picture } = world()
    give(DISPATCHER, { type: 'zone.declare', zone: draft() })
    const [zone] = picture.zone.values()
    expect(zone).toMatchObject({ name: '油库', revision: 1, changedBy: '调度员' })
    const change = { type: 'zone.change', zoneId: zone!.id, revision: 1, zone: draft({ name: '油库区' }) } as const
    give(DISPATCHER, change)
    expect(picture.zone.get(zone!.id)).toMatchObject({ name: '油库区', revision: 2 })
    expect(give(DISPATCHER, change)).toBe('zone-changed')
    give(DISPATCHER, { type: 'zone.remove', zoneId: zone!.id, reason: '已拆' })
    expect(picture.zone.size).toBe(0)
    expect(give(DISPATCHER, { type: 'zone.remove', zoneId: zone!.id, reason: '已拆' })).toBe('unknown-zone')
  })
  it('have names that tell them apart', () => {
    const { give } = world()
    give(DISPATCHER, { type: 'zone.declare', zone: draft() })
    expect(give(DISPATCHER, { type: 'zone.declare', zone: draft() })).toBe('zone-name-taken')
  })
  it('take their alarms with them', () => {
    const { give, picture, apply, nowMs, newId } = world()
    give(DISPATCHER, { type: 'zone.declare', zone: draft() })
    const [zone] = picture.zone.values()
    apply(
      raiseAlarm(
        picture,
        { nowMs: nowMs(), newId },
        {
          priority: 'critical',
          kind: 'zone-intrusion',
          subject: { kind: 'unit', id: 'u1' },
          key: zone!.id,
          zoneId: zone!.id,
          incidentId: null,
          detail: 'u1',
        },
      ),
    )
    give(DISPATCHER, { type: 'zone.remove', zoneId: zone!.id, reason: '已拆' })
    expect([...picture.alarm.values()].every(({ clearedAtMs }) => clearedAtMs !== null)).toBe(true)
  })
  it('have a shape that encloses something', () => {
    const ring = (...corners: [number, number][]) => ({
      kind: 'polygon' as const,
      rings: [corners.map(([x, y]) => at(x, y))],
    })
    expect(shapeFault(ring([0, 0], [100, 0], [100, 100], [0, 100]))).toBeNull()
    expect(shapeFault(ring([0, 0], [100, 100], [100, 0], [0, 100]))).toMatch(/crosses itself/)
    expect(shapeFault(ring([0, 0], [100, 0], [200, 0]))).toMatch(/one line/)
    expect(shapeFault(ring([0, 0], [2, 0], [2, 2]))).toMatch(/10 at least/)
    expect(shapeFault({ kind: 'corridor', line: [HOME, [130, 30]], halfWidthM: 100 })).toMatch(/at most/)
    expect(shapeFault({ kind: 'circle', centre: [0, 89], radiusM: 100 })).toMatch(/pole/)
  })
})
