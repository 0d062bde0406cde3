/** How bad a link is, the same both ways. Shares are of all messages, 0..1. */
export interface Losses {
  readonly lost: number
  readonly doubled: number
  /** Held back for one more round trip, so that later ones overtake. */
  readonly late: number
  readonly rttMs: number
  /** What the radio carries one way, bytes a second; absent: no limit. */
  readonly bytesPerS?: number
  /** Times in which nothing passes, ms since the link was opened. */
  readonly cuts?: readonly { readonly fromMs: number; readonly toMs: number }[]
}
export const NO_LOSS: Losses = { lost: 0, doubled: 0, late: 0, rttMs: 20 }

/** One direction of a link: when its radio has sent everything that it was given, ms since the link was opened. */
export interface Way {
  readonly freeAtMs: number
}
export const IDLE_WAY: Way = { freeAtMs: 0 }

/** A radio that is further behind than this throws new messages away. */
const LONGEST_QUEUE_MS = 2000

/**
 * What a bad link does with one message: the way after it, and after how many ms each copy of it comes out (none: it is
 * lost). Pure: all chance comes from `random`, 0 <= x < 1, so a seed gives the same link again.
 * @param sinceOpenMs when it is sent, ms since the link was opened
 */
export function carry(
  way: Way,
  rules: Losses,
  sinceOpenMs: number,
  bytes: number,
  random: () => number,
): readonly [Way, readonly number[]] {
  const { lost, doubled, late, rttMs, bytesPerS, cuts = [] } = rules
  if (cuts.some(({ fromMs, toMs }) => sinceOpenMs >= fromMs && sinceOpenMs < toMs)) return [way, []]
  const waitMs = bytesPerS === undefined ? 0 : Math.max(0, way.freeAtMs - sinceOpenMs)
  if (waitMs > LONGEST_QUEUE_MS) return [way, []]
  const onAirMs = bytesPerS === undefined ? 0 : (bytes / bytesPerS) * 1000
  const after = bytesPerS === undefined ? way : { freeAtMs: sinceOpenMs + waitMs + onAirMs }
  // Also what is lost on the way has used the radio.
  if (random() < lost) return [after, []]
  const delayMs = waitMs + onAirMs + rttMs / 2 + (random() < late ? rttMs : 0)
  return [after, random() < doubled ? [delayMs, delayMs + random() * rttMs] : [delayMs]]
}
