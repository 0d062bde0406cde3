import type { Drone, DroneStatus, Task } from '@skerry/contract'
import { inAir, linkView, standsDisarmed } from './aircraft-state.ts'
import { isOffered, isUnderWay } from './drone-work.ts'

/** One drone as the strip shows it. */
export interface DroneTab {
  id: string
  place: 'air' | 'ground' | 'unknown'
  linkLost: boolean
  /** When it was last heard it stood on the ground, disarmed: a lost link is no emergency. */
  atRest: boolean
  /** Task on offer for it. */
  offer: Task | null
  /** A task of it was accepted and is not over. */
  busy: boolean
  /** Who holds flight authority. */
  holder: string | null
  /** This seat holds it. */
  mine: boolean
}

export function droneTabs(
  drones: Iterable<Drone>,
  statuses: ReadonlyMap<string, DroneStatus>,
  tasks: Iterable<Task>,
  seatId: string | null,
  nowMs: number,
): DroneTab[] {
  const all = [...tasks]
  const offers = new Map(all.filter(isOffered).map((task) => [task.droneId, task]))
  const busy = new Set(all.filter(isUnderWay).map((task) => task.droneId))
  return [...drones]
    .map((drone): DroneTab => {
      const status = statuses.get(drone.id) ?? null
      const link = linkView(status, nowMs)
      const air = link.at === 'silent' ? null : inAir(status)
      return {
        id: drone.id,
        place: air === null ? 'unknown' : air ? 'air' : 'ground',
        linkLost: link.at === 'lost' || link.at === 'silent',
        atRest: standsDisarmed(status),
        offer: offers.get(drone.id) ?? null,
        busy: busy.has(drone.id),
        holder: drone.lease?.name ?? null,
        mine: drone.lease !== null && drone.lease.seatId === seatId,
      }
    })
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

/**
 * Which drone to show: the one that was chosen, unless it is at rest and another one is offered a task. A screen never
 * leaves a drone that its pilot flies: a finger may be on its way to LAND.
 */
export function tabToShow(tabs: readonly DroneTab[], chosenId: string | null): DroneTab | null {
  const rank = (tab: DroneTab): number =>
    tab.mine && tab.place !== 'ground' ? 0 : tab.offer !== null ? 1 : tab.mine ? 2 : tab.place === 'air' ? 3 : 4
  const best = [...tabs].sort((a, b) => rank(a) - rank(b))[0] ?? null
  const chosen = tabs.find((tab) => tab.id === chosenId)
  if (chosen === undefined) return best
  const atRest = !chosen.mine && !chosen.busy && chosen.offer === null && chosen.place !== 'air'
  return atRest && best?.offer != null ? best : chosen
}
