import type { Clock } from '../clock.ts'

interface Alarm {
  readonly id: number
  readonly atMs: number
  readonly run: () => void
}

/** A clock that moves only when told to. Runs what is due in order of time, then of asking. */
export class FakeClock implements Clock {
  private time: number
  private nextId = 0
  private alarms: Alarm[] = []

  constructor(startMs = 1_700_000_000_000) {
    this.time = startMs
  }

  nowMs(): number {
    return this.time
  }

  after(delayMs: number, run: () => void): () => void {
    const alarm = { id: this.nextId++, atMs: this.time + Math.max(0, delayMs), run }
    this.alarms.push(alarm)
    return () => {
      this.alarms = this.alarms.filter((other) => other.id !== alarm.id)
    }
  }

  /** Timers still waiting: nothing may be left over when an exchange has ended. */
  get waiting(): number {
    return this.alarms.length
  }

  /** Moves on; promises that a timer settles continue before the next timer runs. */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms
    await settle()
    for (;;) {
      const due = this.alarms.filter((alarm) => alarm.atMs <= until).sort((a, b) => a.atMs - b.atMs || a.id - b.id)[0]
      if (due === undefined) break
      this.alarms = this.alarms.filter((other) => other.id !== due.id)
      this.time = Math.max(this.time, due.atMs)
      due.run()
      await settle()
    }
    this.time = until
    await settle()
  }
}

/** Lets promise continuations run; a few turns are enough for chains of awaits. */
async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve()
}
