import { expect, it } from 'vitest'
import { COORDINATOR, OTHER_PILOT, PILOT } from '../domain/test-kit.ts'
import { ready, replayed } from './whole-path-kit.ts'

/** A task whose second upload is stuck on its way into the aircraft. */
async function stuck() {
  const scene = await ready()
  const { town, bridge, picture, taskId } = scene
  bridge.sticksInUploads(true)
  expect(await town.give(PILOT, { type: 'task.upload', taskId })).toBe('ok')
  const task = () => picture.task.get(taskId)!
  await town.settled(() => (task().upload?.done ?? 0) > 0, 'an upload under way')
  return { ...scene, task, cancel: (by = PILOT) => town.give(by, { type: 'task.cancel-upload', taskId }) }
}

it('an upload that its pilot takes back ends as cancelled, without an alarm, and may be begun again', async () => {
  const { town, bridge, picture, task, taskId, entries, cancel } = await stuck()
  expect(await cancel(OTHER_PILOT)).toBe('lease-not-held')
  expect(await cancel()).toBe('ok')
  await town.settled(() => task().state === 'failed', 'the end of the upload')
  expect(task()).toMatchObject({ reason: 'upload-cancelled', upload: null })
  expect([...picture.alarm.values()].some(({ kind }) => kind === 'upload-failed')).toBe(false)
  expect(await cancel()).toBe('not-uploading')
  bridge.sticksInUploads(false)
  expect(await town.give(PILOT, { type: 'task.upload', taskId })).toBe('ok')
  await town.settled(() => task().state === 'ready', 'another upload')
  expect(task().upload?.cancelling).toBeUndefined()
  expect(replayed(entries).task.get(taskId)).toEqual(task())
  expect(town.faults).toEqual([])
})

it('an upload goes on where its bridge does not take that it was taken back', async () => {
  const { town, bridge, task, cancel } = await stuck()
  // Its end was told just now and is on its way.
  bridge.sticksInUploads(false)
  expect(await cancel()).toBe('ok')
  await town.settled(() => task().upload?.cancelling === undefined, 'the answer of the bridge')
  expect(task().state).toBe('uploading')
})

it('an upload ends where its task is withdrawn, and the task stays withdrawn', async () => {
  const { town, bridge, task, taskId } = await stuck()
  expect(await town.give(COORDINATOR, { type: 'task.withdraw', taskId, reason: '改派' })).toBe('ok')
  await town.settled(() => bridge.cancelled.length === 1, 'the end of the upload')
  expect(task().state).toBe('withdrawn')
  expect(town.faults).toEqual([])
})
