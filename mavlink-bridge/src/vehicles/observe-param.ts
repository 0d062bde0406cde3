import { safetyParamsOf } from './safety-params.ts'
import type { Vehicle } from './vehicle.ts'

/** A time-out beyond this is a parameter that was read wrongly. */
const LONGEST_S = 10_000

/** What a parameter of the vehicle tells; most tell nothing here. */
export function observeParam(vehicle: Vehicle, name: string, value: number): Vehicle {
  const params = safetyParamsOf(vehicle)
  if (params === null || !Number.isFinite(value)) return vehicle
  if (name === params.linkLossAfter)
    return value > 0 && value < LONGEST_S ? { ...vehicle, linkLoss: { ...vehicle.linkLoss, afterS: value } } : vehicle
  const guard = params.guards.find((param) => param.name === name)
  if (guard === undefined) return vehicle
  const known = { ...vehicle, safetyParams: new Map(vehicle.safetyParams).set(name, value) }
  return guard.guards === 'link'
    ? { ...known, linkLoss: { ...known.linkLoss, acts: !guard.off.includes(value) } }
    : known
}

/** The vehicle says that it has no parameter of that name: it is not asked for it again. */
export function observeNoParam(vehicle: Vehicle, name: string): Vehicle {
  const asked = safetyParamsOf(vehicle)?.guards.some((param) => param.name === name) === true
  return asked ? { ...vehicle, safetyParams: new Map(vehicle.safetyParams).set(name, null) } : vehicle
}
