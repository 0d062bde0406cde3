import { definitionByName } from '../wire/definitions/definitions.ts'
import type { Frame } from '../wire/frame.ts'
import { payloadByte } from '../wire/target.ts'

/** `safety` goes out at once whatever waits, `command` before all bulk, `bulk` as the link has room. */
export type Urgency = 'safety' | 'command' | 'bulk'

const idOf = (name: string): number => definitionByName(name)!.id
const HEARTBEAT = idOf('HEARTBEAT')
const SET_MODE = idOf('SET_MODE')
const COMMAND_INT = idOf('COMMAND_INT')
const COMMAND_LONG = idOf('COMMAND_LONG')
/** `command` has the same offset in both forms. */
const COMMAND_AT = definitionByName('COMMAND_LONG')!.fields.find(({ name }) => name === 'command')!.offset

/**
 * Commands that bring an aircraft out of danger: RTL, LAND, DO_SET_MODE, DO_SET_STANDARD_MODE, DO_LAND_START, DO_REPOSITION (hold on PX4),
 * DO_PAUSE_CONTINUE, DO_FLIGHTTERMINATION, DO_PARACHUTE, COMPONENT_ARM_DISARM.
 */
const SAFETY_COMMANDS: ReadonlySet<number> = new Set([20, 21, 176, 262, 185, 189, 192, 193, 208, 400])
/** Questions: SET_MESSAGE_INTERVAL, REQUEST_MESSAGE. */
const QUESTIONS: ReadonlySet<number> = new Set([511, 512])
/** What a person steers by hand, a running exchange needs at once, or tells a time; all else is bulk. */
const COMMANDS: ReadonlySet<number> = new Set(
  [
    'COMMAND_ACK',
    'COMMAND_CANCEL',
    'TIMESYNC',
    'MISSION_SET_CURRENT',
    'MANUAL_CONTROL',
    'SET_POSITION_TARGET_GLOBAL_INT',
    'SET_POSITION_TARGET_LOCAL_NED',
    'SET_ATTITUDE_TARGET',
    'GIMBAL_MANAGER_SET_ATTITUDE',
    'GIMBAL_MANAGER_SET_PITCHYAW',
    'RC_CHANNELS_OVERRIDE',
  ].map(idOf),
)

/** How urgent an outgoing frame is. Our own heartbeat is safety: without it aircraft begin to come home. */
export function urgencyOf(frame: Pick<Frame, 'v' | 'id' | 'raw'>): Urgency {
  const { id } = frame
  if (id === HEARTBEAT || id === SET_MODE) return 'safety'
  if (id !== COMMAND_LONG && id !== COMMAND_INT) return COMMANDS.has(id) ? 'command' : 'bulk'
  const command = payloadByte(frame, COMMAND_AT) | (payloadByte(frame, COMMAND_AT + 1) << 8)
  if (SAFETY_COMMANDS.has(command)) return 'safety'
  return QUESTIONS.has(command) ? 'bulk' : 'command'
}
