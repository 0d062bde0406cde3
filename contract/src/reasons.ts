import { z } from 'zod'
import { REFUSAL_CODES } from './refusals.ts'

/** What an aircraft was just told to do, where a reason speaks of one step of an order. */
export const ORDER_STEPS = [
  'check-plan',
  'guided-mode',
  'arm',
  'take-off',
  'fly-plan',
  'arm-and-fly',
  'plan-from-start',
  'hold',
  'return',
  'land',
  'take-gimbal',
  'look-at',
  'look-down',
  'look-ahead',
  'free-gimbal',
  'zoom',
  'photo',
  'palette',
  'thermal-range',
  'take-control',
  'release-control',
  'allow-takeover',
  'hand-over',
] as const
export type OrderStepName = (typeof ORDER_STEPS)[number]

/**
 * Why something about an aircraft or a task is as it is. The console has words for each, in both languages; a refusal
 * code can be such a reason too.
 */
export const REASON_CODES = [
  // The bridge did not take the request.
  'drone-unknown-to-bridge',
  'lease-token-invalid',
  'expired-before-bridge',
  'unsigned-read-only',
  'malformed-request',
  'order-running',
  'transfer-running',
  'plan-not-verified',
  'autopilot-unknown',
  'mode-not-offered',
  'not-armed',
  'not-in-air',
  'not-a-multicopter',
  'hover-hold-needs-radio',
  'no-landing-mode',
  'no-takeoff-height',
  'home-unknown',
  'no-gimbal',
  'gimbal-unclear',
  'no-camera',
  'camera-cannot-zoom',
  'camera-cannot-photo',
  'camera-no-setting',
  'control-not-offered',
  'control-not-ours',
  // How an order went.
  'still-trying',
  'next-step',
  'too-late',
  'superseded',
  'lease-changed',
  'vehicle-replaced',
  'link-lost-meanwhile',
  'ran-out-before',
  'mode-changed',
  'disarmed-itself',
  'gimbal-taken',
  'capture-failed',
  'control-asked',
  'control-kept',
  'control-not-taken',
  'no-effect-seen',
  'no-answer',
  // MAV_RESULT of a command.
  'command-temporarily-rejected',
  'command-denied',
  'command-unsupported',
  'command-failed',
  'command-cancelled',
  'command-long-only',
  'command-int-only',
  'command-unsupported-frame',
  'command-not-in-control',
  'command-result-unknown',
  // MAV_MISSION_RESULT of a plan transfer.
  'mission-error',
  'mission-unsupported-frame',
  'mission-unsupported-command',
  'mission-no-space',
  'mission-invalid-item',
  'mission-invalid-value',
  'mission-invalid-sequence',
  'mission-denied',
  'mission-cancelled',
  'mission-result-unknown',
  // How a plan transfer ended otherwise.
  'did-not-hold',
  'upload-not-begun',
  'upload-broken-off',
  'upload-cancelled',
  'no-upload-running',
  'fence-cancelled',
  'no-fence-transfer',
  'upkeep-cancelled',
  'made-room',
  'upkeep-unheard',
  'param-no-answer',
  'param-absent',
  'param-refused',
  'param-changed-meanwhile',
  'param-value-unfit',
  'params-incomplete',
  'param-encoding-unknown',
  'mission-cleared',
  'read-back-differs',
  'not-read-back',
  'plan-touched',
  'fence-touched',
  'vehicle-silent',
  'bridge-fault',
  'verified-without-id',
  // What the server knows.
  'no-bridge',
  'bridge-silent',
  'bridge-restarted',
  'upload-end-unheard',
  'not-delivered',
  'nothing-heard',
  'plan-not-confirmed',
  'other-plan-aboard',
  'order-refused',
  'order-not-effective',
  'order-expired',
  'order-unknown',
  'highest-ground-changed',
  'replaced-by-task',
  'ordered-down',
  'lease-taken-over',
  'lease-released',
  // How what others report came to its end.
  'alert-expired',
  'alert-cancelled',
  'closed-at-source',
  // What people choose from a list, so that everyone reads it in their own language.
  'person-found',
  'withdrawn-by-coordinator',
  'pilot-wind',
  'pilot-battery',
  'pilot-aircraft',
  'pilot-airspace',
  'pilot-people',
  'pilot-sight',
  'lease-agreed',
  'lease-absent',
  'lease-safety',
  'lease-start',
] as const
export const ReasonCode = z.enum([...REASON_CODES, ...REFUSAL_CODES])
export type ReasonCode = z.infer<typeof ReasonCode>

export interface ParsedReason {
  code: ReasonCode
  step: OrderStepName | null
  /** Figures, a name, the words of the autopilot as it said them, or another reason. Empty where there is none. */
  detail: string
}

/** How a reason is written in every message and in the journal: `code[@step][: detail]`. */
export const reasonOf = (code: ReasonCode, detail = '', step: OrderStepName | null = null): string =>
  `${code}${step === null ? '' : `@${step}`}${detail === '' ? '' : `: ${detail}`}`

const SHAPE = /^([a-z0-9-]+)(?:@([a-z-]+))?(?:: ([^]+))?$/
const codes: ReadonlySet<string> = new Set(ReasonCode.options)
const steps: ReadonlySet<string> = new Set(ORDER_STEPS)

/** Null where it is not written so: words that a person typed, or an entry of a journal from before there were codes. */
export function parseReason(reason: string): ParsedReason | null {
  const [, code = '', step = null, detail = ''] = SHAPE.exec(reason) ?? []
  if (!codes.has(code) || (step !== null && !steps.has(step))) return null
  return { code: code as ReasonCode, step: step as OrderStepName | null, detail }
}
