import { decode, type DecodedMessage, isMessage } from '../wire/decode.ts'
import type { Frame } from '../wire/frame.ts'
import { OWN } from '../vehicles/own.ts'

/** MAV_MISSION_TYPE: the plan, and everything at once. */
const PLAN = 0
const ALL = 255
const isPlan = (type: number): boolean => type === PLAN || type === ALL

/** Whether what another station says to a vehicle may change its plan: from then on the plan is not known any more. */
export function mayChangePlan(frame: Frame): boolean {
  const message = decode(frame)
  if (
    isMessage(message, 'MISSION_COUNT') ||
    isMessage(message, 'MISSION_CLEAR_ALL') ||
    isMessage(message, 'MISSION_ITEM_INT')
  )
    return isPlan(message.fields.mission_type)
  // Older ways of writing items, of which nothing else is read here.
  return message.name === 'MISSION_ITEM' || message.name === 'MISSION_WRITE_PARTIAL_LIST'
}

/** Whether a vehicle speaks with another station about a plan that it is given: that station may not go through us. */
export function isGivenPlanByOther(message: DecodedMessage): boolean {
  if (
    !isMessage(message, 'MISSION_ACK') &&
    !isMessage(message, 'MISSION_REQUEST') &&
    !isMessage(message, 'MISSION_REQUEST_INT')
  )
    return false
  const { target_system, mission_type } = message.fields
  return target_system !== 0 && target_system !== OWN.sys && isPlan(mission_type)
}
