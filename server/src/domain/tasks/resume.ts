import type { Command, DomainEvent, DroneStatus, LngLat, Task } from '@skerry/contract'
import { legTimer, localFrame, noFlyZones, type Wind } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'
import { windFor } from '../wind-at-hand.ts'
import { apart } from './apart.ts'
import { airborneDrone, batteryKnown, LANE_SPEED_MPS, sortieDrone } from './draft.ts'
import { noFlyFor } from './no-fly.ts'
import { firstBlocker } from './offer.ts'
import { pathLeft, planOf } from './plan.ts'
import { rederived } from './rederive.ts'
import { inAir, isOver } from './states.ts'

type Resume = Extract<Command, { type: 'task.resume' }>

/** States in which a flight that has begun may have been broken off. */
const BROKEN_OFF: readonly Task['state'][] = ['flying', 'returning', 'ready', 'uploading', 'done', 'failed', 'unknown']
/** Climb that is counted with [assumption], metres per second. */
const CLIMB_MPS = 2.5

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
  if (crossesNoFly(picture, search, task, [from, ...path, home]))
    return refuse(
      409,
      'way-closed',
      `a zone that is closed to ${drone.id} lies on the way to point ${task.resumeFrom! + 1}`,
    )
  const held = batteryHolds(status, timeOf([from, ...path, home], task, windFor(status, ctx.drones)), air)
  if (!held.ok) return held
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

function crossesNoFly(picture: Picture, search: Parameters<typeof noFlyFor>[1], task: Task, way: LngLat[]): boolean {
  const rings = noFlyFor(picture, search, [task.droneId])
  if (rings.length === 0) return false
  const frame = localFrame(search.setup.planningPoint)
  const zones = noFlyZones(rings.map((ring) => ring.map((corner) => frame.toLocal(corner))))
  const points = way.map((place) => frame.toLocal(place))
  return points.slice(1).some((to, i) => zones.blocks(points[i]!, to))
}

/**
 * Whether what the battery holds lasts for so many seconds. A flight that was broken off has drained it, and nobody knows
 * whether it was changed: on the ground too only a battery that says what it holds counts, never a nominal one.
 */
function batteryHolds(status: DroneStatus, neededS: number, air: boolean): Decision<null> {
  const { droneId } = status
  if (air && !(status.position && status.home))
    return refuse(409, 'drone-position-unknown', `where drone ${droneId} is, or lands, is not known`)
  const sortie = batteryKnown(status) ? (air ? airborneDrone : sortieDrone)(droneId, status) : null
  if (!sortie) return refuse(409, 'drone-battery-unknown', `what the battery of drone ${droneId} holds is not known`)
  const usableS = sortie.enduranceS - sortie.reserveS
  if (neededS === Infinity) return refuse(409, 'wind-too-strong', 'a leg of the way cannot be flown in this wind')
  if (neededS <= usableS) return ok(null)
  const minutes = `${Math.ceil(neededS / 60)} min to fly, ${Math.floor(usableS / 60)} min usable`
  return refuse(409, 'drone-battery-low', minutes)
}

/**
 * Seconds for climb and descent and along a way, in the wind; Infinity where it forbids a leg. Its first and last leg, out and
 * home, go at cruise; those between no faster over the ground than the task is flown.
 * @param way where it is, the points of the path that are left, where it lands
 */
function timeOf(way: readonly LngLat[], task: Task, wind: Wind | null): number {
  const frame = localFrame(way[0]!)
  const points = way.map((place) => frame.toLocal(place))
  const cruiseS = legTimer(LANE_SPEED_MPS, wind)
  const atMostS = legTimer(task.speedMps, null)
  const last = points.length - 2
  return points.slice(1).reduce(
    (sum, to, i) => {
      const inWindS = cruiseS(points[i]!, to)
      return sum + (i === 0 || i === last ? inWindS : Math.max(inWindS, atMostS(points[i]!, to)))
    },
    (2 * (task.heightAboveTakeoffM ?? 0)) / CLIMB_MPS,
  )
}
