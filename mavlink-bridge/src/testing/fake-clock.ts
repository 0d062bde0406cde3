import type { Clock } from '../clock.ts'

interface Alarm {
  readonly atMs: number
  readonly id: number
  readonly run: () => void
  off: boolean
}

/** A clock that moves only when told to. Runs what is due in order of time, then of asking. */
export class FakeClock implements Clock {
  private time: number
  private nextId = 0
  private live = 0
  /** A binary heap, earliest first: a simulated day has millions of alarms. */
  private readonly heap: Alarm[] = []

  constructor(startMs = 1_700_000_000_000) {
    this.time = startMs
  }

  nowMs(): number {
    return this.time
  }

  after(delayMs: number, run: () => void): () => void {
    const alarm: Alarm = { atMs: this.time + Math.max(0, delayMs), id: this.nextId++, run, off: false }
    this.live++
    push(this.heap, alarm)
    return () => {
      if (alarm.off) return
      alarm.off = true
      this.live--
    }
  }

  /** Timers still waiting: nothing may be left over when an exchange has ended. */
  get waiting(): number {
    return this.live
  }

  /** Moves on; promises that a timer settles continue before the next timer runs. */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms
    await this.advanceUntil(() => false, ms)
    this.time = until
  }

  /** Moves on until the condition holds or `limitMs` have passed; says whether it holds. */
  async advanceUntil(holds: () => boolean, limitMs: number): Promise<boolean> {
    const until = this.time + limitMs
    await settle()
    while (!holds()) {
      const due = this.earliest()
      if (due === undefined || due.atMs > until) return false
      pop(this.heap)
      this.time = Math.max(this.time, due.atMs)
      due.off = true
      this.live--
      due.run()
      await settle()
    }
    return true
  }

  private earliest(): Alarm | undefined {
    while (this.heap[0]?.off === true) pop(this.heap)
    return this.heap[0]
  }
}

/** A clock whose timers come a millisecond early, as those of a machine do that rounds time in two places. */
export class EarlyClock extends FakeClock {
  override after(delayMs: number, run: () => void): () => void {
    return super.after(delayMs > 1 ? delayMs - 1 : delayMs, run)
  }
}

const before = (a: Alarm, b: Alarm): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.id < b.id)

function push(heap: Alarm[], alarm: Alarm): void {
  let i = heap.length
  heap.push(alarm)
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!before(alarm, heap[parent]!)) break
    heap[i] = heap[parent]!
    i = parent
  }
  heap[i] = alarm
}

function pop(heap: Alarm[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
    if (!before(heap[child]!, last)) break
    heap[i] = heap[child]!
    i = child
  }
  heap[i] = last
}

/** Lets promise continuations run; a few turns are enough for chains of awaits. */
async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve()
}
