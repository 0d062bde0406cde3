import { dueRules, type Health, type RetentionPolicy, type RetentionView } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import type { PurgeStore } from '../store/purges.ts'
import type { RetentionCounts } from './retention-keeper.ts'

/** Cases that are told of; more would be read by nobody. */
const MOST_NEXT = 20
/** A round is every ten minutes: without a good one for so long, what is due is not purged. */
const STUCK_MS = 3_600_000

/** What retention does, and what falls due next. */
export async function retentionView(parts: {
  purges: Pick<PurgeStore, 'next' | 'counts'>
  picture: Pick<Picture, 'hold'>
  policy: RetentionPolicy
  trackDays: number
  keeper: RetentionCounts
}): Promise<RetentionView> {
  const { purges, picture, policy, trackDays, keeper } = parts
  const [files, { cases, purged }] = await Promise.all([purges.next(MOST_NEXT), purges.counts()])
  const next = files
    .flatMap((file) =>
      dueRules(file, policy).map(({ rule, atMs }) => {
        const { incidentId, number } = file
        return { incidentId, number, rule, atMs, held: picture.hold.has(incidentId) }
      }),
    )
    .sort((a, b) => a.atMs - b.atMs || a.number - b.number)
    .slice(0, MOST_NEXT)
  return { policy, trackDays, cases, purged, keeper, next }
}

/** What the health page says of retention. */
export function retentionHealth(
  { failures, lastRoundAtMs, unscrubbed, purges }: RetentionCounts,
  startedAtMs: number,
  nowMs: number,
): Health['retention'] {
  const stuck = nowMs - (lastRoundAtMs ?? startedAtMs) > STUCK_MS
  return { state: stuck || (unscrubbed && failures > 0) ? 'degraded' : 'ok', failures, lastRoundAtMs, purges }
}
