import type { DroneMove } from '@skerry/contract'
import type { Session } from './session.ts'

/** Tells of every new position of a vehicle as it comes in. Returns its own undo. */
export function watchMoves(
  session: Pick<Session, 'watch'>,
  droneId: string,
  moved: (move: DroneMove) => void,
): () => void {
  let told: unknown
  return session.watch(({ positions, headingDeg, groundSpeedMps }) => {
    const newest = positions.at(-1)
    if (newest === undefined || newest === told) return
    told = newest
    moved({ droneId, lngLat: newest.lngLat, atMs: newest.atMs, headingDeg, groundSpeedMps })
  })
}
