import type { Scheduler } from '../engine/scheduler.ts'
import type { TrackStore } from '../store/tracks.ts'
import type { TrackPoint } from './track-point.ts'

/** So many are written without waiting for the second. */
const BATCH = 5000
const EVERY_MS = 1000
/** Most points that wait for a store that does not answer; beyond it the oldest are dropped and counted. */
const MOST_WAITING = 100_000

/** Writes positions in batches. The motion plane never waits for the store. */
export interface TrackWriter {
  add(point: TrackPoint): void
  /** Since the start: written, and never written because the store did not keep up; and those that wait now. */
  counts(): { written: number; dropped: number; waiting: number }
  /** Writes what waits and takes no more. */
  close(): Promise<void>
}

export function createTrackWriter(options: {
  tracks: Pick<TrackStore, 'append'>
  clock: Scheduler
  onFault: (error: unknown) => void
}): TrackWriter {
  const { tracks, clock, onFault } = options
  let waiting: TrackPoint[] = []
  let writing: Promise<void> | null = null
  let disarm: (() => void) | null = null
  let dropped = 0
  let written = 0
  let writingNow = 0
  let closed = false

  function arm(): void {
    disarm ??= clock.after(EVERY_MS, () => {
      disarm = null
      void flush()
    })
  }

  async function write(): Promise<void> {
    const batch = waiting
    waiting = []
    writingNow = batch.length
    try {
      await tracks.append(batch)
      written += batch.length
    } catch (error) {
      onFault(error)
      waiting = [...batch, ...waiting]
      const over = waiting.length - MOST_WAITING
      if (over > 0) {
        dropped += over
        waiting.splice(0, over)
      }
    }
    writing = null
    writingNow = 0
    if (waiting.length > 0 && !closed) arm()
  }

  function flush(): Promise<void> {
    if (waiting.length === 0) return writing ?? Promise.resolve()
    writing ??= write()
    return writing
  }

  return {
    add(point) {
      if (closed) return
      waiting.push(point)
      if (waiting.length >= BATCH && writing === null) void flush()
      else arm()
    },
    counts: () => ({ written, dropped, waiting: waiting.length + writingNow }),
    async close() {
      closed = true
      disarm?.()
      await flush()
      await flush()
    },
  }
}
