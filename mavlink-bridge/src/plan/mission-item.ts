import type { TypedMessages } from '../wire/typed-messages.ts'

/** One item as it stands on the wire, without addresses. Global positions are degrees x 1e7; z is metres. */
export type MissionItem = Omit<
  Readonly<TypedMessages['MISSION_ITEM_INT']>,
  'target_system' | 'target_component' | 'mission_type'
>

export const CMD = {
  waypoint: 16,
  returnToLaunch: 20,
  land: 21,
  takeoff: 22,
  changeSpeed: 178,
  mountControl: 205,
  fenceReturnPoint: 5000,
  fenceInclusionVertex: 5001,
  fenceExclusionVertex: 5002,
  fenceInclusionCircle: 5003,
  fenceExclusionCircle: 5004,
  rallyPoint: 5100,
} as const

export const FRAME = { global: 0, mission: 2, globalRelative: 3, globalInt: 5, globalRelativeInt: 6 } as const

/** Commands whose x, y and z are a place; of the others autopilots keep the parameters only. */
const FENCE_AND_RALLY = [5000, 5001, 5002, 5003, 5004, 5100]
const POSITIONAL: ReadonlySet<number> = new Set([
  CMD.waypoint,
  CMD.land,
  CMD.takeoff,
  17,
  18,
  19,
  31,
  82,
  ...FENCE_AND_RALLY,
])
export const isPositional = (command: number): boolean => POSITIONAL.has(command)

/** The _INT frames and the older ones mean the same place: ArduPilot answers with the older ones. */
export const sameFrame = (frame: number): number =>
  frame === FRAME.global ? FRAME.globalInt : frame === FRAME.globalRelative ? FRAME.globalRelativeInt : frame
