import type { DroneStatus, LngLat } from '@skerry/contract'
import type { Autopilot, Mode, VehicleClass } from './modes.ts'

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
  readonly lngLat: LngLat
  readonly altAmslM: number
  readonly heightAboveTakeoffM: number
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
  readonly customMode: number
  readonly mode: Mode | null
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
  readonly estimatorOk: boolean | null
  readonly capabilities: bigint | null
  /** Joined STATUSTEXTs, newest last, bounded. */
  readonly texts: DroneStatus['texts']
  readonly gimbals: readonly GimbalSample[]
  readonly gimbalManager: { readonly comp: number; readonly deviceId: number } | null
  /** Who steers the gimbal, as its manager last said. */
  readonly gimbalControl: { readonly sys: number; readonly comp: number } | null
  readonly camera: Camera | null
  readonly thermalStream: ThermalStream | null
  /** Angles of view of the running camera, from CAMERA_FOV_STATUS. */
  readonly cameraFovRad: readonly [horizontal: number, vertical: number] | null
  /** What the vehicle does when it no longer hears us, from its own parameters; null while not read. */
  readonly linkLoss: { readonly afterS: number | null; readonly acts: boolean | null }
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
    customMode: 0,
    mode: null,
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
    estimatorOk: null,
    capabilities: null,
    texts: [],
    gimbals: [],
    gimbalManager: null,
    gimbalControl: null,
    camera: null,
    thermalStream: null,
    cameraFovRad: null,
    linkLoss: { afterS: null, acts: null },
    heardAtMs: new Map(),
  }
}
