import type { LngLat } from '@skerry/contract'
import { distanceM } from '../domain/geo.ts'

/** Below this ground speed a distance says nothing about time: GPS noise at a hover, metres per second. */
const LEAST_SPEED_MPS = 3
/** A step must be this much longer than the drone's own speed explains before time counts faster than the clock. */
const SLACK = 1.5

/** One view of a drone, as far as its clock needs it. */
export interface Moment {
  droneId: string
  atMs: number
  position: LngLat
  groundSpeedMps: number
}

/**
 * Time as a drone flies it, for judging which looks are independent. It is the clock's time, except where the drone moves
 * farther between two frames than its own ground speed allows: then the world runs faster than the clock (a simulation at
 * speed, a recording played fast), and the time is that in which the distance is flown. Per drone; frames in order.
 */
export function createFlightClock(): (moment: Moment) => number {
  const newest = new Map<string, { moment: Moment; aheadMs: number }>()
  return (moment) => {
    const known = newest.get(moment.droneId)
    let aheadMs = known?.aheadMs ?? 0
    if (known && moment.atMs > known.moment.atMs) {
      const elapsedMs = moment.atMs - known.moment.atMs
      const speedMps = Math.max(LEAST_SPEED_MPS, moment.groundSpeedMps, known.moment.groundSpeedMps)
      const flownMs = (1000 * distanceM(known.moment.position, moment.position)) / speedMps
      if (flownMs > SLACK * elapsedMs) aheadMs += flownMs - elapsedMs
    }
    newest.set(moment.droneId, { moment, aheadMs })
    return moment.atMs + aheadMs
  }
}
