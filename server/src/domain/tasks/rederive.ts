import type { Task } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { sameJson } from '../same-json.ts'
import { batteryAssumed, takeoffPoint } from './draft.ts'
import { heightsOf } from './heights.ts'

/** The task with the heights, notices, blockers and what is known of the battery, as they hold now. */
export function rederived(
  picture: Picture,
  task: Task,
  highestGroundAmslM: number | null,
  ctx: Pick<DecideContext, 'drones'>,
): Task {
  const status = ctx.drones.get(task.droneId)
  const home = takeoffPoint(status)
  const { batteryAssumedS: _, ...known } = task
  const now: Task = { ...known, ...batteryAssumed(status) }
  const heights = heightsOf(task, { highestGroundAmslM }, home, picture.site.values())
  // An approval covers the flight that was described in it; when more is asked for, it no longer covers it.
  const grown = heights.notices.some((notice) => !task.notices.some((told) => sameKind(told, notice)))
  if (task.approvalRef === null || !grown) return { ...now, ...heights }
  return { ...now, ...heights, approvalRef: null, blockers: [...heights.blockers, 'no-approval-ref'] }
}

const sameKind = (a: Task['notices'][number], b: Task['notices'][number]): boolean =>
  sameJson([a.kind, a.site], [b.kind, b.site])
