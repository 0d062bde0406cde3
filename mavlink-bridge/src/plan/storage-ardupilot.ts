import type { Kept } from './kept.ts'
import { CMD } from './mission-item.ts'

/** Of a command: param1 to param4, then x, y, z where it has no place; what is not named is not kept. */
export type Fields = readonly Kept[]

/**
 * What ArduPilot keeps of the parameters of each command (AP_Mission.cpp, `mavlink_int_to_mission_cmd` and
 * `mission_cmd_to_mavlink_int`, 4.0 to 4.6). It has 12 bytes for a command, so most whole numbers are cut to 8 or 16
 * bits. A landing reads back with a direction, and a timed loiter with that instead of its radius, whatever was sent.
 */
export const ARDUPILOT: ReadonlyMap<number, Fields> = new Map<number, Fields>([
  [CMD.waypoint, ['whole']],
  [CMD.loiterUnlimited, ['nothing', 'nothing', 'whole']],
  [CMD.loiterTurns, ['byte', 'nothing', 'circle', 'flag']],
  [CMD.loiterTime, ['whole', 'nothing', 'direction', 'flag']],
  [CMD.returnToLaunch, []],
  [CMD.land, ['whole', 'nothing', 'nothing', 'direction']],
  [CMD.takeoff, ['whole']],
  // Change height and go on.
  [30, ['whole']],
  [CMD.loiterToAltitude, ['nothing', 'whole', 'nothing', 'flag']],
  // Spline, wait for a height.
  [82, ['whole']],
  [83, ['as-is', 'as-is', 'whole']],
  // VTOL take-off and landing.
  [84, []],
  [85, ['newer']],
  // Guided, delay, put the payload down.
  [92, ['whole']],
  [93, ['as-is', 'whole', 'whole', 'whole']],
  [94, ['as-is']],
  // Conditions: delay, distance, yaw.
  [112, ['as-is']],
  [114, ['as-is']],
  [115, ['as-is', 'as-is', 'whole', 'whole']],
  [176, ['whole']],
  [CMD.jump, ['whole', 'whole']],
  [CMD.changeSpeed, ['whole', 'as-is', 'as-is']],
  [CMD.setHome, ['whole']],
  // Relay, repeat relay, servo, repeat servo.
  [181, ['whole', 'whole']],
  [182, ['whole', 'whole', 'as-is']],
  [183, ['whole', 'whole']],
  [184, ['whole', 'whole', 'whole', 'as-is']],
  // Start of the way back, start of a landing, go-around.
  [188, []],
  [CMD.landStart, []],
  [191, []],
  // Pause, reverse, region of interest: place, none, the older one.
  [193, ['whole']],
  [194, ['whole']],
  [195, ['newer']],
  [197, ['newer']],
  [201, ['whole']],
  // Camera: settings, shutter; mount; shutter by distance.
  [202, ['whole', 'whole', 'whole', 'whole', 'whole', 'whole', 'as-is']],
  [203, ['whole', 'whole', 'whole', 'whole', 'whole', 'whole']],
  [CMD.mountControl, ['as-is', 'as-is', 'as-is']],
  [206, ['as-is', 'nothing', 'newer']],
  // Fence, parachute, inverted flight, gripper, autotune, yaw and speed, way back over the plan, sprayer.
  [207, ['whole']],
  [208, ['whole']],
  [210, ['whole']],
  [211, ['whole', 'whole']],
  [212, ['whole']],
  [213, ['as-is', 'as-is', 'whole']],
  [215, ['whole']],
  [216, ['whole']],
  // Script message, auxiliary function, guided limits, engine.
  [217, ['whole', 'as-is', 'as-is', 'as-is']],
  [218, ['whole', 'whole']],
  [222, ['whole', 'as-is', 'as-is', 'as-is']],
  [223, ['flag', 'flag', 'as-is']],
  // Gimbal manager, VTOL transition, winch, attitude for a time.
  [1000, ['whole', 'whole', 'whole', 'whole', 'whole', 'nothing', 'whole']],
  [3000, ['whole']],
  [42_600, ['whole', 'whole', 'as-is', 'as-is']],
  [42_703, ['whole', 'whole', 'whole', 'whole', 'as-is']],
])

/** ArduPlane keeps how near a waypoint is passed, and on which side, in a byte each, and no time to stay there. */
export const ARDUPLANE_WAYPOINT: Fields = ['nothing', 'byte', 'byte']
