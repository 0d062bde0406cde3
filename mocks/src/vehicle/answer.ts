import { RESULT } from './mavlink.ts'
import type { Step, Vehicle } from './vehicle.ts'

/** What a command comes to: the MAV_RESULT of its COMMAND_ACK, and the vehicle after it with what it says besides. */
export interface Answer {
  readonly result: number
  readonly step: Step
}
/** COMPONENT_ARM_DISARM param 2: also in the air. */
export const FORCE = 21_196

export const answer = (result: number, ...step: Step): Answer => ({ result, step })
export const unsupported = (v: Vehicle): Answer => answer(RESULT.unsupported, v)
