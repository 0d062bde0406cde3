import type { TypedMessages } from '../wire/typed-messages.ts'
import { OWN } from './own.ts'
import type { Vehicle } from './vehicle.ts'

/** MAV_CMD_REQUEST_OPERATOR_CONTROL, a draft of MAVLink; the draft before it had another number. */
export const REQUEST_OPERATOR_CONTROL = 32_100
/** MAV_PROTOCOL_CAPABILITY: the vehicle obeys one station at a time, and says which. */
const ACCEPTS_GCS_CONTROL = 524_288n

/** CONTROL_STATUS.flags */
const SYSTEM_MANAGER = 1
const TAKEOVER_ALLOWED = 2
/** Sent about once a second; older than this nobody knows who is in control. */
const FRESH_MS = 10_000
/** How long a station waits for an answer, by the draft, seconds. */
const WAITS_S = { least: 3, usual: 10, most: 60 } as const

/** Ground stations that hold control, as the vehicle says (CONTROL_STATUS). */
export interface OperatorControl {
  /** Component that manages it for the whole system: requests go there. */
  readonly comp: number
  /** False where a component speaks for itself alone. */
  readonly manages: boolean
  /** System id of the station in control, 0: none. */
  readonly main: number
  readonly others: readonly number[]
  readonly takeoverAllowed: boolean
  readonly atMs: number
}
/** Another station wants control that we hold. */
export interface ControlAsked {
  readonly station: number
  readonly untilMs: number
}

/**
 * Who is in control after one more CONTROL_STATUS. What one component says of itself counts only while no manager of the
 * whole system speaks, and only from the autopilot.
 */
export function observeControl(
  vehicle: Vehicle,
  { flags, gcs_main, gcs_secondary }: Readonly<TypedMessages['CONTROL_STATUS']>,
  atMs: number,
  comp: number,
): Vehicle {
  const manages = (flags & SYSTEM_MANAGER) !== 0
  const managed = vehicle.control?.manages === true && atMs - vehicle.control.atMs <= FRESH_MS
  if (!manages && (managed || comp !== vehicle.autopilotComp)) return vehicle
  const control: OperatorControl = {
    comp,
    manages,
    main: gcs_main,
    others: Array.from(gcs_secondary).filter((id) => id !== 0),
    takeoverAllowed: (flags & TAKEOVER_ALLOWED) !== 0,
    atMs,
  }
  // A station that has got what it asked for, or need not ask any more, waits no longer.
  const settled = !isOurs(control) || control.main === vehicle.controlAsked?.station
  return { ...vehicle, control, controlAsked: settled ? null : vehicle.controlAsked }
}

/** Null where the vehicle offers no such thing, or has fallen silent about it. */
export const controlNow = ({ control }: Vehicle, nowMs: number): OperatorControl | null =>
  control !== null && nowMs - control.atMs <= FRESH_MS ? control : null

/** The vehicle obeys us: as the main station, or as one of several. */
export const isOurs = ({ main, others }: OperatorControl): boolean => main === OWN.sys || others.includes(OWN.sys)

export const offersControl = ({ control, capabilities }: Vehicle): boolean =>
  control !== null || ((capabilities ?? 0n) & ACCEPTS_GCS_CONTROL) !== 0n

/**
 * A manager tells us that another station asks for the control that we hold; null where the message is something else.
 * The draft before the present one gave the station in the first parameter, where an action (0 or 1) stands now.
 */
export function controlAsked(
  fields: Readonly<TypedMessages['COMMAND_LONG']>,
  atMs: number,
): { readonly asked: ControlAsked | null } | null {
  if (fields.command !== REQUEST_OPERATOR_CONTROL || fields.target_system !== OWN.sys) return null
  const { param1, param2, param3, param4 } = fields
  const older = param1 > 1
  const [station, action, waitsS] = older ? [param1, param2, param4] : [param4, param1, param3]
  if (action !== 1 || !Number.isInteger(station) || station < 1 || station > 255 || station === OWN.sys)
    return { asked: null }
  const usualS = Number.isFinite(waitsS) && waitsS > 0 ? waitsS : WAITS_S.usual
  const s = Math.min(WAITS_S.most, Math.max(WAITS_S.least, usualS))
  return { asked: { station, untilMs: atMs + s * 1000 } }
}
