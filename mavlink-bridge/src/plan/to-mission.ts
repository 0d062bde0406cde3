import type { DroneStatus, Plan, PlanStep } from '@skerry/contract'
import { done, failed, type Result } from '../result.ts'
import { CMD, FRAME, type MissionItem } from './mission-item.ts'

export interface PlanError {
  readonly kind: 'autopilot-unknown' | 'home-unknown'
}

type Home = DroneStatus['home']
type Body = Pick<MissionItem, 'command' | 'frame'> &
  Partial<Pick<MissionItem, 'param1' | 'param2' | 'param3' | 'x' | 'y' | 'z'>>

/** DO_CHANGE_SPEED.param1: speed over ground; param3: leave the throttle alone. */
const GROUND_SPEED = 1
const THROTTLE_AS_IT_IS = -1
/** DO_MOUNT_CONTROL.param7: angles come from here. */
const MOUNT_BY_MAVLINK = 2

/**
 * A plan in one autopilot's manner, ready to send. ArduPilot: item 0 is home and not part of the plan. PX4: item 0 is
 * the take-off, which needs a place (home), and yaw stays as it is (NaN). Heights are above take-off on both.
 */
export function toMission(
  plan: Plan,
  autopilot: DroneStatus['autopilot'],
  home: Home,
): Result<readonly MissionItem[], PlanError> {
  if (autopilot === 'other') return failed({ kind: 'autopilot-unknown' })
  if (autopilot === 'px4' && home === null && plan.steps.some((step) => step.do === 'takeoff'))
    return failed({ kind: 'home-unknown' })
  const bodies = plan.steps.map((step) => bodyOf(step, autopilot, home))
  const all = autopilot === 'ardupilot' ? [homeItem(home), ...bodies] : bodies
  const yaw = autopilot === 'px4' ? NaN : 0
  return done(
    all.map((body, seq) => ({
      param1: 0,
      param2: 0,
      param3: 0,
      param4: body.command === CMD.waypoint || body.command === CMD.takeoff ? yaw : 0,
      x: 0,
      y: 0,
      z: 0,
      ...body,
      seq,
      // "Begin here" on one item at most; on ArduPilot home is never begun with.
      current: seq === 0 && autopilot === 'px4' ? 1 : 0,
      autocontinue: 1,
    })),
  )
}

const place = ([lng, lat]: readonly [number, number]): { x: number; y: number } => ({
  x: Math.round(lat * 1e7),
  y: Math.round(lng * 1e7),
})

/** ArduPilot puts its own home here when it arms; until then the best that is known. */
const homeItem = (home: Home): Body => ({
  command: CMD.waypoint,
  frame: FRAME.global,
  ...place(home?.lngLat ?? [0, 0]),
  z: home?.altAmslM ?? 0,
})

function bodyOf(step: PlanStep, autopilot: 'ardupilot' | 'px4', home: Home): Body {
  switch (step.do) {
    case 'takeoff': {
      // On ArduPilot 0, 0 means "straight up from where it stands".
      const at = autopilot === 'px4' ? place(home?.lngLat ?? [0, 0]) : { x: 0, y: 0 }
      return { command: CMD.takeoff, frame: FRAME.globalRelativeInt, ...at, z: step.heightM }
    }
    case 'fly-to':
      return { command: CMD.waypoint, frame: FRAME.globalRelativeInt, ...place(step.position), z: step.heightM }
    case 'speed':
      return {
        command: CMD.changeSpeed,
        frame: FRAME.mission,
        param1: GROUND_SPEED,
        param2: step.groundSpeedMps,
        param3: THROTTLE_AS_IT_IS,
      }
    case 'gimbal':
      return { command: CMD.mountControl, frame: FRAME.mission, param1: step.pitchDeg, z: MOUNT_BY_MAVLINK }
    case 'return':
      return { command: CMD.returnToLaunch, frame: FRAME.mission }
  }
}
