import { type FlightIntent, type VolumeMargins, volumesOfPath } from './flight-volume.ts'

/** Climb and descent of a multirotor under an autopilot's mission [assumption], metres per second. */
const CLIMB_MPS = 2.5

/** A flight that climbs over its home, flies its path and the ways to it and back at one height, and descends there. */
export interface LevelFlight {
  readonly id: string
  readonly droneId: string
  /** Where it takes off and lands, `[lng, lat]`. */
  readonly home: readonly number[]
  /** Between take-off and landing, `[lng, lat]`. */
  readonly path: readonly (readonly number[])[]
  /** Heights of one zero for all flights that are compared: where it climbs from at the lowest, and its level; metres. */
  readonly groundM: number
  readonly levelM: number
  readonly speedMps: number
}

/** Volumes of a level flight that leaves the ground at `fromMs`; a climb of 2.5 m/s is assumed. */
export function flightIntent(
  { id, droneId, home, path, groundM, levelM, speedMps }: LevelFlight,
  fromMs: number,
  toLocal: (lngLat: readonly number[]) => readonly number[],
  margins: VolumeMargins = {},
): FlightIntent {
  const route = [home, ...path, home].map(toLocal)
  const climbMs = (1000 * Math.max(0, levelM - groundM)) / CLIMB_MPS
  const points: number[][] = [[...route[0]!, groundM]]
  const times = [fromMs]
  let atMs = fromMs + climbMs
  route.forEach((point, i) => {
    const last = route[i - 1]
    if (last) atMs += (1000 * Math.hypot(point[0]! - last[0]!, point[1]! - last[1]!)) / speedMps
    points.push([...point, levelM])
    times.push(atMs)
  })
  points.push([...route[0]!, groundM])
  times.push(atMs + climbMs)
  return { id, droneId, volumes: volumesOfPath(points, times, margins) }
}
