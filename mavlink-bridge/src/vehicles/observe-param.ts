import { safetyParamsOf } from './safety-params.ts'
import type { Vehicle } from './vehicle.ts'

/** A time-out beyond this is a parameter that was read wrongly. */
const LONGEST_S = 10_000

/** What a parameter of the vehicle tells; most tell nothing here. */
export function observeParam(vehicle: Vehicle, name: string, value: number): Vehicle {
  const params = safetyParamsOf(vehicle)
  if (params === null || !Number.isFinite(value)) return vehicle
  if (name === params.linkLossAfter)
    return value > 0 && value < LONGEST_S ? { ...vehicle, linkLossAfterS: value } : vehicle
  const guard = params.guards.find((param) => param.name === name || param.formerly === name)
  if (guard === undefined) return vehicle
  return { ...vehicle, safetyParams: new Map(vehicle.safetyParams).set(guard.name, value) }
}

/** It may have been set, and the vehicle does not say: what it told before holds no more, and is asked for again. */
export function doubtParam(vehicle: Vehicle, name: string): Vehicle {
  const params = safetyParamsOf(vehicle)
  if (params === null) return vehicle
  if (name === params.linkLossAfter) return { ...vehicle, linkLossAfterS: null }
  const guard = params.guards.find((param) => param.name === name || param.formerly === name)
  if (guard === undefined) return vehicle
  const safetyParams = new Map(vehicle.safetyParams)
  safetyParams.delete(guard.name)
  return { ...vehicle, safetyParams }
}

/** The vehicle says that it has no parameter of that name: it is not asked for it again. One that has two names may have the other. */
export function observeNoParam(vehicle: Vehicle, name: string): Vehicle {
  const asked = safetyParamsOf(vehicle)?.guards.find((param) => param.name === name)
  if (asked === undefined || asked.formerly !== undefined) return vehicle
  return { ...vehicle, safetyParams: new Map(vehicle.safetyParams).set(name, null) }
}
