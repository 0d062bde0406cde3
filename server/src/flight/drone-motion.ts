import type { DroneStatus, LngLat } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import type { DroneBoard } from './drone-board.ts'

/** What the motion plane takes of a mover; unknown heading and speed are null. */
export interface DroneMover {
  lngLat: LngLat
  headingDeg: number | null
  speedMps: number | null
  fixAtMs: number
  /** 0 link lost, 1 degraded, 2 live; bit 2 set when armed. */
  state: number
}
/** One stored position of a drone. */
export interface DroneTrackPoint {
  kind: 'drone'
  id: string
  atMs: number
  receivedAtMs: number
  lngLat: LngLat
  accuracyM: number | null
  headingDeg: number | null
  speedMps: number | null
  heightM: number | null
}

const LINK_STATE = { lost: 0, degraded: 1, live: 2 } as const
const ARMED = 4
/** A stored track needs no more than one point a second. */
const TRACK_MS = 1000

export const droneState = (status: DroneStatus): number =>
  LINK_STATE[status.link.state] | (status.armed === true ? ARMED : 0)

/** Carries the vehicles' positions to the motion plane at once, and to their tracks once a second. Returns its own undo. */
export function followDrones(options: {
  board: DroneBoard
  picture: Picture
  nowMs: () => number
  put: (handle: number, mover: DroneMover) => void
  track: (point: DroneTrackPoint) => void
}): () => void {
  const { board, picture, nowMs, put, track } = options
  const tracked = new Map<string, number>()
  return board.onStatus((statuses) => {
    for (const status of statuses) {
      const { droneId, position, headingDeg, groundSpeedMps: speedMps } = status
      const drone = picture.drone.get(droneId)
      if (!drone || !position) continue
      const { lngLat, atMs, accuracyM, heightAboveTakeoffM: heightM } = position
      put(drone.handle, { lngLat, headingDeg, speedMps, fixAtMs: atMs, state: droneState(status) })
      if (atMs - (tracked.get(droneId) ?? 0) < TRACK_MS) continue
      tracked.set(droneId, atMs)
      track({
        kind: 'drone',
        id: droneId,
        atMs,
        receivedAtMs: nowMs(),
        lngLat,
        accuracyM,
        headingDeg,
        speedMps,
        heightM,
      })
    }
  })
}
