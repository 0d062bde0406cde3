import { landedState } from './landed.ts'
import type { Vehicle } from './vehicle.ts'

/**
 * True where it moves by its plan now, or may: a plan that is changed meanwhile is flown or driven half changed
 * (ArduPilot replaces it item by item). A rover or boat is always on the ground, so its landing says nothing; one whose
 * arming is not known (a satellite link) may be armed.
 */
export function followsPlan(vehicle: Vehicle, nowMs: number): boolean {
  if (vehicle.mode?.kind !== 'auto' || (vehicle.armedKnown && !vehicle.armed)) return false
  return vehicle.kind === 'rover' || landedState(vehicle, nowMs) !== 'on-ground'
}
