import { createGrid } from '@skerry/search'
import type { Command } from '@skerry/contract'
import { expect, it } from 'vitest'
import { ok, refuse, type Decision } from '../../domain/result.ts'
import type { CutRequest, SortieCut } from '../../domain/context.ts'
import { COORDINATOR, REPORT, SETUP, at, squareMaps, squarePlanner } from '../../domain/test-kit.ts'
import { createEngine } from '../../engine/create-engine.ts'
import { FakeScheduler } from '../../engine/fake-scheduler.ts'
import { memoryJournal } from '../../journal/memory-journal.ts'
import { startPlannerAlarm } from './planner-alarm.ts'
import { NO_GROUND } from '../../ground/ground-source.ts'
import { createPlanning } from './planning.ts'

it('tells the coordinator once while planning fails, and takes it back with the next plan', async () => {
  let ids = 0
  const newId = (): string => `id-${++ids}`
  const clock = new FakeScheduler()
  const drones = { get: () => null, statuses: () => [] }
  const journal = memoryJournal()
  const options = { journal, clock, newId, maps: squareMaps(), planner: squarePlanner, drones, version: '1' }
  const engine = await createEngine(options)
  const give = (command: object) => engine.submit({ id: crypto.randomUUID(), ...command } as Command, COORDINATOR)
  await give(REPORT)
  const incidentId = [...engine.picture.incident.keys()][0]!
  await give({ type: 'search.open', incidentId, setup: SETUP })
  const searchId = [...engine.picture.search.keys()][0]!

  const answers: Decision<SortieCut[][]>[] = [
    refuse(503, 'planner-failed', 'died'),
    refuse(503, 'planner-failed', 'died'),
    refuse(409, 'plan-superseded', 'newer'),
    { ok: true, value: [[]] },
    { ok: true, value: [[]] },
  ]
  const ground = { grid: createGrid({ rows: 1, cols: 1, cellM: 50, origin: at(0, 0) }), podCap: 1 }
  const unasked = () => expect.unreachable('nothing is to be drawn')
  const planning = createPlanning(
    { ground: () => ground, undrawn: () => null, keep: () => {} },
    {
      plan: () => Promise.resolve(answers.shift()!),
      area: () => Promise.resolve(ok([])),
      draw: unasked,
      ground: unasked,
    },
    NO_GROUND,
  )
  startPlannerAlarm({ engine, planning, clock, newId, onFault: (error) => expect.unreachable(String(error)) })
  const cut = () => planning.cut({ searchId } as CutRequest)
  const alarms = async () => {
    await engine.record({ kind: 'system', part: 'test' }, () => []) // what was queued before has been journaled
    return [...engine.picture.alarm.values()].map(({ kind, clearedAtMs }) => [kind, clearedAtMs === null])
  }
  await cut()
  await cut()
  await cut()
  expect(await alarms()).toEqual([['planner-failed', true]])
  await cut()
  expect(await alarms()).toEqual([['planner-failed', false]])
  const length = journal.entries.length
  await cut()
  await alarms()
  expect(journal.entries).toHaveLength(length)
})
