import { FAILSAFE_PARAMS } from './questions.ts'
import type { Vehicle } from './vehicle.ts'

/** A time-out beyond this is a parameter that was read wrongly. */
const LONGEST_S = 10_000

/** What a parameter of the vehicle tells; most tell nothing here. */
export function observeParam(vehicle: Vehicle, name: string, value: number): Vehicle {
  const params = FAILSAFE_PARAMS[vehicle.autopilot]
  if (params === null || !Number.isFinite(value)) return vehicle
  if (name === params.acts) return { ...vehicle, linkLoss: { ...vehicle.linkLoss, acts: value !== 0 } }
  if (name === params.after && value > 0 && value < LONGEST_S)
    return { ...vehicle, linkLoss: { ...vehicle.linkLoss, afterS: value } }
  return vehicle
}
