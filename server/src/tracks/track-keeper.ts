import { MOVER_KINDS } from '@skerry/contract'
import type { Scheduler } from '../engine/scheduler.ts'
import type { TimeSpan, TrackOf, TrackStore } from '../store/tracks.ts'
import type { Thinning } from './thin-track.ts'

/** How long tracks are kept, and how. */
export interface TrackPolicy {
  /** Every point that came is kept for so long. */
  wholeMs: number
  /** Then thinned by this, and removed after so long. */
  keptMs: number
  thinning: Thinning
}

export interface TrackKeeperCounts {
  packed: number
  /** Points that thinning took, and how many of them it kept. */
  thinned: number
  keptOfThinned: number
  removed: number
  failures: number
  /** When the last round ended well; null: none has yet. */
  lastRoundAtMs: number | null
}

/** Rows stay rows for so long: a restart shows the newest of them, and late positions find their stretch still open. */
const PACK_AFTER_MS = 15 * 60_000
/** A block should hold about so much. */
const STRETCH_MS = 10 * 60_000
const ROUND_MS = 60_000
const MOVERS_AT_ONCE = 4
/** Between two steps, so that the store and this process have time for what is urgent. */
const LEAST_PAUSE_MS = 20
/** A round is spread over this much of the time until the next. */
const SPREAD = 0.8
const THIN_STRETCH_MS = 3_600_000
const THINNED_A_ROUND = 400
const DROP_EVERY_MS = 3_600_000

/** Packs, thins and removes stored positions, a little at a time. Returns its counts and its own undo. */
export function startTrackKeeper(parts: {
  tracks: Pick<TrackStore, 'unpacked' | 'pack' | 'unthinned' | 'thin' | 'drop'>
  clock: Scheduler
  policy: TrackPolicy
  /** Spans of time in which nothing is removed, epoch ms; default: none. */
  held?: () => readonly TimeSpan[]
  onFault: (error: unknown) => void
}): { counts(): TrackKeeperCounts; stop(): Promise<void> } {
  const { tracks, clock, policy, held = () => [], onFault } = parts
  const counts: TrackKeeperCounts = {
    packed: 0,
    thinned: 0,
    keptOfThinned: 0,
    removed: 0,
    failures: 0,
    lastRoundAtMs: null,
  }
  const state = { stopped: false }
  let wake: (() => void) | null = null
  let droppedAtMs = -Infinity

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (state.stopped) return resolve()
      const disarm = clock.after(ms, resolve)
      wake = () => {
        disarm()
        resolve()
      }
    })

  async function packStep(movers: readonly TrackOf[]): Promise<void> {
    counts.packed += await tracks.pack(movers, clock.nowMs() - PACK_AFTER_MS)
  }
  async function thinStep(of: TrackOf): Promise<void> {
    const { before, after } = await tracks.thin(of, of.fromMs + THIN_STRETCH_MS, policy.thinning)
    counts.thinned += before
    counts.keptOfThinned += after
  }

  async function round(): Promise<void> {
    const nowMs = clock.nowMs()
    if (nowMs - droppedAtMs >= DROP_EVERY_MS) {
      droppedAtMs = nowMs
      counts.removed += await tracks.drop(nowMs - policy.keptMs, held())
    }
    const steps: (() => Promise<void>)[] = []
    for (const kind of MOVER_KINDS) {
      const due = await tracks.unpacked(kind, nowMs - PACK_AFTER_MS - STRETCH_MS)
      for (let i = 0; i < due.length; i += MOVERS_AT_ONCE) steps.push(() => packStep(due.slice(i, i + MOVERS_AT_ONCE)))
    }
    for (const of of await tracks.unthinned(nowMs - policy.wholeMs, THINNED_A_ROUND)) steps.push(() => thinStep(of))
    const pauseMs = Math.max(LEAST_PAUSE_MS, (ROUND_MS * SPREAD) / Math.max(1, steps.length))
    for (const step of steps) {
      if (state.stopped) return
      await step()
      await pause(pauseMs)
    }
    counts.lastRoundAtMs = clock.nowMs()
  }

  async function run(): Promise<void> {
    while (!state.stopped) {
      await pause(ROUND_MS)
      if (state.stopped) return
      await round().catch((error: unknown) => {
        counts.failures++
        onFault(error)
      })
    }
  }
  const running = run()
  return {
    counts: () => ({ ...counts }),
    async stop() {
      state.stopped = true
      wake?.()
      await running
    },
  }
}
