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

/**
 * Runs at a fixed beat: a turn that comes late does not put off the next one, and turns that were missed altogether are
 * left out. Returns its own undo.
 * @param run is told how late it is, ms
 */
export function beatMs(clock: Scheduler, periodMs: number, run: (lateMs: number) => void): () => void {
  let dueMs = clock.nowMs() + periodMs
  let ended = false
  let disarm = clock.after(periodMs, turn)
  function turn(): void {
    const startedMs = clock.nowMs()
    run(Math.max(0, startedMs - dueMs))
    if (ended) return
    const nowMs = clock.nowMs()
    dueMs += periodMs
    // Behind by a whole turn, or the clock was set: a new beat begins.
    if (dueMs <= nowMs || dueMs - nowMs > periodMs) dueMs = nowMs + (dueMs <= nowMs ? 0 : periodMs)
    disarm = clock.after(Math.max(0, dueMs - nowMs), turn)
  }
  return () => {
    ended = true
    disarm()
  }
}
