import type { Result } from '../result.ts'
import type { ReadParam } from './param-list-machine.ts'

export type ParamError =
  | { readonly kind: 'silent' }
  /** It says that it has no parameter of that name. */
  | { readonly kind: 'absent' }
  /** PARAM_ERROR.error: why it will not. */
  | { readonly kind: 'refused'; readonly error: number }
  /** It answered, and holds another value than the one that was set. */
  | { readonly kind: 'differs'; readonly holds: ReadParam }
  /** Taken back by us. */
  | { readonly kind: 'cancelled' }

/** Reading or setting one parameter. A set counts only when the vehicle itself tells the new value. */
export type ParamOneState =
  | { readonly at: 'waiting'; readonly tries: number; readonly quietAtMs: number; readonly holds: ReadParam | null }
  | { readonly at: 'ended'; readonly outcome: Result<ReadParam, ParamError> }

export type ParamOneEvent =
  | { readonly type: 'value'; readonly param: ReadParam; readonly atMs: number }
  | { readonly type: 'error'; readonly error: number }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }
export type ParamOneSend = { readonly send: 'set' } | { readonly send: 'read' }

export interface ParamOneRules {
  /** The four bytes to set; null: only read. */
  readonly set: Uint8Array | null
  readonly quietMs: number
  readonly maxTries: number
}
/** @param rttMs measured round trip of the link */
export const paramOneRules = (set: Uint8Array | null, rttMs: number): ParamOneRules => ({
  set,
  quietMs: Math.max(1000, 2 * rttMs),
  // Asking and setting do no harm twice. Over a link that loses a quarter each way five tries to ask failed once in fifty,
  // and of five to set only three are sets.
  maxTries: 9,
})

type Step = readonly [ParamOneState, ...ParamOneSend[]]
const DOES_NOT_EXIST = 1

export const startParamOne = (nowMs: number, rules: ParamOneRules): Step => [
  { at: 'waiting', tries: 1, quietAtMs: nowMs + rules.quietMs, holds: null },
  { send: rules.set === null ? 'read' : 'set' },
]

/** One step. Getting the same state object back means "not for us". */
export function nextParamOne(s: ParamOneState, e: ParamOneEvent, rules: ParamOneRules): Step {
  if (s.at === 'ended') return [s]
  switch (e.type) {
    case 'cancelled':
      return [failed({ kind: 'cancelled' })]
    case 'error':
      return [failed(e.error === DOES_NOT_EXIST ? { kind: 'absent' } : { kind: 'refused', error: e.error })]
    case 'value':
      if (rules.set === null || sameBytes(rules.set, e.param.bytes))
        return [{ at: 'ended', outcome: { ok: true, value: e.param } }]
      // Another reader's answer may carry the old value: what it holds is judged when our own answer is due.
      return [{ ...s, holds: e.param }]
    case 'quiet': {
      if (e.atMs < s.quietAtMs) return [s]
      if (s.tries >= rules.maxTries)
        return [failed(s.holds === null ? { kind: 'silent' } : { kind: 'differs', holds: s.holds })]
      const again: ParamOneState = { ...s, tries: s.tries + 1, quietAtMs: e.atMs + rules.quietMs }
      // ArduPilot promises no echo of a set: every other time it is only asked what it holds.
      return [again, { send: rules.set !== null && s.tries % 2 === 0 ? 'set' : 'read' }]
    }
  }
}

const failed = (error: ParamError): ParamOneState => ({ at: 'ended', outcome: { ok: false, error } })
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i])
