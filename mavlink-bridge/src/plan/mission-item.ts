import type { TypedMessages } from '../wire/typed-messages.ts'

/** One item as it stands on the wire, without addresses. Global positions are degrees x 1e7; z is metres. */
export type MissionItem = Omit<
  Readonly<TypedMessages['MISSION_ITEM_INT']>,
  'target_system' | 'target_component' | 'mission_type'
>

export const CMD = {
  waypoint: 16,
  loiterUnlimited: 17,
  loiterTurns: 18,
  loiterTime: 19,
  returnToLaunch: 20,
  land: 21,
  takeoff: 22,
  loiterToAltitude: 31,
  jump: 177,
  changeSpeed: 178,
  setHome: 179,
  landStart: 189,
  mountControl: 205,
  fenceReturnPoint: 5000,
  fenceInclusionVertex: 5001,
  fenceExclusionVertex: 5002,
  fenceInclusionCircle: 5003,
  fenceExclusionCircle: 5004,
  rallyPoint: 5100,
} as const

export const FRAME = {
  global: 0,
  mission: 2,
  globalRelative: 3,
  globalInt: 5,
  globalRelativeInt: 6,
  globalTerrain: 10,
  globalTerrainInt: 11,
} as const

/** Commands whose x, y and z are a place; for the others they are parameters 5 to 7. */
const FENCE_AND_RALLY = [5000, 5001, 5002, 5003, 5004, 5100]
const POSITIONAL: ReadonlySet<number> = new Set([
  CMD.waypoint,
  CMD.land,
  CMD.takeoff,
  CMD.loiterUnlimited,
  CMD.loiterTurns,
  CMD.loiterTime,
  CMD.loiterToAltitude,
  // Change height and go on, spline, VTOL take-off and landing, payload.
  30,
  82,
  84,
  85,
  94,
  CMD.setHome,
  CMD.landStart,
  // Start of the way back, go-around, reposition, region of interest by place (new and old), gate.
  188,
  191,
  192,
  195,
  201,
  4501,
  ...FENCE_AND_RALLY,
])
export const isPositional = (command: number): boolean => POSITIONAL.has(command)

/** The _INT frames and the older ones mean the same place: ArduPilot answers with the older ones. */
export function sameFrame(frame: number): number {
  switch (frame) {
    case FRAME.global:
      return FRAME.globalInt
    case FRAME.globalRelative:
      return FRAME.globalRelativeInt
    case FRAME.globalTerrainInt:
      return FRAME.globalTerrain
    default:
      return frame
  }
}
