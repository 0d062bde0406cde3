import type { TimedPath } from '../plan/path-pos.ts'
import { firstLoss, type PredictedTrack } from './approach-alarm.ts'

/** Steps in which a take-off is put off, seconds. */
const DELAY_STEP_S = 5

/**
 * Take-off delays, seconds, that keep own drones apart: in order, each takes off as soon as its whole flight stays at
 * least `separationM` (in the plane) from every flight before it. A drone counts from take-off to landing; on the ground
 * it is in nobody's way, so drones may share a place, one after another. There is always an answer: after all others
 * have landed. Flights are straight at constant speed between points and every stretch is solved exactly (`firstLoss`),
 * so nothing is missed between samples. RangeError unless the separation is above 0.
 * Source: search-science notes 4.4 (separation in space and time; closest point of approach).
 */
export function takeOffDelaysS(flights: readonly TimedPath[], separationM: number): number[] {
  if (!(separationM > 0)) throw new RangeError('separationM: must be above 0')
  const gone: PredictedTrack[] = []
  return flights.map((flight, i) => {
    const track = trackOf(flight, `${i}`)
    const latestS = Math.max(0, ...gone.map(({ points }) => points[points.length - 1]?.atS ?? 0))
    let delayS = 0
    while (
      delayS <= latestS &&
      gone.some((other) => firstLoss(other, putOff(track, delayS), separationM, Infinity) !== null)
    ) {
      delayS += DELAY_STEP_S
    }
    gone.push(putOff(track, delayS))
    return delayS
  })
}

/** At every height: layers are given afterwards and may repeat. Points at which no time passes say nothing new. */
const trackOf = ({ points, timesS }: TimedPath, droneId: string): PredictedTrack => ({
  droneId,
  points: points.flatMap((p, i) =>
    i > 0 && !(timesS[i]! > timesS[i - 1]!) ? [] : [{ atS: timesS[i]!, positionM: [p[0]!, p[1]!, null] as const }],
  ),
})

const putOff = (track: PredictedTrack, delayS: number): PredictedTrack =>
  delayS === 0 ? track : { ...track, points: track.points.map((p) => ({ ...p, atS: p.atS + delayS })) }
