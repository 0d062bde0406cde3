import { z } from 'zod'
import { AircraftOrder, CameraWish, CommandState, DroneId, DroneStatus } from './fleet.ts'
import { LngLat } from './geo.ts'
import { FenceAsk, FenceOutcome, FencePhase, FencePlan } from './geofence.ts'
import { AttitudeFrom } from './searches.ts'
import { DroneParam, UpkeepAsk, UpkeepOutcome } from './upkeep.ts'

/** One step of a flyable plan, free of any autopilot's manners: the bridge translates. Heights above take-off. */
export const PlanStep = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('takeoff'), heightM: z.number().min(2).max(1000) }),
  z.strictObject({ do: z.literal('fly-to'), position: LngLat, heightM: z.number().min(2).max(1000) }),
  z.strictObject({ do: z.literal('speed'), groundSpeedMps: z.number().min(1).max(40) }),
  /** Camera straight down is -90. */
  z.strictObject({ do: z.literal('gimbal'), pitchDeg: z.number().min(-90).max(30) }),
  z.strictObject({ do: z.literal('return') }),
])
export type PlanStep = z.infer<typeof PlanStep>
export const Plan = z.strictObject({ steps: z.array(PlanStep).min(1).max(700) })
export type Plan = z.infer<typeof Plan>

export const UploadRequest = z.strictObject({
  commandId: z.string(),
  droneId: DroneId,
  leaseToken: z.string(),
  expiresAtMs: z.number(),
  plan: Plan,
})
export type UploadRequest = z.infer<typeof UploadRequest>

/** Takes back an upload that is going on: the vehicle is told, and how it ended comes as a notice. */
export const CancelUploadRequest = z.strictObject({ commandId: z.string(), droneId: DroneId, leaseToken: z.string() })
export type CancelUploadRequest = z.infer<typeof CancelUploadRequest>

/** Fence and rally points of one drone: to put in, to read and compare with `plan`, or to take out. */
export const FenceRequest = z.strictObject({
  transferId: z.string(),
  droneId: DroneId,
  ask: FenceAsk,
  /** What to send, or what should be there; null: nothing. */
  plan: FencePlan.nullable(),
  leaseToken: z.string(),
  expiresAtMs: z.number(),
})
export type FenceRequest = z.infer<typeof FenceRequest>

/** Takes back a transfer of fence and rally points that is going on: the vehicle is told, and how it ended comes as a notice. */
export const CancelFenceRequest = z.strictObject({ transferId: z.string(), droneId: DroneId, leaseToken: z.string() })
export type CancelFenceRequest = z.infer<typeof CancelFenceRequest>

/** Parameters and the mission of one drone: to read, to set, to take out. */
export const UpkeepRequest = z.strictObject({
  jobId: z.string(),
  droneId: DroneId,
  ask: UpkeepAsk,
  leaseToken: z.string(),
  expiresAtMs: z.number(),
})
export type UpkeepRequest = z.infer<typeof UpkeepRequest>

/** Takes back what is going on: how it ended comes as a notice. */
export const CancelUpkeepRequest = z.strictObject({ jobId: z.string(), droneId: DroneId, leaseToken: z.string() })
export type CancelUpkeepRequest = z.infer<typeof CancelUpkeepRequest>

export const OrderRequest = z.strictObject({
  commandId: z.string(),
  droneId: DroneId,
  order: AircraftOrder,
  /** Height of the plan for `arm-and-start` and `start-in-air`, metres above the take-off point. */
  takeoffHeightM: z.number().min(2).max(1000).nullable(),
  /** On an order to gimbal or camera: what exactly. */
  camera: CameraWish.optional(),
  leaseToken: z.string(),
  expiresAtMs: z.number(),
})
export type OrderRequest = z.infer<typeof OrderRequest>

/** Flight authority over one drone. The bridge sends nothing without the token it was last told. */
export const LeaseNotice = z.strictObject({
  droneId: DroneId,
  token: z.string().nullable(),
  holder: z.string().nullable(),
})
export type LeaseNotice = z.infer<typeof LeaseNotice>

