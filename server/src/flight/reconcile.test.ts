import type { DomainEvent } from '@skerry/contract'
import { expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, PILOT, REPORT, SETUP, world } from '../domain/test-kit.ts'
import type { Engine } from '../engine/engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createBridges } from './bridges.ts'
import { createDroneBoard } from './drone-board.ts'
import { createReconciler } from './reconcile.ts'
import { createUploads, uploadId } from './uploads.ts'

const MINUTE_MS = 60_000

/** A task whose plan is being uploaded. */
function uploading() {
  const town = world()
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 20 })
  town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
  const taskId = town.only('task').id
  town.give(COORDINATOR, { type: 'task.offer', taskId })
  town.give(PILOT, { type: 'task.accept', taskId })
  expect(town.only('task').state).toBe('uploading')
  const clock = new FakeScheduler(NOW_MS)
  const uploads = createUploads()
  uploads.follow({ event: { type: 'task.upload-started', taskId, total: 100 }, seq: 7, atMs: NOW_MS })
  const recorded: DomainEvent[] = []
  const reconciler = createReconciler({
    engine: { picture: town.picture } as Engine,
    board: createDroneBoard((error) => expect.unreachable(String(error))),
    bridges: createBridges(),
    uploads,
    clock,
    record: (_actor, decide) => Promise.resolve(void recorded.push(...decide(town.picture))),
  })
  return { clock, uploads, recorded, reconciler, commandId: uploadId(taskId, 7) }
}

it('lets an upload last for as long as its bridge tells how far it is', () => {
  const { clock, uploads, recorded, reconciler, commandId } = uploading()
  for (let minute = 0; minute < 15; minute++) {
    clock.advance(MINUTE_MS)
    uploads.heard(commandId, clock.nowMs())
    reconciler.tick()
  }
  expect(recorded).toEqual([])
})

it('calls an upload unknown of which nothing more is heard, and words about an earlier one do not count', () => {
  const { clock, uploads, recorded, reconciler, commandId } = uploading()
  clock.advance(3 * MINUTE_MS)
  uploads.heard(`${commandId}0`, clock.nowMs())
  reconciler.tick()
  expect(recorded).toEqual([])
  clock.advance(2 * MINUTE_MS)
  reconciler.tick()
  expect(recorded).toMatchObject([{ type: 'task.unknown', reason: 'upload-end-unheard' }])
})
