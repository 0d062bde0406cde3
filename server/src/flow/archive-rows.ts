import type { Checkpoint, CountArchive } from '@skerry/contract'
import type { Refusal, Result } from '../engine/engine.ts'
import type { StoredLaneCount, StoredQueueCount } from '../store/checkpoint-counts.ts'

const MINUTE_MS = 60_000

/** Rows of an archive. Steps that are not over, or of which nobody knows who passed, make none. */
export function archiveRows(
  archive: CountArchive,
  ctx: { feed: string; nowMs: number; checkpoint: (id: string) => Pick<Checkpoint, 'lanes' | 'feed'> | undefined },
): Result<{ lanes: StoredLaneCount[]; queues: StoredQueueCount[] }, Refusal> {
  const lanes: StoredLaneCount[] = []
  const queues: StoredQueueCount[] = []
  for (const series of [...archive.lanes, ...archive.queues]) {
    const { checkpointId, fromMs, stepMin: spanMin } = series
    const known = ctx.checkpoint(checkpointId)
    const stepMs = spanMin * MINUTE_MS
    if (known === undefined) return refuse(404, 'unknown-checkpoint', `no checkpoint ${checkpointId}`)
    if (known.feed !== null && known.feed !== ctx.feed)
      return refuse(403, 'not-owner', `${checkpointId} is another feed's`)
    if (fromMs % stepMs !== 0) return refuse(422, 'does-not-fit', `${checkpointId}: fromMs is no start of a step`)
    const steps = 'valid' in series ? series.valid.length : series.waiting.length
    const over = Math.min(steps, Math.floor((ctx.nowMs - fromMs) / stepMs))
    const common = { checkpointId, spanMin, receivedAtMs: ctx.nowMs }
    if ('lane' in series) {
      if (!known.lanes.some(({ id }) => id === series.lane))
        return refuse(404, 'unknown-lane', `${checkpointId} has no lane ${series.lane}`)
      for (let i = 0; i < over; i++) {
        const valid = series.valid[i]!
        const manual = series.manual === undefined ? 0 : series.manual[i]!
        if (valid === null || manual === null) continue
        const invalid = series.invalid?.[i] ?? null
        lanes.push({
          ...common,
          lane: series.lane,
          startMs: fromMs + i * stepMs,
          minutes: spanMin,
          valid,
          invalid,
          manual,
          arrived: null,
        })
      }
    } else {
      const { direction, counts, line = null } = series
      for (let i = 0; i < over; i++) {
        const waiting = series.waiting[i]!
        if (waiting === null) continue
        queues.push({ ...common, direction, counts, line, startMs: fromMs + i * stepMs, waiting, peak: waiting })
      }
    }
  }
  return { ok: true, value: { lanes, queues } }
}

const refuse = (status: Refusal['status'], code: Refusal['code'], detail: string): { ok: false; error: Refusal } => ({
  ok: false,
  error: { status, code, detail },
})
