import { CMD, MISSION_RESULT } from '../mavlink.ts'
import { type ItemFields, PLACED, placeFault, type Stored, storeFenceOrRally } from './plan-item.ts'
import type { PlanType } from './transfer.ts'

/** Which firmware stores the plan: they differ in what they keep of a waypoint. */
export type ArdupilotBuild = 'copter' | 'plane'

/** A number as it comes out of storage. */
type Keep = (sent: number) => number
const gone: Keep = () => 0
const asFloat: Keep = Math.fround
const whole: Keep = Math.trunc
const byte: Keep = (sent) => Math.min(255, Math.max(0, Math.trunc(sent)))
const flag: Keep = (sent) => (sent > 0 ? 1 : 0)
/** Only the side is stored: a landing and a timed loiter read back with one, whatever was sent. */
const side: Keep = (sent) => (sent < 0 ? -1 : 1)

/** What survives of param1 to param4 of each command; what is not named reads back as zero. */
const KEEPS: Readonly<Record<number, readonly Keep[]>> = {
  [CMD.NAV_WAYPOINT]: [whole],
  [CMD.NAV_LOITER_UNLIM]: [gone, gone, whole],
  [CMD.NAV_LOITER_TIME]: [whole, gone, side, flag],
  [CMD.NAV_RETURN_TO_LAUNCH]: [],
  [CMD.NAV_LAND]: [whole, gone, gone, side],
  [CMD.NAV_TAKEOFF]: [whole],
  [CMD.NAV_DELAY]: [asFloat, whole, whole, whole],
  [CMD.DO_JUMP]: [whole, whole],
  [CMD.DO_CHANGE_SPEED]: [whole, asFloat, asFloat],
  [CMD.DO_SET_HOME]: [whole],
  [CMD.DO_LAND_START]: [],
  [CMD.DO_MOUNT_CONTROL]: [asFloat, asFloat, asFloat],
  [CMD.DO_GIMBAL_MANAGER_PITCHYAW]: [whole, whole, whole, whole],
}
/** A plane keeps its acceptance radius and the distance it passes by, a byte each, and no time to stay. */
const PLANE_WAYPOINT: readonly Keep[] = [gone, byte, byte]
const keepsOf = (command: number, build: ArdupilotBuild): readonly Keep[] | undefined =>
  build === 'plane' && command === CMD.NAV_WAYPOINT ? PLANE_WAYPOINT : KEEPS[command]

const STORED_AS_PLACE: ReadonlySet<number> = new Set([...PLACED, CMD.DO_SET_HOME, CMD.DO_LAND_START])

/** Frame as it is stored: above sea level (also the frame of steps without a place), above home, or refused. */
function storedFrame(frame: number): number | undefined {
  if (frame === 0 || frame === 5 || frame === 2) return 0
  if (frame === 3 || frame === 6) return 3
  return undefined
}

/** What ArduPilot makes of an item: the older frames, heights in whole centimetres, unused fields zero. */
export function storeArdupilotItem(f: ItemFields, missionType: PlanType, build: ArdupilotBuild = 'copter'): Stored {
  if (missionType !== 0) {
    const stored = storeFenceOrRally(f, missionType)
    return 'refused' in stored ? stored : { ...stored, frame: storedFrame(f.frame) ?? 0 }
  }
  const keeps = keepsOf(f.command, build)
  if (keeps === undefined) return { refused: MISSION_RESULT.unsupported }
  const given = [f.param1, f.param2, f.param3, f.param4].map((p) => (Number.isFinite(p) ? p : 0))
  const params = given.map((p, i) => (keeps[i] ?? gone)(p)) as [number, number, number, number]
  if (f.command === CMD.DO_GIMBAL_MANAGER_PITCHYAW)
    return { command: f.command, frame: 0, params, x: f.x, y: 0, z: Math.trunc(f.z) }
  if (!STORED_AS_PLACE.has(f.command)) return { command: f.command, frame: 0, params, x: 0, y: 0, z: 0 }
  const frame = storedFrame(f.frame)
  if (frame === undefined) return { refused: MISSION_RESULT.unsupportedFrame }
  const fault = placeFault(f)
  if (fault !== undefined) return { refused: fault }
  return { command: f.command, frame, params, x: f.x, y: f.y, z: Math.fround(Math.round(f.z * 100) / 100) }
}
