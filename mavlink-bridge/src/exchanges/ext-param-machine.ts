import type { Result } from '../result.ts'

export type ExtParamError =
  | { readonly kind: 'silent' }
  | { readonly kind: 'cancelled' }
  /** PARAM_ACK: 1 it has no such value, 2 it failed. */
  | { readonly kind: 'refused'; readonly result: number }

/**
 * Setting one extended parameter of a camera (PARAM_EXT_*). Done when the camera acknowledges that very value, or tells
 * it when it is read.
 */
export type ExtParamState =
  | { readonly at: 'waiting'; readonly tries: number; readonly quietAtMs: number }
  | { readonly at: 'ended'; readonly outcome: Result<void, ExtParamError> }
export type ExtParamEvent =
  | { readonly type: 'acked'; readonly result: number; readonly value: number | null; readonly atMs: number }
  | { readonly type: 'told'; readonly value: number | null }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }
export type ExtParamSend = { readonly send: 'set' } | { readonly send: 'read' }
export interface ExtParamRules {
  readonly value: number
  readonly quietMs: number
  readonly maxTries: number
}
export const extParamRules = (value: number, rttMs: number): ExtParamRules => ({
  value,
  quietMs: Math.max(1000, 2 * rttMs),
  maxTries: 9,
})

type Step = readonly [ExtParamState, ...ExtParamSend[]]
const ACCEPTED = 0
const IN_PROGRESS = 3
/** A camera that is at it gets this long from its last word. */
const WORKING_MS = 5000

export const startExtParam = (nowMs: number, rules: ExtParamRules): Step => [
  { at: 'waiting', tries: 1, quietAtMs: nowMs + rules.quietMs },
  { send: 'set' },
]

/** One step. Getting the same state object back means "not for us". */
export function nextExtParam(s: ExtParamState, e: ExtParamEvent, rules: ExtParamRules): Step {
  if (s.at === 'ended') return [s]
  switch (e.type) {
    case 'acked':
      if (e.result === IN_PROGRESS) return [{ ...s, quietAtMs: e.atMs + WORKING_MS }]
      if (e.result !== ACCEPTED) return [ended({ kind: 'refused', result: e.result })]
      // An acknowledgement of another value answers an older order.
      return e.value === rules.value ? [DONE] : [s]
    case 'told':
      return e.value === rules.value ? [DONE] : [s]
    case 'cancelled':
      return [ended({ kind: 'cancelled' })]
    case 'quiet': {
      if (e.atMs < s.quietAtMs) return [s]
      if (s.tries >= rules.maxTries) return [ended({ kind: 'silent' })]
      const again: ExtParamState = { at: 'waiting', tries: s.tries + 1, quietAtMs: e.atMs + rules.quietMs }
      // The order or its answer was lost: reading tells which, and does nothing twice.
      return [again, { send: s.tries % 2 === 1 ? 'read' : 'set' }]
    }
  }
}
const DONE: ExtParamState = { at: 'ended', outcome: { ok: true, value: undefined } }
const ended = (error: ExtParamError): ExtParamState => ({ at: 'ended', outcome: { ok: false, error } })
