import type { Scheduler } from '../engine/scheduler.ts'

/** Runs again and again, each time counted from the end of the last; returns its own undo. */
export function everyMs(clock: Scheduler, periodMs: number, run: () => void): () => void {
  let disarm = clock.after(periodMs, turn)
  let ended = false
  function turn(): void {
    run()
    if (!ended) disarm = clock.after(periodMs, turn)
  }
  return () => {
    ended = true
    disarm()
  }
}
