/** Time as the bridge uses it; tests pass one that they move by hand. */
export interface Clock {
  /** Epoch time, ms. */
  nowMs(): number
  /** Runs once after that many ms; the answer takes it back. */
  after(delayMs: number, run: () => void): () => void
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
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
