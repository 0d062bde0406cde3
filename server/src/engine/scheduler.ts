import type { Clock } from '../clock.ts'

/** A clock that can also wake its user: the one source of time and timers, replaced in tests. */
export interface Scheduler extends Clock {
  /** Runs once after `delayMs`; returns its own undo. */
  after(delayMs: number, run: () => void): () => void
}

/** The machine's own time. Its timers never keep a process alive that has nothing else to do. */
export const systemScheduler: Scheduler = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
