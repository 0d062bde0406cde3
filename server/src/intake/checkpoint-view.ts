import type { Checkpoint, CheckpointCount } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Engine, Refusal, Result } from '../engine/engine.ts'
import type { CheckpointCountStore, ReceivedCount } from '../store/checkpoint-counts.ts'

const MINUTE_MS = 60_000
const HISTORY_MIN = 60
const FLOW_MINUTES = 5
const FUTURE_LIMIT_MS = 5000

/** Counts of the checkpoints: the last hour in memory, all of them in the store. */
export interface CheckpointView {
  /** Stored before it is answered. Refused as a whole when a checkpoint is not declared or a minute lies ahead. */
  take(counts: readonly CheckpointCount[]): Promise<Result<null, Refusal>>
  list(): Checkpoint[]
  /** Called with the checkpoints that have new counts. Returns its own undo. */
  onChange(listener: (checkpoints: Checkpoint[]) => void): () => void
  /** Reads the last hour from the store. */
  restore(): Promise<void>
}

export function createCheckpointView(parts: {
  engine: Pick<Engine, 'picture'>
  store: CheckpointCountStore
  clock: Clock
}): CheckpointView {
  const { engine, store, clock } = parts
  const minutes = new Map<string, Map<number, ReceivedCount>>()
  const listeners = new Set<(checkpoints: Checkpoint[]) => void>()

  function remember(received: ReceivedCount): void {
    const id = received.count.checkpointId
    const known = minutes.get(id) ?? new Map<number, ReceivedCount>()
    minutes.set(id, known.set(received.count.minuteMs, received))
    const newest = Math.max(...known.keys())
    for (const minuteMs of known.keys()) if (minuteMs <= newest - HISTORY_MIN * MINUTE_MS) known.delete(minuteMs)
  }

  const view = (checkpoint: Checkpoint): Checkpoint => ({
    ...checkpoint,
    ...summarise([...(minutes.get(checkpoint.id)?.values() ?? [])], clock.nowMs()),
  })

  return {
    async take(counts) {
      const receivedAtMs = clock.nowMs()
      for (const { checkpointId, minuteMs } of counts) {
        if (!engine.picture.checkpoint.has(checkpointId))
          return {
            ok: false,
            error: { status: 404, code: 'unknown-checkpoint', detail: `no checkpoint ${checkpointId}` },
          }
        if (minuteMs > receivedAtMs + FUTURE_LIMIT_MS)
          return {
            ok: false,
            error: { status: 422, code: 'future-clock', detail: 'a counted minute lies in the future' },
          }
      }
      const received = counts.map((count) => ({ count, receivedAtMs }))
      await store.put(received)
      for (const each of received) remember(each)
      const changed = [...new Set(counts.map(({ checkpointId }) => checkpointId))].flatMap((id) => {
        const checkpoint = engine.picture.checkpoint.get(id)
        return checkpoint === undefined ? [] : [view(checkpoint)]
      })
      for (const listener of listeners) listener(changed)
      return { ok: true, value: null }
    },
    list: () => [...engine.picture.checkpoint.values()].map(view),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async restore() {
      for (const each of await store.since(clock.nowMs() - HISTORY_MIN * MINUTE_MS)) remember(each)
    },
  }
}

/** Newest count, mean flow of the last counted minutes, and persons per minute over the last hour. Unknown stays null. */
export function summarise(
  received: readonly ReceivedCount[],
  nowMs: number,
): Pick<Checkpoint, 'latest' | 'receivedAtMs' | 'flow' | 'history'> {
  const byTime = received.toSorted((a, b) => a.count.minuteMs - b.count.minuteMs)
  const newest = byTime.at(-1)
  const recent = byTime.slice(-FLOW_MINUTES).map(({ count }) => count)
  const thisMinuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const history = Array.from({ length: HISTORY_MIN }, (_, i): number | null => {
    const startMs = thisMinuteMs - (HISTORY_MIN - 1 - i) * MINUTE_MS
    const count = byTime.find((each) => Math.floor(each.count.minuteMs / MINUTE_MS) * MINUTE_MS === startMs)?.count
    if (count === undefined || count.inPersons === null || count.outPersons === null) return null
    return count.inPersons + count.outPersons
  })
  return {
    latest: newest?.count ?? null,
    receivedAtMs: newest?.receivedAtMs ?? null,
    flow:
      recent.length === 0
        ? null
        : {
            inPersonsPerMin: meanOf(recent.map((count) => count.inPersons)),
            outPersonsPerMin: meanOf(recent.map((count) => count.outPersons)),
            minutes: recent.length,
          },
    history,
  }
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
