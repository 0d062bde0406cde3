import { definitionByName } from '../wire/definitions/definitions.ts'
import type { Frame } from '../wire/frame.ts'
import { carriesSecretKey } from '../wire/signing/signature.ts'
import { type FrameTarget, payloadByte, targetOf } from '../wire/target.ts'

interface Id {
  readonly sys: number
  readonly comp: number
}
/** One other ground station, as far as it has been heard: components as `sys * 256 + comp`. */
export interface StationView {
  readonly ids: ReadonlySet<number>
  readonly control: boolean
}

/** Why a frame does not go on to the vehicles. */
export type StationRefusal =
  /** Carries a key. */
  | 'secret'
  /** In the name of a vehicle or of ourselves: an echo, or a station with our own id whose answers could settle ours. */
  | 'not-its-own'
  /** More than looking, from a station without control. */
  | 'read-only'

const idOf = (name: string): number => definitionByName(name)!.id
/** What a station needs in order to show a vehicle, and what moves nothing. */
const LOOKING: ReadonlySet<number> = new Set(
  [
    'PARAM_REQUEST_READ',
    'PARAM_REQUEST_LIST',
    'MISSION_REQUEST_LIST',
    'MISSION_REQUEST',
    'MISSION_REQUEST_INT',
    'MISSION_ACK',
    'TIMESYNC',
    'PING',
  ].map(idOf),
)
const COMMAND_LONG = idOf('COMMAND_LONG')
const COMMAND_AT = definitionByName('COMMAND_LONG')!.fields.find(({ name }) => name === 'command')!.offset
const REQUEST_MESSAGE = 512

function onlyLooks(frame: Pick<Frame, 'v' | 'id' | 'raw'>): boolean {
  if (LOOKING.has(frame.id)) return targetOf(frame).sys !== 0 || frame.id === idOf('TIMESYNC')
  if (frame.id !== COMMAND_LONG) return false
  return (payloadByte(frame, COMMAND_AT) | (payloadByte(frame, COMMAND_AT + 1) << 8)) === REQUEST_MESSAGE
}

/**
 * Whether a station's frame may reach vehicles; null: yes. Without control not even its heartbeat does: an aircraft that
 * hears it would not come home when we fall silent.
 */
export function refusalOf(
  frame: Frame,
  station: Pick<StationView, 'control'>,
  own: Id,
  isVehicle: (sys: number) => boolean,
): StationRefusal | null {
  if (carriesSecretKey(frame)) return 'secret'
  if (frame.sys === 0 || frame.sys === own.sys || isVehicle(frame.sys)) return 'not-its-own'
  return station.control || onlyLooks(frame) ? null : 'read-only'
}

/**
 * Whether a vehicle's frame goes on to a station: what is for everyone, and what is meant for an id heard there. What
 * is meant for us stays here, even where that station calls itself by our id.
 */
export function reachesStation(target: FrameTarget, station: Pick<StationView, 'ids'>, own: Id): boolean {
  if (target.sys === 0) return true
  if (target.sys === own.sys) return false
  for (const id of station.ids)
    if (id >> 8 === target.sys && (target.comp === 0 || (id & 0xff) === target.comp)) return true
  return false
}
