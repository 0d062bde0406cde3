import type { OrderStepName, ReasonCode } from '@skerry/contract'
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
  /** PARAM_SET on the autopilot. */
  | { readonly by: 'param'; readonly name: string; readonly value: number }
  /** PARAM_EXT_SET on a camera. */
  | {
      readonly by: 'ext-param'
      readonly comp: number
      readonly name: string
      readonly type: number
      readonly value: number
    }
  /** No order is said: what was said before takes its time, or something else is begun whose outcome the step looks at. */
  | { readonly by: 'waiting'; readonly begin?: () => void }

export interface StepLost {
  readonly code:
    | 'mode-changed'
    | 'disarmed-itself'
    | 'gimbal-taken'
    | 'capture-failed'
    | 'other-plan-aboard'
    | 'not-read-back'
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
  /** Effect seen in telemetry that is newer than `sinceMs`: when our word may have reached the vehicle. */
  readonly reached: (vehicle: Vehicle, sinceMs: number, nowMs: number) => boolean
  /** Why it cannot be reached any more (another hand changed the mode, it disarmed), or null. */
  readonly lost?: (vehicle: Vehicle, sinceMs: number) => StepLost | null
  /** The effect has begun: a refusal that came meanwhile was the answer to a repeat. */
  readonly begun?: (vehicle: Vehicle, sinceMs: number) => boolean
  /** A refusal that means "not yet" (MAV_RESULT): what is waited for. Null: it is a refusal. */
  readonly pending?: (result: number) => { readonly code: ReasonCode; readonly detail: string } | null
  /** What it means when the effect does not show in time after the vehicle agreed. */
  readonly late?: ReasonCode
  /** Said for good order: whatever the vehicle answers, the next step follows. */
  readonly courtesy?: true
  /**
   * The same again does the same (a mode, the next item of a plan): it is said until its effect shows or it runs out, by
   * the next way where one of its ways may not be said so often. Such a step says by `lost` when another hand was there.
   */
  readonly sets?: true
  /** How long the effect may take after the vehicle agreed. */
  readonly withinMs: number
}
