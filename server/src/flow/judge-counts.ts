import {
  LaneCount,
  QueueCount,
  type Checkpoint,
  type CountBatch,
  type CountBatchResult,
  type COUNT_REFUSALS,
} from '@skerry/contract'
import type { StoredLaneCount, StoredQueueCount } from '../store/checkpoint-counts.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const FUTURE_LIMIT_MS = 5000

type CountRefusal = (typeof COUNT_REFUSALS)[number]
type Owned = Pick<Checkpoint, 'lanes' | 'feed'>

export interface JudgedCounts {
  lanes: StoredLaneCount[]
  queues: StoredQueueCount[]
  refused: CountBatchResult['refused']
}

/** Judges each count of a batch by itself. Pure: what is declared, whose it is and the time decide alone. */
export function judgeCounts(
  batch: CountBatch,
  ctx: { feed: string; nowMs: number; keepMs: number; checkpoint: (id: string) => Owned | undefined },
): JudgedCounts {
  const judged: JudgedCounts = { lanes: [], queues: [], refused: [] }
  const { nowMs: receivedAtMs } = ctx
  batch.counts.forEach((given, index) => {
    const read = LaneCount.safeParse(given)
    if (!read.success) return void judged.refused.push({ list: 'counts', index, ...malformed(read.error) })
    const { checkpointId, lane, minuteMs, valid, invalid, manual, arrived } = read.data
    const known = ctx.checkpoint(checkpointId)
    const reason = refusal(known, minuteMs, ctx) ?? (known!.lanes.some(({ id }) => id === lane) ? null : 'unknown-lane')
    if (reason !== null) return void judged.refused.push({ list: 'counts', index, reason })
    judged.lanes.push({
      checkpointId,
      lane,
      spanMin: 1,
      startMs: minuteMs,
      receivedAtMs,
      minutes: valid === null || manual === null ? 0 : 1,
      valid,
      invalid,
      manual,
      arrived,
    })
  })
  batch.queues.forEach((given, index) => {
    const read = QueueCount.safeParse(given)
    if (!read.success) return void judged.refused.push({ list: 'queues', index, ...malformed(read.error) })
    const { checkpointId, direction, counts, line, minuteMs, waiting } = read.data
    const known = ctx.checkpoint(checkpointId)
    const served = (each: Owned['lanes'][number]): boolean =>
      each.direction === direction && each.counts === counts && (line === undefined || each.line === line)
    const reason = refusal(known, minuteMs, ctx) ?? (known!.lanes.some(served) ? null : 'unknown-lane')
    if (reason !== null) return void judged.refused.push({ list: 'queues', index, reason })
    judged.queues.push({
      checkpointId,
      direction,
      counts,
      line: line ?? null,
      spanMin: 1,
      startMs: minuteMs,
      receivedAtMs,
      waiting,
      peak: waiting,
    })
  })
  return judged
}

function refusal(
  known: Owned | undefined,
  minuteMs: number,
  { feed, nowMs, keepMs }: { feed: string; nowMs: number; keepMs: number },
): CountRefusal | null {
  if (known === undefined) return 'unknown-checkpoint'
  if (known.feed !== null && known.feed !== feed) return 'not-owner'
  if (minuteMs % MINUTE_MS !== 0) return 'not-a-minute'
  // A minute is counted when it is over.
  if (minuteMs + MINUTE_MS > nowMs + FUTURE_LIMIT_MS) return 'future-clock'
  // Days that may have been summed into coarser steps take no more minutes.
  return minuteMs < nowMs - keepMs + DAY_MS ? 'past-clock' : null
}

function malformed({ issues: [first] }: { issues: { path: PropertyKey[]; message: string }[] }): {
  reason: CountRefusal
  detail: string
} {
  const field = first === undefined || first.path.length === 0 ? 'count' : first.path.map(String).join('.')
  return { reason: 'malformed', detail: `${field}: ${first?.message ?? 'does not fit'}` }
}
