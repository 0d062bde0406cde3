import { createGrid } from '@skerry/search'
import { afterEach, describe, expect, it } from 'vitest'
import { HOME, at } from '../../domain/test-kit.ts'
import { FakeScheduler } from '../../engine/fake-scheduler.ts'
import { planJob, type PlanJob } from './plan-job.ts'
import { createPlanner, type Planner } from './planner.ts'

const job = (): PlanJob => {
  const grid = createGrid({ rows: 40, cols: 40, cellM: 50, origin: at(-1000, -1000) })
  for (let i = 0; i < grid.values.length; i++) grid.values[i] = ((i * 7919) % 101) / 101 / 1600
  const drone = (id: string) => ({ id, startLngLat: HOME, airspeedMps: 10, enduranceS: 1200, reserveS: 300 })
  return {
    ground: { grid, podCap: 0.6 },
    requests: [
      {
        drones: [drone('main-1'), drone('main-2')],
        cover: {
          swathM: 50,
          sweepWidthM: 25,
          podCap: 0.6,
          basis: 'assumed' as const,
          rangeM: [20, 40] as [number, number],
        },
        wind: { fromDeg: 40, speedMps: 3 },
        taken: [[at(0, 0), at(400, 0), at(400, 400), at(0, 400)]],
        noFly: [],
      },
    ],
  }
}
const failing = (fail: 'throws' | 'dies' | 'hangs'): PlanJob => ({ ...job(), fail }) as PlanJob

let planner: Planner | null = null
const faults: unknown[] = []
const clock = new FakeScheduler()
const start = (worker?: URL): Planner => {
  faults.length = 0
  planner = createPlanner({ clock, onFault: (error) => faults.push(error), ...(worker ? { worker } : {}) })
  return planner
}
const FAILING = new URL('./failing-worker.ts', import.meta.url)

afterEach(() => planner?.stop())

describe('the planner', () => {
  it('plans in a thread exactly what it plans here, each time', async () => {
    const { plan } = start()
    const here = planJob(job())
    expect(here[0]).toHaveLength(2)
    expect(await plan('a', job())).toEqual({ ok: true, value: here })
    expect(await plan('a', job())).toEqual({ ok: true, value: here })
  })

  it('lets the newest question of a kind win, and leaves other kinds alone', async () => {
    const { plan, counts } = start()
    const [old, other, newest] = await Promise.all([plan('a', job()), plan('b', job()), plan('a', job())])
    expect(old).toMatchObject({ ok: false, error: { code: 'plan-superseded' } })
    expect(other.ok && newest.ok).toBe(true)
    expect(counts()).toEqual({ state: 'ok', planned: 2, superseded: 1, failed: 0 })
  })

  it.each(['throws', 'dies'] as const)('says so once when its thread %s, and plans again', async (how) => {
    const { plan, counts } = start(FAILING)
    expect(await plan('a', failing(how))).toMatchObject({ ok: false, error: { code: 'planner-failed', status: 503 } })
    expect(faults).toHaveLength(1)
    expect(counts().state).toBe('degraded')
    expect(await plan('a', job())).toEqual({ ok: true, value: planJob(job()) })
    expect(counts()).toEqual({ state: 'ok', planned: 1, superseded: 0, failed: 1 })
  })

  it('ends a thread that hangs, and plans again', async () => {
    const { plan, counts } = start(FAILING)
    const hung = plan('a', failing('hangs'))
    clock.advance(120_000)
    expect(await hung).toMatchObject({ ok: false, error: { code: 'planner-failed' } })
    expect((await plan('a', job())).ok).toBe(true)
    expect(counts().failed).toBe(1)
  })

  it('refuses what still runs when it is stopped', async () => {
    const { plan, stop } = start(FAILING)
    const running = plan('a', failing('hangs'))
    await stop()
    expect((await running).ok).toBe(false)
    planner = null
  })
})
