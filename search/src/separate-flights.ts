import { closestApproach } from './closest-approach.ts'
import type { TimedPath } from './path-pos.ts'

/** Steps in which a take-off is put off, seconds. */
const DELAY_STEP_S = 5

/**
 * Take-off delays, seconds, that keep own drones apart: in order, each takes off as soon as its whole flight stays at
 * least `separationM` (in the plane) from every flight before it. A drone counts from take-off to landing; on the ground
 * it is in nobody's way, so drones may share a place, one after another. There is always an answer: after all others
 * have landed. Flights are straight at constant speed between points, so distances are exact, not sampled.
 * Source: search-science notes 4.4 (separation in space and time; closest point of approach).
 */
export function separationDelaysS(flights: readonly TimedPath[], separationM: number): number[] {
  const delays: number[] = []
  flights.forEach((flight, i) => {
    const before = flights.slice(0, i).map((other, k) => later(other, delays[k]!))
    const latestS = Math.max(0, ...before.map(({ timesS }) => timesS[timesS.length - 1] ?? 0))
    let delayS = 0
    while (delayS <= latestS && before.some((other) => closestM(other, later(flight, delayS)) < separationM)) {
      delayS += DELAY_STEP_S
    }
    delays.push(delayS)
  })
  return delays
}

/** The same flight so many seconds later. */
export const later = <T extends TimedPath>(flight: T, delayS: number): T =>
  delayS === 0 ? flight : { ...flight, timesS: flight.timesS.map((atS) => atS + delayS) }

/** Least distance of two flights while both are in the air, metres; Infinity when they never are together. */
export function closestM(a: TimedPath, b: TimedPath): number {
  let least = Infinity
  let [i, k] = [1, 1]
  while (i < a.timesS.length && k < b.timesS.length) {
    const fromS = Math.max(a.timesS[i - 1]!, b.timesS[k - 1]!)
    const toS = Math.min(a.timesS[i]!, b.timesS[k]!)
    if (fromS < toS) {
      const [p, q] = [moverOn(a, i, fromS), moverOn(b, k, fromS)]
      const { timeS } = closestApproach(p, q)
      const atS = Math.min(timeS, toS - fromS)
      const apart = [0, 1].map(
        (axis) => q.positionM[axis]! - p.positionM[axis]! + (q.velocityMps[axis]! - p.velocityMps[axis]!) * atS,
      )
      least = Math.min(least, Math.hypot(apart[0]!, apart[1]!))
    }
    if (a.timesS[i]! <= b.timesS[k]!) i++
    else k++
  }
  return least
}

function moverOn(
  { points, timesS }: TimedPath,
  leg: number,
  atS: number,
): { positionM: number[]; velocityMps: number[] } {
  const [from, to] = [points[leg - 1]!, points[leg]!]
  const lastsS = timesS[leg]! - timesS[leg - 1]!
  const velocityMps = [0, 1].map((axis) => (to[axis]! - from[axis]!) / lastsS)
  return { positionM: [0, 1].map((axis) => from[axis]! + velocityMps[axis]! * (atS - timesS[leg - 1]!)), velocityMps }
}
