import type { DroneStatus } from '@skerry/contract'
import { expect, it } from 'vitest'
import { aircraftWarnings } from './aircraft-warnings.ts'

type Guard = NonNullable<DroneStatus['guards']>[number]
const guard = (guards: Guard['guards'], state: Guard['state']): Guard => ({ guards, name: 'X', value: null, state })
const LINK = { state: 'live', lastHeartbeatAtMs: 0, lossShare: null, failsafeInS: null, remote: '' } as const
const way = (ageMs: number) => ({ remote: 'a', lossShare: null, latencyMs: null, ageMs, inUse: false })
const status = (more: Partial<DroneStatus>, link: Partial<DroneStatus['link']> = {}): DroneStatus =>
  ({
    armed: false,
    landed: 'on-ground',
    mission: { current: null, reached: null, total: null, plan: 'unknown', planId: null },
    readiness: { canArm: null, reasons: [] },
    ...more,
    link: { ...LINK, ...link },
  }) as DroneStatus
const said = (status_: DroneStatus): string[] =>
  aircraftWarnings(status_).map(({ priority, kind }) => `${priority} ${kind}`)
const FLYING: Partial<DroneStatus> = { armed: true, landed: 'in-air' }

it('says nothing about what the bridge did not say', () => {
  expect(said(status({}))).toEqual([])
})
it('puts what stops orders first', () => {
  const control = { main: 250, others: [], takeoverAllowed: true, ours: false }
  const bad = status(
    { control, guards: [guard('link', 'off'), guard('battery', 'off'), guard('fence', 'off')] },
    { signing: { state: 'read-only', refused: 3 }, highLatency: true },
  )
  expect(said(bad)).toEqual([
    'critical signing',
    'critical control',
    'warning forged',
    'warning linkGuardOff',
    'warning batteryGuardOff',
    'notice satellite',
  ])
})
it('takes the warning of an imitation back five minutes after the last word that was not its own', () => {
  const signing = (lastRefusedAgeMs: number | null) => ({ state: 'signed' as const, refused: 3, lastRefusedAgeMs })
  expect(said(status({}, { signing: signing(299_000) }))).toEqual(['warning forged'])
  expect(said(status({}, { signing: signing(301_000) }))).toEqual([])
})
it('tells what a satellite summary says has failed, more loudly in the air', () => {
  expect(said(status({ failures: ['gps'] }))).toEqual(['warning failures'])
  expect(said(status({ failures: ['gps'], ...FLYING }))).toEqual(['critical failures'])
})
it('is content when this system is among the stations in control', () => {
  expect(said(status({ control: { main: 250, others: [255], takeoverAllowed: false, ours: true } }))).toEqual([])
})
it('says that another station asks for control, and that the door stands open', () => {
  const control = { main: 255, others: [], takeoverAllowed: true, ours: true, asked: { station: 254, leftS: 7.2 } }
  expect(aircraftWarnings(status({ control }))).toEqual([
    { kind: 'controlAsked', priority: 'warning', values: { station: 254, left: 8 } },
    { kind: 'controlOpen', priority: 'warning', values: {} },
  ])
})
it('does not take an aircraft that no station controls for one that another controls', () => {
  expect(said(status({ control: { main: 0, others: [], takeoverAllowed: false, ours: false } }))).toEqual([])
})
it('takes a bad position filter and a changed plan for worse in the air than on the ground', () => {
  const faulty = {
    estimator: { ok: false, faults: ['position' as const] },
    mission: { ...status({}).mission, plan: 'differs' as const },
  }
  expect(said(status(faulty))).toEqual(['warning plan', 'warning estimator'])
  expect(said(status({ ...faulty, ...FLYING }))).toEqual(['critical plan', 'critical estimator'])
})
it('speaks of arming on the ground alone, and only when it is known to be refused', () => {
  const refused = { readiness: { canArm: false, reasons: ['PreArm: Compass not healthy'] } }
  expect(said(status(refused))).toEqual(['warning arming'])
  expect(said(status({ ...refused, ...FLYING }))).toEqual([])
})
it('says that a failsafe was not read instead of taking it for set', () => {
  expect(said(status({ guards: [guard('link', 'unread'), guard('fence', 'unread')] }))).toEqual(['notice guardsUnread'])
  expect(said(status({ guards: [guard('link', 'absent')] }))).toEqual([])
})
it('counts the ways that still speak, where there is more than one', () => {
  expect(aircraftWarnings(status({}, { ways: [way(200), way(60_000)] }))).toEqual([
    { kind: 'oneWay', priority: 'notice', values: { n: 1, total: 2 } },
  ])
  expect(said(status({}, { ways: [way(60_000)] }))).toEqual([])
})
