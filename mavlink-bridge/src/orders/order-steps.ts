import type { FlightOrder, ReasonCode } from '@skerry/contract'
import { done, failed, type Result } from '../result.ts'
import { landedState } from '../vehicles/landed.ts'
import { hasModeTable } from '../vehicles/modes.ts'
import { hoversAsQuadplane, isQuadplane, QUADPLANE } from '../vehicles/quadplane.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { either, holds, inMode, leftMode, otherHand, standsDisarmed } from './order-effects.ts'
import type { OrderStep, Tell } from './order-step.ts'
import { standardSteps } from './standard-steps.ts'
import { command, setMode } from './tell-command.ts'

const NAV_RETURN_TO_LAUNCH = 20
const NAV_LAND = 21
const NAV_TAKEOFF = 22
const DO_SET_MISSION_CURRENT = 224
const MISSION_START = 300
const COMPONENT_ARM_DISARM = 400
const MISSION_CURRENT_ID = 42

const COPTER = { AUTO: 3, GUIDED: 4, LOITER: 5, RTL: 6, LAND: 9, BRAKE: 17 }
const PLANE = { AUTO: 10, RTL: 11, LOITER: 12, AUTOLAND: 26 }
const ROVER = { AUTO: 10, RTL: 11, HOLD: 4 }
const SUB = { SURFACE: 9, POSHOLD: 16 }
/** PX4 main mode AUTO and its sub modes. */
const PX4_AUTO = 4
const PX4_SUB = { loiter: 3, mission: 4, return: 5, land: 6 }

const MODE_SEEN_WITHIN_MS = 4000
/** What is said by one pilot once, and not again and again as for safety: a bad link may lose several heartbeats. */
const SET_SEEN_WITHIN_MS = 10_000
const ARMED_WITHIN_MS = 5000
/** The slowest climb that still counts as one, plus time for the motors to spin up. */
const SLOWEST_CLIMB_MPS = 0.7
const SPIN_UP_MS = 15_000
/** Higher than this above the pad it has left the ground, whatever the barometer drifts. */
const LIFTED_M = 1.5
/** Not lower than this below the height of a plan it needs no climb first. */
const AS_HIGH_M = 2

export interface NotPossible {
  readonly kind: 'not-possible'
  readonly code: ReasonCode
}

/**
 * What an order means for this vehicle, step by step. ArduCopter holds in BRAKE: it stops on the spot and listens to
 * no stick, where LOITER without a radio control would read its missing throttle as "descend". ArduCopter does not arm
 * or take off by MISSION_START; PX4 does both.
 */
export function orderSteps(
  order: FlightOrder,
  vehicle: Vehicle,
  takeoffHeightM: number | null,
  nowMs: number,
): Result<readonly OrderStep[], NotPossible> {
  if (!hasModeTable(vehicle)) {
    const steps = standardSteps(order, vehicle)
    if (typeof steps !== 'string') return done(steps)
    // An ArduPilot of a kind without a table still knows the commands that name no mode.
    if (vehicle.autopilot === 'other' || (order !== 'return' && order !== 'land')) return impossible(steps)
  }
  const flying = vehicle.armed && landedState(vehicle, nowMs) !== 'on-ground'
  switch (order) {
    case 'hold':
      return holdSteps(vehicle)
    case 'return':
      return done([returnStep(vehicle)])
    case 'land':
      return landSteps(vehicle)
    case 'resume':
      return vehicle.armed ? done([autoStep(vehicle)]) : impossible('not-armed')
    case 'start-in-air':
      return flying ? done([currentStep(vehicle, takeoffHeightM), autoStep(vehicle)]) : impossible('not-in-air')
    case 'arm-and-start':
      if (flying) return impossible('drone-in-air')
      return vehicle.autopilot === 'px4' ? done([px4Start(vehicle)]) : ardupilotStart(vehicle, takeoffHeightM)
  }
}

