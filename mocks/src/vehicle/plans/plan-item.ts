import type { EncodeFields, TypedMessages } from '@skerry/mavlink-bridge'
import { CMD, FENCE, MISSION_RESULT } from '../mavlink.ts'

/** One stored plan step, as the autopilot keeps it. */
export interface PlanItem {
  readonly command: number
  /** MAV_FRAME on read-back. */
  readonly frame: number
  readonly params: readonly [number, number, number, number]
  /** Degrees x 1e7; lat, lng on the wire as x, y. */
  readonly x: number
  readonly y: number
  readonly z: number
}
export type ItemFields = TypedMessages['MISSION_ITEM_INT']
/** The stored step, or the MAV_MISSION_RESULT that the autopilot answers with. */
export type Stored = PlanItem | { readonly refused: number }

const NAV: ReadonlySet<number> = new Set([
  CMD.NAV_WAYPOINT,
  CMD.NAV_LOITER_UNLIM,
  CMD.NAV_LOITER_TIME,
  CMD.NAV_RETURN_TO_LAUNCH,
  CMD.NAV_LAND,
  CMD.NAV_TAKEOFF,
  CMD.NAV_DELAY,
])
export const PLACED: ReadonlySet<number> = new Set([
  CMD.NAV_WAYPOINT,
  CMD.NAV_LOITER_UNLIM,
  CMD.NAV_LOITER_TIME,
  CMD.NAV_LAND,
  CMD.NAV_TAKEOFF,
])
export const isNav = (item: PlanItem): boolean => NAV.has(item.command)

/** Why a place cannot be one, or undefined. */
export function placeFault(f: ItemFields): number | undefined {
  if (Math.abs(f.x) > 900_000_000) return MISSION_RESULT.invalidX
  if (Math.abs(f.y) > 1_800_000_000) return MISSION_RESULT.invalidY
  return !Number.isFinite(f.z) || Math.abs(f.z) > 80_000 ? MISSION_RESULT.invalidZ : undefined
}

const FENCE_COMMANDS: ReadonlySet<number> = new Set([
  FENCE.returnPoint,
  FENCE.inclusionVertex,
  FENCE.exclusionVertex,
  FENCE.inclusionCircle,
  FENCE.exclusionCircle,
])

/** A fence or rally step: the same on both autopilots. @param missionType 1 fence, 2 rally */
export function storeFenceOrRally(f: ItemFields, missionType: 1 | 2): Stored {
  const known = missionType === 1 ? FENCE_COMMANDS.has(f.command) : f.command === FENCE.rallyPoint
  if (!known) return { refused: MISSION_RESULT.unsupported }
  const fault = placeFault(f)
  if (fault !== undefined) return { refused: fault }
  const isPolygon = f.command === FENCE.inclusionVertex || f.command === FENCE.exclusionVertex
  if (isPolygon && !(f.param1 >= 3)) return { refused: MISSION_RESULT.invalidParam1 }
  const given = [f.param1, f.param2].map((p) => (Number.isFinite(p) ? p : 0))
  const z = missionType === 2 ? f.z : 0
  return { command: f.command, frame: f.frame, params: [given[0]!, given[1]!, 0, 0], x: f.x, y: f.y, z }
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
