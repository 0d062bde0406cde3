import { type ReasonCode, reasonOf } from '@skerry/contract'
import { commandCode, type CommandError } from '../exchanges/command.ts'
import type { Result } from '../result.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { OrderStep } from './order-step.ts'

/** How an order ended. An ack is not an effect: `effective` was read from telemetry. */
export type OrderOutcome = {
  readonly state: 'effective' | 'refused' | 'not-effective' | 'expired' | 'unknown'
  /** As `reasonOf` writes it. */
  readonly reason: string | null
}

interface Why {
  readonly code: ReasonCode
  readonly detail?: string
}
interface Running {
  readonly step: number
  readonly way: number
  /** When this step was first told. */
  readonly sinceMs: number
  /** Texts of the autopilot since then: the reason of a refusal stands only there. */
  readonly said: readonly string[]
  readonly acked: boolean
}
export type OrderState =
  | ({ readonly at: 'telling' } & Running)
  | ({ readonly at: 'watching'; readonly untilMs: number } & Running)
  /** Refused; its reason may still be on its way as a text. */
  | ({ readonly at: 'listening'; readonly untilMs: number; readonly refused: Why } & Running)
  | { readonly at: 'ended'; readonly outcome: OrderOutcome }

export type OrderEvent =
  | { readonly type: 'told'; readonly outcome: Result<void, CommandError>; readonly atMs: number }
  | {
      readonly type: 'seen'
      readonly vehicle: Vehicle
      readonly atMs: number
      /** What left the vehicle before our word reached it comes in so long after we sent that, ms. */
      readonly oneWayMs: number
      /** Until then an earlier order may still reach it by another way and undo this one, epoch ms. */
      readonly straysUntilMs: number
    }
  | { readonly type: 'said'; readonly text: string; readonly atMs: number }
  | { readonly type: 'tick'; readonly atMs: number }
  | { readonly type: 'superseded' }
  /** Nothing more of it is told: flight authority went to somebody else, or the aircraft is not the one it was for. */
  | { readonly type: 'fenced'; readonly why: ReasonCode }
  /** The vehicle is not heard any more. */
  | { readonly type: 'link-lost' }

export type OrderDo =
  | { readonly do: 'tell'; readonly step: number; readonly way: number }
  | { readonly do: 'stop-telling' }
  | { readonly do: 'notice'; readonly state: 'acked' | 'in-progress'; readonly reason: string | null }

export interface OrderRules {
  readonly steps: readonly OrderStep[]
  /** Told again and again until its effect is seen. */
  readonly safety: boolean
  /** How often each command is said; by default as the start of a flight. */
  readonly class?: 'query'
  readonly expiresAtMs: number
}
type Step = readonly [OrderState, ...OrderDo[]]

/** An aircraft that was told to take off shows it in this time, if it does. */
const BEGUN_WITHIN_MS = 5000
/** Texts come just before or just after the ack they explain. */
const LISTEN_MS = 500
const TEXTS_KEPT = 5

export const startOrder = (nowMs: number, rules: OrderRules): Step =>
  nowMs >= rules.expiresAtMs
    ? [{ at: 'ended', outcome: { state: 'expired', reason: reasonOf('too-late') } }]
    : [
        { at: 'telling', step: 0, way: 0, sinceMs: nowMs, said: [], acked: false },
        { do: 'tell', step: 0, way: 0 },
      ]

/** One step. Getting the same state object back means that nothing changed. */
export function nextOrder(s: OrderState, e: OrderEvent, rules: OrderRules): Step {
  if (s.at === 'ended') return [s]
  switch (e.type) {
    case 'superseded':
      return [over('not-effective', reasonOf('superseded')), { do: 'stop-telling' }]
    case 'fenced':
      return [over(s.acked ? 'not-effective' : 'unknown', reasonOf(e.why)), { do: 'stop-telling' }]
    case 'link-lost': {
      // A start does not go on when the link returns: nobody watched what the aircraft did meanwhile.
      if (rules.safety || s.at === 'listening') return [s]
      const reason = reasonAt(rules.steps[s.step], { code: 'link-lost-meanwhile' })
      return [over('unknown', reason), { do: 'stop-telling' }]
    }
    case 'said':
      return [{ ...s, said: [...s.said.slice(1 - TEXTS_KEPT), e.text] }]
    case 'seen':
      return s.at === 'listening' ? begun(s, e, rules) : seen(s, e, rules)
    case 'told':
      return s.at === 'telling' ? told(s, e.outcome, e.atMs, rules) : [s]
    case 'tick':
      return tick(s, e.atMs, rules)
  }
}

type Telling = Extract<OrderState, { at: 'telling' }>
type Watching = Extract<OrderState, { at: 'watching' }>
type Listening = Extract<OrderState, { at: 'listening' }>

type Seen = Extract<OrderEvent, { type: 'seen' }>

/** When telemetry begins to count, epoch ms. */
const countsFromMs = (s: Running, { oneWayMs, straysUntilMs }: Seen): number =>
  Math.max(s.sinceMs + oneWayMs, straysUntilMs)

function seen(s: Telling | Watching, event: Seen, rules: OrderRules): Step {
  const { vehicle, atMs } = event
  const step = rules.steps[s.step]
  if (step === undefined) return [s]
  // What was on its way already shows the aircraft as it was before the order: no effect of it, and no loss either.
  const sinceMs = countsFromMs(s, event)
  if (step.reached(vehicle, sinceMs, atMs)) return stepDone(s, atMs, rules)
  const why = step.lost?.(vehicle, sinceMs) ?? null
  if (why === null) return [s]
  return [over('not-effective', reasonAt(step, why, s.said)), { do: 'stop-telling' }]
}

