import { CMD, isPositional, type MissionItem, sameFrame } from './mission-item.ts'

/** Where the plan in the vehicle is not the plan that was sent. `seq` counts as the autopilot does. */
export interface Difference {
  readonly seq: number
  /** The field as MAVLink names it, what was sent and what was read. */
  readonly what: string
}

/** Two units of 1e-7 degrees: about 2 cm, what a round trip through an autopilot's storage may move. */
const PLACE_TOLERANCE = 2
/** Heights are stored in centimetres. */
const HEIGHT_TOLERANCE_M = 0.011
const PARAM_TOLERANCE = 0.011

/** Parameters that mean something and that autopilots keep; the rest comes back as zero or as it likes. */
const PARAMS: ReadonlyMap<number, readonly ('param1' | 'param2' | 'param3' | 'param4')[]> = new Map([
  [CMD.waypoint, ['param1']],
  [CMD.takeoff, []],
  [CMD.land, []],
  [CMD.returnToLaunch, []],
  [CMD.changeSpeed, ['param1', 'param2']],
  [CMD.mountControl, ['param1', 'param2', 'param3']],
  [CMD.fenceInclusionVertex, ['param1']],
  [CMD.fenceExclusionVertex, ['param1']],
  [CMD.fenceInclusionCircle, ['param1']],
  [CMD.fenceExclusionCircle, ['param1']],
  [CMD.rallyPoint, []],
])
export const paramsThatCount = (command: number): readonly ('param1' | 'param2' | 'param3' | 'param4')[] =>
  PARAMS.get(command) ?? ['param1', 'param2', 'param3', 'param4']

/**
 * Compares what was sent with what was read back, value by value with the rounding that storage needs. ArduPilot's
 * item 0 (home) is its own and not compared. Empty: they are the same plan.
 */
export function compareMissions(
  sent: readonly MissionItem[],
  read: readonly MissionItem[],
  autopilot: 'ardupilot' | 'px4' | 'other',
): Difference[] {
  if (sent.length !== read.length)
    return [{ seq: Math.min(sent.length, read.length), what: `count ${sent.length} → ${read.length}` }]
  const first = autopilot === 'ardupilot' ? 1 : 0
  return sent.slice(first).flatMap((item, i) => {
    const other = read[first + i]
    const what = other === undefined ? 'missing' : differenceOf(item, other)
    return what === null ? [] : [{ seq: first + i, what }]
  })
}

function differenceOf(sent: MissionItem, read: MissionItem): string | null {
  if (sent.command !== read.command) return `command ${sent.command} → ${read.command}`
  for (const name of paramsThatCount(sent.command)) {
    if (!near(sent[name], read[name], PARAM_TOLERANCE)) return `${name} ${sent[name]} → ${read[name]}`
  }
  if (!isPositional(sent.command)) return null
  if (sameFrame(sent.frame) !== sameFrame(read.frame)) return `frame ${sent.frame} → ${read.frame}`
  if (Math.abs(sent.x - read.x) > PLACE_TOLERANCE || Math.abs(sent.y - read.y) > PLACE_TOLERANCE)
    return `x, y ${sent.x}, ${sent.y} → ${read.x}, ${read.y}`
  return near(sent.z, read.z, HEIGHT_TOLERANCE_M) ? null : `z ${sent.z} m → ${read.z} m`
}

/** NaN means "as it is" and agrees with itself only. */
const near = (a: number, b: number, tolerance: number): boolean =>
  Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) && Number.isNaN(b) : Math.abs(a - b) <= tolerance
