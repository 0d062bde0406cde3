import type { EncodeFields, TypedMessages } from '@skerry/mavlink-bridge'
import { CMD, MISSION_RESULT } from './mavlink.ts'

/** One stored plan step, as the autopilot keeps it: heights in whole centimetres, unused fields zero. */
export interface PlanItem {
  readonly command: number
  /** MAV_FRAME on read-back: 0 above mean sea level, 3 above home, 0 for steps without a place. */
  readonly frame: number
  readonly params: readonly [number, number, number, number]
  /** Degrees x 1e7; lat, lng on the wire as x, y. */
  readonly x: number
  readonly y: number
  readonly z: number
}

type ItemFields = TypedMessages['MISSION_ITEM_INT']
const MISSION = 0
const NAV: ReadonlySet<number> = new Set([
  CMD.NAV_WAYPOINT,
  CMD.NAV_LOITER_UNLIM,
  CMD.NAV_LOITER_TIME,
  CMD.NAV_RETURN_TO_LAUNCH,
  CMD.NAV_LAND,
  CMD.NAV_TAKEOFF,
  CMD.NAV_DELAY,
])
/** Which parameters of a command survive storage; the others read back as zero. */
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
const PLACED: ReadonlySet<number> = new Set([
  CMD.NAV_WAYPOINT,
  CMD.NAV_LOITER_UNLIM,
  CMD.NAV_LOITER_TIME,
  CMD.NAV_LAND,
  CMD.NAV_TAKEOFF,
])

export const isNav = (item: PlanItem): boolean => NAV.has(item.command)

/** Frame as it is stored: above sea level, above home, or refused. */
function storedFrame(frame: number): number | undefined {
  if (frame === 0 || frame === 5) return 0
  if (frame === 3 || frame === 6) return 3
  return undefined
}

const place = (f: ItemFields, frame: number): Pick<PlanItem, 'frame' | 'x' | 'y' | 'z'> => ({
  frame,
  x: f.x,
  y: f.y,
  z: Math.fround(Math.round(f.z * 100) / 100),
})

/** What the autopilot makes of an item that was sent: the stored step, or the MAV_MISSION_RESULT it answers with. */
export function storeItem(f: ItemFields, missionType: number): PlanItem | { refused: number } {
  const given = [f.param1, f.param2, f.param3, f.param4].map((p) => (Number.isFinite(p) ? p : 0))
  if (missionType !== MISSION) {
    return { command: f.command, frame: storedFrame(f.frame) ?? 0, params: [given[0]!, 0, 0, 0], x: f.x, y: f.y, z: 0 }
  }
  const keeps = KEEPS[f.command]
  if (keeps === undefined) return { refused: MISSION_RESULT.unsupported }
  const params = given.map((p, i) => (keeps.includes(i) ? Math.fround(p) : 0)) as [number, number, number, number]
  if (f.command === CMD.DO_GIMBAL_MANAGER_PITCHYAW)
    return { command: f.command, frame: 0, params, x: f.x, y: 0, z: Math.trunc(f.z) }
  if (!PLACED.has(f.command)) return { command: f.command, frame: 0, params, x: 0, y: 0, z: 0 }
  const frame = storedFrame(f.frame)
  if (frame === undefined) return { refused: MISSION_RESULT.unsupportedFrame }
  if (Math.abs(f.x) > 900_000_000) return { refused: MISSION_RESULT.invalidX }
  if (Math.abs(f.y) > 1_800_000_000) return { refused: MISSION_RESULT.invalidY }
  if (!Number.isFinite(f.z) || Math.abs(f.z) > 80_000) return { refused: MISSION_RESULT.invalidZ }
  return { command: f.command, params, ...place(f, frame) }
}

/** The fields of a stored step for a ground station that reads it. */
export const itemFields = (
  item: PlanItem,
  seq: number,
  missionType: number,
  to: { sys: number; comp: number },
): EncodeFields<'MISSION_ITEM_INT'> => ({
  target_system: to.sys,
  target_component: to.comp,
  seq,
  frame: item.frame,
  command: item.command,
  current: 0,
  autocontinue: 1,
  param1: item.params[0],
  param2: item.params[1],
  param3: item.params[2],
  param4: item.params[3],
  x: item.x,
  y: item.y,
  z: item.z,
  mission_type: missionType,
})
