import type { Spread } from '@skerry/contract'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Hours ahead that are kept a record of. */
export const RECORD_H = 3
/** Forecasts with their outcome that are kept for each hour ahead, the newest: some weeks. */
const KEPT = 400
/** From so many on the own record says more than what is usual. */
const LEAST = 60
/** Fewer are no queue. */
const LEAST_QUEUE = 3
/** Left out on each side of the interval. */
const TAIL = 0.05
/** An outcome counts for a forecast when it is known within so long of the moment that was forecast. */
const NEAR_MS = 3 * MINUTE_MS

/**
 * By how much outcomes leave the interval of the paths in one case of twenty on each side, in widths of that interval, for
 * one, two and three hours ahead: median over the streams of the simulated ferries (`bench -- checkpoints`, training days).
 */
export const USUAL_MISS: readonly { above: number; below: number }[] = [
  { above: 0.64, below: 0.17 },
  { above: 0.67, below: 0.14 },
  { above: 0.83, below: 0.11 },
]

/** How far outcomes lay outside of what was forecast, by hours ahead. */
export interface QueueRecord {
  /** Keeps what is forecast; at most once an hour. `ahead`: every quarter of an hour from `nowMs`. */
  forecast(nowMs: number, ahead: readonly (Spread | null)[]): void
  /** What the queue really is; settles the forecasts of this moment. */
  seen(atMs: number, waiting: number): void
  /** The interval that holds nine of ten outcomes, by the record: never narrower than it was. */
  widened(hoursAhead: number, spread: Spread): Spread
  /** 95 % points of the misses so far, in widths; null while the record is short. */
  misses(hoursAhead: number): { n: number; above: number; below: number } | null
}

interface Open {
  dueMs: number
  hour: number
  spread: Spread
}

/**
 * Conformal calibration of quantile forecasts, each side by itself (Romano, Patterson & Candes 2019, "Conformalized
 * Quantile Regression"): a miss is measured in widths of its own interval, so that quiet and busy hours count alike, and
 * the interval is widened by the 95 % point of the misses. What was forecast before is all that it uses.
 * @param usual for as long as the own record is short
 */
export function createQueueRecord(usual: typeof USUAL_MISS = USUAL_MISS): QueueRecord {
  let open: Open[] = []
  let lastHourMs = -Infinity
  const above = Array.from({ length: RECORD_H }, (): number[] => [])
  const below = Array.from({ length: RECORD_H }, (): number[] => [])
  const slot = (hoursAhead: number): number => Math.min(RECORD_H, Math.max(1, Math.ceil(hoursAhead))) - 1

  function misses(hoursAhead: number): { n: number; above: number; below: number } | null {
    const [over, under] = [above[slot(hoursAhead)]!, below[slot(hoursAhead)]!]
    return over.length < LEAST ? null : { n: over.length, above: conformal(over), below: conformal(under) }
  }

  return {
    forecast(nowMs, ahead) {
      const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS
      if (hourMs === lastHourMs) return
      lastHourMs = hourMs
      open = open.filter(({ dueMs }) => dueMs > nowMs - HOUR_MS)
      for (let hour = 1; hour <= RECORD_H; hour++) {
        const spread = ahead[hour * 4 - 1]
        if (spread != null) open.push({ dueMs: nowMs + hour * HOUR_MS, hour, spread })
      }
    },
    seen(atMs, waiting) {
      open = open.filter(({ dueMs, hour, spread }) => {
        if (atMs < dueMs) return true
        // An empty quay that was forecast as empty says nothing of busy ones.
        if (atMs - dueMs <= NEAR_MS && Math.max(waiting, spread.p50) >= LEAST_QUEUE) {
          push(above[hour - 1]!, (waiting - spread.p95) / widthOf(spread))
          push(below[hour - 1]!, (spread.p05 - waiting) / widthOf(spread))
        }
        return false
      })
    },
    misses,
    widened(hoursAhead, spread) {
      const miss = misses(hoursAhead) ?? usual[slot(hoursAhead)]!
      return {
        p05: Math.max(0, Math.floor(spread.p05 - Math.max(0, miss.below) * widthOf(spread))),
        p50: spread.p50,
        p95: Math.ceil(spread.p95 + Math.max(0, miss.above) * widthOf(spread)),
      }
    },
  }
}

/** One person or vehicle more than the difference: an interval of one value has a width too. */
const widthOf = ({ p05, p95 }: Spread): number => p95 - p05 + 1

function push(list: number[], value: number): void {
  list.push(value)
  if (list.length > KEPT) list.shift()
}

/** The smallest value that at least 95 % of the next ones stay below: the rank is of one more than there are. */
function conformal(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * (1 - TAIL))) - 1]!
}
