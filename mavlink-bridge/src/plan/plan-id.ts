import { createHash } from 'node:crypto'
import type { Autopilot } from '../vehicles/modes.ts'
import { storedValue } from './kept.ts'
import { CMD, isPositional, type MissionItem, sameFrame } from './mission-item.ts'
import { type Field, FIELDS, keptOf, storedFrame } from './storage.ts'

const PARAMS = FIELDS.slice(0, 4)
/**
 * Parameters that are always part of a name, by command; for a command that is not here, all of them. The others are
 * part of it only where they say something, so that the names of plans that were flown stay.
 */
const NAMED: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
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
const namedOf = (command: number): readonly Field[] => NAMED.get(command) ?? PARAMS

/**
 * Name of a plan: 16 hex digits of the SHA-256 over what its items mean, as an autopilot stores and rounds it. The same
 * plan has the same name before and after a trip through a vehicle; home and where the vehicle stands at take-off are
 * not part of it. What a step of our own says beyond what is kept of it makes another name.
 */
export function planId(items: readonly MissionItem[], autopilot: Autopilot): string {
  const own = (autopilot === 'ardupilot' ? items.slice(1) : items).map((item) => asStored(item, autopilot))
  const text = own.map((item) => [...meaning(item), ...unusual(item, autopilot)].join(',')).join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** An item as it reads back. What is not kept stays where it may tell two plans apart. */
function asStored(item: MissionItem, autopilot: Autopilot): MissionItem {
  if (autopilot === 'other') return item
  const numbers = isPositional(item.command) ? PARAMS : FIELDS
  const stored: Partial<Record<Field, number>> = {}
  for (const name of numbers) {
    const kept = keptOf(item, name, autopilot)
    if (kept !== 'nothing' || !NAMED.has(item.command)) stored[name] = storedValue(kept, item[name])
  }
  return { ...item, ...stored, frame: storedFrame(item, autopilot) }
}

function meaning(item: MissionItem): (number | string)[] {
  const params = namedOf(item.command).map((name) => hundredths(item[name]))
  if (!isPositional(item.command)) return [item.command, ...params]
  const z = hundredths(item.z)
  if (item.command === CMD.takeoff) return [item.command, sameFrame(item.frame), z]
  return [item.command, sameFrame(item.frame), ...params, item.x, item.y, z]
}

/** All else that an item says: only where it says something, so that the names of plans that were flown stay. */
function unusual(item: MissionItem, autopilot: Autopilot): string[] {
  const named = namedOf(item.command)
  const others = (isPositional(item.command) ? PARAMS : FIELDS).filter((name) => !named.includes(name))
  const said = others.filter((name) => !isPlain(item, name, autopilot))
  const stops = autopilot !== 'other' && item.autocontinue === 0 ? ['stops'] : []
  return [...said.map((name) => `${name}=${hundredths(item[name])}`), ...stops]
}

const YAW: ReadonlySet<number> = new Set([CMD.waypoint, CMD.takeoff, CMD.land])
/** What a field says where nothing in particular is meant. */
function isPlain(item: MissionItem, name: Field, autopilot: Autopilot): boolean {
  const value = item[name]
  if (item.command === CMD.changeSpeed && name === 'param3') return value === -1
  if (item.command === CMD.mountControl && name === 'z') return value === 0 || value === 2
  if (autopilot === 'px4' && name === 'param4' && YAW.has(item.command)) return Number.isNaN(value)
  // A landing that turns to the right, as every one does that does not say.
  if (autopilot === 'ardupilot' && name === 'param4' && item.command === CMD.land) return value === 1
  return value === 0 || Number.isNaN(value)
}

/** Through a float32, as on the wire: 24.3 must not be another plan than what comes back for it. */
const hundredths = (value: number): number | string =>
  Number.isNaN(value) ? '-' : Math.round(Math.fround(value) * 100)