function stepDone(s: Telling | Watching, nowMs: number, rules: OrderRules): Step {
  const next = s.step + 1
  const stop: OrderDo[] = s.at === 'telling' ? [{ do: 'stop-telling' }] : []
  if (next === rules.steps.length) return [over('effective', null), ...stop]
  // The order was checked when it was given; a start that takes longer than its expiry is still that start, but
  // nothing new is told to the aircraft once it has run out.
  if (nowMs >= rules.expiresAtMs && s.step === 0)
    return [over('expired', reasonAt(rules.steps[next], { code: 'ran-out-before' })), ...stop]
  return [
    { at: 'telling', step: next, way: 0, sinceMs: nowMs, said: [], acked: false },
    ...stop,
    { do: 'notice', state: 'in-progress', reason: nextStep(rules.steps[next]) },
    { do: 'tell', step: next, way: 0 },
  ]
}

/**
 * A refusal may be the answer to a repeat: the first telling was obeyed and its answer lost, and ArduCopter refuses a
 * take-off to an aircraft that is taking off. Where the effect has begun, the order goes on.
 */
function begun(s: Listening, event: Seen, rules: OrderRules): Step {
  const { vehicle, atMs: nowMs } = event
  const step = rules.steps[s.step]
  if (step?.begun?.(vehicle, countsFromMs(s, event)) !== true) return [s]
  const { step: at, way, sinceMs, said } = s
  return [{ at: 'watching', step: at, way, sinceMs, said, acked: true, untilMs: nowMs + step.withinMs }]
}

function told(s: Telling, outcome: Result<void, CommandError>, nowMs: number, rules: OrderRules): Step {
  const step = rules.steps[s.step]
  if (step === undefined) return [s]
  if (step.courtesy === true && (outcome.ok || outcome.error.kind !== 'expired')) return stepDone(s, nowMs, rules)
  if (outcome.ok) {
    const watching = { ...s, at: 'watching', acked: true, untilMs: nowMs + step.withinMs } as const
    const last = s.step === rules.steps.length - 1
    return last && !s.acked ? [watching, { do: 'notice', state: 'acked', reason: null }] : [watching]
  }
  const { error } = outcome
  switch (error.kind) {
    case 'refused': {
      const pending = step.pending?.(error.result) ?? null
      if (pending !== null)
        return [
          { ...s, at: 'watching', acked: true, untilMs: nowMs + step.withinMs },
          { do: 'notice', state: 'in-progress', reason: reasonAt(step, pending) },
        ]
      if (s.way + 1 < step.ways.length)
        return [
          { ...s, way: s.way + 1 },
          { do: 'tell', step: s.step, way: s.way + 1 },
        ]
      return [
        {
          ...s,
          at: 'listening',
          untilMs: nowMs + (step.begun === undefined ? LISTEN_MS : BEGUN_WITHIN_MS),
          refused: commandCode(error.result),
        },
      ]
    }
    case 'expired':
      return [lateEnd(s, rules)]
    case 'silent':
      // What starts a flight is not said any more; the other way only sets the same, and may be said on.
      if (step.sets === true && s.way + 1 < step.ways.length)
        return [
          { ...s, way: s.way + 1 },
          { do: 'tell', step: s.step, way: s.way + 1 },
        ]
      return [{ ...s, at: 'watching', untilMs: nowMs + step.withinMs }]
    case 'fault':
      return [over('refused', reasonAt(step, { code: 'bridge-fault', detail: error.detail }))]
    case 'cancelled':
      // Heard or not is unknown: its effect may still show.
      return [{ ...s, at: 'watching', untilMs: nowMs + step.withinMs }]
  }
}

function tick(s: Telling | Watching | Listening, nowMs: number, rules: OrderRules): Step {
  if (s.at === 'listening')
    return nowMs < s.untilMs ? [s] : [over('refused', reasonAt(rules.steps[s.step], s.refused, s.said))]
  if (s.at === 'telling' || nowMs < s.untilMs) return [s]
  if (!rules.safety || nowMs >= rules.expiresAtMs) return [lateEnd(s, rules)]
  // Agreed to and not done: a safety order is told again, in its other way if it has one.
  const way = (s.way + 1) % (rules.steps[s.step]?.ways.length ?? 1)
  return [
    { ...s, at: 'telling', way },
    { do: 'tell', step: s.step, way },
  ]
}

function lateEnd(s: Running, rules: OrderRules): OrderState {
  const step = rules.steps[s.step]
  return s.acked
    ? over('not-effective', reasonAt(step, { code: step?.late ?? 'no-effect-seen' }, s.said))
    : over('unknown', reasonAt(step, { code: 'no-answer' }, s.said))
}

const over = (state: OrderOutcome['state'], reason: string | null): OrderState => ({
  at: 'ended',
  outcome: { state, reason },
})

/** A reason with the step that it speaks of, and what the autopilot said meanwhile, word for word. */
const reasonAt = (step: OrderStep | undefined, { code, detail = '' }: Why, said: readonly string[] = []): string =>
  reasonOf(code, [...new Set([detail, ...said])].filter((part) => part !== '').join('; '), step?.name ?? null)
const nextStep = (step: OrderStep | undefined): string | null =>
  step === undefined ? null : reasonOf('next-step', step.figure ?? '', step.name)
