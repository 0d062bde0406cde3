import type { Health } from '@skerry/contract'
import type { TrackKeeperCounts, TrackPolicy } from './track-keeper.ts'

const HOUR_MS = 3_600_000
/** The writer writes once a second: so many waiting means that the store does not keep up. */
const MANY_WAITING = 20_000
/** A round takes a minute; one that has not ended for so long is stuck. */
const STUCK_MS = 15 * 60_000

/** What the health page says of stored positions. */
export function trackHealth(
  writer: { written: number; dropped: number; waiting: number },
  { lastRoundAtMs, ...keeper }: TrackKeeperCounts,
  { wholeMs, keptMs, thinning }: TrackPolicy,
  nowMs: number,
): Health['tracks'] {
  const stuck = keeper.failures > 0 && (lastRoundAtMs === null || nowMs - lastRoundAtMs > STUCK_MS)
  const behind = writer.waiting > MANY_WAITING || writer.dropped > 0
  return {
    state: stuck || behind ? 'degraded' : 'ok',
    ...writer,
    ...keeper,
    wholeHours: wholeMs / HOUR_MS,
    keptDays: keptMs / HOUR_MS / 24,
    toleranceM: thinning.toleranceM,
  }
}
