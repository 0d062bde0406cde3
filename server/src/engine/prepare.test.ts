import type { Command } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import type { CutRequest, PlanRequest, PlannerPort, SortieCut } from '../domain/context.ts'
import { refuse, type Decision } from '../domain/result.ts'
import { COORDINATOR, REPORT, SETUP, at, squareCuts, squareMaps, statusOf } from '../domain/test-kit.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { createEngine } from './create-engine.ts'
import { FakeScheduler } from './fake-scheduler.ts'

/** A search with two drones, and a planner that answers when the test says so. */
async function searching() {
  let ids = 0
  const newId = (): string => `id-${++ids}`
  const statuses = new Map(['main-1', 'main-2'].map((id) => [id, statusOf(id)]))
  const asked: { request: PlanRequest; answer: (cuts?: Decision<SortieCut[]>) => void }[] = []
  const ask = (request: PlanRequest): Promise<Decision<SortieCut[]>> =>
    new Promise((resolve) => {
      asked.push({ request, answer: (cuts = { ok: true, value: squareCuts(request) }) => resolve(cuts) })
    })
  let ahead: PlannerPort['ahead'] = () => Promise.resolve()
  const planner: PlannerPort = {
    ahead: (...asked) => ahead(...asked),
    ground: () => Promise.resolve(null),
    cut: ask,
    area: ask,
  }
  const options = {
    journal: memoryJournal(),
    clock: new FakeScheduler(),
    newId,
    maps: squareMaps(),
    planner,
    drones: { get: (id: string) => statuses.get(id) ?? null, statuses: () => [...statuses.values()] },
    version: '1',
  }
  const engine = await createEngine(options)
  const give = (command: object) => engine.submit({ id: crypto.randomUUID(), ...command } as Command, COORDINATOR)
  for (const [i, id] of [...statuses.keys()].entries())
    await engine.record({ kind: 'system', part: 'test' }, () => [
      {
        type: 'drone.seen',
        drone: {
          id,
          handle: i + 1,
          systemId: i + 1,
          bridgeId: 'main',
          autopilot: 'px4',
          vehicle: 'x',
          firstSeenAtMs: 0,
        },
      },
    ])
  await give(REPORT)
  await give({ type: 'search.open', incidentId: [...engine.picture.incident.keys()][0]!, setup: SETUP })
  const searchId = [...engine.picture.search.keys()][0]!
  const cut = (droneIds = ['main-1']): Command => ({
    id: crypto.randomUUID(),
    type: 'search.cut-tasks',
    searchId,
    droneIds,
    clearanceM: 60,
  })
  const submit = (command: Command) => engine.submit(command, COORDINATOR)
  /** Until the planner has been asked so many times. */
  const askedTimes = async (times: number): Promise<void> => {
    while (asked.length < times) await new Promise((resolve) => setImmediate(resolve))
  }
  const clock = options.clock
  return {
    engine,
    statuses,
    asked,
    askedTimes,
    give,
    submit,
    cut,
    searchId,
    clock,
    drawBy: (by: PlannerPort['ahead']) => (ahead = by),
  }
}

