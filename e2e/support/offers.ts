import { expect } from '@playwright/test'
import type { LngLat } from '../../contract/src/index.ts'
import { takeSeat, type Seat } from './seat.ts'
import type { Skerry } from './skerry.ts'

/** Near the pads of the demo city. */
const PLACE: LngLat = [122.39, 29.89]

/** A search with one task on offer for each of these drones, made at the public interface. Resolves to the drones. */
export async function offerTasks(
  skerry: Skerry,
  coordinator: Seat,
  droneIds: readonly string[],
  halfSizeM = 1500,
): Promise<string[]> {
  const dispatcher = await takeSeat(skerry, 'dispatcher')
  const known = async () => (await coordinator.all('drone')).filter(({ id }) => droneIds.includes(id)).length
  await expect.poll(known, { timeout: 60_000 }).toBe(droneIds.length)
  const nowMs = Date.now()
  const reported = await dispatcher.give({
    type: 'incident.report',
    category: 'missing-person',
    priority: 'critical',
    position: PLACE,
    place: '朱家尖',
    text: '',
    occurredAtMs: nowMs - 1000,
    subject: { category: 'dementia', lastKnownAtMs: nowMs - 3_600_000, lastKnownPosition: PLACE, description: '' },
  })
  const incidentId = reported.created.find((one) => one.kind === 'incident')!.id
  const setup = {
    category: 'dementia',
    terrain: 'mountain',
    planningPoint: PLACE,
    halfSizeM,
    cellM: 25,
    shoreShare: 0.5,
  } as const
  const opened = await coordinator.give({ type: 'search.open', incidentId, setup })
  const searchId = opened.created.find((one) => one.kind === 'search')!.id
  await coordinator.give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 40 })
  const drafted = async () => (await coordinator.all('task')).filter((task) => task.state === 'drafted')
  // Where a drone stands and how high is known some seconds after it was first heard.
  await expect
    .poll(
      async () => {
        await coordinator
          .give({ type: 'search.cut-tasks', searchId, droneIds: [...droneIds], clearanceM: 50 })
          .catch(() => null)
        return (await drafted()).filter((task) => !task.blockers.includes('no-home-altitude')).length
      },
      { timeout: 60_000 },
    )
    .toBe(droneIds.length)
  for (const task of await drafted()) {
    if (task.notices.length > 0) {
      expect(await coordinator.refused({ type: 'task.offer', taskId: task.id })).toEqual({
        status: 409,
        code: 'no-approval-ref',
      })
      await coordinator.give({ type: 'task.approve', taskId: task.id, approvalRef: 'ZS-UAV-2026-1122' })
    }
    await coordinator.give({ type: 'task.offer', taskId: task.id })
  }
  return [...droneIds]
}
