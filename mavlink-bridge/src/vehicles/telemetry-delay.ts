import type { Vehicle } from './vehicle.ts'

/** Two clocks that were compared over a link agree to half its round trip: slightly before it was sent is "at once". */
const EARLIEST_MS = -500
/** Beyond this the vehicle answers TIMESYNC with another clock than the one in its messages. */
const LATEST_MS = 60_000

/**
 * How old the newest position was when it came in, ms: what a queue on the way adds, which no time of receipt shows.
 * Null where the clocks were not compared, or cannot be.
 * @param clockOffsetMs the vehicle's clock ahead of ours
 */
export function telemetryDelayMs(vehicle: Vehicle, clockOffsetMs: number | null): number | null {
  const newest = vehicle.positions.at(-1)
  if (newest?.bootMs === undefined || clockOffsetMs === null) return null
  const delayMs = newest.atMs - (newest.bootMs - clockOffsetMs)
  return delayMs < EARLIEST_MS || delayMs > LATEST_MS ? null : Math.max(0, delayMs)
}
