import type { Scheduler } from '../engine/scheduler.ts'
import type { CheckpointCountStore } from '../store/checkpoint-counts.ts'
import type { SailingStore } from '../store/sailings.ts'
import type { FlowPolicy } from './policy.ts'

const DAY_MS = 86_400_000
const FIRST_MS = 5 * 60_000
const EVERY_MS = 6 * 3_600_000

/** Makes counts coarser with age and drops what is too old, some times a day. A fault is told, and nothing is dropped by it. */
export function startCountKeeper(o: {
  counts: Pick<CheckpointCountStore, 'rollUp'>
  sailings: Pick<SailingStore, 'dropBefore'>
  keep: FlowPolicy['keep']
  clock: Scheduler
  onFault: (error: unknown) => void
}): () => void {
  const { counts, sailings, keep, clock, onFault } = o
  let stopped = false
  let disarm = clock.after(FIRST_MS, () => void turn())

  async function turn(): Promise<void> {
    try {
      await counts.rollUp(clock.nowMs(), keep)
      await sailings.dropBefore(clock.nowMs() - keep.quarterDays * DAY_MS)
    } catch (error) {
      onFault(error)
    }
    if (!stopped) disarm = clock.after(EVERY_MS, () => void turn())
  }
  return () => {
    stopped = true
    disarm()
  }
}