function ardupilotStart(vehicle: Vehicle, heightM: number | null): Result<readonly OrderStep[], NotPossible> {
  if (vehicle.kind !== 'copter') return impossible('not-a-multicopter')
  if (heightM === null) return impossible('no-takeoff-height')
  const guided: OrderStep = {
    name: 'guided-mode',
    ways: [setMode(vehicle, COPTER.GUIDED)],
    reached: inMode('guided'),
    lost: otherHand(vehicle),
    sets: true,
    withinMs: SET_SEEN_WITHIN_MS,
  }
  const arm: OrderStep = {
    name: 'arm',
    ways: [command(vehicle, COMPONENT_ARM_DISARM, 1, 0)],
    reached: (now, sinceMs) => now.armed && now.lastHeartbeatAtMs > sinceMs,
    lost: leftMode('guided'),
    withinMs: ARMED_WITHIN_MS,
  }
  const nearlyM = heightM - Math.max(1, 0.1 * heightM)
  const climb: OrderStep = {
    name: 'take-off',
    figure: `${Math.round(heightM)} m`,
    ways: [command(vehicle, NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, heightM)],
    reached: (now, sinceMs) => {
      const newest = now.positions.at(-1)
      return newest !== undefined && newest.atMs > sinceMs && (newest.heightAboveTakeoffM ?? 0) >= nearlyM
    },
    begun: (now, sinceMs) => {
      const newest = now.positions.at(-1)
      return newest !== undefined && newest.atMs > sinceMs && (newest.heightAboveTakeoffM ?? 0) > LIFTED_M
    },
    lost: (now, sinceMs) =>
      now.lastHeartbeatAtMs > sinceMs && !now.armed
        ? { code: 'disarmed-itself', detail: '' }
        : leftMode('guided')(now, sinceMs),
    withinMs: SPIN_UP_MS + (heightM / SLOWEST_CLIMB_MPS) * 1000,
  }
  const mission: OrderStep = {
    name: 'fly-plan',
    ways: [command(vehicle, MISSION_START, 0, 0), setMode(vehicle, COPTER.AUTO)],
    reached: inMode('auto'),
    lost: leftMode('guided'),
    sets: true,
    withinMs: SET_SEEN_WITHIN_MS,
  }
  return done([guided, arm, climb, mission])
}

/** PX4 arms by itself here; parameter 1 must be a finite number or it denies. */
const px4Start = (vehicle: Vehicle): OrderStep => ({
  name: 'arm-and-fly',
  ways: [command(vehicle, MISSION_START, 0, 0)],
  reached: (now, sinceMs) =>
    now.armed && now.lastHeartbeatAtMs > sinceMs && (now.mode?.kind === 'auto' || now.mode?.kind === 'takeoff'),
  withinMs: ARMED_WITHIN_MS,
})

/**
 * A quadplane that hovers is held in QLOITER: LOITER would send it into forward flight. Without a radio control QLOITER
 * sinks at half a metre a second (ArduPlane, get_pilot_desired_climb_rate_cms), which is no hold.
 */
export function holdSteps(vehicle: Vehicle): Result<readonly OrderStep[], NotPossible> {
  if (hoversAsQuadplane(vehicle) && vehicle.radioControl !== true) return impossible('hover-hold-needs-radio')
  return done([{ name: 'hold', ways: holdWays(vehicle), reached: holds, withinMs: MODE_SEEN_WITHIN_MS }])
}

function holdWays(vehicle: Vehicle): OrderStep['ways'] {
  if (vehicle.autopilot === 'px4') return [setMode(vehicle, PX4_AUTO, PX4_SUB.loiter)]
  switch (vehicle.kind) {
    case 'plane':
      return [setMode(vehicle, hoversAsQuadplane(vehicle) ? QUADPLANE.QLOITER : PLANE.LOITER)]
    case 'rover':
    case 'sub':
      return [setMode(vehicle, vehicle.kind === 'rover' ? ROVER.HOLD : SUB.POSHOLD)]
    default:
      return [setMode(vehicle, COPTER.BRAKE), setMode(vehicle, COPTER.GUIDED)]
  }
}

