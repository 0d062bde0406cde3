import { createHash } from 'node:crypto'
import { paramsThatCount } from './compare.ts'
import { CMD, isPositional, type MissionItem, sameFrame } from './mission-item.ts'

/**
 * Name of a plan: 16 hex digits of the SHA-256 over what its items mean, rounded as an autopilot's storage rounds. The
 * same plan has the same name before and after a trip through a vehicle; home and where the vehicle stands at take-off
 * are not part of it.
 */
export function planId(items: readonly MissionItem[], autopilot: 'ardupilot' | 'px4' | 'other'): string {
  const own = autopilot === 'ardupilot' ? items.slice(1) : items
  const text = own.map((item) => meaning(item).join(',')).join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function meaning(item: MissionItem): (number | string)[] {
  const params = paramsThatCount(item.command).map((name) => hundredths(item[name]))
  if (!isPositional(item.command)) return [item.command, ...params]
  const z = hundredths(item.z)
  if (item.command === CMD.takeoff) return [item.command, sameFrame(item.frame), z]
  return [item.command, sameFrame(item.frame), ...params, item.x, item.y, z]
}

/** Through a float32, as on the wire: 24.3 must not be another plan than what comes back for it. */
const hundredths = (value: number): number | string =>
  Number.isNaN(value) ? '-' : Math.round(Math.fround(value) * 100)
