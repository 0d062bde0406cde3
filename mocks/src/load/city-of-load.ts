import type { LoadPorts } from './declare.ts'
import type { Fleet } from './fleet.ts'
import type { Pose } from './route.ts'
import type { SendLog } from './send-log.ts'

/** What everything that speaks shares. */
export interface LoadCity {
  readonly fleet: Fleet
  readonly ports: LoadPorts
  /** Where the key of the terminals is. */
  readonly folder: string
  readonly mavlink: { host: string; port: number }
  readonly log: SendLog
  /** Wall time of a word that is due so long after the start; starts at a whole second. */
  readonly at: (dueMs: number) => number
  readonly onStop: (stop: () => unknown) => void
}
export const HOST = '127.0.0.1'

/** Evenly spread, the same for the same index; never at the very end of a round, where a timer could slip into the next. */
export const phase = (index: number, everyMs: number): number => ((index * 0.618_034) % 1) * everyMs * 0.98

/** As the protocol carries it: the log tells what was really said. @param digits after the point, of degrees */
export const rounded = (pose: Pose, digits: number): Pose => ({
  ...pose,
  lngLat: [Number(pose.lngLat[0].toFixed(digits)), Number(pose.lngLat[1].toFixed(digits))],
})
