import type { DroneMove, DroneStatus, LngLat } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import type { DroneBoard } from './drone-board.ts'

/** What the motion plane takes of a mover; unknown heading and speed are null. */
export interface DroneMover {
  lngLat: LngLat
  headingDeg: number | null
  speedMps: number | null
  fixAtMs: number
  receivedAtMs: number
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

/** Carries the vehicles' positions to the motion plane, and to their tracks once a second. */
export interface DroneMotion {
  /** Positions that came ahead of the next status. Those of vehicles that no status has told of are left out. */
  moved(moves: readonly DroneMove[]): void
  stop(): void
}

export function followDrones(options: {
  board: DroneBoard
  picture: Picture
  nowMs: () => number
  put: (handle: number, mover: DroneMover) => void
  track: (point: DroneTrackPoint) => void
}): DroneMotion {
  const { board, picture, nowMs, put, track } = options
  const tracked = new Map<string, number>()
  const shown = new Map<string, DroneMover>()

  function show(droneId: string, mover: Omit<DroneMover, 'receivedAtMs'>): void {
    const drone = picture.drone.get(droneId)
    const before = shown.get(droneId)
    // A status repeats the last position five times a second: only what is new moves anything.
    if (!drone || (before && same(before, mover))) return
    const receivedAtMs = before?.fixAtMs === mover.fixAtMs ? before.receivedAtMs : nowMs()
    const now = { ...mover, receivedAtMs }
    shown.set(droneId, now)
    put(drone.handle, now)
  }

  const stop = board.onStatus((statuses) => {
    for (const status of statuses) {
      const { droneId, position, headingDeg, groundSpeedMps: speedMps } = status
      if (!position) continue
      const { lngLat, atMs, accuracyM, heightAboveTakeoffM: heightM } = position
      show(droneId, { lngLat, headingDeg, speedMps, fixAtMs: atMs, state: droneState(status) })
      if (!picture.drone.has(droneId) || atMs - (tracked.get(droneId) ?? 0) < TRACK_MS) continue
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
  return {
    moved(moves) {
      for (const { droneId, lngLat, atMs, headingDeg, groundSpeedMps } of moves) {
        const status = board.get(droneId)
        if (status === null) continue
        show(droneId, { lngLat, headingDeg, speedMps: groundSpeedMps, fixAtMs: atMs, state: droneState(status) })
      }
    },
    stop,
  }
}

const same = (a: DroneMover, b: Omit<DroneMover, 'receivedAtMs'>): boolean =>
  a.fixAtMs === b.fixAtMs && a.state === b.state && a.headingDeg === b.headingDeg && a.speedMps === b.speedMps
