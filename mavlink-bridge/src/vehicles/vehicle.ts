import type { DroneStatus, LngLat, ReportedFailure } from '@skerry/contract'
import { type ArmingReport, NO_REPORT } from './arming-report.ts'
import type { CameraSetting } from './camera-settings.ts'
import type { Camera, CameraState, VideoStream } from './cameras.ts'
import type { EstimatorHealth } from './estimator.ts'
import type { ControlAsked, OperatorControl } from './operator-control.ts'
import type { GimbalManager, GimbalSample } from './gimbals.ts'
import type { Autopilot, Mode, VehicleClass } from './modes.ts'
import type { OfferedMode } from './standard-modes.ts'

export interface AttitudeSample {
  readonly atMs: number
  /** Body angles, rad: roll, pitch; yaw clockwise from true north. */
  readonly rollRad: number
  readonly pitchRad: number
  readonly yawRad: number
  readonly yawRateRadS: number
}

export interface PositionSample {
  readonly atMs: number
  /** The vehicle's own clock when it was taken, ms since its start; absent where the message has none. */
  readonly bootMs?: number
  readonly lngLat: LngLat
  readonly altAmslM: number
  /** Null where the vehicle gives none (HIGH_LATENCY2 before home is known). */
  readonly heightAboveTakeoffM: number | null
  /** Over ground, north, east and down. */
  readonly velocityMps: readonly [north: number, east: number, down: number]
  readonly headingDeg: number | null
}

/** What one battery of a vehicle last said of itself. */
export interface BatteryReading {
  readonly voltageV: number | null
  readonly remainingShare: number | null
  readonly remainingS: number | null
  readonly atMs: number
}

/** Everything one system id said on one address. Null is unknown. All times are times of receipt, epoch ms. */
export interface Vehicle {
  readonly systemId: number
  /** Component id of the autopilot: mode and armed state come from it alone. */
  readonly autopilotComp: number
  readonly autopilot: Autopilot
  readonly mavType: number
  readonly words: string
  readonly kind: VehicleClass
  readonly firstSeenAtMs: number
  readonly lastHeartbeatAtMs: number
  readonly armed: boolean
  /** False where only a summary without an armed flag was heard: `armed` then means nothing. */
  readonly armedKnown: boolean
  /** The last sign of life was a HIGH_LATENCY2: this vehicle speaks seldom, by satellite. */
  readonly highLatency: boolean
  readonly customMode: number
  readonly mode: Mode | null
  /** Modes that the vehicle says it has, by custom mode. */
  readonly offeredModes: ReadonlyMap<number, OfferedMode>
  /** How many modes it says it has, which of them (from 1 on) it has told, and when the last; null before the first. */
  /** Number of the list of modes as the vehicle last told it (AVAILABLE_MODES_MONITOR); null: it has not. */
  readonly modesSeq: number | null
  readonly modeList: { readonly count: number; readonly told: ReadonlySet<number>; readonly toldAtMs: number } | null
  /** HEARTBEAT.system_status. */
  readonly systemStatus: number
  readonly boot: { readonly timeBootMs: number; readonly atMs: number } | null
  /** Counts restarts of the autopilot: whoever asked it for something must ask again. */
  readonly reboots: number
  readonly extendedLanded: { readonly state: DroneStatus['landed']; readonly atMs: number } | null
  readonly attitudes: readonly AttitudeSample[]
  readonly positions: readonly PositionSample[]
  readonly groundSpeedMps: number | null
  readonly headingDeg: number | null
  readonly climbMps: number | null
  /** Of all its batteries the least. */
  readonly battery: DroneStatus['battery']
  /** By component and number of the battery. */
  readonly batteries: ReadonlyMap<string, BatteryReading>
  readonly wind: DroneStatus['wind']
  readonly gps: (NonNullable<DroneStatus['gps']> & { readonly accuracyM: number | null }) | null
  readonly home: DroneStatus['home']
  /** Sequence numbers as the autopilot counts them. */
  readonly mission: {
    readonly currentSeq: number | null
    readonly reachedSeq: number | null
    readonly total: number | null
    /** Id the autopilot gives its plan, 0 when it gives none. */
    readonly onboardId: number
    /** The same for its fence and its rally points. */
    readonly fenceId: number
    readonly rallyId: number
  }
  readonly prearmOk: boolean | null
  /** Null while nothing was heard of it. */
  readonly estimator: EstimatorHealth | null
  /** What PX4's arming checks say, from its events. */
  readonly armingReport: ArmingReport
  readonly capabilities: bigint | null
  /** Version of the flight software, e.g. 4.7.0-dev. */
  readonly firmware: string | null
  /** The autopilot's own number, where it gives one: two of them are two vehicles. */
  readonly uid: string | null
  /** What it says by satellite that has failed; empty where it speaks in full. */
  readonly failures: readonly ReportedFailure[]
  /** Whether it hears a radio control; null while it has not said. */
  readonly radioControl: boolean | null
  /** How a VTOL flies now. */
  readonly vtol: 'multicopter' | 'fixed-wing' | 'transition' | null
  /** Which ground stations it obeys; null where it has not said. */
  readonly control: OperatorControl | null
  /** Another station that asks us for control. */
  readonly controlAsked: ControlAsked | null
  /** Joined STATUSTEXTs, newest last, bounded. */
  readonly texts: DroneStatus['texts']
  /** Gimbal managers, by `gimbalKey`. */
  readonly gimbals: ReadonlyMap<string, GimbalManager>
  /** Attitude of each gimbal by its device id, newest last. */
  readonly gimbalSamples: ReadonlyMap<number, readonly GimbalSample[]>
  /** Cameras that have introduced themselves, by `cameraKey`. */
  readonly cameras: ReadonlyMap<string, Camera>
  /** What cameras say of now, by `cameraKey`. */
  readonly cameraStates: ReadonlyMap<string, CameraState>
  /** Video streams of all cameras, by camera and stream id. */
  readonly videoStreams: ReadonlyMap<string, VideoStream>
  /** What can be set on a camera, by `cameraKey`. */
  readonly cameraSettings: ReadonlyMap<string, readonly CameraSetting[]>
  /** Seconds without our heartbeat after which it acts, from its own parameter; null while not read. */
  readonly linkLossAfterS: number | null
  /**
   * Parameters that decide what it does when something fails, by name, as read;
   * null where it says that it has none of that name.
   */
  readonly safetyParams: ReadonlyMap<string, number | null>
  /**
   * When each message id was last heard, from anybody and (`heardKey`) from one component: for the streams that were
   * asked for. Its session keeps it in place: an older `Vehicle` shows the times of now.
   */
  readonly heardAtMs: ReadonlyMap<number, number>
}

