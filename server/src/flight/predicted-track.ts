import type { DroneStatus, LngLat, Task } from '@skerry/contract'
import { type PredictedTrack, straightTrack } from '@skerry/search'
import { planOf } from '../domain/tasks/plan.ts'
import { inAir } from '../domain/tasks/states.ts'

/** How far ahead tracks are predicted, seconds [assumption]: time for a person to see, decide and hold. */
export const HORIZON_S = 45
/** Slower than this a multirotor hovers, as far as its way goes, metres per second. */
const MOVING_MPS = 1
/** Climb under an autopilot's mission where telemetry does not tell [assumption], metres per second. */
const CLIMB_MPS = 2.5

type PointM = readonly [eastM: number, northM: number, amslM: number | null]

/**
 * Where an aircraft in the air is expected to be. On its verified plan it follows the legs that are left; otherwise it
 * goes on as it moves now. Null on the ground or where its position is not known.
 * @param velocityMps east, north, as its last positions show; null while there is only one
 */
export function predictedTrack(
  status: DroneStatus,
  task: Task | null,
  velocityMps: readonly [number, number] | null,
  toLocal: (lngLat: LngLat) => readonly number[],
): PredictedTrack | null {
  const { droneId, position, climbMps } = status
  if (!position || inAir(status) === false) return null
  const [eastM, northM] = toLocal(position.lngLat)
  const here: PointM = [eastM!, northM!, position.altAmslM]
  const planned = task ? plannedTrack(status, task, here, velocityMps, toLocal) : null
  return planned ?? straightTrack(droneId, here, [...(velocityMps ?? [0, 0]), climbMps ?? 0], HORIZON_S)
}

function plannedTrack(
  status: DroneStatus,
  task: Task,
  here: PointM,
  velocityMps: readonly [number, number] | null,
  toLocal: (lngLat: LngLat) => readonly number[],
): PredictedTrack | null {
  const { home, mission, mode } = status
  const current = mission.current
  if (mode?.kind !== 'auto' || !home || current === null || task.heightAboveTakeoffM === null) return null
  if (task.upload?.planId !== mission.planId || mission.plan !== 'verified') return null
  const { steps } = planOf(task)
  // Only where items of the plan are its steps does the number of an item say which leg is flown.
  if (steps.length !== task.upload?.total || current >= steps.length) return null
  const movingMps = Math.hypot(...(velocityMps ?? [0, 0]))
  const speedMps = movingMps > MOVING_MPS ? movingMps : task.speedMps
  const [homeEastM, homeNorthM] = toLocal(home.lngLat)
  const amslM = home.altAmslM + task.heightAboveTakeoffM
  const points: { atS: number; positionM: PointM }[] = [{ atS: 0, positionM: here }]
  let [atS, from] = [0, here]
  for (const step of steps.slice(current)) {
    if (atS >= HORIZON_S) break
    if (step.do !== 'takeoff' && step.do !== 'fly-to' && step.do !== 'return') continue
    const [toEastM, toNorthM] = step.do === 'fly-to' ? toLocal(step.position) : [homeEastM, homeNorthM]
    const to: PointM = [toEastM!, toNorthM!, from[2] === null ? null : amslM]
    const acrossS = Math.hypot(to[0] - from[0], to[1] - from[1]) / speedMps
    const climbS = from[2] === null ? 0 : Math.abs(amslM - from[2]) / CLIMB_MPS
    const legS = Math.max(acrossS, climbS)
    if (legS > 1e-6) points.push({ atS: (atS += legS), positionM: to })
    from = to
  }
  return points.length > 1 ? { droneId: status.droneId, points: cutAt(points, HORIZON_S) } : null
}

/** The track up to a time: what lies beyond it is nobody's concern yet. */
function cutAt(points: { atS: number; positionM: PointM }[], atS: number): PredictedTrack['points'] {
  const beyond = points.findIndex((point) => point.atS > atS)
  if (beyond < 1) return points
  const [a, b] = [points[beyond - 1]!, points[beyond]!]
  const share = (atS - a.atS) / (b.atS - a.atS)
  const mix = (p: number, q: number): number => p + share * (q - p)
  const [low, high] = [a.positionM[2], b.positionM[2]]
  const end: PointM = [
    mix(a.positionM[0], b.positionM[0]),
    mix(a.positionM[1], b.positionM[1]),
    low === null || high === null ? null : mix(low, high),
  ]
  return share > 0 ? [...points.slice(0, beyond), { atS, positionM: end }] : points.slice(0, beyond)
}
