import { z } from 'zod'
import { LngLat } from './geo.ts'
import { type DroneFence, FenceAboard } from './geofence.ts'
import { type DroneUpkeep, UpkeepState } from './upkeep.ts'

/**
 * A drone's name across the system: the bridge's network name and the MAVLink system id, e.g. `main-7`. A second
 * vehicle that wrongly uses the same system id is shown as `main-7b`.
 */
export const DroneId = z.string().regex(/^[a-z0-9]{1,20}-\d{1,3}[b-z]?$/)
export type DroneId = z.infer<typeof DroneId>

/** Name of a camera or gimbal within its vehicle: component and device. */
const PayloadId = z.string().regex(/^\d{1,3}-\d{1,3}$/)
/** Which gimbal, where there are several: the one that carries the main camera where none is named. */
const gimbal = PayloadId.optional()
/** Which camera, where there are several: the main one where none is named. */
const camera = PayloadId.optional()

/** What a pilot wants of gimbal and camera. `look-ahead`: level, where the nose points. */
export const CameraWish = z.discriminatedUnion('do', [
  /** The ground there, taken as level with the take-off point. */
  z.strictObject({ do: z.literal('look-at'), position: LngLat, gimbal }),
  z.strictObject({ do: z.literal('look-down'), gimbal }),
  z.strictObject({ do: z.literal('look-ahead'), gimbal }),
  /** Of the camera's whole range: 0 widest, 100 closest. */
  z.strictObject({ do: z.literal('zoom'), percent: z.number().min(0).max(100), camera }),
  z.strictObject({ do: z.literal('photo'), camera }),
  /** One of the values that the camera offers (`camera.settings`). */
  z.strictObject({ do: z.literal('palette'), value: z.number(), camera }),
  z.strictObject({ do: z.literal('thermal-range'), value: z.number(), camera }),
])
export type CameraWish = z.infer<typeof CameraWish>
export const CAMERA_ORDERS = [
  'look-at',
  'look-down',
  'look-ahead',
  'zoom',
  'photo',
  'palette',
  'thermal-range',
] as const
export type CameraOrder = (typeof CAMERA_ORDERS)[number]
const cameraOrders: ReadonlySet<string> = new Set(CAMERA_ORDERS)
/** Orders to gimbal and camera move no aircraft: they have a line of their own beside the flight orders. */
export const isCameraOrder = (order: string): order is CameraOrder => cameraOrders.has(order)

/** Which ground station the aircraft obeys (MAVLink operator control), where it offers that. They move nothing. */
export const CONTROL_ORDERS = ['take-control', 'release-control', 'hand-over-control'] as const
export type ControlOrder = (typeof CONTROL_ORDERS)[number]
const controlOrders: ReadonlySet<string> = new Set(CONTROL_ORDERS)
export const isControlOrder = (order: string): order is ControlOrder => controlOrders.has(order)

/** An order to the aircraft itself. */
export type FlightOrder = Exclude<AircraftOrder, CameraOrder | ControlOrder>
export const isFlightOrder = (order: AircraftOrder): order is FlightOrder =>
  !isCameraOrder(order) && !isControlOrder(order)
/** Orders that a pilot gives in flight, the ones that start a flight, those to gimbal and camera, and those about control. */
export const AircraftOrder = z.enum([
  'hold',
  'return',
  'land',
  'resume',
  'arm-and-start',
  'start-in-air',
  ...CAMERA_ORDERS,
  ...CONTROL_ORDERS,
])
export type AircraftOrder = z.infer<typeof AircraftOrder>

export const CommandState = z.enum([
  'authorised',
  'sent',
  'acked',
  'in-progress',
  'effective',
  'refused',
  'not-effective',
  'expired',
  'unknown',
])
export type CommandState = z.infer<typeof CommandState>

/** One row of an aircraft's command ledger. An ack is not an effect: `effective` is read from telemetry. */
export interface AircraftCommand {
  id: string
  droneId: string
  order: AircraftOrder
  state: CommandState
  /** Who gave it. */
  by: string
  seatId: string
  atMs: number
  sentAtMs: number | null
  ackedAtMs: number | null
  effectiveAtMs: number | null
  expiresAtMs: number
  tries: number
  /** Why it was refused or had no effect, or what is being done now; as `reasonOf` writes it. */
  reason: string | null
  taskId: string | null
  /** What is wanted of the camera, on a camera order. */
  camera?: CameraWish
}

export interface Lease {
  droneId: string
  seatId: string
  name: string
  takenAtMs: number
}

/** A drone in the picture: what is lasting about it. What moves is in `DroneStatus`. */
export interface Drone {
  id: string
  handle: number
  systemId: number
  bridgeId: string
  autopilot: 'ardupilot' | 'px4' | 'other'
  vehicle: string
  firstSeenAtMs: number
  lease: Lease | null
  taskId: string | null
  /** Left out until a fence is first asked about. */
  fence?: DroneFence
  /** Left out until its parameters or its mission are first asked about. */
  upkeep?: DroneUpkeep
}