/** What a first HEARTBEAT tells. */
export function newVehicle(systemId: number, autopilotComp: number, atMs: number): Vehicle {
  return {
    systemId,
    autopilotComp,
    autopilot: 'other',
    mavType: 0,
    words: 'vehicle',
    kind: 'other',
    firstSeenAtMs: atMs,
    lastHeartbeatAtMs: atMs,
    armed: false,
    armedKnown: false,
    highLatency: false,
    customMode: 0,
    mode: null,
    offeredModes: new Map(),
    modeList: null,
    modesSeq: null,
    systemStatus: 0,
    boot: null,
    reboots: 0,
    extendedLanded: null,
    attitudes: [],
    positions: [],
    groundSpeedMps: null,
    headingDeg: null,
    climbMps: null,
    battery: null,
    batteries: new Map(),
    wind: null,
    gps: null,
    home: null,
    mission: { currentSeq: null, reachedSeq: null, total: null, onboardId: 0, fenceId: 0, rallyId: 0 },
    prearmOk: null,
    estimator: null,
    armingReport: NO_REPORT,
    capabilities: null,
    firmware: null,
    uid: null,
    failures: [],
    radioControl: null,
    vtol: null,
    control: null,
    controlAsked: null,
    texts: [],
    gimbals: new Map(),
    gimbalSamples: new Map(),
    cameras: new Map(),
    cameraStates: new Map(),
    videoStreams: new Map(),
    cameraSettings: new Map(),
    linkLossAfterS: null,
    safetyParams: new Map(),
    heardAtMs: new Map(),
  }
}

/** Key of `heardAtMs` for one component's messages of an id. */
export const heardKey = (comp: number, id: number): number => (comp + 1) * 0x100_0000 + id
