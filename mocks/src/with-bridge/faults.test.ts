import { clearPlan, putPlan, readPlan } from '@skerry/mavlink-bridge/exchanges'
import { compareMissions, createRandom, FakeClock, lossyPort, NO_LOSS } from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { FAULT_NAMES, type FaultName, FAULTS } from '../faults/fault-names.ts'
import type { AutopilotName } from '../vehicle/modes.ts'
import { planVehicle } from './plan-vehicle.ts'
import { asRead, missionOf } from './upload-run.ts'

const ITEMS = 6
const LIMIT_MS = 600_000

async function rig(autopilot: AutopilotName, fault: FaultName | null) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
  const vehicle = planVehicle(autopilot, clock, link)
  const ports = { port: link.port, clock, comp: 1 }
  const items = missionOf(ITEMS, 1, autopilot)
  const policy = { dialect: autopilot, rttMs: NO_LOSS.rttMs, expiresAtMs: clock.nowMs() + LIMIT_MS }
  async function ended<T>(work: Promise<T>): Promise<T> {
    let result: { value: T } | null = null
    void work.then((value) => (result = { value }))
    await clock.advanceUntil(() => result !== null, LIMIT_MS)
    if (result === null) throw new Error('it never ended')
    return (result as { value: T }).value
  }
  const put = () => ended(putPlan(items, policy, ports, () => undefined))
  const read = () => ended(readPlan(NO_LOSS.rttMs, ports))
  const clear = () => ended(clearPlan({ dialect: autopilot, rttMs: NO_LOSS.rttMs }, ports))
  const holds = () => compareMissions(items, asRead(vehicle.transfer().plans[0]), autopilot).length === 0
  /** Nothing of the exchange is left over: the vehicle's own two timers wait, and nobody listens. */
  const clean = () => link.listeners.size === 0 && clock.waiting <= 3
  vehicle.fault = fault
  return { vehicle, put, read, clear, holds, clean, items, clock, link, ports, policy }
}

/** What the bridge must conclude; `ok` is "proved by reading back". */
type Conclusion =
  | 'ok'
  | 'vehicle-silent'
  | 'mission-error'
  | 'mission-cancelled'
  | 'upload-not-begun'
  | 'upload-broken-off'
const READING: Partial<Record<FaultName, Conclusion>> = {
  'list-never-answered': 'vehicle-silent',
  'first-list-unanswered': 'ok',
  'item-0-never-sent': 'vehicle-silent',
  'item-1-never-sent': 'vehicle-silent',
  'item-1-at-second-request': 'ok',
  'item-0-wrong-sequence': 'vehicle-silent',
  'item-1-wrong-sequence': 'vehicle-silent',
  'error-for-item-0': 'mission-error',
  'error-for-item-1': 'mission-error',
}
/** ArduPilot first, PX4 second, where they differ. */
const WRITING: Partial<Record<FaultName, Conclusion | readonly [Conclusion, Conclusion]>> = {
  'count-never-answered': 'upload-not-begun',
  'first-count-unanswered': 'ok',
  // ArduPilot says itself that it gave up.
  'item-1-never-requested': ['mission-cancelled', 'upload-broken-off'],
  'first-request-wrong-sequence': 'ok',
  'second-request-wrong-sequence': 'ok',
  'error-for-request-0': 'mission-error',
  'error-for-request-1': 'mission-error',
  'final-ack-never': 'ok',
  // On ArduPilot ERROR is also what a second copy of the last item brings: reading back decides.
  'final-ack-error': ['ok', 'mission-error'],
  'final-ack-early': 'ok',
  'final-ack-lost-once': 'ok',
}
const BLUE: readonly FaultName[] = ['ack-while-idle', 'item-while-idle', 'request-while-idle']

it('names each of the faults in one of the tables of this file', () => {
  const tested = [...Object.keys(READING), ...Object.keys(WRITING), ...BLUE]
  expect(tested.toSorted()).toEqual(FAULT_NAMES.toSorted())
})

describe.each(['ardupilot', 'px4'] as const)('with a vehicle in the manner of %s', (autopilot) => {
  describe('reading a plan when', () => {
    it.each(Object.entries(READING))('%s concludes %s', async (fault, conclusion) => {
      const { vehicle, put, read, clean, items } = await rig(autopilot, null)
      expect((await put()).ok).toBe(true)
      vehicle.fault = fault as FaultName
      const result = await read()
      expect([result.ok ? 'ok' : result.error.code, FAULTS[fault as FaultName]]).toEqual([
        conclusion,
        FAULTS[fault as FaultName],
      ])
      if (result.ok) expect(compareMissions(items, result.value.items, autopilot)).toEqual([])
      expect(clean()).toBe(true)
    })
  })

  describe('writing a plan when', () => {
    it.each(Object.entries(WRITING))('%s concludes %j', async (fault, conclusion) => {
      const { put, holds, clean } = await rig(autopilot, fault as FaultName)
      const result = await put()
      const expected = typeof conclusion === 'string' ? conclusion : conclusion[autopilot === 'px4' ? 1 : 0]
      expect(result.ok ? 'ok' : result.error.code).toBe(expected)
      if (result.ok) expect(holds()).toBe(true)
      // A plan that is changed in place is unknown after anything that got past the door.
      else if (autopilot === 'ardupilot' && fault !== 'error-for-request-0') expect(result.error.planUnknown).toBe(true)
      expect(clean()).toBe(true)
    })
  })

  it.each(BLUE)('%s changes nothing, in none of the exchanges', async (fault) => {
    const { vehicle, put, read, clear, holds, clock, link, clean } = await rig(autopilot, fault)
    const before = link.sent.length
    await clock.advance(10_000)
    expect(link.sent.length).toBe(before)
    expect((await put()).ok).toBe(true)
    expect(holds()).toBe(true)
    expect((await read()).ok).toBe(true)
    expect((await clear()).ok).toBe(true)
    expect(vehicle.transfer().plans[0]).toEqual([])
    expect(clean()).toBe(true)
  })
})