export const ModeKind = z.enum(['manual', 'guided', 'auto', 'hold', 'return', 'land', 'takeoff', 'other'])
export type ModeKind = z.infer<typeof ModeKind>

/** What a position filter cannot do now. */
export const EstimatorFault = z.enum([
  'attitude',
  'velocity',
  'position',
  'height',
  'constant-position',
  'gps-glitch',
  'compass',
  'sensor',
])
export type EstimatorFault = z.infer<typeof EstimatorFault>

/** What an aircraft says by satellite that has failed (HL_FAILURE_FLAG). */
export const ReportedFailure = z.enum([
  'gps',
  'airspeed',
  'barometer',
  'accelerometer',
  'gyro',
  'compass',
  'terrain',
  'battery',
  'radio-control',
  'offboard-link',
  'engine',
  'fence',
  'estimator',
  'mission',
])
export type ReportedFailure = z.infer<typeof ReportedFailure>

const GimbalAngles = z.object({
  pitchRad: z.number(),
  yawRad: z.number(),
  yawFrame: z.enum(['earth', 'vehicle']),
  atMs: z.number(),
})

/** Everything that the bridge knows about a vehicle now. Null is unknown, never zero. Angles in the unit of the name. */
export const DroneStatus = z.object({
  droneId: DroneId,
  systemId: z.number().int(),
  autopilot: z.enum(['ardupilot', 'px4', 'other']),
  vehicle: z.string(),
  /** When the bridge put this together. */
  atMs: z.number(),
  link: z.object({
    state: z.enum(['live', 'degraded', 'lost']),
    lastHeartbeatAtMs: z.number().nullable(),
    lossShare: z.number().nullable(),
    /** Seconds until the vehicle's own lost-link failsafe is expected; null when the link is not lost or it is not known. */
    failsafeInS: z.number().nullable(),
    /** `failsafeInS` counts with the autopilot's default time, because its own setting was not read. */
    failsafeAssumed: z.boolean().optional(),
    remote: z.string(),
    /** Lost for so long (10 s) that somebody has to act. */
    escalated: z.boolean().optional(),
    /** It speaks by satellite, once in a while: seconds of silence mean nothing. */
    highLatency: z.boolean().optional(),
    /** Least round trip of the last seconds; null when unknown. */
    latencyMs: z.number().nullable().optional(),
    /** This system's own heartbeat to it was stopped on purpose: nobody is there to fly it. */
    heartbeatStopped: z.boolean().optional(),
    /** How old its position was when it came in, by its own clock; null where the clocks could not be compared. */
    telemetryDelayMs: z.number().nullable().optional(),
    /** All ways to a vehicle that is reached by several links; empty for others. */
    ways: z
      .array(
        z.object({
          remote: z.string(),
          lossShare: z.number().nullable(),
          latencyMs: z.number().nullable(),
          ageMs: z.number(),
          inUse: z.boolean(),
        }),
      )
      .optional(),
    /**
     * `read-only`: its words are not verified, so no order may go to it. `refused` counts frames in its name without a
     * valid signature, `lastRefusedAgeMs` is how long ago the last of them came; null: none came.
     */
    signing: z
      .object({
        state: z.enum(['signed', 'unsigned', 'read-only']),
        refused: z.number().int(),
        lastRefusedAgeMs: z.number().nullable().optional(),
      })
      .optional(),
  }),
  /** Two vehicles use this system id: both are shown, orders are locked. */
  duplicateId: z.boolean(),
  armed: z.boolean().nullable(),
  mode: z.object({ name: z.string(), kind: ModeKind }).nullable(),
  landed: z.enum(['on-ground', 'in-air', 'taking-off', 'landing']).nullable(),
  position: z
    .object({
      lngLat: LngLat,
      altAmslM: z.number().nullable(),
      heightAboveTakeoffM: z.number().nullable(),
      /** Above the ground right below, by a terrain model; null without one, or where it has no data. */
      heightAboveGroundM: z.number().nullable().optional(),
      atMs: z.number(),
      accuracyM: z.number().nullable(),
    })
    .nullable(),
  headingDeg: z.number().nullable(),
  groundSpeedMps: z.number().nullable(),
  climbMps: z.number().nullable(),
  battery: z
    .object({
      remainingShare: z.number().nullable(),
      voltageV: z.number().nullable(),
      remainingS: z.number().nullable(),
    })
    .nullable(),
  wind: z.object({ fromDeg: z.number(), speedMps: z.number() }).nullable(),
  gps: z.object({ fixType: z.number().int(), satellites: z.number().int().nullable() }).nullable(),
  home: z.object({ lngLat: LngLat, altAmslM: z.number() }).nullable(),
  /** Plan items are counted from 0 on every autopilot (ArduPilot's home item is not one of them). */
  mission: z.object({
    current: z.number().int().nullable(),
    reached: z.number().int().nullable(),
    total: z.number().int().nullable(),
    plan: z.enum(['unknown', 'none', 'verified', 'differs']),
    planId: z.string().nullable(),
  }),
  /** The camera that a search looks with: the thermal one where there are several. */
  camera: z
    .object({
      id: PayloadId.optional(),
      thermal: z.boolean(),
      hfovRad: z.number(),
      vfovRad: z.number(),
      widthPx: z.number().int(),
      heightPx: z.number().int(),
      vendor: z.string(),
      model: z.string(),
      /** Zoom of its range, 0..100; null where it does not say. */
      zoomPercent: z.number().nullable().optional(),
      /** Pictures on its card; null where it does not say. */
      images: z.number().int().nullable().optional(),
      /** What it says that it can do. */
      can: z.object({ zoom: z.boolean(), photo: z.boolean() }).optional(),
      /**
       * Its video streams, as it names them; an empty address is one that it keeps to itself. Consoles are told addresses
       * through an approved act alone.
       */
      streams: z
        .array(z.object({ id: z.number().int(), name: z.string(), thermal: z.boolean(), uri: z.string() }))
        .optional(),
      /** What can be set on it, with its value; null where it has not told. Names are the camera's own. */
      settings: z
        .array(
          z.object({
            id: z.enum(['palette', 'thermal-range']),
            value: z.number().nullable(),
            options: z.array(z.object({ value: z.number(), text: z.string(), textZh: z.string().nullable() })),
          }),
        )
        .optional(),
      /**
       * Least and greatest temperature in its picture, as it last told; left out where it measures none. `measuring`:
       * the stream says that it measures now.
       */
      thermalRange: z
        .object({
          minC: z.number().nullable(),
          maxC: z.number().nullable(),
          atMs: z.number().nullable(),
          measuring: z.boolean().nullable(),
        })
        .optional(),
    })
    .nullable(),
  /** All cameras, where there are several. */
  cameras: z
    .array(
      z.object({
        id: PayloadId,
        vendor: z.string(),
        model: z.string(),
        thermal: z.boolean(),
        zoomPercent: z.number().nullable(),
        images: z.number().int().nullable(),
        can: z.object({ zoom: z.boolean(), photo: z.boolean() }),
      }),
    )
    .optional(),
  /** Where the gimbal of that camera looks. */
  gimbal: GimbalAngles.nullable(),
  /** All gimbals that have a manager. */
  gimbals: z
    .array(
      z.object({
        id: PayloadId,
        control: z.enum(['ours', 'other', 'nobody']).nullable(),
        /** It carries the main camera. */
        ofCamera: z.boolean(),
        looks: GimbalAngles.nullable(),
      }),
    )
    .optional(),
  /** Who steers the gimbal, as its manager says; null: there is a manager, and it has not said. Left out: no manager was found. */
  gimbalControl: z.enum(['ours', 'other', 'nobody']).nullable().optional(),
  /** Ground corners of the sensor's view now, or why they are not known (`Unplaced`). */
  footprint: z
    .object({ corners: z.array(LngLat).length(4).nullable(), reason: z.string().nullable(), atMs: z.number() })
    .nullable(),
  readiness: z.object({ canArm: z.boolean().nullable(), reasons: z.array(z.string()) }),
  /** Newest texts of the autopilot, newest last, at most 10. */
  texts: z.array(z.object({ atMs: z.number(), severity: z.number().int(), text: z.string() })),
  /** What it says by satellite that has failed. */
  failures: z.array(ReportedFailure).optional(),
  /** What its position filter says of itself. */
  estimator: z.object({ ok: z.boolean(), faults: z.array(EstimatorFault) }).optional(),
  /** How a VTOL flies now. */
  vtol: z.enum(['multicopter', 'fixed-wing', 'transition']).optional(),
  /** Version of the flight software. */
  firmware: z.string().optional(),
  /** What it does by itself when something fails, from its own parameters. */
  guards: z
    .array(
      z.object({
        guards: z.enum(['link', 'battery', 'radio', 'fence', 'estimator']),
        /** Name of the parameter in the vehicle. */
        name: z.string(),
        value: z.number().nullable(),
        state: z.enum(['on', 'off', 'unread', 'absent']),
      }),
    )
    .optional(),
  /** Fence and rally points in it. */
  fence: FenceAboard.optional(),
  /** What its parameters can be asked and told. */
  upkeep: UpkeepState.optional(),
  /** Which ground stations it says are in control (system ids; main 0: none). `ours`: this system is one of them. */
  control: z
    .object({
      main: z.number().int(),
      others: z.array(z.number().int()),
      takeoverAllowed: z.boolean(),
      ours: z.boolean(),
      /** Another station asks this system for control; it stops waiting after `leftS`. */
      asked: z.object({ station: z.number().int(), leftS: z.number() }).nullable().optional(),
    })
    .optional(),
})
export type DroneStatus = z.infer<typeof DroneStatus>
