import type { FlightOrder, ModeKind, ReasonCode } from '@skerry/contract'
import { done, failed, type Result } from '../result.ts'
import { landedState } from '../vehicles/landed.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { OrderStep, StepLost, Tell } from './order-step.ts'

const NAV_RETURN_TO_LAUNCH = 20
const NAV_LAND = 21
const NAV_TAKEOFF = 22
const DO_SET_MODE = 176
const DO_SET_MISSION_CURRENT = 224
const MISSION_START = 300
const COMPONENT_ARM_DISARM = 400
const MISSION_CURRENT_ID = 42

const CUSTOM_MODE_ENABLED = 1
const COPTER = { AUTO: 3, GUIDED: 4, LOITER: 5, RTL: 6, LAND: 9, BRAKE: 17 }
const PLANE = { AUTO: 10, RTL: 11, LOITER: 12 }
const ROVER = { AUTO: 10, RTL: 11, HOLD: 4 }
/** PX4 main mode AUTO and its sub modes. */
const PX4_AUTO = 4
const PX4_SUB = { loiter: 3, mission: 4, return: 5, land: 6 }

const MODE_SEEN_WITHIN_MS = 4000
const ARMED_WITHIN_MS = 5000
const CURRENT_SEEN_WITHIN_MS = 4000
/** The slowest climb that still counts as one, plus time for the motors to spin up. */
const SLOWEST_CLIMB_MPS = 0.7
const SPIN_UP_MS = 15_000
/** Higher than this above the pad it has left the ground, whatever the barometer drifts. */
const LIFTED_M = 1.5
const STILL_MPS = 0.5

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
  if (vehicle.autopilot === 'other') return impossible('autopilot-unknown')
  const flying = vehicle.armed && landedState(vehicle, nowMs) !== 'on-ground'
  switch (order) {
    case 'hold':
      return done(holdSteps(vehicle))
    case 'return':
      return done([returnStep(vehicle)])
    case 'land':
      return done([landStep(vehicle)])
    case 'resume':
      return vehicle.armed ? done([autoStep(vehicle)]) : impossible('not-armed')
    case 'start-in-air':
      return flying ? done([currentStep(vehicle), autoStep(vehicle)]) : impossible('not-in-air')
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
    withinMs: MODE_SEEN_WITHIN_MS,
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
    withinMs: MODE_SEEN_WITHIN_MS,
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

export const holdSteps = (vehicle: Vehicle): readonly OrderStep[] => [
  { name: 'hold', ways: holdWays(vehicle), reached: holds, withinMs: MODE_SEEN_WITHIN_MS },
]

function holdWays(vehicle: Vehicle): OrderStep['ways'] {
  if (vehicle.autopilot === 'px4') return [setMode(vehicle, PX4_AUTO, PX4_SUB.loiter)]
  switch (vehicle.kind) {
    case 'plane':
      return [setMode(vehicle, PLANE.LOITER)]
    case 'rover':
    case 'sub':
      return [setMode(vehicle, vehicle.kind === 'rover' ? ROVER.HOLD : 16)]
    default:
      return [setMode(vehicle, COPTER.BRAKE), setMode(vehicle, COPTER.GUIDED)]
  }
}

function returnStep(vehicle: Vehicle): OrderStep {
  const rtl = vehicle.kind === 'copter' ? COPTER.RTL : vehicle.kind === 'plane' ? PLANE.RTL : ROVER.RTL
  const mode = vehicle.autopilot === 'px4' ? setMode(vehicle, PX4_AUTO, PX4_SUB.return) : setMode(vehicle, rtl)
  return {
    name: 'return',
    ways: [command(vehicle, NAV_RETURN_TO_LAUNCH), mode],
    reached: either(inMode('return', 'land'), standsDisarmed),
    withinMs: MODE_SEEN_WITHIN_MS,
  }
}

function landStep(vehicle: Vehicle): OrderStep {
  const byCommand = command(vehicle, NAV_LAND)
  const byMode = vehicle.autopilot === 'px4' ? setMode(vehicle, PX4_AUTO, PX4_SUB.land) : setMode(vehicle, COPTER.LAND)
  return {
    name: 'land',
    ways: vehicle.kind === 'copter' || vehicle.autopilot === 'px4' ? [byCommand, byMode] : [byCommand],
    reached: either(inMode('land'), standsDisarmed),
    withinMs: MODE_SEEN_WITHIN_MS,
  }
}

function autoStep(vehicle: Vehicle): OrderStep {
  const auto = vehicle.kind === 'copter' || vehicle.kind === 'sub' ? COPTER.AUTO : PLANE.AUTO
  const way = vehicle.autopilot === 'px4' ? setMode(vehicle, PX4_AUTO, PX4_SUB.mission) : setMode(vehicle, auto)
  return { name: 'fly-plan', ways: [way], reached: inMode('auto'), withinMs: MODE_SEEN_WITHIN_MS }
}

/** The plan from its first item, not from where an earlier flight left it. */
function currentStep(vehicle: Vehicle): OrderStep {
  const seq = vehicle.autopilot === 'ardupilot' ? 1 : 0
  const bySet: Tell = { by: 'set-current', seq }
  return {
    name: 'plan-from-start',
    // PX4 knows the message only.
    ways: vehicle.autopilot === 'px4' ? [bySet] : [command(vehicle, DO_SET_MISSION_CURRENT, seq, 1), bySet],
    reached: (now, sinceMs) =>
      (now.heardAtMs.get(MISSION_CURRENT_ID) ?? 0) > sinceMs &&
      now.mission.currentSeq !== null &&
      now.mission.currentSeq <= seq,
    withinMs: CURRENT_SEEN_WITHIN_MS,
  }
}

type Seen = OrderStep['reached']
const inMode =
  (...kinds: ModeKind[]): Seen =>
  (now, sinceMs) =>
    now.lastHeartbeatAtMs > sinceMs && now.mode !== null && kinds.includes(now.mode.kind)
/** Guided mode is a hold only where it stands still: it may as well be climbing or on its way somewhere. */
const holds: Seen = (now, sinceMs, nowMs) =>
  inMode('hold')(now, sinceMs, nowMs) ||
  (inMode('guided')(now, sinceMs, nowMs) &&
    now.groundSpeedMps !== null &&
    now.groundSpeedMps < STILL_MPS &&
    now.climbMps !== null &&
    Math.abs(now.climbMps) < STILL_MPS)
const standsDisarmed: Seen = (now, sinceMs, nowMs) =>
  now.lastHeartbeatAtMs > sinceMs && !now.armed && landedState(now, nowMs) === 'on-ground'
const either =
  (a: Seen, b: Seen): Seen =>
  (now, sinceMs, nowMs) =>
    a(now, sinceMs, nowMs) || b(now, sinceMs, nowMs)
const leftMode =
  (kind: ModeKind) =>
  (now: Vehicle, sinceMs: number): StepLost | null =>
    now.lastHeartbeatAtMs > sinceMs && now.mode?.kind !== kind
      ? { code: 'mode-changed', detail: now.mode?.name ?? '' }
      : null

const impossible = (code: ReasonCode): { ok: false; error: NotPossible } => failed({ kind: 'not-possible', code })

/** PX4 reads NaN as "not given", ArduPilot 0. */
function command({ autopilot }: Vehicle, id: number, ...given: number[]): Tell {
  const blank = autopilot === 'px4' ? NaN : 0
  const param = (i: number): number => given[i] ?? blank
  return { by: 'command', command: id, params: [param(0), param(1), param(2), param(3), param(4), param(5), param(6)] }
}
const setMode = (vehicle: Vehicle, main: number, sub?: number): Tell =>
  sub === undefined
    ? command(vehicle, DO_SET_MODE, CUSTOM_MODE_ENABLED, main)
    : command(vehicle, DO_SET_MODE, CUSTOM_MODE_ENABLED, main, sub)
