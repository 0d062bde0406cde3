import { CMD } from './mission-item.ts'
import type { Fields } from './storage-ardupilot.ts'

/**
 * What PX4 keeps of the parameters of a command with a place (mavlink_mission.cpp, `parse_mavlink_mission_item` and
 * `format_mavlink_mission_item`, 1.16). Yaw goes through `wrap_2pi`: -90 reads as 270.
 */
export const PX4: ReadonlyMap<number, Fields> = new Map<number, Fields>([
  [CMD.waypoint, ['as-is', 'as-is', 'nothing', 'heading']],
  [CMD.loiterUnlimited, ['nothing', 'nothing', 'as-is', 'heading']],
  [CMD.loiterTime, ['as-is', 'flag', 'as-is', 'flag']],
  [CMD.land, ['nothing', 'whole', 'nothing', 'heading']],
  [CMD.takeoff, ['nothing', 'nothing', 'nothing', 'heading']],
  [CMD.loiterToAltitude, ['flag', 'as-is', 'nothing', 'flag']],
  // VTOL take-off and landing; region of interest by place, new and old; gate.
  [84, ['nothing', 'nothing', 'nothing', 'heading']],
  [85, ['nothing', 'nothing', 'nothing', 'heading']],
  [195, []],
  [201, []],
  [4501, []],
])

/** In MAV_FRAME_MISSION all seven numbers are kept as float32, but for the target and the count of a jump. */
export const PX4_JUMP: Fields = ['whole', 'whole', 'as-is', 'as-is', 'as-is', 'as-is', 'as-is']
