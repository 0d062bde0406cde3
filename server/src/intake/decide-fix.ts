import type { FIX_REFUSALS, FixReport, LngLat, Unit, UnitKind } from '@skerry/contract'
import { distanceM } from './distance.ts'

/** Clocks of terminals may run this far ahead of ours. */
export const FUTURE_LIMIT_MS = 5000
/** A position older than this says that a clock is wrong (a receiver after its week rolled over, a reset one), not where a unit was. */
export const PAST_LIMIT_MS = 7 * 24 * 3_600_000

/**
 * Speed beyond which a new position cannot be true, metres per second. Those on foot are given rides, so they get
 * the speed of a car in a town; the sea is slower than the road.
 */
const IMPOSSIBLE_MPS: Record<UnitKind, number> = { car: 80, motorbike: 80, foot: 45, 'ground-team': 45, boat: 45 }
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
export function decideFix(
  fix: FixReport,
  unit: Pick<Unit, 'kind' | 'onDuty'> | undefined,
  memory: FixMemory,
  nowMs: number,
): Decided<FixReport> {
  if (unit === undefined) return { verdict: refused('unknown-unit'), memory }
  if (!unit.onDuty) return { verdict: refused('off-duty'), memory }
  return judgeMotion(fix, IMPOSSIBLE_MPS[unit.kind], memory, nowMs)
}

/** Whether a position can follow what is known of the same thing. @param mostMps speed beyond which it cannot be true */
export function judgeMotion<F extends Located>(
  fix: F,
  mostMps: number,
  memory: FixMemory<F>,
  nowMs: number,
): Decided<F> {
  if (fix.atMs > nowMs + FUTURE_LIMIT_MS) return { verdict: refused('future-clock'), memory }
  if (fix.atMs < nowMs - PAST_LIMIT_MS) return { verdict: refused('past-clock'), memory }
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

function canFollow(from: Located, to: Located, mostMps: number): boolean {
  const slackM = SCATTER_M + (from.accuracyM ?? 0) + (to.accuracyM ?? 0)
  const farM = distanceM(from.position, to.position)
  return farM <= slackM + (mostMps * Math.abs(to.atMs - from.atMs)) / 1000
}