function returnStep(vehicle: Vehicle): OrderStep {
  if (!hasModeTable(vehicle)) return { ...RETURNS, ways: [command(vehicle, NAV_RETURN_TO_LAUNCH)] }
  const rtl =
    vehicle.kind === 'copter'
      ? COPTER.RTL
      : vehicle.kind === 'plane'
        ? PLANE.RTL
        : vehicle.kind === 'sub'
          ? SUB.SURFACE
          : ROVER.RTL
  const mode = vehicle.autopilot === 'px4' ? setMode(vehicle, PX4_AUTO, PX4_SUB.return) : setMode(vehicle, rtl)
  return { ...RETURNS, ways: [command(vehicle, NAV_RETURN_TO_LAUNCH), mode] }
}
const RETURNS = {
  name: 'return',
  reached: either(inMode('return', 'land'), standsDisarmed),
  withinMs: MODE_SEEN_WITHIN_MS,
} as const

function landSteps(vehicle: Vehicle): Result<readonly OrderStep[], NotPossible> {
  const ways = landWays(vehicle)
  if (ways === null) return impossible('no-landing-mode')
  return done([{ name: 'land', ways, reached: either(inMode('land'), standsDisarmed), withinMs: MODE_SEEN_WITHIN_MS }])
}

/** ArduPlane, Rover and Sub refuse NAV_LAND: they land by a mode, where they have one. */
function landWays(vehicle: Vehicle): OrderStep['ways'] | null {
  const byCommand = command(vehicle, NAV_LAND)
  if (vehicle.autopilot === 'px4') return [byCommand, setMode(vehicle, PX4_AUTO, PX4_SUB.land)]
  switch (vehicle.kind) {
    case 'copter':
      return [byCommand, setMode(vehicle, COPTER.LAND)]
    case 'plane':
      if (isQuadplane(vehicle)) return [setMode(vehicle, QUADPLANE.QLAND)]
      // From 4.6 on: towards home, against the direction of take-off. It refuses where it does not know that one.
      return vehicle.offeredModes.get(PLANE.AUTOLAND)?.selectable === true ? [setMode(vehicle, PLANE.AUTOLAND)] : null
    case 'rover':
    case 'sub':
      return null
    case 'other':
      return [byCommand]
  }
}

function autoStep(vehicle: Vehicle): OrderStep {
  const auto = vehicle.kind === 'copter' || vehicle.kind === 'sub' ? COPTER.AUTO : PLANE.AUTO
  const way = vehicle.autopilot === 'px4' ? setMode(vehicle, PX4_AUTO, PX4_SUB.mission) : setMode(vehicle, auto)
  return {
    name: 'fly-plan',
    ways: [way],
    reached: inMode('auto'),
    lost: otherHand(vehicle),
    sets: true,
    withinMs: SET_SEEN_WITHIN_MS,
  }
}

/**
 * The plan from its first item, not from where an earlier flight left it. That item is the take-off: ArduPilot climbs on
 * the spot and goes on, PX4 would first fly back to where it took off, unless it is as high already.
 */
function currentStep(vehicle: Vehicle, takeoffHeightM: number | null): OrderStep {
  const heightM = vehicle.positions.at(-1)?.heightAboveTakeoffM ?? null
  const highEnough = takeoffHeightM !== null && heightM !== null && heightM >= takeoffHeightM - AS_HIGH_M
  const seq = vehicle.autopilot === 'ardupilot' || highEnough ? 1 : 0
  const bySet: Tell = { by: 'set-current', seq }
  return {
    name: 'plan-from-start',
    // PX4 knows the message only.
    ways: vehicle.autopilot === 'px4' ? [bySet] : [command(vehicle, DO_SET_MISSION_CURRENT, seq, 1), bySet],
    reached: (now, sinceMs) =>
      (now.heardAtMs.get(MISSION_CURRENT_ID) ?? 0) > sinceMs &&
      now.mission.currentSeq !== null &&
      // ArduPilot tells its home item for a plan that was not begun.
      (vehicle.autopilot === 'px4' ? now.mission.currentSeq === seq : now.mission.currentSeq <= seq),
    lost: otherHand(vehicle),
    sets: true,
    withinMs: SET_SEEN_WITHIN_MS,
  }
}

const impossible = (code: ReasonCode): { ok: false; error: NotPossible } => failed({ kind: 'not-possible', code })
