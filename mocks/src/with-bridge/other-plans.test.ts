import { clearPlan, putPlan, readPlan, toFence, toRally } from '@skerry/mavlink-bridge/exchanges'
import {
  compareMissions,
  createRandom,
  FakeClock,
  type Losses,
  lossyPort,
  type MissionItem,
  newRadio,
  NO_LOSS,
} from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import type { AutopilotName } from '../vehicle/modes.ts'
import { planVehicle } from './plan-vehicle.ts'
import { asRead, missionOf } from './upload-run.ts'

const LIMIT_MS = 900_000

function rig(autopilot: AutopilotName, losses: Losses = NO_LOSS, seed = 1) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(seed).next, losses)
  const vehicle = planVehicle(autopilot, clock, link)
  const policy = { dialect: autopilot, rttMs: losses.rttMs, expiresAtMs: clock.nowMs() + LIMIT_MS }
  const ports = { port: link.port, clock, comp: 1 }
  async function ended<T>(work: Promise<T>): Promise<T> {
    let result: { value: T } | null = null
    void work.then((value) => (result = { value }))
    await clock.advanceUntil(() => result !== null, 2 * LIMIT_MS)
    if (result === null) throw new Error('it never ended')
    return (result as { value: T }).value
  }
  const put = (items: readonly MissionItem[], missionType: 0 | 1 | 2 = 0, signal?: AbortSignal) =>
    putPlan(items, policy, { ...ports, missionType, ...(signal === undefined ? {} : { signal }) }, () => undefined)
  const clear = (missionType: 0 | 1 | 2) => clearPlan(policy, { ...ports, missionType })
  const holds = (items: readonly MissionItem[], type: 0 | 1 | 2) =>
    compareMissions(items, asRead(vehicle.transfer().plans[type]), type === 0 ? autopilot : 'other')
  return { clock, link, vehicle, policy, ports, ended, put, clear, holds }
}
const square = (eM: number) =>
  [
    [-150, -150],
    [150, -150],
    [150, 150],
    [-150, 150],
  ].map(([e, n]) => moved(TEST_HOME, e! + eM, n!))
function fence(eM = 0): readonly MissionItem[] {
  const zones = [
    { stay: 'inside' as const, ring: square(eM) },
    { stay: 'outside' as const, centre: moved(TEST_HOME, 90, 90), radiusM: 20 },
  ]
  const made = toFence(zones)
  if (!made.ok) throw new Error(made.error.kind)
  return made.value
}
const rally = toRally([{ at: moved(TEST_HOME, 40, 0), heightM: 35 }])

describe.each(['ardupilot', 'px4'] as const)('with a vehicle in the manner of %s', (autopilot) => {
  it('puts mission, fence and rally points over a bad link, each proved and none in the place of another', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { ended, put, holds } = rig(autopilot, { lost: 0.2, doubled: 0.1, late: 0.1, rttMs: 150 }, seed)
      const mission = missionOf(8, seed, autopilot)
      for (const [type, items] of [mission, fence(), rally].entries())
        expect((await ended(put(items, type as 0 | 1 | 2))).ok).toBe(true)
      expect([holds(mission, 0), holds(fence(), 1), holds(rally, 2)]).toEqual([[], [], []])
    }
  })

  it('clears one of them and leaves the others', async () => {
    const { ended, put, clear, vehicle } = rig(autopilot, { lost: 0.2, doubled: 0.1, late: 0.1, rttMs: 150 }, 4)
    const mission = missionOf(8, 1, autopilot)
    await ended(put(mission))
    await ended(put(fence(), 1))
    expect((await ended(clear(1))).ok).toBe(true)
    expect([vehicle.transfer().plans[1].length, vehicle.transfer().plans[0].length]).toEqual([0, 8])
    expect((await ended(clear(0))).ok).toBe(true)
    expect(vehicle.transfer().plans[0]).toEqual([])
  })

  it('takes no notice of what is meant for another station or speaks of another plan', async () => {
    const { clock, link, ended, put, holds } = rig(autopilot)
    const mission = missionOf(12, 1, autopilot)
    const upload = put(mission)
    for (let i = 0; i < 8; i++) {
      await clock.advance(30)
      link.say('MISSION_ACK', { target_system: 250, target_component: 190, type: 0, mission_type: 0 })
      link.say('MISSION_ACK', { target_system: 255, target_component: 190, type: 0, mission_type: 1 })
      link.say('MISSION_REQUEST', { target_system: 250, target_component: 190, seq: 3, mission_type: 0 })
      link.say('MISSION_ACK', { target_system: 255, target_component: 190, type: 5, mission_type: 0 }, 25)
    }
    expect((await ended(upload)).ok).toBe(true)
    expect(holds(mission, 0)).toEqual([])
  })

  it('is not disturbed by a station that tries to upload meanwhile', async () => {
    const { clock, link, ended, put, holds } = rig(autopilot)
    const mission = missionOf(12, 1, autopilot)
    const upload = put(mission)
    await clock.advance(100)
    link.otherSays(250, 'MISSION_COUNT', { target_system: 1, target_component: 1, count: 3, mission_type: 0 })
    expect((await ended(upload)).ok).toBe(true)
    expect(holds(mission, 0)).toEqual([])
  })

  it('takes every message twice and out of order, as over two links that nobody filters', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { ended, put, holds } = rig(autopilot, { lost: 0.05, doubled: 1, late: 0.3, rttMs: 120 }, seed)
      const mission = missionOf(20, seed, autopilot)
      expect((await ended(put(mission))).ok).toBe(true)
      expect(holds(mission, 0)).toEqual([])
    }
  })

  it('ends when it is cancelled, tells the vehicle, and leaves no timer and no listener', async () => {
    const { clock, link, ended, put, vehicle } = rig(autopilot)
    const stop = new AbortController()
    const upload = put(missionOf(30, 1, autopilot), 0, stop.signal)
    await clock.advance(100)
    stop.abort()
    const result = await ended(upload)
    const planUnknown = autopilot === 'ardupilot'
    expect(result).toMatchObject({ ok: false, error: { kind: 'cancelled', planUnknown } })
    expect(link.sent.at(-1)).toMatchObject({ name: 'MISSION_ACK', fields: { type: 15 } })
    await clock.advance(50)
    // PX4 is free at once, ArduPilot after its eight seconds.
    expect(vehicle.transfer().receiving === null).toBe(autopilot === 'px4')
    expect(link.listeners.size).toBe(0)
  })

  it('asks nothing of a vehicle that has no room for the plan', async () => {
    const { link, ports, policy } = rig(autopilot)
    const result = await putPlan(missionOf(30, 1, autopilot), { ...policy, capacity: 20 }, ports, () => undefined)
    expect(result).toMatchObject({ ok: false, error: { code: 'mission-no-space', planUnknown: false } })
    expect(link.sent).toEqual([])
  })
})

