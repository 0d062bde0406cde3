/** Time as the bridge uses it; tests pass one that they move by hand. */
export interface Clock {
  /** Epoch time, ms; never goes back. */
  nowMs(): number
  /** How far `nowMs` is ahead of the wall clock because that was set back, ms; absent: not at all. */
  aheadMs?(): number
  /** Runs once after that many ms; the answer takes it back. */
  after(delayMs: number, run: () => void): () => void
}

/** The two clocks and the timer of the machine. */
export interface MachineTime {
  /** May be set, forwards and backwards, epoch ms. */
  wallMs(): number
  /** Only ever grows, from any beginning, ms. */
  steadyMs(): number
  setTimer(delayMs: number, run: () => void): () => void
}
/** A longer timer is taken for one of a millisecond by the engine. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Epoch time that follows the wall clock forwards and never back: every deadline is a difference of two readings, and
 * one that moved away would leave an order untold for as long as the clock was set back. Timers never come early.
 */
export function steadyClock({ wallMs, steadyMs, setTimer }: MachineTime): Required<Clock> {
  let offsetMs = -Infinity
  function nowMs(): number {
    const steady = steadyMs()
    offsetMs = Math.max(offsetMs, wallMs() - steady)
    return Math.floor(steady + offsetMs)
  }
  return {
    nowMs,
    aheadMs: () => Math.max(0, nowMs() - wallMs()),
    after(delayMs, run) {
      // `nowMs` is in whole milliseconds: a part of one left over would be early by that clock.
      const dueMs = steadyMs() + Math.ceil(delayMs)
      let stop = wait()
      function wait(): () => void {
        const leftMs = Math.max(0, Math.ceil(dueMs - steadyMs()))
        return setTimer(Math.min(leftMs, LONGEST_TIMER_MS), check)
      }
      function check(): void {
        if (steadyMs() < dueMs) stop = wait()
        else run()
      }
      return () => stop()
    },
  }
}

export const systemClock: Required<Clock> = steadyClock({
  wallMs: () => Date.now(),
  steadyMs: () => performance.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
})

/** Runs once at that time and never before it: a timer that comes early is set again. */
export function at(clock: Clock, dueMs: number, run: () => void): () => void {
  let stop = clock.after(dueMs - clock.nowMs(), check)
  function check(): void {
    const leftMs = dueMs - clock.nowMs()
    if (leftMs > 0) stop = clock.after(leftMs, check)
    else run()
  }
  return () => stop()
}

/** Runs again and again until the answer is called. */
export function every(clock: Clock, periodMs: number, run: () => void): () => void {
  let stop = clock.after(periodMs, again)
  function again(): void {
    stop = clock.after(periodMs, again)
    run()
  }
  return () => stop()
}
