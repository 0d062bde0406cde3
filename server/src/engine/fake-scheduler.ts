import type { Scheduler } from './scheduler.ts'

/** Time that stands still until a test moves it; timers run in order while it moves. */
export class FakeScheduler implements Scheduler {
  #nowMs: number
  #timers: { atMs: number; order: number; run: () => void }[] = []
  #order = 0

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, order: this.#order++, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  /** Moves time on, running every timer that falls due at its own moment. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs
    for (;;) {
      const due = this.#timers
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0]
      if (!due) break
      this.#timers = this.#timers.filter((each) => each !== due)
      this.#nowMs = Math.max(this.#nowMs, due.atMs)
      due.run()
    }
    this.#nowMs = untilMs
  }

  /** Moves time at once, as when a machine has slept: every timer that fell due runs once, now. */
  jump(byMs: number): void {
    this.#nowMs += byMs
    const due = this.#timers.filter(({ atMs }) => atMs <= this.#nowMs)
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.#nowMs)
    for (const { run } of due.sort((a, b) => a.atMs - b.atMs || a.order - b.order)) run()
  }
}
