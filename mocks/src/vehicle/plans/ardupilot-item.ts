import { CMD, MISSION_RESULT } from '../mavlink.ts'
import { type ItemFields, PLACED, placeFault, type Stored, storeFenceOrRally } from './plan-item.ts'
import type { PlanType } from './transfer.ts'

/** Which parameters of a command survive ArduPilot's storage; the others read back as zero. */
const KEEPS: Readonly<Record<number, readonly number[]>> = {
  [CMD.NAV_WAYPOINT]: [0, 1],
  [CMD.NAV_LOITER_UNLIM]: [],
  [CMD.NAV_LOITER_TIME]: [0],
  [CMD.NAV_RETURN_TO_LAUNCH]: [],
  [CMD.NAV_LAND]: [0],
  [CMD.NAV_TAKEOFF]: [0],
  [CMD.NAV_DELAY]: [0, 1, 2, 3],
  [CMD.DO_JUMP]: [0, 1],
  [CMD.DO_CHANGE_SPEED]: [0, 1, 2],
  [CMD.DO_MOUNT_CONTROL]: [0, 1, 2],
  [CMD.DO_GIMBAL_MANAGER_PITCHYAW]: [0, 1, 2, 3],
}

/** Frame as it is stored: above sea level, above home, or refused. */
function storedFrame(frame: number): number | undefined {
  if (frame === 0 || frame === 5) return 0
  if (frame === 3 || frame === 6) return 3
  return undefined
}

/** What ArduPilot makes of an item: the older frames, heights in whole centimetres, unused fields zero. */
export function storeArdupilotItem(f: ItemFields, missionType: PlanType): Stored {
  if (missionType !== 0) {
    const stored = storeFenceOrRally(f, missionType)
    return 'refused' in stored ? stored : { ...stored, frame: storedFrame(f.frame) ?? 0 }
  }
  const keeps = KEEPS[f.command]
  if (keeps === undefined) return { refused: MISSION_RESULT.unsupported }
  const given = [f.param1, f.param2, f.param3, f.param4].map((p) => (Number.isFinite(p) ? p : 0))
  const params = given.map((p, i) => (keeps.includes(i) ? Math.fround(p) : 0)) as [number, number, number, number]
  if (f.command === CMD.DO_GIMBAL_MANAGER_PITCHYAW)
    return { command: f.command, frame: 0, params, x: f.x, y: 0, z: Math.trunc(f.z) }
  if (!PLACED.has(f.command)) return { command: f.command, frame: 0, params, x: 0, y: 0, z: 0 }
  const frame = storedFrame(f.frame)
  if (frame === undefined) return { refused: MISSION_RESULT.unsupportedFrame }
  const fault = placeFault(f)
  if (fault !== undefined) return { refused: fault }
  return { command: f.command, frame, params, x: f.x, y: f.y, z: Math.fround(Math.round(f.z * 100) / 100) }
}
