import type { LngLat, Search, Task } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { takeoffPoint } from './draft.ts'
import { rederived } from './rederive.ts'
import { ceilingOver, separate, SPACING_M, type SeparateTask } from './separation.ts'
import { isOver } from './states.ts'
import { plannedPod, taskSweep } from './task-sweep.ts'

/**
 * Drafts with the height layer and the start that keep them apart from each other and from what the search flies or is
 * about to fly. Sweep width and expected success are those of the height that each one gets.
 */
export function apart(
  picture: Picture,
  search: Search,
  drafts: readonly Task[],
  ctx: Pick<DecideContext, 'maps' | 'drones'>,
): Task[] {
  const ids = new Set(drafts.map(({ id }) => id))
  const standing = [...picture.task.values()].filter(
    (task) => task.searchId === search.id && !isOver(task) && task.state !== 'drafted' && !ids.has(task.id),
  )
  const homeOf = (task: Task): LngLat | null =>
    takeoffPoint(ctx.drones.get(task.droneId))?.lngLat ?? task.path[0] ?? null
  const wishes = drafts.map((task) => ({ ...task, clearanceM: askedM(task) }))
  const flights = [...standing, ...wishes].flatMap((task): SeparateTask[] => {
    const home = homeOf(task)
    return home ? [{ ...task, home, agreed: !ids.has(task.id) }] : []
  })
  const floorM = Math.min(...wishes.map(({ clearanceM }) => clearanceM))
  const separated = separate(flights, ceilingOver(search.highestGroundAmslM, floorM))
  return drafts.map((task) => {
    const given = separated.get(task.id)
    if (!given) return task
    const { layer, startAfterS, clearanceM } = given
    const moved = { ...task, layer, startAfterS }
    if (clearanceM === task.clearanceM) return moved
    const cover = ctx.maps.cover(search, ctx.drones.get(task.droneId), clearanceM, task.speedMps)
    const sweep = taskSweep(
      cover,
      task.sweepByCover?.map((one) => ({ cover: one.cover, share: one.share })),
    )
    const [before, after] = [task, { ...task, ...sweep }].map((one) => plannedPod(one, cover.podCap)) as [
      number,
      number,
    ]
    const gain = before > 0 ? after / before : 1
    return rederived(
      picture,
      {
        ...moved,
        clearanceM,
        ...sweep,
        expectedPos: task.expectedPos * gain,
      },
      search.highestGroundAmslM,
      ctx,
    )
  })
}

/** Clearance that was asked for, before a layer was given. */
const askedM = ({ clearanceM, layer = 1 }: Task): number => clearanceM - (layer - 1) * SPACING_M
