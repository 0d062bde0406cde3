import { CMD, MISSION_RESULT } from '../mavlink.ts'
import { type ItemFields, placeFault, type Stored, storeFenceOrRally } from './plan-item.ts'
import type { PlanType } from './transfer.ts'

const KNOWN: ReadonlySet<number> = new Set([
  CMD.NAV_WAYPOINT,
  CMD.NAV_LOITER_UNLIM,
  CMD.NAV_LOITER_TIME,
  CMD.NAV_RETURN_TO_LAUNCH,
  CMD.NAV_LAND,
  CMD.NAV_TAKEOFF,
  CMD.NAV_DELAY,
  CMD.DO_JUMP,
  CMD.DO_CHANGE_SPEED,
  CMD.DO_SET_HOME,
  CMD.DO_LAND_START,
  CMD.DO_MOUNT_CONTROL,
  CMD.DO_GIMBAL_MANAGER_PITCHYAW,
])
const MISSION_FRAME = 2

/** A number as it comes out of storage. */
type Keep = (sent: number) => number
const gone: Keep = () => 0
const asFloat: Keep = Math.fround
const whole: Keep = (sent) => (Number.isNaN(sent) ? 0 : Math.trunc(sent))
const flag: Keep = (sent) => (sent > 0 ? 1 : 0)
/** Radians from 0 to a full turn, float32; NaN stays ("as it is"). */
function yaw(sentDeg: number): number {
  const rad = Math.fround((sentDeg * Math.PI) / 180) % (2 * Math.PI)
  return Math.fround((Math.fround(rad < 0 ? rad + 2 * Math.PI : rad) * 180) / Math.PI)
}

/** What survives of param1 to param4 of a step with a place. */
const KEEPS: Readonly<Record<number, readonly [Keep, Keep, Keep, Keep]>> = {
  [CMD.NAV_WAYPOINT]: [asFloat, asFloat, gone, yaw],
  [CMD.NAV_LOITER_UNLIM]: [gone, gone, asFloat, yaw],
  [CMD.NAV_LOITER_TIME]: [asFloat, flag, asFloat, flag],
  [CMD.NAV_LAND]: [gone, whole, gone, yaw],
  [CMD.NAV_TAKEOFF]: [gone, gone, gone, yaw],
}

/** An int32 that was a float32 on the way. */
const asInt = (sent: number): number => Math.min(0x7fff_ffff, Math.fround(sent))

/** The _INT frames are what PX4 gives back; others than these it does not fly. */
function storedFrame(frame: number): number | undefined {
  if (frame === 0 || frame === 5) return 5
  if (frame === 3 || frame === 6) return 6
  return undefined
}

/** What PX4 makes of an item: float32, NaN kept ("as it is"), places only where a command has one. */
export function storePx4Item(f: ItemFields, missionType: PlanType): Stored {
  if (missionType !== 0) return storeFenceOrRally(f, missionType)
  if (!KNOWN.has(f.command)) return { refused: MISSION_RESULT.unsupported }
  const sent = [f.param1, f.param2, f.param3, f.param4] as const
  const keeps = KEEPS[f.command]
  // A step without a place keeps its last three fields as parameters 5 to 7, all as float32.
  if (keeps === undefined) {
    const params = sent.map(Math.fround) as [number, number, number, number]
    return {
      command: f.command,
      frame: MISSION_FRAME,
      params,
      x: asInt(f.x),
      y: asInt(f.y),
      z: Math.fround(f.z),
    }
  }
  const frame = storedFrame(f.frame)
  if (frame === undefined) return { refused: MISSION_RESULT.unsupportedFrame }
  const fault = placeFault(f)
  if (fault !== undefined) return { refused: fault }
  const params = keeps.map((keep, i) => keep(sent[i]!)) as [number, number, number, number]
  return { command: f.command, frame, params, x: f.x, y: f.y, z: Math.fround(f.z) }
}
