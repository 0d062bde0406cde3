import type { Command, DomainEvent, DroneStatus, Task } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'
import { apart } from './apart.ts'
import { firstBlocker } from './offer.ts'
import { pathLeft, planOf } from './plan.ts'
import { rederived } from './rederive.ts'
import { inAir, isOver } from './states.ts'
import { wayFlyable } from './way-flyable.ts'

type Resume = Extract<Command, { type: 'task.resume' }>

/** States in which a flight that has begun may have been broken off. */
const BROKEN_OFF: readonly Task['state'][] = ['flying', 'returning', 'ready', 'uploading', 'done', 'failed', 'unknown']

/**
 * The rest of a flight that was broken off, from the last point that the aircraft reached or an earlier one, as a plan of
 * its own: it is uploaded, read back, and started by its pilot like any other. Never from a point that was not reached:
 * ground would be left out that nobody saw.
 */
export function decideResume(picture: Picture, command: Resume, ctx: DecideContext): Decision<DomainEvent[]> {
  const known = picture.task.get(command.taskId)
  if (!known) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  const { id: seatId, name, account } = ctx.seat
  const drone = picture.drone.get(known.droneId)
  if (drone?.lease?.seatId !== seatId) return refuse(403, 'lease-not-held', `you do not hold ${known.droneId}`)
  const search = picture.search.get(known.searchId)
  if (search?.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  const status = ctx.drones.get(drone.id)
  if (!status || status.link.state === 'lost') return refuse(409, 'drone-link-lost', `no link to ${drone.id}`)
  if (status.duplicateId) return refuse(409, 'duplicate-system-id', `two vehicles answer as ${drone.id}`)
  const air = inAir(status)
  if (air === null) return refuse(409, 'drone-state-unknown', `nobody knows whether ${drone.id} is in the air`)
  const broken = brokenOff(picture, known, command.fromPoint, air, status)
  if (!broken.ok) return broken

  const resumed: Task = { ...known, resumeFrom: command.fromPoint }
  // In the air its layer and height are agreed; on the ground others may have been given its layer meanwhile.
  const placed = air ? resumed : apart(picture, search, [resumed], ctx)[0]!
  const task = rederived(picture, placed, search.highestGroundAmslM, ctx)
  const blocked = firstBlocker(task)
  if (blocked) return blocked
  const path = pathLeft(task)
  const from = status.position?.lngLat ?? status.home?.lngLat ?? null
  const home = status.home?.lngLat ?? from
  if (from === null || home === null) return refuse(409, 'drone-position-unknown', `where ${drone.id} is is not known`)
  const flyable = wayFlyable(picture, search, task, { way: [from, ...path, home], status, air }, ctx)
  if (!flyable.ok) return flyable
  return ok([
    ...clearAlarm(picture, 'upload-failed', task.id),
    ...(sameJson(task, resumed)
      ? []
      : [{ type: 'search.tasks-cut' as const, searchId: search.id, tasks: [task], replaced: [] }]),
    {
      type: 'task.resumed',
      taskId: task.id,
      fromPoint: command.fromPoint,
      seatId,
      name,
      ...(account === undefined ? {} : { account }),
    },
    { type: 'task.upload-started', taskId: task.id, total: planOf(task).steps.length },
  ])
}

function brokenOff(picture: Picture, task: Task, fromPoint: number, air: boolean, status: DroneStatus): Decision<null> {
  if (task.startedAtMs === null || !BROKEN_OFF.includes(task.state))
    return refuse(409, 'not-broken-off', `task ${task.number} is ${task.state}: no flight of it was broken off`)
  const onIts = status.mission.planId === null || status.mission.planId === task.upload?.planId
  if (air && (task.state === 'flying' || task.state === 'unknown') && status.mode?.kind === 'auto' && onIts)
    return refuse(409, 'task-still-flown', `task ${task.number} is being flown`)
  const heir = picture.task.get(task.restFlownBy ?? '')
  if (heir && !(isOver(heir) && heir.state !== 'done'))
    return refuse(409, 'rest-handed-over', `what task ${task.number} left is task ${heir.number}`)
  const other = picture.task.get(picture.drone.get(task.droneId)?.taskId ?? '')
  if (other && other.id !== task.id)
    return refuse(409, 'drone-busy', `${task.droneId} has task ${other.number} already`)
  const reached = task.reached ?? -1
  if (fromPoint > Math.max(0, reached))
    return refuse(409, 'point-not-reached', `point ${fromPoint + 1} was not reached: point ${reached + 1} was the last`)
  return reached >= task.path.length - 1 || fromPoint >= task.path.length - 1
    ? refuse(409, 'nothing-left', `task ${task.number} has flown its whole path`)
    : ok(null)
}
