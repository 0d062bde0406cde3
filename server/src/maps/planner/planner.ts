import { Piscina } from 'piscina'
import type { SortieCut } from '../../domain/context.ts'
import { refuse, type Decision } from '../../domain/result.ts'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { DrawnGround } from '@skerry/contract'
import type { GroundJob } from '../../ground/draw-ground.ts'
import type { DrawJob, DrawnStory } from '../stories.ts'
import type { AreaJob, PlanJob } from './plan-job.ts'

/** A plan that takes longer hangs: its thread is ended. The largest map takes a few seconds on a slow machine. */
const HANGS_MS = 120_000
/**
 * An area whose corners and holes keep the thread busy for longer is given up: somebody waits for it, and fewer corners
 * search as well. On a quiet machine 200 corners with nine holes take a few seconds.
 */
const AREA_MS = 30_000
/** A story that takes longer is drawn on the spot: a search is not held up by a thread that hangs. */
const DRAW_HANGS_MS = 15_000
/** A coordinator's cut does not wait behind the advice that is being computed, nor a story behind both. */
const MOST_THREADS = 3

/** What planning has come to since the start. `unknown` before the first plan, `degraded` after one that failed. */
export interface PlannerCounts {
  state: 'unknown' | 'ok' | 'degraded'
  planned: number
  /** A newer question of the same kind came first. */
  superseded: number
  /** Areas that took too long to plan. */
  outOfTime: number
  /** The thread died, hung or refused its question. */
  failed: number
}

/** Plans in threads of their own; the newest question under a key wins. */
export interface Planner {
  /** Refused: `plan-superseded`, or `planner-failed` once the thread that ran it has died, hung or thrown. */
  plan(key: string, job: PlanJob): Promise<Decision<SortieCut[][]>>
  /** The same for a drawn area, with a limit of its own: refused as `plan-out-of-time`, which is no fault of the planner. */
  area(key: string, job: AreaJob): Promise<Decision<SortieCut[]>>
  /** Draws stories of a search; refused as a plan is, but nothing supersedes it. */
  draw(job: DrawJob): Promise<Decision<DrawnStory[]>>
  /** Draws the layers of the ground under a map. */
  ground(job: GroundJob): Promise<Decision<DrawnGround>>
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
  const counts: PlannerCounts = { state: 'unknown', planned: 0, superseded: 0, outOfTime: 0, failed: 0 }
  const running = new Map<string, AbortController>()
  let stopped = false

  let draws = 0

  /** Runs one question; the newest under a key ends the one before. */
  async function run<T>(
    key: string,
    name: 'run' | 'area' | 'draw' | 'ground',
    job: object,
    limitMs: number,
  ): Promise<Decision<T>> {
    running.get(key)?.abort('superseded')
    const mine = new AbortController()
    running.set(key, mine)
    const undo = clock.after(limitMs, () => mine.abort('too-long'))
    try {
      const planned = (await pool.run(job, { name, signal: mine.signal })) as T
      counts.planned += 1
      counts.state = 'ok'
      return { ok: true, value: planned }
    } catch (error) {
      if (mine.signal.reason === 'superseded' || stopped) {
        counts.superseded += 1
        return refuse(409, 'plan-superseded', 'a newer request came while it was planned')
      }
      if (name === 'area' && mine.signal.reason === 'too-long') {
        counts.outOfTime += 1
        return refuse(422, 'plan-out-of-time', `not planned within ${limitMs / 1000} s: draw fewer corners or holes`)
      }
      counts.failed += 1
      counts.state = 'degraded'
      onFault(error)
      return refuse(503, 'planner-failed', `planning failed: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      undo()
      if (running.get(key) === mine) running.delete(key)
    }
  }

  return {
    plan: (key, job) => run(key, 'run', job, HANGS_MS),
    async area(key, job) {
      const outcome = await run<Decision<SortieCut[]>>(key, 'area', job, AREA_MS)
      return outcome.ok ? outcome.value : outcome
    },
    draw: (job) => run(`draw ${++draws}`, 'draw', job, DRAW_HANGS_MS),
    ground: (job) => run(`draw ${++draws}`, 'ground', job, DRAW_HANGS_MS),
    counts: () => ({ ...counts }),
    async stop() {
      stopped = true
      for (const one of running.values()) one.abort('superseded')
      await pool.destroy()
    },
  }
}
