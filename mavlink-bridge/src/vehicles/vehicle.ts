import type { DroneStatus, LngLat } from '@skerry/contract'
import { type ArmingReport, NO_REPORT } from './arming-report.ts'
import type { EstimatorHealth } from './estimator.ts'
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

export interface GimbalSample {
  readonly atMs: number
  /** Rotation from camera (forward, right, down) to level axes turned by `yawFrame`: w, x, y, z. */
  readonly q: readonly [number, number, number, number]
  /** What yaw 0 is: true north, or the nose of the vehicle. */
  readonly yawFrame: 'earth' | 'vehicle'
}

export interface Camera {
  readonly comp: number
  /** 0: a component of its own; 1..6: a camera that the autopilot speaks for. */
  readonly deviceId: number
  readonly vendor: string
  readonly model: string
  readonly flags: number
  readonly widthPx: number
  readonly heightPx: number
  /** Full angles of view from sensor size and focal length; null where the camera does not say. */
  readonly lensFovRad: readonly [horizontal: number, vertical: number] | null
}

export interface ThermalStream {
  readonly comp: number
  readonly streamId: number
  readonly rangeEnabled: boolean
  /** Whole degrees, 0 unknown. */
  readonly hfovDeg: number
  readonly widthPx: number
  readonly heightPx: number
}

export interface VideoStream {
  readonly id: number
  readonly name: string
  readonly thermal: boolean
  /** Empty where the camera keeps its address to itself. */
  readonly uri: string
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
  readonly battery: DroneStatus['battery']
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
  /** How a VTOL flies now. */
  readonly vtol: 'multicopter' | 'fixed-wing' | 'transition' | null
  /** Ground stations that hold control, as the vehicle says (CONTROL_STATUS). */
  readonly control: {
    readonly main: number
    readonly others: readonly number[]
    readonly takeoverAllowed: boolean
    readonly atMs: number
  } | null
  /** Joined STATUSTEXTs, newest last, bounded. */
  readonly texts: DroneStatus['texts']
  readonly gimbals: readonly GimbalSample[]
  readonly gimbalManager: { readonly comp: number; readonly deviceId: number } | null
  /** Who steers the gimbal, as its manager last said. */
  readonly gimbalControl: { readonly sys: number; readonly comp: number; readonly atMs: number } | null
  readonly camera: Camera | null
  readonly thermalStream: ThermalStream | null
  /** Video streams of its cameras, by stream id. */
  readonly videoStreams: ReadonlyMap<number, VideoStream>
  /** Zoom of the camera's range, 0..100 (CAMERA_SETTINGS). */
  readonly zoom: { readonly percent: number; readonly atMs: number } | null
  /** Pictures taken so far, as the camera counts them (CAMERA_CAPTURE_STATUS). */
  readonly imageCount: { readonly count: number; readonly atMs: number } | null
  /** The last picture (CAMERA_IMAGE_CAPTURED); `ok` false: it was tried and failed. */
  readonly lastImage: { readonly index: number; readonly ok: boolean; readonly atMs: number } | null
  /** Angles of view of the running camera, from CAMERA_FOV_STATUS. */
  readonly cameraFovRad: readonly [horizontal: number, vertical: number] | null
  /** What the vehicle does when it no longer hears us, from its own parameters; null while not read. */
  readonly linkLoss: { readonly afterS: number | null; readonly acts: boolean | null }
  /**
   * Parameters that decide what it does when something fails, by name, as read;
   * null where it says that it has none of that name.
   */
  readonly safetyParams: ReadonlyMap<string, number | null>
  /** When each message id was last heard, for the streams that were asked for. */
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
    wind: null,
    gps: null,
    home: null,
    mission: { currentSeq: null, reachedSeq: null, total: null, onboardId: 0 },
    prearmOk: null,
    estimator: null,
    armingReport: NO_REPORT,
    capabilities: null,
    firmware: null,
    uid: null,
    vtol: null,
    control: null,
    texts: [],
    gimbals: [],
    gimbalManager: null,
    gimbalControl: null,
    camera: null,
    thermalStream: null,
    videoStreams: new Map(),
    zoom: null,
    imageCount: null,
    lastImage: null,
    cameraFovRad: null,
    linkLoss: { afterS: null, acts: null },
    safetyParams: new Map(),
    heardAtMs: new Map(),
  }
}