it('says that PX4 refused a fence without home in it, and that ArduPilot took it', async () => {
  const px4 = rig('px4')
  expect(await px4.ended(px4.put(fence(900), 1))).toMatchObject({ ok: false, error: { code: 'mission-error' } })
  expect(px4.vehicle.transfer().plans[1]).toEqual([])
  const ardupilot = rig('ardupilot')
  expect((await ardupilot.ended(ardupilot.put(fence(900), 1))).ok).toBe(true)
})

it('says that ArduPilot does not clear the plan that it flies', async () => {
  const { ended, put, clear, vehicle } = rig('ardupilot')
  await ended(put(missionOf(8, 1, 'ardupilot')))
  vehicle.inAuto = true
  expect(await ended(clear(0))).toMatchObject({ ok: false, error: { kind: 'refused', planUnknown: false } })
  expect(vehicle.transfer().plans[0]).toHaveLength(8)
})

it('puts plans into five vehicles at once over one radio of 4000 bytes a second', async () => {
  const clock = new FakeClock()
  const radio = newRadio()
  const losses = { lost: 0.05, doubled: 0, late: 0, rttMs: 150, bytesPerS: 4000 }
  const runs = Array.from({ length: 5 }, (_, i) => {
    const autopilot: AutopilotName = i % 2 === 0 ? 'px4' : 'ardupilot'
    const link = lossyPort(clock, createRandom(i + 1).next, losses, { systemId: i + 1, radio })
    const vehicle = planVehicle(autopilot, clock, link)
    const items = missionOf(30, i + 1, autopilot)
    const policy = { dialect: autopilot, rttMs: 150, expiresAtMs: clock.nowMs() + LIMIT_MS }
    const run = { autopilot, vehicle, items, ok: null as boolean | null }
    void putPlan(items, policy, { port: link.port, clock, comp: 1 }, () => undefined).then(({ ok }) => (run.ok = ok))
    return run
  })
  await clock.advanceUntil(() => runs.every(({ ok }) => ok !== null), LIMIT_MS)
  for (const { autopilot, vehicle, items, ok } of runs)
    expect([ok, compareMissions(items, asRead(vehicle.transfer().plans[0]), autopilot)]).toEqual([true, []])
})

it('refuses a fence that is none', () => {
  expect(toFence([{ stay: 'inside', ring: square(0).slice(0, 2) }])).toMatchObject({
    ok: false,
    error: { kind: 'too-few-vertices', zone: 0 },
  })
  expect(toFence([{ stay: 'outside', centre: TEST_HOME, radiusM: 0 }])).toMatchObject({ ok: false })
})

it('reads an empty plan as one', async () => {
  const { ports, ended } = rig('px4')
  expect(await ended(readPlan(20, ports))).toMatchObject({ ok: true, value: { items: [] } })
})
