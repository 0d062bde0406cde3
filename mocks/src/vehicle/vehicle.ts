import type { LngLat } from '@skerry/contract'
import { moved } from '../base/flat.ts'
import { type Battery, FULL } from './battery.ts'
import { type Air, atRest, type Flight } from './flight.ts'
import { type Gimbal, LEVEL } from './gimbal.ts'
import { COMP, MSG, type Saying } from './mavlink.ts'
import { type MissionContext, type MissionRun, NOT_STARTED } from './mission-run.ts'
import type { AutopilotName, Mode } from './modes.ts'
import type { Nav, NavLimits } from './nav.ts'
import { type OperatorControl, UNCONTROLLED } from './in-control.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Params } from './param-types.ts'
import { defaultParams } from './params.ts'
import type { PlanItem } from './plans/plan-item.ts'
import { NO_PLANS, type Transfer } from './plans/transfer.ts'
import { firstStreams, type Streams, withStream } from './streams.ts'

/** Height of the ground above mean sea level, metres; the sea is 0. */
export type GroundAmslM = (at: LngLat) => number

/** What a copter is, before it does anything. */
export interface VehicleSetup {
  readonly autopilot: AutopilotName
  readonly systemId: number
  readonly home: LngLat
  readonly homeAltAmslM: number
  readonly headingDeg: number
  /** Wall milliseconds after power-up in which arming is refused. */
  readonly bootMs: number
  readonly air: Air
  readonly groundAmslM: GroundAmslM
  /** It obeys one ground station at a time and says which (operator control); left out: it does not. */
  readonly operatorControl?: boolean
  /** It carries a second gimbal with a daylight camera, as components of their own. */
  readonly secondPayload?: boolean
  /** Its thermal camera has no file that describes its parameters; left out: it has. */
  readonly plainCamera?: boolean
}

/** A copter with its autopilot, at one instant. Replaced, never changed. */
export interface Vehicle {
  readonly setup: VehicleSetup
  /** Wall time of power-up. */
  readonly bootedAtMs: number
  readonly flight: Flight
  readonly onGround: boolean
  readonly mode: Mode
  readonly armed: boolean
  /** A ground station has said "take off" for a plan that starts on the ground. */
  readonly autoArmed: boolean
  readonly nav: Nav
  readonly run: MissionRun
  readonly transfer: Transfer
  readonly params: Params
  readonly streams: Streams
  readonly gimbal: Gimbal
  readonly battery: Battery
  readonly batteryFailsafe: 'none' | 'low' | 'critical'
  /** Speed that a ground station asked for in GUIDED, metres per second. */
  readonly guidedSpeedMps: number | null
  /** Height that a take-off was asked for, above home; PX4 keeps it until it is armed. */
  readonly takeoffUpM: number | null
  /** Last heartbeat of the ground station whose id the parameters name; null before the first. */
  readonly gcsSeenMs: number | null
  readonly gcsFailsafe: boolean
  /** Null where it offers no operator control. */
  readonly control: OperatorControl | null
  /** Armed and still on the ground since, wall time; for DISARM_DELAY. */
  readonly armedIdleSinceMs: number | null
  /** World seconds on the ground, disarmed; the ground crew changes the battery then. */
  readonly parkedS: number
  readonly heartbeatAtMs: number
  readonly timesyncAtMs: number
  /** Parameters still to be sent after a list request, by index. */
  readonly paramsToSend: number
  readonly saidReady: boolean
  /** How far the position estimate is off: east, north, up, metres. */
  readonly estimateOff: readonly [number, number, number]
  /** PX4: number of the last event, and the last ones for stations that missed one. */
  readonly eventSeq: number
  readonly events: readonly Extract<Saying, { name: 'EVENT' }>[]
  readonly eventSeqAtMs: number
}

/** What a step gives: the vehicle after it, and what it wants to say, in order. */
export type Step = readonly [Vehicle, ...Saying[]]

export const powerUp = (setup: VehicleSetup, wallMs: number): Vehicle => ({
  setup,
  bootedAtMs: wallMs,
  flight: atRest((setup.headingDeg * Math.PI) / 180),
  onGround: true,
  mode: setup.autopilot === 'px4' ? 'LOITER' : 'STABILIZE',
  armed: false,
  autoArmed: false,
  nav: { do: 'idle' },
  run: NOT_STARTED,
  transfer: NO_PLANS,
  params: defaultParams(setup.autopilot, setup.systemId),
  streams:
    setup.operatorControl === true
      ? withStream(firstStreams(setup.autopilot, wallMs), COMP.autopilot, MSG.CONTROL_STATUS, 1000, wallMs)
      : firstStreams(setup.autopilot, wallMs),
  gimbal: LEVEL,
  battery: FULL,
  batteryFailsafe: 'none',
  guidedSpeedMps: null,
  takeoffUpM: null,
  gcsSeenMs: null,
  gcsFailsafe: false,
  control: setup.operatorControl === true ? UNCONTROLLED : null,
  armedIdleSinceMs: null,
  parkedS: 0,
  heartbeatAtMs: wallMs,
  timesyncAtMs: wallMs,
  paramsToSend: 0,
  saidReady: false,
  estimateOff: [0, 0, 0],
  eventSeq: 0,
  events: [],
  eventSeqAtMs: wallMs,
})

/** Where it truly is. */
export const truePosition = (v: Vehicle): LngLat => moved(v.setup.home, v.flight.eM, v.flight.nM)

/** Height of the ground below it, metres above home. */
export const groundUpM = (v: Vehicle): number => v.setup.groundAmslM(truePosition(v)) - v.setup.homeAltAmslM

/** Milliseconds since power-up: the time stamp of its messages, wall clock. */
export const bootMs = (v: Vehicle, wallMs: number): number => Math.max(0, Math.round(wallMs - v.bootedAtMs))

/** Item 0 of a mission is home on ArduPilot and the first step on PX4. */
export const firstSeqOf = (v: Vehicle): number => (v.setup.autopilot === 'px4' ? 0 : 1)

/** The parameters, as figures of the flight. */
export const figuresOfVehicle = (v: Vehicle): Figures => figuresOf(v.setup.autopilot, v.params)

export const isReady = (v: Vehicle, wallMs: number): boolean => wallMs - v.bootedAtMs >= v.setup.bootMs

export const limitsOf = (v: Vehicle): NavLimits => {
  const planSpeed =
    v.mode === 'AUTO' ? v.run.speedMps : v.mode === 'GUIDED' || v.mode === 'LOITER' ? v.guidedSpeedMps : null
  const figures = figuresOfVehicle(v)
  return { ...figures, speedMps: planSpeed ?? figures.speedMps }
}

export const missionContext = (v: Vehicle): MissionContext => ({
  plan: v.transfer.plans[0],
  home: v.setup.home,
  homeAltAmslM: v.setup.homeAltAmslM,
  returnUpM: figuresOfVehicle(v).returnUpM,
  loiterS: figuresOfVehicle(v).returnLoiterS,
  firstSeq: firstSeqOf(v),
})

/** Item 0 of a plan, as it reads back. */
export const homeItem = (v: Vehicle): PlanItem => ({
  command: 16,
  frame: 0,
  params: [0, 0, 0, 0],
  x: Math.round(v.setup.home[1] * 1e7),
  y: Math.round(v.setup.home[0] * 1e7),
  z: Math.fround(v.setup.homeAltAmslM),
})
