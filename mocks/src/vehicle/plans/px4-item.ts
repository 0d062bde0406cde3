import { CMD, MISSION_RESULT } from '../mavlink.ts'
import { type ItemFields, PLACED, placeFault, type PlanItem, type Stored, storeFenceOrRally } from './plan-item.ts'
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
  CMD.DO_MOUNT_CONTROL,
  CMD.DO_GIMBAL_MANAGER_PITCHYAW,
])
const MISSION_FRAME = 2

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
  const params: PlanItem['params'] = [
    Math.fround(f.param1),
    Math.fround(f.param2),
    Math.fround(f.param3),
    Math.fround(f.param4),
  ]
  // A step without a place keeps its last three fields as parameters 5 to 7.
  if (!PLACED.has(f.command))
    return { command: f.command, frame: MISSION_FRAME, params, x: f.x, y: f.y, z: Math.fround(f.z) }
  const frame = storedFrame(f.frame)
  if (frame === undefined) return { refused: MISSION_RESULT.unsupportedFrame }
  const fault = placeFault(f)
  return fault === undefined
    ? { command: f.command, frame, params, x: f.x, y: f.y, z: Math.fround(f.z) }
    : { refused: fault }
}
