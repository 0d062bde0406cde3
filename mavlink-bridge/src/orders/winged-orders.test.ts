import type { FlightOrder } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { heartbeat } from '../testing/vehicles.ts'
import { observeHeartbeat } from '../vehicles/observe.ts'
import { offeredMode } from '../vehicles/standard-modes.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { orderSteps } from './order-steps.ts'

const [AUTO, RTL, LOITER, QLOITER, QLAND, AUTOLAND, ROVER_HOLD] = [10, 11, 12, 19, 20, 26, 4]
const [FIXED_WING, VTOL, ROVER, BOAT] = [1, 20, 10, 11]
const DO_SET_MODE = 176

const flying = (type: number, over: Partial<Vehicle> = {}, mode = AUTO): Vehicle => ({
  ...observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(mode, { type }), 0),
  ...over,
})
/** Mode that the order would set first, or why it is refused. */
function told(order: FlightOrder, vehicle: Vehicle): number | string | undefined {
  const steps = orderSteps(order, vehicle, null, 0)
  if (!steps.ok) return steps.error.code
  const modes = steps.value[0]!.ways.flatMap((way) =>
    way.by === 'command' && way.command === DO_SET_MODE ? [way.params[1]] : [],
  )
  return modes[0]
}

describe('an ArduPlane', () => {
  it('circles for a hold and returns by its modes', () => {
    expect([told('hold', flying(FIXED_WING)), told('return', flying(FIXED_WING))]).toEqual([LOITER, RTL])
  })

  it('lands only where it offers to land by itself', () => {
    expect(told('land', flying(FIXED_WING))).toBe('no-landing-mode')
    const offered = (properties: number) => new Map([[AUTOLAND, offeredMode('AUTOLAND', 0, properties)]])
    expect(told('land', flying(FIXED_WING, { offeredModes: offered(0) }))).toBe(AUTOLAND)
    expect(told('land', flying(FIXED_WING, { offeredModes: offered(2) }))).toBe('no-landing-mode')
  })
})

describe('a quadplane', () => {
  const heard = { radioControl: true } as const

  it.each([
    ['hovering', { vtol: 'multicopter' }],
    ['between hover and forward flight', { vtol: 'transition' }],
  ] as const)('%s is held where it hovers, and never sent into forward flight', (_how, state) => {
    expect(told('hold', flying(VTOL, { ...heard, ...state }))).toBe(QLOITER)
  })

  it.each([false, null])('is not held in a hover that sinks: radio control heard %s', (radioControl) => {
    expect(told('hold', flying(VTOL, { vtol: 'multicopter', radioControl }))).toBe('hover-hold-needs-radio')
  })

  it('circles for a hold in forward flight', () => {
    expect(told('hold', flying(VTOL, { vtol: 'fixed-wing' }))).toBe(LOITER)
  })

  it.each([
    ['says so', flying(VTOL)],
    ['calls itself a fixed-wing and tells how it flies', flying(FIXED_WING, { vtol: 'fixed-wing' })],
    ['calls itself a fixed-wing and hovers in a mode for that', flying(FIXED_WING, {}, QLOITER)],
    [
      'calls itself a fixed-wing and offers to land from a hover',
      flying(FIXED_WING, { offeredModes: new Map([[QLAND, offeredMode('QLAND', 0, 0)]]) }),
    ],
  ] as const)('that %s lands upright', (_how, vehicle) => {
    expect(told('land', vehicle)).toBe(QLAND)
  })

  it('that calls itself a fixed-wing is held in a hover where its mode is one', () => {
    expect(told('hold', flying(FIXED_WING, heard, QLAND))).toBe(QLOITER)
  })
})

it.each([ROVER, BOAT])('a rover or boat (MAV_TYPE %i) stops for a hold, and has nothing to land by', (type) => {
  expect([told('hold', flying(type)), told('land', flying(type))]).toEqual([ROVER_HOLD, 'no-landing-mode'])
})
