import type { OrderStepName } from '@skerry/contract'
import type { Vehicle } from '../vehicles/vehicle.ts'

/** One way to tell a vehicle something. */
export type Tell =
  | {
      readonly by: 'command'
      readonly command: number
      readonly params: readonly [number, number, number, number, number, number, number]
      /** Component that is to do it; the autopilot where none is named. */
      readonly comp?: number
      /** MAV_FRAME, where params 5 and 6 are latitude and longitude. */
      readonly frame?: number
    }
  /** MISSION_SET_CURRENT, for autopilots without the command. */
  | { readonly by: 'set-current'; readonly seq: number }

export interface StepLost {
  readonly code: 'mode-changed' | 'disarmed-itself' | 'gimbal-taken' | 'capture-failed'
  /** The mode it is in now. */
  readonly detail: string
}

/** One step of an order: it is told, and it is done when telemetry shows it. */
export interface OrderStep {
  /** What the vehicle is to do. */
  readonly name: OrderStepName
  /** Its figure, where it has one. */
  readonly figure?: string
  /** The first way; the next ones when the vehicle refuses it. */
  readonly ways: readonly [Tell, ...Tell[]]
  /** Effect seen in telemetry that is newer than `sinceMs`. */
  readonly reached: (vehicle: Vehicle, sinceMs: number, nowMs: number) => boolean
  /** Why it cannot be reached any more (another hand changed the mode, it disarmed), or null. */
  readonly lost?: (vehicle: Vehicle, sinceMs: number) => StepLost | null
  /** The effect has begun: a refusal that came meanwhile was the answer to a repeat. */
  readonly begun?: (vehicle: Vehicle, sinceMs: number) => boolean
  /** Said for good order: whatever the vehicle answers, the next step follows. */
  readonly courtesy?: true
  /** How long the effect may take after the vehicle agreed. */
  readonly withinMs: number
}