describe('a command that needs a plan', () => {
  it('holds nobody up: others are taken while it is planned', async () => {
    const { engine, asked, askedTimes, give, submit, cut, searchId } = await searching()
    const cutting = submit(cut())
    await askedTimes(1)
    expect((await give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 40 })).ok).toBe(true)
    expect(engine.picture.task.size).toBe(0)
    asked[0]!.answer()
    expect((await cutting).ok).toBe(true)
    expect([...engine.picture.task.values()]).toMatchObject([{ droneId: 'main-1', highestGroundAmslM: 40 }])
  })

  it('is planned once and has one outcome when it is sent twice', async () => {
    const { engine, asked, askedTimes, submit, cut } = await searching()
    const command = cut()
    const both = Promise.all([submit(command), submit(command)])
    await askedTimes(1)
    asked[0]!.answer()
    const [first, second] = await both
    expect(second).toEqual(first)
    expect(await submit(command)).toEqual(first)
    expect(asked).toHaveLength(1)
    expect(engine.picture.task.size).toBe(1)
  })

  it('is planned anew when ground was given away meanwhile, and never gives the same ground twice', async () => {
    const { engine, asked, askedTimes, give, submit, cut, searchId } = await searching()
    const cutting = submit(cut())
    await askedTimes(1)
    const pattern = { name: 'sector', centre: at(0, 0), bearingDeg: 0, reachM: 100, acrossM: 100 }
    await give({ type: 'search.lay-pattern', searchId, droneIds: ['main-2'], clearanceM: 60, pattern })
    asked[0]!.answer()
    await askedTimes(2)
    expect((asked[1]!.request as CutRequest).taken).toHaveLength(1)
    asked[1]!.answer()
    expect((await cutting).ok).toBe(true)
    expect(engine.picture.task.size).toBe(2)
  })

  it('is planned anew when what people believe has changed', async () => {
    const { asked, askedTimes, give, submit, cut, searchId } = await searching()
    const cutting = submit(cut())
    await askedTimes(1)
    const report = { kind: 'clue', position: at(1, 1), atMs: 0, errorM: 30, movedM: 0, certainty: 0.6, note: '' }
    await give({ type: 'search.add-sighting', searchId, report })
    asked[0]!.answer()
    await askedTimes(2)
    asked[1]!.answer()
    expect((await cutting).ok).toBe(true)
  })

  it('gives up after three plans that no longer held, and may be tried again', async () => {
    const { asked, askedTimes, statuses, submit, cut } = await searching()
    const command = cut()
    const cutting = submit(command)
    for (let i = 1; i <= 3; i++) {
      await askedTimes(i)
      statuses.set('main-1', statusOf('main-1', { home: { lngLat: at(100 * i, 0), altAmslM: 12 } }))
      asked[i - 1]!.answer()
    }
    expect(await cutting).toMatchObject({ ok: false, error: { code: 'plan-stale' } })
    const again = submit(command)
    await askedTimes(4)
    asked[3]!.answer()
    expect((await again).ok).toBe(true)
  })

  it('may be a pattern inside a drawn area, with the refusals of its planning', async () => {
    const { engine, asked, askedTimes, submit, searchId } = await searching()
    const lay = (): Command => ({
      id: crypto.randomUUID(),
      type: 'search.lay-pattern',
      searchId,
      droneIds: ['main-1'],
      clearanceM: 60,
      pattern: { name: 'parallel-track-inside', polygon: [[at(0, 0), at(400, 0), at(200, 300)]], from: null },
    })
    const laying = submit(lay())
    await askedTimes(1)
    asked[0]!.answer()
    expect((await laying).ok).toBe(true)
    expect(engine.picture.task.size).toBe(1)
    const slow = submit(lay())
    await askedTimes(2)
    asked[1]!.answer(refuse(422, 'plan-out-of-time', 'too many corners'))
    expect(await slow).toMatchObject({ ok: false, error: { code: 'plan-out-of-time' } })
    expect(engine.picture.task.size).toBe(1)
  })

  it('changes nothing when planning failed, and may be tried again', async () => {
    const { engine, asked, askedTimes, submit, cut } = await searching()
    const command = cut()
    const cutting = submit(command)
    await askedTimes(1)
    asked[0]!.answer(refuse(503, 'planner-failed', 'the thread died'))
    expect(await cutting).toMatchObject({ ok: false, error: { code: 'planner-failed', status: 503 } })
    expect(engine.picture.task.size).toBe(0)
    const again = submit(command)
    await askedTimes(2)
    asked[1]!.answer()
    expect((await again).ok).toBe(true)
  })

  it('is not planned at all when it is refused anyway', async () => {
    const { asked, submit, cut, engine } = await searching()
    expect(await submit(cut(['main-9']))).toMatchObject({ ok: false, error: { code: 'drone-not-seen' } })
    expect(await engine.submit(cut(), { ...COORDINATOR, id: 'p', role: 'pilot' })).toMatchObject({ ok: false })
    expect(asked).toHaveLength(0)
  })
})

describe('a command that asks for the map of a story', () => {
  const drift = {
    name: '落水',
    kind: 'drift',
    planningPoint: at(300, 0),
    entryErrorM: 50,
    enteredAtMs: new FakeScheduler().nowMs(),
    objectId: 'PIW-1',
    wind: { fromDeg: 30, speedMps: 5 },
    current: { kind: 'steady', towardDeg: 90, speedMps: 0.4 },
  } as const

  it('holds nobody up while it is drawn, and is for the moment for which it was drawn', async () => {
    const { engine, give, searchId, clock, drawBy } = await searching()
    const drawing = Promise.withResolvers<void>()
    const stories: unknown[] = []
    drawBy((_search, asked) => {
      stories.push(...asked)
      return drawing.promise
    })
    const askedAtMs = clock.nowMs()
    const adding = give({ type: 'search.add-scenario', searchId, story: drift, weight: 1 })
    while (stories.length === 0) await new Promise((resolve) => setImmediate(resolve))
    clock.advance(700)
    expect((await give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 40 })).ok).toBe(true)
    expect(engine.picture.search.get(searchId)!.scenarios).toHaveLength(1)
    drawing.resolve()
    expect((await adding).ok).toBe(true)
    expect(engine.picture.search.get(searchId)!.scenarios[1]).toMatchObject({ mapAtMs: askedAtMs })
    expect(stories).toEqual([{ story: drift, mapAtMs: askedAtMs }])
  })

  it('has nothing drawn for it when it is refused whatever the map says', async () => {
    const { give, searchId, drawBy } = await searching()
    drawBy(() => expect.unreachable('nothing is to be drawn'))
    const unknown = { ...drift, objectId: 'PIW-99' }
    expect(await give({ type: 'search.add-scenario', searchId, story: unknown, weight: 1 })).toMatchObject({
      ok: false,
      error: { code: 'unknown-drift-object' },
    })
    expect(await give({ type: 'search.open', incidentId: 'none', setup: SETUP })).toMatchObject({ ok: false })
    expect((await give({ type: 'search.weigh-scenario', searchId, scenarioId: 'opened', weight: 2 })).ok).toBe(true)
  })
})
