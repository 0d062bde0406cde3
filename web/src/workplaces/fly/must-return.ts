import type { DroneStatus, LngLat } from '@skerry/contract'
import { lineDistanceM } from '../../format/distance.ts'
import { bearingDeg } from './bearing.ts'

/** Share of the whole battery that must be left after landing; the tasks are cut with the same. */
export const LANDING_SHARE = 0.2
/** Last part of a descent over the take-off point, slow enough for every multicopter. */
const DESCENT_MPS = 1.5
/** Slowest way home that still counts as one: against more wind than that nobody can say when it arrives. */
const SLOWEST_MPS = 2

/**
 * Seconds until the aircraft must turn home to land with the reserve left. From its own estimate of the time to empty, the
 * straight way home against the reported wind, and the descent. Null where any of these is unknown; below 0: overdue.
 * @param cruiseMps speed through the air on the way home, metres per second
 */
export function mustReturnInS(status: DroneStatus | null, cruiseMps: number, nowMs: number): number | null {
  const remainingS = status?.battery?.remainingS ?? null
  const share = status?.battery?.remainingShare ?? null
  const position = status?.position ?? null
  if (status === null || remainingS === null || share === null || share <= 0) return null
  if (position === null || position.heightAboveTakeoffM === null || status.home === null) return null
  const reserveS = (LANDING_SHARE * remainingS) / share
  const homeS = wayHomeS(position.lngLat, status.home.lngLat, cruiseMps, status.wind)
  const descentS = Math.max(0, position.heightAboveTakeoffM) / DESCENT_MPS
  const heldForS = Math.max(0, nowMs - status.atMs) / 1000
  return remainingS - heldForS - reserveS - homeS - descentS
}

function wayHomeS(from: LngLat, home: LngLat, cruiseMps: number, wind: DroneStatus['wind']): number {
  const againstMps =
    wind === null ? 0 : wind.speedMps * Math.cos(((wind.fromDeg - bearingDeg(from, home)) * Math.PI) / 180)
  return lineDistanceM(from, home) / Math.max(SLOWEST_MPS, cruiseMps - againstMps)
}
