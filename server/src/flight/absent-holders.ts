import type { AbsentHolder } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'

/** An open console shows itself once a minute: younger silence means nothing. */
const WORTH_TELLING_MS = 90_000

/**
 * Drones whose holder has shown no sign of life for a while: no open console, no request. Whoever took a drone just now
 * was there then, and after a start of the server everybody counts as there at its start.
 */
export function absentHolders(
  picture: Picture,
  seenAtMs: (seatId: string) => number | null,
  startedAtMs: number,
  nowMs: number,
): AbsentHolder[] {
  return [...picture.drone.values()].flatMap(({ id, lease }) => {
    if (lease === null) return []
    const forMs = nowMs - Math.max(seenAtMs(lease.seatId) ?? startedAtMs, lease.takenAtMs)
    return forMs > WORTH_TELLING_MS ? [{ droneId: id, forMs }] : []
  })
}
