import type { ReasonCode } from '@skerry/contract'

/** A command as its order means it; the form on the wire (LONG or INT) is chosen by the exchange. */
export interface CommandSpec {
  /** Component that is to do it. */
  readonly comp: number
  /** MAV_CMD. */
  readonly command: number
  readonly params: readonly [number, number, number, number, number, number, number]
  /** Set where params 5 and 6 are a position in degrees (latitude, longitude): it then goes as COMMAND_INT. */
  readonly frame?: number
}

/**
 * How often a command is said again. Safety commands retry hard, then on and on until their effect is seen; questions
 * three times; what starts a flight only inside two seconds: a late repeat must not start a second flight; what only sets
 * something (a mode, the next step of a plan) until it runs out, for as long as whoever gives it sees that nobody else
 * has set it meanwhile; what cannot be undone once.
 */
export interface CommandPolicy {
  readonly class: 'safety' | 'query' | 'setting' | 'initiating' | 'destructive'
  /** Wait for an answer before the next try. */
  readonly retryMs: number
  /** Safety only: after this time retries slow down to `slowRetryMs`. */
  readonly hardForMs: number
  readonly slowRetryMs: number
  /** Sends in total; Infinity: until cancelled or expired. */
  readonly maxTries: number
  /** Wait after IN_PROGRESS before it counts as silence. */
  readonly inProgressMs: number
}

/** A start is repeated only while the hand that gave it is still on the button. */
const REPEAT_START_WITHIN_MS = 2000
const COMMON = { hardForMs: 5000, slowRetryMs: 2000, inProgressMs: 3000 }

/**
 * @param rttMs measured round trip of the link. A safety command never waits longer for its answer than its slow retry
 *   does: a round trip that was measured too long must not keep an aircraft from being stopped
 */
export const commandPolicy = (kind: CommandPolicy['class'], rttMs: number): CommandPolicy => {
  switch (kind) {
    case 'safety':
      return { class: kind, ...COMMON, retryMs: safetyRetryMs(rttMs), maxTries: Infinity }
    case 'query':
      return { class: kind, ...COMMON, retryMs: Math.max(700, 2 * rttMs), maxTries: 3 }
    case 'setting':
      return { class: kind, ...COMMON, retryMs: settingRetryMs(rttMs), maxTries: Infinity }
    case 'destructive':
      return { class: kind, ...COMMON, retryMs: Math.max(700, 2 * rttMs), maxTries: 1 }
    case 'initiating': {
      // Inside its two seconds it is said three times, also where the round trip was taken for longer than it is.
      const retryMs = Math.min(REPEAT_START_WITHIN_MS / 2, Math.max(700, 2 * rttMs))
      return { class: kind, ...COMMON, retryMs, maxTries: 1 + Math.floor(REPEAT_START_WITHIN_MS / retryMs) }
    }
  }
}

/**
 * Wait between two tellings of what only sets something, ms: the answer has time to come, and a round trip that was
 * measured too long does not use up the few seconds in which it may be said.
 */
export const settingRetryMs = (rttMs: number): number => Math.min(COMMON.slowRetryMs, Math.max(700, 2 * rttMs))

const safetyRetryMs = (rttMs: number): number => Math.min(COMMON.slowRetryMs, Math.max(500, 1.5 * rttMs))

const FORCE_DISARM = 21_196
const SAFETY_COMMANDS: ReadonlySet<number> = new Set([17, 20, 21]) // loiter, return to launch, land
/** Set and get message interval, request message; gimbal and camera: the same again does the same. */
const QUERY_COMMANDS: ReadonlySet<number> = new Set([510, 511, 512, 521, 531, 532, 1000, 1001, 2510, 2511])
/** Mode, item of the plan, standard mode. */
const SETTING_COMMANDS: ReadonlySet<number> = new Set([176, 224, 262])
const FLIGHT_TERMINATION = 185
const ARM_DISARM = 400

/** The retry class of a command that no order stands behind. What is not known here is taken for the start of a flight. */
export function classOf({ command, params }: Pick<CommandSpec, 'command' | 'params'>): CommandPolicy['class'] {
  if (command === FLIGHT_TERMINATION) return 'destructive'
  if (command === ARM_DISARM && params[0] === 0 && params[1] === FORCE_DISARM) return 'destructive'
  if (SAFETY_COMMANDS.has(command)) return 'safety'
  if (SETTING_COMMANDS.has(command)) return 'setting'
  return QUERY_COMMANDS.has(command) ? 'query' : 'initiating'
}

export type CommandError =
  | { readonly kind: 'refused'; readonly result: number }
  | { readonly kind: 'silent'; readonly tries: number }
  | { readonly kind: 'expired' }
  /** Taken back by us: another order came, or its effect was seen. */
  | { readonly kind: 'cancelled' }
  /** It could not be said: a value that no message carries, or another fault of ours. */
  | { readonly kind: 'fault'; readonly detail: string }

/** MAV_RESULT. */
const RESULTS: ReadonlyMap<number, ReasonCode> = new Map<number, ReasonCode>([
  [1, 'command-temporarily-rejected'],
  [2, 'command-denied'],
  [3, 'command-unsupported'],
  [4, 'command-failed'],
  [6, 'command-cancelled'],
  [7, 'command-long-only'],
  [8, 'command-int-only'],
  [9, 'command-unsupported-frame'],
  [10, 'command-not-in-control'],
])
/** The reason that a result is; one without a name comes with its number. */
export function commandCode(result: number): { readonly code: ReasonCode; readonly detail: string } {
  const code = RESULTS.get(result)
  return code === undefined ? { code: 'command-result-unknown', detail: String(result) } : { code, detail: '' }
}

const DENIED = 2
const UNSUPPORTED = 3
const FAILED = 4
/** The vehicle will answer the same tomorrow: not worth asking again. */
export const isUnsupportedResult = (result: number): boolean =>
  result === DENIED || result === UNSUPPORTED || result === FAILED
