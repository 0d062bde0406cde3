import type { LngLat } from '@skerry/contract'
import { courseDeg, distanceM, moved } from '../base/flat.ts'

/** Where something is and how it moves. */
export interface Pose {
  readonly lngLat: LngLat
  readonly headingDeg: number
  readonly speedMps: number
}
/** The way of one mover, a function of time alone: the same second gives the same place. */
export type Route = (tS: number) => Pose

/** To and fro between two places that are not the same, at one speed. @param startS seconds on the way at t = 0 */
export function shuttle(from: LngLat, to: LngLat, speedMps: number, startS: number): Route {
  const legS = Math.max(1, distanceM(from, to)) / speedMps
  const out = courseDeg(from, to)
  const back = (out + 180) % 360
  return (tS) => {
    const onS = (tS + startS) % (2 * legS)
    const away = onS < legS
    const share = away ? onS / legS : 2 - onS / legS
    const lngLat: LngLat = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    return { lngLat, headingDeg: away ? out : back, speedMps }
  }
}

/** Round a place. @param radiusM over 0 */
export function circle(centre: LngLat, radiusM: number, speedMps: number, startS: number): Route {
  return (tS) => {
    const angle = ((tS + startS) * speedMps) / radiusM
    return {
      lngLat: moved(centre, radiusM * Math.sin(angle), radiusM * Math.cos(angle)),
      headingDeg: ((angle * 180) / Math.PI + 90) % 360,
      speedMps,
    }
  }
}
