import type { Vehicle } from '../vehicles/vehicle.ts'
import type { Tell } from './order-step.ts'

const DO_SET_MODE = 176
const CUSTOM_MODE_ENABLED = 1

/** PX4 reads NaN as "not given", ArduPilot 0. */
export function command({ autopilot }: Vehicle, id: number, ...given: number[]): Tell {
  const blank = autopilot === 'px4' ? NaN : 0
  const param = (i: number): number => given[i] ?? blank
  return { by: 'command', command: id, params: [param(0), param(1), param(2), param(3), param(4), param(5), param(6)] }
}
export const setMode = (vehicle: Vehicle, main: number, sub?: number): Tell =>
  sub === undefined
    ? command(vehicle, DO_SET_MODE, CUSTOM_MODE_ENABLED, main)
    : command(vehicle, DO_SET_MODE, CUSTOM_MODE_ENABLED, main, sub)
