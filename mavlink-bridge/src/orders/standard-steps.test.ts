import { describe, expect, it } from 'vitest'
import { copterInAir, heartbeat } from '../testing/vehicles.ts'
import { observeHeartbeat } from '../vehicles/observe.ts'
import { offeredMode } from '../vehicles/standard-modes.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { orderSteps } from './order-steps.ts'

describe('an autopilot whose mode numbers nobody here knows', () => {
  const OTHER = 4
  const unknown = (modes: readonly (readonly [custom: number, standard: number, properties?: number])[]) => {
    const offeredModes = new Map(
      modes.map(([custom, standard, properties = 0]) => [custom, offeredMode(`M${custom}`, standard, properties)]),
    )
    return (nowMs: number): Vehicle =>
      observeHeartbeat(
        { ...copterInAir(1, nowMs), offeredModes },
        { sys: 1, comp: 1 },
        heartbeat(1, { armed: true, autopilot: OTHER }),
        nowMs,
      )
  }
  it.each([
    ['hold', [[9, 5]], 'mode-not-offered'],
    ['land', [[9, 5]], 'mode-not-offered'],
    ['return', [[9, 5, 2]], 'autopilot-unknown'],
    ['return', [], 'autopilot-unknown'],
    ['arm-and-start', [[9, 6]], 'mode-not-offered'],
  ] as const)('is not told to %s where it does not offer that (%j): %s', (order, modes, code) => {
    expect(orderSteps(order, unknown(modes)(0), 60, 0)).toEqual({ ok: false, error: { kind: 'not-possible', code } })
  })
  it('is never told a number of another vehicle, also where it is an ArduPilot of a kind without a table', () => {
    const airship = { ...copterInAir(3, 0), kind: 'other' as const }
    const steps = orderSteps('return', airship, 60, 0)
    expect(steps).toMatchObject({ ok: true, value: [{ ways: [{ by: 'command', command: 20 }] }] })
    expect(orderSteps('hold', airship, 60, 0).ok).toBe(false)
  })
})
