import { expect, it } from 'vitest'
import { copterInAir } from '../testing/vehicles.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { type PlanRecord, planState } from './plan-book.ts'

const MISSION_CURRENT = 42
const record: PlanRecord = {
  state: 'verified',
  planId: 'abc',
  onboardId: 77,
  total: 6,
  readAtMs: 10_000,
  reboots: 0,
}
const told = (total: number | null, onboardId: number, atMs: number): Vehicle => ({
  ...copterInAir(3, 0),
  mission: { currentSeq: 1, reachedSeq: null, total, onboardId, fenceId: 0, rallyId: 0 },
  heardAtMs: new Map([[MISSION_CURRENT, atMs]]),
})

it('is unknown until it was read', () => {
  expect(planState({ state: 'unknown' }, told(6, 77, 20_000))).toMatchObject({ state: 'unknown', planId: null })
})
it('is verified while the vehicle says nothing else', () => {
  expect(planState(record, told(6, 77, 20_000))).toMatchObject({ state: 'verified', planId: 'abc' })
  expect(planState(record, told(null, 0, 20_000))).toMatchObject({ state: 'verified', planId: 'abc' })
})
it('differs when another station has put another plan there', () => {
  expect(planState(record, told(6, 78, 20_000))).toMatchObject({ state: 'differs', planId: null })
  expect(planState(record, told(9, 77, 20_000))).toMatchObject({ state: 'differs', planId: null })
})
it('does not take the old number of items, said just after an upload, for a change', () => {
  expect(planState(record, told(3, 12, 11_000)).state).toBe('verified')
})
it('is unknown again after the autopilot restarted', () => {
  expect(planState(record, { ...told(6, 77, 20_000), reboots: 1 })).toMatchObject({ state: 'unknown', planId: null })
})
it('takes the item that is named for one of this plan only once it is named after the transfer', () => {
  expect(planState(record, told(6, 77, 11_000)).itemsCount).toBe(false)
  expect(planState(record, told(6, 77, 20_000)).itemsCount).toBe(true)
})
