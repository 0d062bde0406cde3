import { expect, it } from 'vitest'
import { copterInAir } from '../testing/vehicles.ts'
import { observeParam } from './observe-param.ts'
import { failsafeIn, linkState } from './link-state.ts'

const vehicle = copterInAir(3, 0)

it('is degraded after two seconds without a heartbeat and lost after three and a half', () => {
  expect([0, 2000, 2001, 3500, 3501].map((nowMs) => linkState(vehicle, nowMs))).toEqual([
    'live',
    'live',
    'degraded',
    'degraded',
    'lost',
  ])
})

it('counts down to the failsafe that the vehicle has set, and says when it only assumes one', () => {
  expect(failsafeIn(vehicle, 3000)).toBeNull()
  expect(failsafeIn(vehicle, 4000)).toEqual({ inS: 1, assumed: true })
  const read = observeParam(observeParam(vehicle, 'FS_GCS_TIMEOUT', 10), 'FS_GCS_ENABLE', 1)
  expect(failsafeIn(read, 4000)).toEqual({ inS: 6, assumed: false })
  expect(failsafeIn(read, 60_000)).toEqual({ inS: 0, assumed: false })
})

it('promises no failsafe that is switched off', () => {
  expect(failsafeIn(observeParam(vehicle, 'FS_GCS_ENABLE', 0), 4000)).toBeNull()
})
