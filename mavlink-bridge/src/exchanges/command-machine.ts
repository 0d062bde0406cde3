import type { Result } from '../result.ts'
import type { CommandError, CommandPolicy } from './command.ts'

const ACCEPTED = 0
const IN_PROGRESS = 5
const LONG_ONLY = 7
const INT_ONLY = 8

export type CommandState =
  | {
      readonly at: 'waiting'
      /** Sends so far, 1..; the confirmation counter is one less. */
      readonly tries: number
      readonly form: 'long' | 'int'
      /** The other form was tried on the vehicle's own demand: a second demand is a refusal. */
      readonly swapped: boolean
      readonly startedAtMs: number
      /** When silence becomes a reason to act. */
      readonly quietAtMs: number
      readonly progress: number | null
      readonly running: boolean
    }
  | { readonly at: 'ended'; readonly outcome: Result<void, CommandError>; readonly tries: number }

export type CommandEvent =
  | { readonly type: 'acked'; readonly result: number; readonly progress: number; readonly atMs: number }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }

export interface CommandSend {
  readonly form: 'long' | 'int'
  readonly confirmation: number
}

/** Rules of one command: its policy, and the time after which nothing of it may reach the link. */
export interface CommandRules {
  readonly policy: CommandPolicy
  readonly expiresAtMs: number
}

type Step = readonly [CommandState, ...CommandSend[]]

/** First send; expired commands are never sent at all. */
export function startCommand(form: 'long' | 'int', rules: CommandRules, nowMs: number): Step {
  if (nowMs >= rules.expiresAtMs) return [ended({ kind: 'expired' }, 0)]
  const state = {
    at: 'waiting',
    tries: 1,
    form,
    swapped: false,
    startedAtMs: nowMs,
    quietAtMs: nextQuiet(nowMs, nowMs, rules),
    progress: null,
    running: false,
  } as const
  return [state, { form, confirmation: 0 }]
}

/** One step. Getting the same state object back means "not for us". */
export function nextCommand(s: CommandState, e: CommandEvent, rules: CommandRules): Step {
  if (s.at === 'ended') return [s]
  switch (e.type) {
    case 'acked':
      return acked(s, e, rules)
    case 'cancelled':
      return [ended({ kind: 'cancelled' }, s.tries)]
    case 'quiet': {
      if (e.atMs < s.quietAtMs) return [s]
      if (e.atMs >= rules.expiresAtMs) return [ended({ kind: 'expired' }, s.tries)]
      // Once it runs, a repeat could start it anew: only safety commands are worth that.
      if (s.running && rules.policy.class !== 'safety') return [ended({ kind: 'silent', tries: s.tries }, s.tries)]
      if (s.tries >= rules.policy.maxTries) return [ended({ kind: 'silent', tries: s.tries }, s.tries)]
      const tries = s.tries + 1
      const again = { ...s, tries, quietAtMs: nextQuiet(s.startedAtMs, e.atMs, rules) }
      return [again, { form: s.form, confirmation: Math.min(tries - 1, 255) }]
    }
  }
}

type Waiting = Extract<CommandState, { at: 'waiting' }>
type Ack = Extract<CommandEvent, { type: 'acked' }>

function acked(s: Waiting, { result, progress, atMs }: Ack, rules: CommandRules): Step {
  if (result === ACCEPTED) return [{ at: 'ended', outcome: { ok: true, value: undefined }, tries: s.tries }]
  if (result === IN_PROGRESS) {
    const known = progress <= 100 ? progress : s.progress
    return [{ ...s, running: true, progress: known, quietAtMs: atMs + rules.policy.inProgressMs }]
  }
  const other = result === LONG_ONLY ? 'long' : result === INT_ONLY ? 'int' : null
  if (other !== null && other !== s.form && !s.swapped) {
    if (atMs >= rules.expiresAtMs) return [ended({ kind: 'expired' }, s.tries)]
    // Not a repeat: nothing of it was done in the first form, so it counts from the start again.
    const swapped = { ...s, form: other, swapped: true, quietAtMs: nextQuiet(s.startedAtMs, atMs, rules) } as const
    return [swapped, { form: other, confirmation: 0 }]
  }
  return [ended({ kind: 'refused', result }, s.tries)]
}

const ended = (error: CommandError, tries: number): CommandState => ({
  at: 'ended',
  outcome: { ok: false, error },
  tries,
})

/** Never later than the expiry, so that an expired command ends then and not at its next retry. */
function nextQuiet(startedAtMs: number, nowMs: number, { policy, expiresAtMs }: CommandRules): number {
  const slow = policy.class === 'safety' && nowMs - startedAtMs >= policy.hardForMs
  return Math.min(nowMs + (slow ? policy.slowRetryMs : policy.retryMs), Math.max(expiresAtMs, nowMs))
}
