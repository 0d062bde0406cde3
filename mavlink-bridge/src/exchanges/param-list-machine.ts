import type { Result } from '../result.ts'

/** A parameter as the vehicle sent it. */
export interface ReadParam {
  readonly name: string
  /** MAV_PARAM_TYPE. */
  readonly type: number
  /** The four bytes of its value: decode them by the vehicle's own encoding. */
  readonly bytes: Uint8Array
}

export type ParamListError =
  /** It never answered the request for the list. */
  | { readonly kind: 'silent' }
  /** Some never came, although each was asked for again and again. */
  | { readonly kind: 'incomplete'; readonly missing: readonly number[]; readonly total: number }
  /** Taken back by us. */
  | { readonly kind: 'cancelled' }
type ListOutcome = Result<readonly ReadParam[], ParamListError>

export type ParamListState =
  | { readonly at: 'asking'; readonly tries: number; readonly quietAtMs: number }
  | {
      /** The vehicle sends them all; which were lost shows when it falls silent. */
      readonly at: 'listening'
      readonly got: ReadonlyMap<number, ReadParam>
      readonly total: number
      readonly quietAtMs: number
    }
  | {
      readonly at: 'refilling'
      readonly got: ReadonlyMap<number, ReadParam>
      readonly total: number
      /** Asked for and not come yet: how often, and when last. */
      readonly open: ReadonlyMap<number, { readonly tries: number; readonly atMs: number }>
      readonly quietAtMs: number
    }
  | { readonly at: 'ended'; readonly outcome: ListOutcome }

export type ParamListEvent =
  | {
      readonly type: 'value'
      readonly index: number
      readonly count: number
      readonly param: ReadParam
      readonly atMs: number
    }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }
export type ParamListSend = { readonly send: 'list' } | { readonly send: 'read'; readonly index: number }

/** QGroundControl's figures: the list is asked for four times, five seconds apart; ten are open at once. */
export interface ParamListPolicy {
  readonly listQuietMs: number
  readonly listTries: number
  /** Silence after which the vehicle has sent what it wanted to send. */
  readonly gapMs: number
  readonly readQuietMs: number
  readonly readTries: number
  readonly outstanding: number
}
export const paramListPolicy = (rttMs: number): ParamListPolicy => ({
  listQuietMs: 5000,
  listTries: 4,
  gapMs: Math.max(1000, 2 * rttMs),
  readQuietMs: Math.max(1000, 2 * rttMs),
  readTries: 20,
  outstanding: 10,
})

type Step = readonly [ParamListState, ...ParamListSend[]]
/** PARAM_VALUE.param_index of a value that is not part of the list (an answer by name, PX4's hash). */
const NO_INDEX = 65_535
/** More than any autopilot has: a wrong count must not make a request storm. */
const MOST = 8192

export const startParamList = (nowMs: number, policy: ParamListPolicy): Step => [
  { at: 'asking', tries: 1, quietAtMs: nowMs + policy.listQuietMs },
  { send: 'list' },
]

/** One step. Getting the same state object back means "not for us". */
export function nextParamList(s: ParamListState, e: ParamListEvent, policy: ParamListPolicy): Step {
  if (s.at === 'ended') return [s]
  if (e.type === 'cancelled') return [{ at: 'ended', outcome: { ok: false, error: { kind: 'cancelled' } } }]
  if (e.type === 'value') return took(s, e, policy)
  if (e.atMs < s.quietAtMs) return [s]
  switch (s.at) {
    case 'asking':
      if (s.tries >= policy.listTries) return [{ at: 'ended', outcome: { ok: false, error: { kind: 'silent' } } }]
      return [{ ...s, tries: s.tries + 1, quietAtMs: e.atMs + policy.listQuietMs }, { send: 'list' }]
    case 'listening':
      return refill(s.got, s.total, new Map(), e.atMs, policy)
    case 'refilling':
      return refill(s.got, s.total, s.open, e.atMs, policy)
  }
}

function took(
  s: Exclude<ParamListState, { at: 'ended' }>,
  { index, count, param, atMs }: Extract<ParamListEvent, { type: 'value' }>,
  policy: ParamListPolicy,
): Step {
  if (index === NO_INDEX || index >= count || count > MOST) return [s]
  // A parameter that appeared meanwhile (a feature switched on) moves all numbers after it: begin anew.
  if (s.at !== 'asking' && s.total !== count)
    return [{ at: 'asking', tries: 1, quietAtMs: atMs + policy.listQuietMs }, { send: 'list' }]
  const before = s.at === 'asking' ? new Map<number, ReadParam>() : s.got
  const got = new Map(before).set(index, param)
  if (got.size === count) return [whole(got)]
  if (s.at !== 'refilling') return [{ at: 'listening', got, total: count, quietAtMs: atMs + policy.gapMs }]
  const open = new Map(s.open)
  open.delete(index)
  return refill(got, count, open, atMs, policy)
}

/** Asks for what is missing, lowest first, so many at once; those that were asked for too often end it. */
function refill(
  got: ReadonlyMap<number, ReadParam>,
  total: number,
  openBefore: Extract<ParamListState, { at: 'refilling' }>['open'],
  nowMs: number,
  policy: ParamListPolicy,
): Step {
  const open = new Map(openBefore)
  const sends: ParamListSend[] = []
  for (const [index, { tries, atMs }] of open) {
    if (nowMs - atMs < policy.readQuietMs) continue
    if (tries >= policy.readTries) {
      const missing = Array.from({ length: total }, (_, i) => i).filter((i) => !got.has(i))
      return [{ at: 'ended', outcome: { ok: false, error: { kind: 'incomplete', missing, total } } }]
    }
    open.set(index, { tries: tries + 1, atMs: nowMs })
    sends.push({ send: 'read', index })
  }
  for (let index = 0; index < total && open.size < policy.outstanding; index++) {
    if (got.has(index) || open.has(index)) continue
    open.set(index, { tries: 1, atMs: nowMs })
    sends.push({ send: 'read', index })
  }
  const oldestMs = Math.min(...[...open.values()].map(({ atMs }) => atMs))
  return [{ at: 'refilling', got, total, open, quietAtMs: oldestMs + policy.readQuietMs }, ...sends]
}

function whole(got: ReadonlyMap<number, ReadParam>): ParamListState {
  const value = [...got].sort(([a], [b]) => a - b).map(([, param]) => param)
  return { at: 'ended', outcome: { ok: true, value } }
}
