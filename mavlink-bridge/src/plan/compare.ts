import { agrees, near } from './kept.ts'
import { CMD, isPositional, type MissionItem } from './mission-item.ts'
import { type Field, FIELDS, isArdupilot, keptOf, type Storage, storedFrame, storedPlace } from './storage.ts'

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

export interface Slack {
  /** Where the take-off item may stand away from where it was expected, units of 1e-7 degrees. */
  readonly takeoff: number
}
/** Fifty metres of latitude: by so much home is moved between two starts on one pad. */
export const HOME_MOVED: Slack = { takeoff: 4500 }

/**
 * Compares what was sent with what was read back, field by field, each as that storage keeps it: what it has no room
 * for is no difference where it reads as storage makes it read. ArduPilot's item 0 (home) is its own and not compared.
 * Empty: they are the same plan.
 */
export function compareMissions(
  sent: readonly MissionItem[],
  read: readonly MissionItem[],
  storage: Storage,
  slack: Slack = { takeoff: PLACE_TOLERANCE },
): Difference[] {
  if (sent.length !== read.length)
    return [{ seq: Math.min(sent.length, read.length), what: `count ${sent.length} → ${read.length}` }]
  const first = isArdupilot(storage) ? 1 : 0
  return sent.slice(first).flatMap((item, i) => {
    const other = read[first + i]
    const what = other === undefined ? 'missing' : differenceOf(item, other, storage, slack)
    return what === null ? [] : [{ seq: first + i, what }]
  })
}

/**
 * What was sent and did not outlast the storage, in two plans that are the same for `compareMissions`: a radius that was
 * cut to a byte, a time to stay that a plane has no room for. Each field on its own.
 */
export function notKept(sent: readonly MissionItem[], read: readonly MissionItem[], storage: Storage): Difference[] {
  const first = isArdupilot(storage) ? 1 : 0
  return sent.slice(first).flatMap((item, i) => {
    const other = read[first + i]
    if (other === undefined) return []
    const lost = numbersOf(item).filter((name) => isLost(item, other, name, storage))
    return lost.map((name) => ({ seq: first + i, what: changeOf(item, other, name) }))
  })
}

function differenceOf(sent: MissionItem, read: MissionItem, storage: Storage, slack: Slack): string | null {
  const { command } = sent
  if (command !== read.command) return changeOf(sent, read, 'command')
  const number = numbersOf(sent).find((name) => !agrees(keptOf(sent, name, storage), sent[name], read[name]))
  if (number !== undefined) return changeOf(sent, read, number)
  // Of a fence nobody keeps it; a mission that stops at an item is another one.
  if (storage !== 'other' && sent.autocontinue !== read.autocontinue) return changeOf(sent, read, 'autocontinue')
  if (!isPositional(command)) return null
  if (storedFrame(sent, storage) !== storedFrame(read, storage)) return changeOf(sent, read, 'frame')
  const tolerance = command === CMD.takeoff ? slack.takeoff : PLACE_TOLERANCE
  const isThere = (['x', 'y'] as const).every((name) => near(storedPlace(sent, name, storage), read[name], tolerance))
  if (!isThere) return `x, y ${sent.x}, ${sent.y} → ${read.x}, ${read.y}`
  return near(sent.z, read.z, HEIGHT_TOLERANCE_M) ? null : `z ${sent.z} m → ${read.z} m`
}

/** The numbers that are parameters; of a place only the first four. */
const numbersOf = ({ command }: MissionItem): readonly Field[] => (isPositional(command) ? FIELDS.slice(0, 4) : FIELDS)

/** Something was said, not only left unset, and what is stored does not say it. A turn more or less says the same. */
function isLost(sent: MissionItem, read: MissionItem, name: Field, storage: Storage): boolean {
  const said = !Number.isNaN(sent[name]) && sent[name] !== 0
  // Parameter 7 of a mount says who sets its angles, which is always us.
  const isOurs = sent.command === CMD.mountControl && name === 'z'
  return said && !isOurs && keptOf(sent, name, storage) !== 'heading' && !near(sent[name], read[name])
}

const changeOf = (sent: MissionItem, read: MissionItem, name: keyof MissionItem): string =>
  `${name} ${sent[name]} → ${read[name]}`
