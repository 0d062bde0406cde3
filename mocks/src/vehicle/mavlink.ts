import type { EncodeFields, TypedMessage, TypedName } from '@skerry/mavlink-bridge'

/** A message that a component of the vehicle wants to send. */
export type Saying = { [N in TypedName]: { comp: number; name: N; fields: EncodeFields<N> } }[TypedName]

/** A message that came in, with its sender. */
export interface Heard {
  readonly sys: number
  readonly comp: number
  readonly message: { [N in TypedName]: TypedMessage<N> }[TypedName]
  /** The bytes of `param_value` as they came: a float would change some of them, and text would end at a zero. */
  readonly paramBytes?: Uint8Array
}

/** Component ids (MAV_COMPONENT). */
export const COMP = { autopilot: 1, camera: 100, secondCamera: 101, secondGimbal: 154 } as const

/** Message ids that the vehicle is asked for by number. */
export const MSG = {
  HEARTBEAT: 0,
  SYS_STATUS: 1,
  SYSTEM_TIME: 2,
  GPS_RAW_INT: 24,
  ATTITUDE: 30,
  LOCAL_POSITION_NED: 32,
  GLOBAL_POSITION_INT: 33,
  MISSION_CURRENT: 42,
  NAV_CONTROLLER_OUTPUT: 62,
  VFR_HUD: 74,
  BATTERY_STATUS: 147,
  AUTOPILOT_VERSION: 148,
  WIND: 168,
  ESTIMATOR_STATUS: 230,
  WIND_COV: 231,
  EKF_STATUS_REPORT: 193,
  HOME_POSITION: 242,
  EXTENDED_SYS_STATE: 245,
  CAMERA_INFORMATION: 259,
  CAMERA_SETTINGS: 260,
  CAMERA_CAPTURE_STATUS: 262,
  VIDEO_STREAM_INFORMATION: 269,
  VIDEO_STREAM_STATUS: 270,
  CAMERA_FOV_STATUS: 271,
  CAMERA_THERMAL_RANGE: 277,
  GIMBAL_MANAGER_INFORMATION: 280,
  GIMBAL_MANAGER_STATUS: 281,
  GIMBAL_DEVICE_ATTITUDE_STATUS: 285,
  PROTOCOL_VERSION: 300,
  CURRENT_EVENT_SEQUENCE: 411,
  CURRENT_MODE: 436,
  CONTROL_STATUS: 512,
} as const

/** Commands the vehicle knows (MAV_CMD). */
export const CMD = {
  NAV_WAYPOINT: 16,
  NAV_LOITER_UNLIM: 17,
  NAV_LOITER_TIME: 19,
  NAV_RETURN_TO_LAUNCH: 20,
  NAV_LAND: 21,
  NAV_TAKEOFF: 22,
  NAV_DELAY: 93,
  DO_SET_MODE: 176,
  DO_JUMP: 177,
  DO_CHANGE_SPEED: 178,
  DO_SET_HOME: 179,
  DO_LAND_START: 189,
  DO_REPOSITION: 192,
  DO_PAUSE_CONTINUE: 193,
  DO_SET_ROI_LOCATION: 195,
  DO_SET_ROI_NONE: 197,
  DO_MOUNT_CONTROL: 205,
  DO_SET_MISSION_CURRENT: 224,
  PREFLIGHT_REBOOT_SHUTDOWN: 246,
  MISSION_START: 300,
  COMPONENT_ARM_DISARM: 400,
  RUN_PREARM_CHECKS: 401,
  GET_MESSAGE_INTERVAL: 510,
  SET_MESSAGE_INTERVAL: 511,
  REQUEST_MESSAGE: 512,
  REQUEST_AUTOPILOT_CAPABILITIES: 520,
  REQUEST_CAMERA_INFORMATION: 521,
  SET_CAMERA_ZOOM: 531,
  DO_GIMBAL_MANAGER_PITCHYAW: 1000,
  DO_GIMBAL_MANAGER_CONFIGURE: 1001,
  IMAGE_START_CAPTURE: 2000,
  REQUEST_VIDEO_STREAM_INFORMATION: 2504,
  REQUEST_OPERATOR_CONTROL: 32_100,
} as const

/** Commands of fence and rally items (MAV_CMD). */
export const FENCE = {
  returnPoint: 5000,
  inclusionVertex: 5001,
  exclusionVertex: 5002,
  inclusionCircle: 5003,
  exclusionCircle: 5004,
  rallyPoint: 5100,
} as const

/** MAV_RESULT */
export const RESULT = {
  accepted: 0,
  temporarilyRejected: 1,
  denied: 2,
  unsupported: 3,
  failed: 4,
  intOnly: 8,
  badFrame: 9,
  notInControl: 10,
} as const

/** MAV_MISSION_RESULT */
export const MISSION_RESULT = {
  accepted: 0,
  error: 1,
  unsupportedFrame: 2,
  unsupported: 3,
  noSpace: 4,
  invalid: 5,
  invalidParam1: 6,
  invalidX: 10,
  invalidY: 11,
  invalidZ: 12,
  invalidSequence: 13,
  denied: 14,
  cancelled: 15,
} as const

/** MAV_SEVERITY as ArduPilot uses it. */
export const SEVERITY = { emergency: 0, critical: 2, warning: 4, notice: 5, info: 6 } as const

/** A text of the autopilot, whole; how it goes on the wire is for the personality's voice (`voice.ts`). */
export const statusText = (severity: number, text: string): Saying => ({
  comp: COMP.autopilot,
  name: 'STATUSTEXT',
  fields: { severity, text, id: 0, chunk_seq: 0 },
})
