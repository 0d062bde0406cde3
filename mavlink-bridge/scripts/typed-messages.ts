import type { FieldDefinition, MessageDefinition } from '../src/wire/definitions/definition.ts'

/** Messages whose fields the bridge and the simulators read or write by name; all others decode to plain records. */
const TYPED = `
  HEARTBEAT SYS_STATUS SYSTEM_TIME PING GPS_RAW_INT SCALED_PRESSURE ATTITUDE ATTITUDE_QUATERNION LOCAL_POSITION_NED
  GLOBAL_POSITION_INT HOME_POSITION VFR_HUD NAV_CONTROLLER_OUTPUT BATTERY_STATUS BATTERY_STATUS_V2 EXTENDED_SYS_STATE
  HIGH_LATENCY2
  ESTIMATOR_STATUS EKF_STATUS_REPORT VIBRATION WIND WIND_COV ALTITUDE RADIO_STATUS RADIO RC_CHANNELS STATUSTEXT EVENT
  CURRENT_EVENT_SEQUENCE REQUEST_EVENT RESPONSE_EVENT_ERROR TIMESYNC AUTOPILOT_VERSION PROTOCOL_VERSION
  AVAILABLE_MODES AVAILABLE_MODES_MONITOR CURRENT_MODE CONTROL_STATUS POSITION_TARGET_GLOBAL_INT SET_POSITION_TARGET_GLOBAL_INT
  COMMAND_LONG COMMAND_INT COMMAND_ACK COMMAND_CANCEL SET_MODE REQUEST_DATA_STREAM MESSAGE_INTERVAL
  MISSION_COUNT MISSION_REQUEST MISSION_REQUEST_INT MISSION_REQUEST_LIST MISSION_ITEM MISSION_ITEM_INT MISSION_ACK
  MISSION_CURRENT MISSION_SET_CURRENT MISSION_ITEM_REACHED MISSION_CLEAR_ALL FENCE_STATUS
  PARAM_REQUEST_READ PARAM_REQUEST_LIST PARAM_VALUE PARAM_SET PARAM_ERROR FILE_TRANSFER_PROTOCOL
  PARAM_EXT_REQUEST_READ PARAM_EXT_VALUE PARAM_EXT_SET PARAM_EXT_ACK
  CAMERA_INFORMATION CAMERA_SETTINGS CAMERA_CAPTURE_STATUS CAMERA_IMAGE_CAPTURED CAMERA_FOV_STATUS
  CAMERA_THERMAL_RANGE VIDEO_STREAM_INFORMATION VIDEO_STREAM_STATUS STORAGE_INFORMATION
  GIMBAL_MANAGER_INFORMATION GIMBAL_MANAGER_STATUS GIMBAL_MANAGER_SET_ATTITUDE GIMBAL_MANAGER_SET_PITCHYAW
  GIMBAL_DEVICE_ATTITUDE_STATUS GIMBAL_DEVICE_INFORMATION MOUNT_STATUS ADSB_VEHICLE OPEN_DRONE_ID_LOCATION
  OPEN_DRONE_ID_ARM_STATUS SETUP_SIGNING MANUAL_CONTROL
`

const HEADER = `// Written by scripts/generate-definitions.ts: do not edit. Field names and units as in the MAVLink XML.
// 64-bit integers are bigint, char arrays text up to the first NUL, uint8 arrays bytes, other arrays plain arrays.
`

function tsType(field: FieldDefinition): string {
  if (field.type === 'char') return 'string'
  if (field.arrayLength > 0 && field.type === 'uint8') return 'Uint8Array'
  const scalar = field.type === 'uint64' || field.type === 'int64' ? 'bigint' : 'number'
  return field.arrayLength > 0 ? `${scalar}[]` : scalar
}

function entry(message: MessageDefinition): string {
  const fields = message.fields.map((field) => `    ${field.name}: ${tsType(field)}\n`)
  return `  ${message.name}: {\n${fields.join('')}  }\n`
}

/** Extension fields and the version constant may be left out when encoding: absent means zero, by the protocol. */
function optionalFields(message: MessageDefinition): string[] {
  const extensions = message.fields.filter((field) => field.extension).map((field) => field.name)
  return message.name === 'HEARTBEAT' ? ['mavlink_version'] : extensions
}

/** TypeScript source of the typed field maps. Throws RangeError when a listed message does not exist. */
export function typedMessages(definitions: readonly MessageDefinition[]): string {
  const chosen = TYPED.trim()
    .split(/\s+/)
    .map((name) => {
      const found = definitions.find((message) => message.name === name)
      if (found === undefined) throw new RangeError(`no message ${name}`)
      return found
    })
  const optional = chosen
    .filter((message) => optionalFields(message).length > 0)
    .map(
      (message) =>
        `  ${message.name}: ${optionalFields(message)
          .map((name) => `'${name}'`)
          .join(' | ')}\n`,
    )
  return `${HEADER}
/** Decoded fields of the messages that the bridge reads or writes by name. */
export interface TypedMessages {
${chosen.map(entry).join('')}}

/** Fields that may be left out when encoding: extensions (absent means zero) and the protocol version. */
export interface OptionalFields {
${optional.join('')}}
`
}