/** How an upload goes. `verified` is said only after reading the plan back and comparing it. */
export const UploadNotice = z.object({
  commandId: z.string(),
  droneId: DroneId,
  phase: z.enum(['sending', 'reading-back', 'verified', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  planId: z.string().nullable(),
  /** Where it failed: why (`kind` is a `ReasonCode`), and whether the plan in the aircraft is now unknown. */
  failure: z.object({ kind: z.string(), detail: z.string(), planUnknown: z.boolean() }).nullable(),
})
export type UploadNotice = z.infer<typeof UploadNotice>

/** How a transfer of fence and rally points goes; `outcome` at its end, and only there. */
export const FenceNotice = z.object({
  transferId: z.string(),
  droneId: DroneId,
  phase: FencePhase,
  done: z.number().int(),
  total: z.number().int(),
  outcome: FenceOutcome.nullable(),
})
export type FenceNotice = z.infer<typeof FenceNotice>

/** Parameters in one notice; a longer list comes in several, before the one that tells the end. */
export const MOST_PARAMS_A_NOTICE = 200

/** How upkeep goes; `outcome` at its end, and only there. */
export const UpkeepNotice = z.object({
  jobId: z.string(),
  droneId: DroneId,
  done: z.number().int(),
  total: z.number().int(),
  /** What the vehicle has told. */
  params: z.array(DroneParam).max(MOST_PARAMS_A_NOTICE),
  outcome: UpkeepOutcome.nullable(),
})
export type UpkeepNotice = z.infer<typeof UpkeepNotice>

export const CommandNotice = z.object({
  commandId: z.string(),
  droneId: DroneId,
  state: CommandState,
  atMs: z.number(),
  tries: z.number().int(),
  /** Written by `reasonOf`. */
  reason: z.string().nullable(),
})
export type CommandNotice = z.infer<typeof CommandNotice>

/** Thermal frame placed on the ground: the hottest point and the view it was seen in. */
export const ThermalNotice = z.object({
  droneId: DroneId,
  /** Rises by one for every notice of a bridge run; the server drops what it already has. */
  seq: z.number().int(),
  atMs: z.number(),
  position: LngLat,
  heightAboveTakeoffM: z.number(),
  headingDeg: z.number(),
  groundSpeedMps: z.number(),
  corners: z.array(LngLat).length(4).nullable(),
  /** Why the footprint or the hot point could not be placed: an `Unplaced`. */
  unplaced: z.string().nullable(),
  hot: z
    .object({
      position: LngLat,
      errorRadiusM: z.number(),
      /** Where the true point lies in 95 of 100 cases; its longer half-axis is `errorRadiusM`. */
      ellipse: z.object({ semiMajorM: z.number(), semiMinorM: z.number(), bearingDeg: z.number() }).optional(),
      tempC: z.number(),
    })
    .nullable(),
  minC: z.number(),
  maxC: z.number(),
  /** What it was laid on: a terrain model, or level ground at take-off height. */
  ground: z.enum(['flat', 'terrain']).optional(),
  attitudeFrom: AttitudeFrom.optional(),
  /** Height of the camera above the ground right below it, where a terrain model knows it. */
  heightAboveGroundM: z.number().nullable().optional(),
  /** Swath across track on the ground and slant height, for the sweep width. */
  swathM: z.number().nullable(),
})
export type ThermalNotice = z.infer<typeof ThermalNotice>

/** One link of a bridge. Null is unknown, never zero. */
export const LinkHealth = z.object({
  name: z.string(),
  kind: z.enum(['udp', 'tcp', 'serial']),
  /** Vehicles are behind it, or another ground station. */
  role: z.enum(['vehicles', 'station']),
  /** The address it listens on or dials, or the device. */
  local: z.string(),
  state: z.enum(['open', 'connecting', 'closed', 'failed']),
  /** Why it is not open, in words of the system. */
  detail: z.string().nullable(),
  peers: z.number().int(),
  /** Mean loss of what is heard, 0..1. */
  lossShare: z.number().nullable(),
  /** Least round trip of the last seconds. */
  latencyMs: z.number().nullable(),
  inBytesPerS: z.number(),
  outBytesPerS: z.number(),
  /** What the link may carry away from the bridge; null: no limit. */
  budgetBytesPerS: z.number().nullable(),
  /** Frames that wait for the budget, and those that were let go. */
  waiting: z.number().int(),
  dropped: z.number().int(),
  /** Frames that the signature policy refused: without a valid signature, or signed with an old time stamp. */
  refusedSignatures: z.number().int(),
  /** Rightly signed frames that came again, by another way or doubled on this one. */
  repeatedFrames: z.number().int().optional(),
  lastFrameAtMs: z.number().nullable(),
  good: z.number().int(),
  badChecksum: z.number().int(),
  unknown: z.number().int(),
  refusedFlags: z.number().int(),
  junkBytes: z.number().int(),
})
export type LinkHealth = z.infer<typeof LinkHealth>

/** Where a vehicle was heard to be a moment ago: the part of its status that the map cannot wait for. */
export const DroneMove = z.strictObject({
  droneId: DroneId,
  lngLat: LngLat,
  /** By the bridge's clock. */
  atMs: z.number(),
  headingDeg: z.number().nullable(),
  groundSpeedMps: z.number().nullable(),
})
export type DroneMove = z.infer<typeof DroneMove>

export const BridgeHello = z.strictObject({
  bridgeId: z.string().regex(/^[a-z0-9]{1,20}$/),
  version: z.string(),
  startedAtMs: z.number(),
})
export type BridgeHello = z.infer<typeof BridgeHello>

/** What other ground stations told vehicles through a bridge since its start: passed on, or why not, in frames. */
export const StationCounts = z.object({
  passed: z.number().int(),
  /** Two vehicles share the id that it was for, or it may only be looked at. */
  locked: z.number().int(),
  /** Not signed as the policy of that vehicle asks. */
  unsigned: z.number().int(),
  /** It carried a key. */
  secret: z.number().int(),
  /** In the name of a vehicle or of this bridge. */
  'not-its-own': z.number().int(),
  /** More than looking, from a station without control. */
  'read-only': z.number().int(),
})
export type StationCounts = z.infer<typeof StationCounts>

export const BridgeStatus = z.object({
  atMs: z.number(),
  links: z.array(LinkHealth),
  drones: z.array(DroneStatus),
  stations: StationCounts.optional(),
})
export type BridgeStatus = z.infer<typeof BridgeStatus>

/** Plan that was read back from an aircraft, for a server that lost track: `planId` null where there is none. */
export const ReadBack = z.object({ planId: z.string().nullable(), total: z.number().int() })
export type ReadBack = z.infer<typeof ReadBack>

/** `reason` as `reasonOf` writes it. */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: string }

/** A drone whose holder's console has not asked or answered anything for `forMs`. */
export const AbsentHolder = z.object({ droneId: DroneId, forMs: z.number() })
export type AbsentHolder = z.infer<typeof AbsentHolder>

/** Events bridge -> server on the Socket.IO namespace `/bridge`. */
export interface BridgeToServer {
  hello: (hello: BridgeHello, done: (answer: { leases: LeaseNotice[] }) => void) => void
  /** Five times a second: links and everything known about each vehicle; also the sign of life. */
  status: (status: BridgeStatus) => void
  /** Vehicles that were heard to have moved, each at most once, within 20 ms; the newest wins, none is sent again. */
  moves: (moves: DroneMove[]) => void
  command: (notice: CommandNotice, done: () => void) => void
  upload: (notice: UploadNotice, done: () => void) => void
  fence: (notice: FenceNotice, done: () => void) => void
  upkeep: (notice: UpkeepNotice, done: () => void) => void
  /** In batches of at most 50; kept and sent again until answered (bounded). */
  thermal: (notices: ThermalNotice[], done: () => void) => void
}
/** Events server -> bridge. Every answer says whether the bridge took the request, not whether it worked. */
export interface ServerToBridge {
  /**
   * Once a second: the operator side is alive. Without it the bridge stops its heartbeat (deadman). `absent`: drones whose
   * holder has not been heard from for so long; beyond the policy the bridge stops its heartbeat to those alone.
   */
  alive: (alive: { atMs: number; absent?: readonly AbsentHolder[] }) => void
  lease: (notice: LeaseNotice) => void
  upload: (request: UploadRequest, done: (answer: Answer<null>) => void) => void
  cancelUpload: (request: CancelUploadRequest, done: (answer: Answer<null>) => void) => void
  fence: (request: FenceRequest, done: (answer: Answer<null>) => void) => void
  cancelFence: (request: CancelFenceRequest, done: (answer: Answer<null>) => void) => void
  upkeep: (request: UpkeepRequest, done: (answer: Answer<null>) => void) => void
  cancelUpkeep: (request: CancelUpkeepRequest, done: (answer: Answer<null>) => void) => void
  order: (request: OrderRequest, done: (answer: Answer<null>) => void) => void
  /** Read the plan back from the aircraft and say what it is. */
  readBack: (request: { droneId: string; expect: Plan | null }, done: (answer: Answer<ReadBack>) => void) => void
}
export const BRIDGE_NAMESPACE = '/bridge'
