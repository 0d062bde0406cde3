import { expect, it } from 'vitest'
import type { TerminalAlarmCode } from '@skerry/contract'
import { petrol } from '../domain/consignments/consignment-kit.ts'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, world } from '../domain/test-kit.ts'
import type { Engine } from '../engine/engine.ts'
import { createDistressDesk } from './distress-desk.ts'
import { createTerminalAlarmDesk } from './terminal-alarm-desk.ts'

function setUp() {
  const w = world()
  const { picture, newId, give, apply } = w
  const record: Engine['record'] = (_actor, decide) => {
    apply(decide(picture))
    return Promise.resolve(0)
  }
  const parts = { engine: { picture, record }, clock: { nowMs: w.nowMs }, newId }
  const desk = createTerminalAlarmDesk({ ...parts, distress: createDistressDesk(parts) })
  give(DISPATCHER, { type: 'consignment.declare', consignment: petrol() })
  const [consignmentId] = [...picture.consignment.keys()] as [string]
  return {
    ...w,
    consignmentId,
    say: (alarms: TerminalAlarmCode[], unitId = 'T-3', position: typeof HOME | null = HOME) =>
      desk.take('terminals', { unitId, alarms, atMs: w.nowMs(), position }),
    depart: () => {
      give(COORDINATOR, { type: 'consignment.check', consignmentId })
      give(DISPATCHER, { type: 'consignment.start', consignmentId })
    },
    standing: () =>
      [...picture.alarm.values()].filter(({ clearedAtMs }) => clearedAtMs === null).map(({ kind, key }) => key ?? kind),
  }
}

it('hears the vehicle of a consignment on the road, at no other time, and no stranger', async () => {
  const { say, depart, standing, only, consignmentId, give } = setUp()
  expect(await say(['overspeed'])).toBe('off-duty')
  expect(await say(['overspeed'], 'T-9')).toBe('unknown-unit')
  expect(standing()).toEqual([])
  depart()
  expect(await say(['overspeed', 'rollover'])).toBe('taken')
  expect(standing()).toEqual(['overspeed', 'rollover'])
  expect(only('alarm')).toMatchObject({ subject: { kind: 'consignment', id: consignmentId }, priority: 'critical' })
  await say(['rollover'])
  expect(standing()).toEqual(['rollover'])
  give(DISPATCHER, { type: 'consignment.arrive', consignmentId })
  expect(standing()).toEqual([])
  expect(await say(['overspeed'])).toBe('unknown-unit')
})

it('makes one incident of its emergency key, that says what it carries', async () => {
  const { say, depart, picture, only, consignmentId } = setUp()
  depart()
  await say(['emergency'])
  await say(['emergency'])
  expect(picture.incident.size).toBe(1)
  expect(only('incident')).toMatchObject({ priority: 'critical', position: HOME, place: '危运-3' })
  expect(only('incident').text).toContain('SOS · 危运-3\nUN1203')
  expect(only('alarm')).toMatchObject({
    kind: 'distress-signal',
    subject: { kind: 'consignment', id: consignmentId },
    incidentId: only('incident').id,
  })
})

it('puts the emergency key after an accident to the incident that there is', async () => {
  const { say, depart, picture, only, consignmentId, give } = setUp()
  depart()
  give(COORDINATOR, { type: 'consignment.accident', consignmentId, position: HOME, place: '', text: '侧翻' })
  await say(['emergency'], 'T-3', null)
  expect(picture.incident.size).toBe(1)
  expect(only('alarm')).toMatchObject({ kind: 'distress-signal', incidentId: only('incident').id })
  expect(only('incident').occurredAtMs).toBe(NOW_MS)
})
