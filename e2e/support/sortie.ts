import { expect } from '@playwright/test'
import type { Drone, DroneStatus, Incident, Search, Task } from '../../contract/src/index.ts'
import type { Seat } from './seat.ts'

/** A search with one drone or more on its lanes, reached over the public interface. */
export interface Sortie {
  incident: Incident
  search: Search
  tasks: Task[]
}

const PATIENT = { timeout: 120_000, intervals: [500] }

export const statusOf = async (seat: Seat, droneId: string): Promise<DroneStatus | undefined> =>
  ((await (await seat.get('/api/drones/status')).json()) as DroneStatus[]).find((one) => one.droneId === droneId)

export async function one<T extends { id: string }>(entities: Promise<T[]>, id: string): Promise<T> {
  return (await entities).find((entity) => entity.id === id)!
}

/** Takes the call about the missing person, opens the search, sends its drones out and waits until all fly their lanes. */
export async function flySortie(coordinator: Seat, pilot: Seat, options: { drones: number }): Promise<Sortie> {
  await expect.poll(async () => (await aCall(coordinator)) !== undefined, PATIENT).toBe(true)
  const call = (await aCall(coordinator))!
  const reported = await coordinator.give({
    type: 'incident.report',
    category: 'missing-person',
    priority: 'critical',
    position: call.position,
    place: call.place,
    text: call.text,
    occurredAtMs: call.occurredAtMs,
    subject: {
      category: 'dementia',
      lastKnownAtMs: call.occurredAtMs,
      lastKnownPosition: call.position,
      description: '深蓝色外套、灰色长裤、毛线帽，行走缓慢',
    },
  })
  const incidentId = made(reported.created, 'incident')
  const opened = await coordinator.give({
    type: 'search.open',
    incidentId,
    setup: {
      category: 'dementia',
      terrain: 'mountain',
      planningPoint: call.position,
      halfSizeM: 2500,
      cellM: 50,
      shoreShare: 0.1,
    },
  })
  const searchId = made(opened.created, 'search')
  await coordinator.give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 40 })
  const tasks = await cutAndFly(coordinator, pilot, searchId, options.drones)
  return {
    incident: await one(coordinator.all('incident'), incidentId),
    search: await one(coordinator.all('search'), searchId),
    tasks,
  }
}

async function cutAndFly(coordinator: Seat, pilot: Seat, searchId: string, drones: number): Promise<Task[]> {
  const fit = async (): Promise<Drone[]> => {
    const known = (await coordinator.all('drone')).slice(0, drones)
    const ready = await Promise.all(known.map(async ({ id }) => (await statusOf(coordinator, id))?.readiness.canArm))
    return ready.length === drones && ready.every((canArm) => canArm === true) ? known : []
  }
  await expect.poll(async () => (await fit()).length, PATIENT).toBe(drones)
  const droneIds = (await fit()).map(({ id }) => id)
  await coordinator.give({ type: 'search.cut-tasks', searchId, droneIds, clearanceM: 60 })
  const ours = async (): Promise<Task[]> =>
    (await coordinator.all('task')).filter((task) => task.searchId === searchId && task.state !== 'withdrawn')
  for (const { id, notices } of await ours()) {
    if (notices.length > 0)
      await coordinator.give({ type: 'task.approve', taskId: id, approvalRef: 'ZS-UAV-2026-1122' })
    await coordinator.give({ type: 'task.offer', taskId: id })
    await pilot.give({ type: 'task.accept', taskId: id })
  }
  const states = async (): Promise<string[]> => [...new Set((await ours()).map((task) => task.state))]
  await expect.poll(states, PATIENT).toEqual(['ready'])
  for (const { id } of await ours())
    await pilot.give({
      type: 'task.start',
      taskId: id,
      checklist: { areaClear: true, aircraftChecked: true, heightUnderstood: true },
      // The demo city goes faster than the clock: what the plan says of others' times is no longer so.
      despiteWait: '演示加速，另一架已离开',
    })
  await expect.poll(states, PATIENT).toEqual(['flying'])
  const flown = await ours()
  // On the lanes, not still on the way to them.
  await expect
    .poll(async () => {
      const now = await Promise.all(flown.map(({ droneId }) => statusOf(coordinator, droneId)))
      return now.every((status) => status?.mode?.kind === 'auto' && (status.mission.current ?? 0) >= 3)
    }, PATIENT)
    .toBe(true)
  return flown
}

const aCall = async (seat: Seat): Promise<Incident | undefined> =>
  (await seat.all('incident')).find(({ place, text }) => place.includes('步道入口') && text.includes('走失'))

function made(created: readonly { kind: string; id: string }[], kind: string): string {
  const id = created.find((entity) => entity.kind === kind)?.id
  if (id === undefined) throw new Error(`no ${kind} was made: ${JSON.stringify(created)}`)
  return id
}
