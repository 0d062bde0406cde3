import { dueRules, type Actor, type CaseFile, type LngLat, type RetentionPolicy } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { everyMs } from '../live/every.ts'
import type { PurgeStore } from '../store/purges.ts'

/** Days are what counts: a round every few minutes is soon enough, and a restart loses nothing of it. */
const EVERY_MS = 10 * 60_000
/** The first round comes when a start has settled: what fell due while nobody served waits no longer. */
const FIRST_MS = 30_000
const BATCH = 50
const DAY_MS = 24 * 3_600_000
/**
 * A clock that is further ahead of what was last seen than this may have been set wrong, and a purge cannot be taken back:
 * nothing is purged for a day then, by a timer that no clock moves. Whoever looks at a screen sees the date meanwhile.
 */
const LEAP_MS = DAY_MS
const ACTOR: Actor = { kind: 'system', part: 'retention' }

export interface RetentionCounts {
  /** Purges since the start, and journal entries that they took something of. */
  purges: number
  entries: number
  failures: number
  /** When the last round ended well, nothing due any more; null: none has yet. */
  lastRoundAtMs: number | null
  /** Something was purged, and the files still hold it: the next round tries again. */
  unscrubbed: boolean
}

/**
 * Carries out the policy on closed cases. What is due stands in the store, so that a restart goes on where it was; each
 * purge and its entry are one. A case that is held, or still in the live picture, is left alone.
 */
export function startRetentionKeeper(parts: {
  engine: Pick<Engine, 'picture' | 'adopt'>
  purges: Pick<PurgeStore, 'next' | 'purge' | 'scrub'>
  policy: RetentionPolicy
  coarse: (at: LngLat) => LngLat
  /** When the journal was last written before this start; null: never. */
  lastEntryAtMs: number | null
  clock: Scheduler
  onFault: (error: unknown) => void
}): { counts(): RetentionCounts; stop(): Promise<void> } {
  const { engine, purges, policy, coarse, clock, onFault } = parts
  const counts: RetentionCounts = { purges: 0, entries: 0, failures: 0, lastRoundAtMs: null, unscrubbed: true }
  const state = { stopped: false, leapt: false, seenAtMs: parts.lastEntryAtMs }
  let disarmLeap = (): void => {}
  let running: Promise<void> | null = null

  async function purge(file: CaseFile): Promise<boolean> {
    const { incidentId } = file
    const atMs = clock.nowMs()
    const rules = dueRules(file, policy).flatMap(({ rule, atMs: dueMs }) => (dueMs <= atMs ? [rule] : []))
    let done = false
    await engine.adopt(async (picture, lastSeq) => {
      if (state.stopped || picture.hold.has(incidentId) || picture.incident.has(incidentId)) return []
      counts.unscrubbed = true
      const entries = await purges.purge({ incidentId, rules, policy, coarse, actor: ACTOR, atMs }, lastSeq)
      for (const { event } of entries) {
        if (event.type !== 'case.purged') continue
        done = true
        counts.purges++
        counts.entries += Object.values(event.removed.entries).reduce((sum, n) => sum + n, 0)
      }
      return entries
    })
    return done
  }

  /** Whether the clock can be gone by. */
  function trusted(): boolean {
    const nowMs = clock.nowMs()
    if (state.seenAtMs !== null && nowMs - state.seenAtMs > LEAP_MS) {
      disarmLeap()
      state.leapt = true
      disarmLeap = clock.after(DAY_MS, () => (state.leapt = false))
    }
    state.seenAtMs = nowMs
    return !state.leapt
  }

  async function round(): Promise<void> {
    if (!trusted()) return
    for (let more = true; more && !state.stopped;) {
      more = false
      const nowMs = clock.nowMs()
      const due = (await purges.next(BATCH, [...engine.picture.hold.keys()])).filter(
        (file) => (dueRules(file, policy)[0]?.atMs ?? Infinity) <= nowMs,
      )
      for (const file of due) if (await purge(file)) more = true
    }
    // Once after each start too: a purge may have been the last thing before a power cut.
    if (counts.unscrubbed && !state.stopped) {
      await purges.scrub()
      counts.unscrubbed = false
    }
    counts.lastRoundAtMs = clock.nowMs()
  }

  const turn = (): void => {
    running ??= round()
      .catch((error: unknown) => {
        counts.failures++
        onFault(error)
      })
      .finally(() => (running = null))
  }
  const disarm = clock.after(FIRST_MS, turn)
  const stopTick = everyMs(clock, EVERY_MS, turn)
  return {
    counts: () => ({ ...counts }),
    async stop() {
      state.stopped = true
      disarm()
      disarmLeap()
      stopTick()
      await running
    },
  }
}
