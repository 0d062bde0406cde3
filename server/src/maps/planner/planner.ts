import { Piscina } from 'piscina'
import type { SortieCut } from '../../domain/context.ts'
import { refuse, type Decision } from '../../domain/result.ts'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { PlanJob } from './plan-job.ts'

/** A plan that takes longer hangs: its thread is ended. The largest map takes a few seconds on a slow machine. */
const HANGS_MS = 120_000
/** A coordinator's cut does not wait behind the advice that is being computed. */
const MOST_THREADS = 2

/** What planning has come to since the start. `unknown` before the first plan, `degraded` after one that failed. */
export interface PlannerCounts {
  state: 'unknown' | 'ok' | 'degraded'
  planned: number
  /** A newer question of the same kind came first. */
  superseded: number
  /** The thread died, hung or refused its question. */
  failed: number
}

/** Plans in threads of their own; the newest question under a key wins. */
export interface Planner {
  /** Refused: `plan-superseded`, or `planner-failed` once the thread that ran it has died, hung or thrown. */
  plan(key: string, job: PlanJob): Promise<Decision<SortieCut[][]>>
  counts(): PlannerCounts
  stop(): Promise<void>
}

/**
 * @param worker file of the thread's code, for tests
 * @param onFault told of every failure; the pool replaces a thread that died
 */
export function createPlanner(options: {
  clock: Pick<Scheduler, 'after'>
  onFault: (error: unknown) => void
  worker?: URL
}): Planner {
  const { clock, onFault, worker = new URL('./plan-worker.ts', import.meta.url) } = options
  const pool = new Piscina({
    filename: worker.href,
    name: 'run',
    minThreads: 1,
    maxThreads: MOST_THREADS,
    idleTimeout: 60_000,
  })
  // A thread that dies between two plans: nobody waits for it, and the pool has started another.
  pool.on('error', onFault)
  const counts: PlannerCounts = { state: 'unknown', planned: 0, superseded: 0, failed: 0 }
  const running = new Map<string, AbortController>()
  let stopped = false

  return {
    async plan(key, job) {
      running.get(key)?.abort('superseded')
      const mine = new AbortController()
      running.set(key, mine)
      const undo = clock.after(HANGS_MS, () => mine.abort('hangs'))
      try {
        const planned = (await pool.run(job, { signal: mine.signal })) as SortieCut[][]
        counts.planned += 1
        counts.state = 'ok'
        return { ok: true, value: planned }
      } catch (error) {
        if (mine.signal.reason === 'superseded' || stopped) {
          counts.superseded += 1
          return refuse(409, 'plan-superseded', 'a newer request came while it was planned')
        }
        counts.failed += 1
        counts.state = 'degraded'
        onFault(error)
        return refuse(
          503,
          'planner-failed',
          `planning failed: ${error instanceof Error ? error.message : String(error)}`,
        )
      } finally {
        undo()
        if (running.get(key) === mine) running.delete(key)
      }
    },
    counts: () => ({ ...counts }),
    async stop() {
      stopped = true
      for (const one of running.values()) one.abort('superseded')
      await pool.destroy()
    },
  }
}
