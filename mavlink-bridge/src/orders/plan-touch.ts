import { type DecodedMessage, isMessage, decode } from '../wire/decode.ts'
import type { Frame } from '../wire/frame.ts'
import { OWN } from '../vehicles/own.ts'

/** What of a vehicle's lists may have been changed: its plan, or what the fence desk keeps, fence and rally points. */
export interface Touch {
  readonly plan: boolean
  readonly fence: boolean
}
const NOTHING: Touch = { plan: false, fence: false }

/** MAV_MISSION_TYPE. */
const [PLAN, FENCE, RALLY, ALL] = [0, 1, 2, 255]
const touchOf = (type: number): Touch => ({
  plan: type === PLAN || type === ALL,
  fence: type === FENCE || type === RALLY || type === ALL,
})

const WRITES: ReadonlySet<string> = new Set([
  'MISSION_COUNT',
  'MISSION_CLEAR_ALL',
  'MISSION_ITEM_INT',
  // Older ways of writing items.
  'MISSION_ITEM',
  'MISSION_WRITE_PARTIAL_LIST',
])

/** What another station's word to a vehicle may change there: from then on that is not known any more. */
export function touchedBy(frame: Frame): Touch {
  const { name, fields } = decode(frame)
  if (!WRITES.has(name)) return NOTHING
  return touchOf('mission_type' in fields ? Number(fields.mission_type) : PLAN)
}

/** What a vehicle speaks about with another station that gives it something: that station may not go through us. */
export function givenByOther(message: DecodedMessage): Touch {
  if (
    !isMessage(message, 'MISSION_ACK') &&
    !isMessage(message, 'MISSION_REQUEST') &&
    !isMessage(message, 'MISSION_REQUEST_INT')
  )
    return NOTHING
  const { target_system, mission_type } = message.fields
  return target_system !== 0 && target_system !== OWN.sys ? touchOf(mission_type) : NOTHING
}
