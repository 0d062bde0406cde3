// How long orders wait while tasks are cut: the longest delay of the event loop, with the planner's thread against the
// same cut on the main thread. Alone: node scripts/run.mjs server/bench/planner.bench.ts
import { pathToFileURL } from 'node:url'
import { localFrame, probabilityMap } from '@skerry/search'
import { systemScheduler } from '../src/engine/scheduler.ts'
import { planJob, type PlanJob } from '../src/maps/planner/plan-job.ts'
import { createPlanner } from '../src/maps/planner/planner.ts'
import { longestDelayMs } from './event-loop-delay.ts'
import type { BenchRow } from './fanout.bench.ts'

const ROUNDS = 3
const DRONES = 4
const IPP: [number, number] = [122.385, 29.985]

function jobOn(halfSizeM: number, cellM: number): PlanJob {
  const subject = { category: 'dementia', terrain: 'mountain' } as const
  const { grid } = probabilityMap({ subject, ipp: IPP, halfSizeM, cellM })
  const frame = localFrame(IPP)
  const drones = Array.from({ length: DRONES }, (_, i) => ({
    id: `main-${i}`,
    startLngLat: frame.toLngLat([300 * i, -200]),
    airspeedMps: 10,
    enduranceS: 1275,
    reserveS: 300,
    cover: {
      swathM: 50,
      sweepWidthM: 30,
      podCap: 0.6,
      basis: 'assumed' as const,
      rangeM: [20, 40] as [number, number],
    },
    wind: { fromDeg: 20, speedMps: 4 },
  }))
  const request = {
    drones,
    taken: [],
    noFly: [],
  }
  return {
    ground: { grid, podCap: 0.6 },
    requests: [request],
  }
}

async function compare(halfSizeM: number, cellM: number): Promise<BenchRow[]> {
  const job = jobOn(halfSizeM, cellM)
  const planner = createPlanner({
    clock: systemScheduler,
    onFault: (error) => process.stderr.write(`${String(error)}\n`),
  })
  try {
    const first = await planner.plan('warm', job)
    // Both must have planned the same, or the comparison means nothing.
    if (!first.ok || JSON.stringify(first.value) !== JSON.stringify(planJob(job)))
      throw new Error('bench: plans differ')
    const best = { delay: Infinity, mainDelay: Infinity, took: Infinity, mainTook: Infinity }
    for (let round = 0; round < ROUNDS; round++) {
      let startMs = 0
      const timed = async (run: () => unknown): Promise<[delayMs: number, tookMs: number]> => {
        let tookMs = 0
        const delayMs = await longestDelayMs(async () => {
          startMs = performance.now()
          await run()
          tookMs = performance.now() - startMs
        })
        return [delayMs, tookMs]
      }
      const [delay, took] = await timed(() => planner.plan('cut', job))
      const [mainDelay, mainTook] = await timed(() => planJob(job))
      best.delay = Math.min(best.delay, delay)
      best.mainDelay = Math.min(best.mainDelay, mainDelay)
      best.took = Math.min(best.took, took)
      best.mainTook = Math.min(best.mainTook, mainTook)
    }
    const side = job.ground.grid.rows
    const name = `cut for ${DRONES} drones on ${side}x${side} cells`
    const row = (what: string, ours: number, theirs: number): BenchRow => ({
      name: `${name}: ${what}`,
      baseline: 'cut on the main thread',
      ratio: theirs / ours,
      unit: 'ms',
      ours,
      theirs,
    })
    return [
      row('longest event-loop delay', best.delay, best.mainDelay),
      row('time to the plan', best.took, best.mainTook),
    ]
  } finally {
    await planner.stop()
  }
}

export const run = async (): Promise<BenchRow[]> => [...(await compare(3000, 50)), ...(await compare(10_000, 40))]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`)
