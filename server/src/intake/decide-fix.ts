import {
  FIX_AGE_LIMIT_MS,
  type FIX_REFUSALS,
  type FixReport,
  type LngLat,
  type Unit,
  type UnitKind,
} from '@skerry/contract'
import { distanceM } from '@skerry/exchange'

/** Clocks of terminals may run this far ahead of ours. */
export const FUTURE_LIMIT_MS = 5000
/** A roster says a little late that a unit came on or went off duty, and clocks of terminals are off: by so much together, ms. */
export const DUTY_SLACK_MS = 60_000

/**
 * Speed beyond which a new position cannot be true, metres per second. Those on foot are given rides, so they get
 * the speed of a car in a town; the sea is slower than the road.
 */
export const IMPOSSIBLE_MPS: Record<UnitKind, number> = {
  car: 80,
  motorbike: 80,
  foot: 45,
  'ground-team': 45,
  boat: 45,
}
/** Scatter of any receiver that does not say how good it is, metres. */
const SCATTER_M = 150
/** Positions that agree with one another until they are believed against the one before: the first was the wrong one. */
const AGREEING = 3
const REMEMBERED_TIMES = 64

/** What of a position says whether it can be true. */
export interface Located {
  atMs: number
  position: LngLat
  accuracyM?: number | undefined
}

/** What intake remembers of one thing that moves. */
export interface FixMemory<F extends Located = FixReport> {
  latest: F | null
  /** Newest refused position, and how many in a row agreed with one another. */
  suspect: { fix: F; agreeing: number } | null
  /** Source times that were taken, newest last. */
  timesMs: readonly number[]
}
export const NO_MEMORY: FixMemory<never> = { latest: null, suspect: null, timesMs: [] }

export type FixVerdict =
  | { kind: 'accepted' }
  /** True, but older than what is known: kept, and moves nothing. */
  | { kind: 'late' }
  | { kind: 'refused'; reason: Exclude<(typeof FIX_REFUSALS)[number], 'late' | 'malformed'> }

export interface Decided<F extends Located> {
  verdict: FixVerdict
  memory: FixMemory<F>
}

const refused = (reason: Extract<FixVerdict, { kind: 'refused' }>['reason']): FixVerdict => ({
  kind: 'refused',
  reason,
})

/** What to do with one reported position of a unit, and what to remember. Pure: the same inputs give the same verdict. */
export function decideFix<F extends FixReport>(
  fix: F,
  unit: Pick<Unit, 'kind' | 'onDuty' | 'duty'> | undefined,
  memory: FixMemory<F>,
  nowMs: number,
): Decided<F> {
  if (unit === undefined) return { verdict: refused('unknown-unit'), memory }
  if (!unit.onDuty) return { verdict: refused('off-duty'), memory }
  const fault = clockFault(fix.atMs, nowMs)
  if (fault !== null) return { verdict: refused(fault), memory }
  if (!wasOnDuty(unit, fix.atMs, DUTY_SLACK_MS)) return { verdict: refused('off-duty'), memory }
  return judgeMotion(fix, IMPOSSIBLE_MPS[unit.kind], memory, nowMs)
}

/**
 * Whether the roster had a unit on duty at a moment. A terminal sends late what it kept while it had no network, and
 * may have kept it off duty too: that it is on duty now does not say that it was. Spells that are not known are none.
 * @param slackMs by how much two clocks may differ
 */
export const wasOnDuty = ({ duty = [] }: Pick<Unit, 'duty'>, atMs: number, slackMs = 0): boolean =>
  duty.some(({ fromMs, toMs }) => atMs >= fromMs - slackMs && (toMs === null || atMs <= toMs + slackMs))

/** Whether a position can follow what is known of the same thing. @param mostMps speed beyond which it cannot be true */
export function judgeMotion<F extends Located>(
  fix: F,
  mostMps: number,
  memory: FixMemory<F>,
  nowMs: number,
): Decided<F> {
  const fault = clockFault(fix.atMs, nowMs)
  if (fault !== null) return { verdict: refused(fault), memory }
  const { latest, suspect } = memory
  if (memory.timesMs.includes(fix.atMs)) return { verdict: refused('duplicate'), memory }
  const timesMs = [...memory.timesMs, fix.atMs].slice(-REMEMBERED_TIMES)
  if (latest === null || canFollow(latest, fix, mostMps)) {
    if (latest !== null && fix.atMs < latest.atMs) return { verdict: { kind: 'late' }, memory: { ...memory, timesMs } }
    return { verdict: { kind: 'accepted' }, memory: { latest: fix, suspect: null, timesMs } }
  }
  const agreeing = suspect !== null && suspect.fix.atMs < fix.atMs && canFollow(suspect.fix, fix, mostMps)
  const count = agreeing ? suspect.agreeing + 1 : 1
  if (count >= AGREEING && fix.atMs > latest.atMs)
    return { verdict: { kind: 'accepted' }, memory: { latest: fix, suspect: null, timesMs } }
  return { verdict: refused('impossible-jump'), memory: { ...memory, suspect: { fix, agreeing: count } } }
}

function clockFault(atMs: number, nowMs: number): 'future-clock' | 'past-clock' | null {
  if (atMs > nowMs + FUTURE_LIMIT_MS) return 'future-clock'
  return atMs < nowMs - FIX_AGE_LIMIT_MS ? 'past-clock' : null
}

function canFollow(from: Located, to: Located, mostMps: number): boolean {
  const slackM = SCATTER_M + (from.accuracyM ?? 0) + (to.accuracyM ?? 0)
  const farM = distanceM(from.position, to.position)
  return farM <= slackM + (mostMps * Math.abs(to.atMs - from.atMs)) / 1000
}
