import type { FlightOrder } from '@skerry/contract'
import { offersStandard, STANDARD_MODE } from '../vehicles/standard-modes.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { either, inMode, otherHand, standsDisarmed } from './order-effects.ts'
import type { OrderStep } from './order-step.ts'
import { command } from './tell-command.ts'

const DO_SET_STANDARD_MODE = 262
const MODE_SEEN_WITHIN_MS = 4000
const SET_SEEN_WITHIN_MS = 10_000

/**
 * An order for a vehicle whose own mode numbers are not known: by the standard modes that it offers (AVAILABLE_MODES).
 * There is none for standing still without a hand on the sticks, and nothing is started by them.
 * @returns why it cannot be ordered so
 */
export function standardSteps(
  order: FlightOrder,
  vehicle: Vehicle,
): readonly OrderStep[] | 'autopilot-unknown' | 'mode-not-offered' | 'not-armed' {
  const offered = (mode: number): boolean => offersStandard(vehicle, mode)
  if (!Object.values(STANDARD_MODE).some(offered)) return 'autopilot-unknown'
  const step = (mode: number, of: Omit<OrderStep, 'ways'>): readonly OrderStep[] | 'mode-not-offered' =>
    offered(mode) ? [{ ...of, ways: [command(vehicle, DO_SET_STANDARD_MODE, mode)] }] : 'mode-not-offered'
  switch (order) {
    case 'return': {
      const reached = either(inMode('return', 'land'), standsDisarmed)
      return step(STANDARD_MODE.safeRecovery, { name: 'return', reached, withinMs: MODE_SEEN_WITHIN_MS })
    }
    case 'land': {
      const reached = either(inMode('land'), standsDisarmed)
      return step(STANDARD_MODE.land, { name: 'land', reached, withinMs: MODE_SEEN_WITHIN_MS })
    }
    case 'resume': {
      if (!vehicle.armed) return 'not-armed'
      const told = {
        reached: inMode('auto'),
        lost: otherHand(vehicle),
        sets: true,
        withinMs: SET_SEEN_WITHIN_MS,
      } as const
      return step(STANDARD_MODE.mission, { name: 'fly-plan', ...told })
    }
    case 'hold':
    case 'arm-and-start':
    case 'start-in-air':
      return 'mode-not-offered'
  }
}
