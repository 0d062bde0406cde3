import type { DroneStatus, LngLat, Search, Task } from '@skerry/contract'
import { legTimer, localFrame, noFlyZones, type Wind } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { windFor } from '../wind-at-hand.ts'
import { airborneDrone, batteryKnown, batteryLeftS, LANE_SPEED_MPS, sortieDrone } from './draft.ts'
import { noFlyFor } from './no-fly.ts'

/** Climb that is counted with [assumption], metres per second. */
const CLIMB_MPS = 2.5

/**
 * A flight that was agreed may take so much longer than planned where the battery lasts for it: the wind turns between a plan
 * and its rest. New flights stay within the planned share of a battery.
 */
const AGREED_SLACK = 1.15

/** What a flight would be: where it is, the points it goes over, where it lands; and the drone as it is now. */
interface WayAhead {
  readonly way: readonly LngLat[]
  readonly status: DroneStatus
  readonly air: boolean
}

/** Whether a drone can fly a way of a task now: no zone closed to it lies on it, and its battery lasts for it in the wind. */
export function wayFlyable(
  picture: Picture,
  search: Search,
  task: Task,
  { way, status, air }: WayAhead,
  ctx: Pick<DecideContext, 'drones'>,
): Decision<null> {
  if (crossesNoFly(picture, search, task, way)) {
    const next = (task.resumeFrom ?? 0) + 1
    return refuse(409, 'way-closed', `a zone that is closed to ${task.droneId} lies on the way to point ${next}`)
  }
  return batteryHolds(status, timeOf(way, task, windFor(status, ctx.drones)), air, task.timeS)
}

function crossesNoFly(picture: Picture, search: Search, task: Task, way: readonly LngLat[]): boolean {
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
function batteryHolds(status: DroneStatus, neededS: number, air: boolean, agreedS: number): Decision<null> {
  const { droneId } = status
  if (air && !(status.position && status.home))
    return refuse(409, 'drone-position-unknown', `where drone ${droneId} is, or lands, is not known`)
  const sortie = batteryKnown(status) ? (air ? airborneDrone : sortieDrone)(droneId, status) : null
  if (!sortie) return refuse(409, 'drone-battery-unknown', `what the battery of drone ${droneId} holds is not known`)
  const plannedS = sortie.enduranceS - sortie.reserveS
  const usableS = Math.max(plannedS, Math.min(batteryLeftS(status) ?? 0, agreedS * AGREED_SLACK))
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
