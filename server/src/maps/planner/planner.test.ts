import { createGrid } from '@skerry/search'
import { afterEach, describe, expect, it } from 'vitest'
import { HOME, SETUP, at } from '../../domain/test-kit.ts'
import { FakeScheduler } from '../../engine/fake-scheduler.ts'
import { drawJob, type DrawJob } from '../stories.ts'
import { areaJob, planJob, type AreaJob, type PlanJob } from './plan-job.ts'
import { createPlanner, type Planner } from './planner.ts'

const job = (): PlanJob => {
  const grid = createGrid({ rows: 40, cols: 40, cellM: 50, origin: at(-1000, -1000) })
  for (let i = 0; i < grid.values.length; i++) grid.values[i] = ((i * 7919) % 101) / 101 / 1600
  const cover = {
    swathM: 50,
    sweepWidthM: 25,
    podCap: 0.6,
    basis: 'assumed',
    rangeM: [20, 40] as [number, number],
  } as const
  const wind = { fromDeg: 40, speedMps: 3 }
  const drone = (id: string) => ({
    id,
    startLngLat: HOME,
    airspeedMps: 10,
    enduranceS: 1200,
    reserveS: 300,
    cover,
    wind,
  })
  return {
    ground: { grid, podCap: 0.6 },
    requests: [
      {
        drones: [drone('main-1'), drone('main-2')],
        taken: [[at(0, 0), at(400, 0), at(400, 400), at(0, 400)]],
        noFly: [],
      },
    ],
  }
}
const areaOf = (over: object = {}): AreaJob => {
  const { ground, requests } = job()
  const { taken: _, ...request } = requests[0]!
  const polygon = [[at(0, 0), at(500, 0), at(500, 300), at(250, 120), at(0, 300)]]
  const area = { name: 'parallel-track-inside' as const, polygon, from: null }
  return { ground, request: { ...request, area }, ...over }
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

const drawing = (): DrawJob => {
  const { planningPoint, category, terrain } = SETUP
  const island = [[[at(-600, -500), at(500, -600), at(700, 600), at(-500, 500), at(-600, -500)]]]
  const drift = {
    name: '落水',
    kind: 'drift',
    planningPoint: at(-800, 0),
    entryErrorM: 60,
    enteredAtMs: 0,
    objectId: 'PIW-1',
    wind: { fromDeg: 270, speedMps: 6 },
    current: { kind: 'steady', towardDeg: 90, speedMps: 0.2 },
  } as const
  return {
    ground: { setup: { ...SETUP, cellM: 100 }, table: undefined, land: island, terrain: null, seed: 7 },
    stories: [
      { story: { name: '-', kind: 'radial', planningPoint, category, terrain } },
      { story: { name: '岸边', kind: 'shore', planningPoint, category, terrain } },
      { story: drift, mapAtMs: 3_600_000 },
    ],
  }
}

describe('the planner', () => {
  it('draws stories in a thread exactly as they are drawn here, bit for bit', async () => {
    const { draw } = start()
    const here = drawJob(drawing())
    expect(here.map(({ map }) => map.kind)).toEqual(['radial', 'shore', 'drift'])
    expect(await draw(drawing())).toEqual({ ok: true, value: here })
    expect(await Promise.all([draw(drawing()), draw(drawing())])).toEqual([
      { ok: true, value: here },
      { ok: true, value: here },
    ])
  })

  it('gives a story up that a thread hangs on, so that it can be drawn here', async () => {
    const { draw } = start(FAILING)
    const hung = draw({ ...drawing(), fail: 'hangs' } as DrawJob)
    clock.advance(15_000)
    expect(await hung).toMatchObject({ ok: false, error: { code: 'planner-failed' } })
    expect((await draw(drawing())).ok).toBe(true)
  })

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
    expect(counts()).toEqual({ state: 'ok', planned: 2, superseded: 1, outOfTime: 0, failed: 0 })
  })

  it.each(['throws', 'dies'] as const)('says so once when its thread %s, and plans again', async (how) => {
    const { plan, counts } = start(FAILING)
    expect(await plan('a', failing(how))).toMatchObject({ ok: false, error: { code: 'planner-failed', status: 503 } })
    expect(faults).toHaveLength(1)
    expect(counts().state).toBe('degraded')
    expect(await plan('a', job())).toEqual({ ok: true, value: planJob(job()) })
    expect(counts()).toEqual({ state: 'ok', planned: 1, superseded: 0, outOfTime: 0, failed: 1 })
  })

  it('ends a thread that hangs, and plans again', async () => {
    const { plan, counts } = start(FAILING)
    const hung = plan('a', failing('hangs'))
    clock.advance(120_000)
    expect(await hung).toMatchObject({ ok: false, error: { code: 'planner-failed' } })
    expect((await plan('a', job())).ok).toBe(true)
    expect(counts().failed).toBe(1)
  })

  it('lays tracks inside a drawn area in a thread exactly as here, and passes on why it cannot', async () => {
    const { area } = start()
    const here = areaJob(areaOf())
    expect(here).toMatchObject({ ok: true })
    expect(await area('a', areaOf())).toEqual(here)
    const { ground, request } = areaOf()
    const drones = request.drones.map((drone) => ({ ...drone, wind: { fromDeg: 0, speedMps: 30 } }))
    const stormy = { ground, request: { ...request, drones } }
    expect(await area('a', stormy)).toMatchObject({ ok: false, error: { code: 'wind-too-strong' } })
  })

  it('gives up an area that takes too long, which is no fault, and plans again', async () => {
    const { area, plan, counts } = start(FAILING)
    const slow = area('a', areaOf({ fail: 'hangs' }))
    clock.advance(30_000)
    expect(await slow).toMatchObject({ ok: false, error: { code: 'plan-out-of-time', status: 422 } })
    expect(faults).toEqual([])
    expect((await plan('a', job())).ok).toBe(true)
    expect(counts()).toEqual({ state: 'ok', planned: 1, superseded: 0, outOfTime: 1, failed: 0 })
  })

  it('refuses what still runs when it is stopped', async () => {
    const { plan, stop } = start(FAILING)
    const running = plan('a', failing('hangs'))
    await stop()
    expect((await running).ok).toBe(false)
    planner = null
  })
})
