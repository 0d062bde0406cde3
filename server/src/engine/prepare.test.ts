import type { Command } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import type { CutRequest, PlannerPort, SortieCut } from '../domain/context.ts'
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
  const asked: { request: CutRequest; answer: (cuts?: Decision<SortieCut[]>) => void }[] = []
  const planner: PlannerPort = {
    cut: (request) =>
      new Promise((resolve) => {
        asked.push({ request, answer: (cuts = { ok: true, value: squareCuts(request) }) => resolve(cuts) })
      }),
  }
  const engine = await createEngine({
    journal: memoryJournal(),
    clock: new FakeScheduler(),
    newId,
    maps: squareMaps(),
    planner,
    drones: { get: (id) => statuses.get(id) ?? null, statuses: () => [...statuses.values()] },
    version: '1',
  })
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
  return { engine, statuses, asked, askedTimes, give, submit, cut, searchId }
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
    await give({ type: 'search.lay-pattern', searchId, droneId: 'main-2', clearanceM: 60, pattern })
    asked[0]!.answer()
    await askedTimes(2)
    expect(asked[1]!.request.taken).toHaveLength(1)
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
