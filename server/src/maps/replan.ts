import type { Advice, Search } from '@skerry/contract'
import { reassignments, type AssignmentOption, type RunningTask } from '@skerry/search'
import type { DronesPort } from '../domain/context.ts'
import { LANE_SPEED_MPS, sortieDrone } from '../domain/tasks/draft.ts'
import { isOver } from '../domain/tasks/states.ts'
import type { Picture } from '../picture/picture.ts'
import { cutSorties } from './cut-sorties.ts'
import type { SearchMap } from './search-map.ts'
import { sensorCover } from './sensor-cover.ts'
import { gainsOf, taskCoverage } from './task-ground.ts'

/** What was declined is proposed again only when it has become worth this many times as much. */
const ASK_AGAIN = 1.5
/**
 * Ways to lay lanes that are tried for an option. Advice is computed again and again while drones fly, on the thread that
 * also takes orders: a few per cent better is not worth holding those up.
 */
const LAYOUTS = 2

/**
 * The best change of what a drone in the air flies, by POS per minute; null where going on is as good. Options are cut
 * afresh on the map as it is now, outside the ground of all other tasks. Nothing here commands anything: a person decides.
 */
export function adviceFor(
  map: SearchMap,
  search: Search,
  picture: Picture,
  drones: DronesPort,
): Omit<Advice, 'id' | 'answer'> | null {
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === search.id)
  const { grid } = map.posterior()
  const running: RunningTask[] = []
  const options: (AssignmentOption & { cut: Advice['cut']; clearanceM: number })[] = []
  for (const task of ofSearch) {
    const status = drones.get(task.droneId)
    const drone = task.state === 'flying' ? sortieDrone(task.droneId, status) : null
    if (!drone) continue
    const usableS = drone.enduranceS - drone.reserveS
    const lanesS = Math.max(0, task.timeS - task.transitS) * (1 - (taskCoverage(map, task)?.sweptShare ?? 0))
    const left = gainsOf(map, task, [grid])[0]!
    running.push({
      droneId: task.droneId,
      taskId: task.id,
      usableS,
      posCurve: lanesS > 0 ? [{ atS: lanesS, pos: left }] : [],
    })
    const cover = sensorCover(status, {
      terrain: search.setup.terrain,
      heightM: task.clearanceM,
      speedMps: LANE_SPEED_MPS,
      maxC: null,
    })
    const taken = ofSearch.filter((other) => other.id !== task.id && !isOver(other)).map(({ area }) => area)
    for (const cut of cutSorties(map, {
      searchId: search.id,
      drones: [drone],
      cover,
      wind: status?.wind ?? null,
      taken,
      maxLayouts: LAYOUTS,
    }))
      options.push({
        id: `option ${task.droneId}`,
        droneId: task.droneId,
        timeS: cut.timeS,
        posCurve: [
          { atS: cut.transitS / 2, pos: 0 },
          { atS: Math.max(cut.transitS / 2, cut.timeS - cut.transitS / 2), pos: cut.expectedPos },
        ],
        cut,
        clearanceM: task.clearanceM,
      })
  }
  for (const { droneId, taskId, optionId, runningPerMin, optionPerMin, gainPos, atS } of reassignments({
    running,
    options,
  })) {
    const option = options.find(({ id }) => id === optionId)!
    const before = search.advice
    if (before?.answer === 'declined' && before.taskId === taskId && gainPos < ASK_AGAIN * before.gainPos) continue
    return {
      droneId,
      taskId,
      runningPerMin,
      optionPerMin,
      gainPos,
      atS,
      cut: option.cut,
      clearanceM: option.clearanceM,
    }
  }
  return null
}

/** Whether a new piece of advice says anything that the one on the screen does not. */
export function saysOther(known: Advice | null, now: Omit<Advice, 'id' | 'answer'> | null): boolean {
  const open = known?.answer === null ? known : null
  if (!open || !now) return (open === null) !== (now === null)
  return open.taskId !== now.taskId || Math.abs(open.gainPos - now.gainPos) > 0.2 * open.gainPos
}
