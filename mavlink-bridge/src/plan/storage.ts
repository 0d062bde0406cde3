import type { Autopilot, VehicleClass } from '../vehicles/modes.ts'
import type { Kept } from './kept.ts'
import { CMD, FRAME, isPositional, type MissionItem, sameFrame } from './mission-item.ts'
import { ARDUPILOT, ARDUPLANE_WAYPOINT, type Fields } from './storage-ardupilot.ts'
import { PX4, PX4_JUMP } from './storage-px4.ts'

/** Whose storage a plan goes through; `other` also for a fence and rally points, whose manners are those of no mission. */
export type Storage = Autopilot | 'arduplane'

/** Whose storage the missions of a vehicle go through. */
export const storageOf = ({
  autopilot,
  kind,
}: {
  readonly autopilot: Autopilot
  readonly kind: VehicleClass
}): Storage => (autopilot === 'ardupilot' && kind === 'plane' ? 'arduplane' : autopilot)
export const isArdupilot = (storage: Storage): boolean => storage === 'ardupilot' || storage === 'arduplane'

/** The numbers of an item whose meaning depends on its command. */
export const FIELDS = ['param1', 'param2', 'param3', 'param4', 'x', 'y', 'z'] as const
export type Field = (typeof FIELDS)[number]

const AS_IS: Fields = FIELDS.map(() => 'as-is' as const)
/** A command that this table does not know: its parameters must come back, parameters 5 to 7 may be lost. */
const UNKNOWN: Fields = ['as-is', 'as-is', 'as-is', 'as-is', 'newer', 'newer', 'newer']
/** Fence and rally points, the same in both autopilots; and what any autopilot keeps of the steps of our own plans. */
const OTHER: ReadonlyMap<number, Fields> = new Map<number, Fields>([
  [CMD.waypoint, ['as-is']],
  [CMD.takeoff, []],
  [CMD.land, []],
  [CMD.returnToLaunch, []],
  [CMD.changeSpeed, ['as-is', 'as-is', 'as-is']],
  [CMD.mountControl, ['as-is', 'as-is', 'as-is']],
  [CMD.fenceInclusionVertex, ['as-is']],
  [CMD.fenceExclusionVertex, ['as-is']],
  [CMD.fenceInclusionCircle, ['as-is']],
  [CMD.fenceExclusionCircle, ['as-is']],
  [CMD.rallyPoint, []],
])

/** What is kept of one number of an item; of x, y and z only where the command has no place there. */
export const keptOf = (item: MissionItem, field: Field, storage: Storage): Kept =>
  fieldsOf(item, storage)[FIELDS.indexOf(field)] ?? 'nothing'

function fieldsOf({ command, frame }: MissionItem, storage: Storage): Fields {
  switch (storage) {
    case 'px4':
      if (frame !== FRAME.mission) return PX4.get(command) ?? UNKNOWN
      return command === CMD.jump ? PX4_JUMP : AS_IS
    case 'arduplane':
      return command === CMD.waypoint ? ARDUPLANE_WAYPOINT : (ARDUPILOT.get(command) ?? UNKNOWN)
    case 'ardupilot':
      return ARDUPILOT.get(command) ?? UNKNOWN
    case 'other':
      return OTHER.get(command) ?? UNKNOWN
  }
}

/**
 * MAV_FRAME of a place as it is meant after storage, the _INT one. ArduPilot stores MAV_FRAME_MISSION as a height above
 * the sea: where the item names no place that changes nothing, elsewhere nobody had said so.
 */
export function storedFrame(item: MissionItem, storage: Storage): number {
  const nowhere = item.x === 0 && item.y === 0 && item.z === 0
  const isMeant = isArdupilot(storage) && item.frame === FRAME.mission && nowhere && isPositional(item.command)
  return isMeant ? FRAME.globalInt : sameFrame(item.frame)
}

/** x or y of a place, degrees x 1e7, after storage: PX4 keeps those in MAV_FRAME_MISSION as float32. */
export const storedPlace = (item: MissionItem, name: 'x' | 'y', storage: Storage): number =>
  storage === 'px4' && item.frame === FRAME.mission ? Math.fround(item[name]) : item[name]
