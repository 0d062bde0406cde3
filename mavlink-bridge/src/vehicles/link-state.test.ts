import { expect, it } from 'vitest'
import { copterInAir } from '../testing/vehicles.ts'
import { observeParam } from './observe-param.ts'
import { failsafeIn, linkState } from './link-state.ts'

const vehicle = copterInAir(3, 0)
const told = (from: typeof vehicle, params: readonly (readonly [string, number])[]): typeof vehicle =>
  params.reduce((now, [name, value]) => observeParam(now, name, value), from)

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
  const part = told(vehicle, [
    ['FS_GCS_TIMEOUT', 10],
    ['FS_GCS_ENABLE', 1],
  ])
  expect(failsafeIn(part, 4000)).toEqual({ inS: 6, assumed: true })
  const read = told(part, [
    ['FS_OPTIONS', 16],
    ['SYSID_MYGCS', 255],
  ])
  expect(failsafeIn(read, 4000)).toEqual({ inS: 6, assumed: false })
  expect(failsafeIn(read, 60_000)).toEqual({ inS: 0, assumed: false })
})

it.each([
  [{}, null, true],
  [{ COM_DLL_EXCEPT: 4 }, null, false],
  // Without the parameter, because it is older than that, nothing is assumed.
  [{}, '1.15.4', false],
] as const)(
  'counts down to the failsafe of a PX4 with %o and firmware %s; assumed: %s',
  (params, firmware, assumed) => {
    const px4 = told({ ...vehicle, autopilot: 'px4', firmware }, [
      ['NAV_DLL_ACT', 2],
      ['COM_DL_LOSS_T', 10],
      ...Object.entries(params),
    ])
    expect(failsafeIn(px4, 4000)).toEqual({ inS: 6, assumed })
  },
)

it.each([
  ['mission', 1],
  ['hold', 2],
] as const)('promises no failsafe of a PX4 that is told to go on in %s without its station', (_mode, value) => {
  const px4 = told({ ...vehicle, autopilot: 'px4' }, [
    ['NAV_DLL_ACT', 2],
    ['COM_DL_LOSS_T', 10],
    ['COM_DLL_EXCEPT', value],
  ])
  expect(failsafeIn(px4, 4000)).toBeNull()
})

it('promises no failsafe of a PX4 that is landing: it lands on', () => {
  const landing = { ...vehicle, autopilot: 'px4', mode: { name: 'LAND', kind: 'land' } } as const
  expect(failsafeIn(landing, 4000)).toBeNull()
})

it.each([
  ['switched off', 'copter', 'FS_GCS_ENABLE', 0],
  ['told to fly its plan to the end all the same', 'copter', 'FS_OPTIONS', 18],
  ['one that misses another station', 'copter', 'MAV_GCS_SYSID', 254],
  ['one that misses another station, on older firmware', 'copter', 'SYSID_MYGCS', 254],
  ['to continue', 'plane', 'FS_LONG_ACTN', 0],
  ['to do nothing', 'rover', 'FS_ACTION', 0],
] as const)('promises no failsafe that is %s', (_how, kind, name, value) => {
  expect(failsafeIn(observeParam({ ...vehicle, kind }, name, value), 4000)).toBeNull()
})
