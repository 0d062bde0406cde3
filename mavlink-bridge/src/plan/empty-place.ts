import { CMD } from './mission-item.ts'

interface Command {
  readonly command: number
  readonly params: readonly (number | null | undefined)[]
}
type Dialect = 'ardupilot' | 'px4' | 'other'
type Part = 'place' | 'height'

/** Way home, wait for a height, guided, delay: no place in them, whatever their frame says. */
const NOWHERE: ReadonlySet<number> = new Set([CMD.returnToLaunch, 83, 92, 93])
/**
 * Zeros mean "none" by the definition of the command (common.xml): start of the way back, start of a landing, go-around
 * (which has a height only in param 1).
 */
const MARKS: ReadonlySet<number> = new Set([188, CMD.landStart, 191])
/** Change height and go on: params 5 and 6 are empty by definition. */
const HEIGHT_ONLY = 30
const OLDER_ROI = 201
const ROI_LOCATION = 3
/**
 * ArduPilot takes zeros for "where it is" (AP_Mission, Location::sanitize; ArduCopter, loc_from_cmd): take-offs,
 * landings, loiters, putting the payload down. PX4 would fly there.
 */
const HERE_ON_ARDUPILOT: ReadonlySet<number> = new Set([
  CMD.takeoff,
  CMD.land,
  CMD.loiterUnlimited,
  CMD.loiterTurns,
  CMD.loiterTime,
  CMD.loiterToAltitude,
  84,
  85,
  94,
])
/** Of those, the ones that are about a height: without it there is nothing to do. */
const NEEDS_HEIGHT: ReadonlySet<number> = new Set([CMD.takeoff, CMD.loiterToAltitude, 84])

/** True where an item may leave its place or its height empty (sent as zeros), because the autopilot has a meaning for that. */
export function mayBeEmpty({ command, params: [p1] }: Command, part: Part, dialect: Dialect): boolean {
  if (NOWHERE.has(command) || MARKS.has(command)) return true
  if (command === HEIGHT_ONLY) return part === 'place'
  if (command === OLDER_ROI) return p1 !== ROI_LOCATION
  // 1: the place where it is.
  if (command === CMD.setHome) return p1 === 1
  if (dialect !== 'ardupilot' || !HERE_ON_ARDUPILOT.has(command)) return false
  return part === 'place' || !NEEDS_HEIGHT.has(command)
}
