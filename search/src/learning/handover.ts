import { gridFrame } from '../frame/grid.ts'
import { localFrame } from '../frame/local-frame.ts'
import { flyLanes, type FlownLanes, type LaneFlight } from '../patterns/fly-lanes.ts'
import type { LngLat, LocalM } from '../frame/position.ts'
import { legTimer } from '../plan/wind.ts'
import { laneWorth, posCurveOf, stripAbout, type LaneSensor } from './lane-worth.ts'
import type { Lane } from './remainder.ts'

/** A task made of lanes that already exist: the rest of another task, or a pattern. */
export interface LaneTask extends FlownLanes {
  /** Probability on the lanes' strips and probability that this flight finds the subject, on the map as it is now. */
  readonly poaInside: number
  readonly expectedPos: number
  /** expectedPos at the end of each lane, times since take-off. */
  readonly posCurve: readonly { readonly atS: number; readonly pos: number }[]
  /** Strips of the lanes, GeoJSON MultiPolygon coordinates: one rectangle per lane. */
  readonly strips: LngLat[][][]
  /** timeS as a share of the budget, 0..1. */
  readonly energyShare: number
}

/** A task from lanes in the order given: flown within the budget, with its worth on the current map. */
export function laneTask(lanes: readonly Lane[], flight: LaneFlight, sensor: LaneSensor): LaneTask {
  const flown = flyLanes(lanes, flight)
  const frame = gridFrame(sensor.grid)
  const posCurve = posCurveOf(
    flown.lanes.map((lane, i) => ({ lane, endS: flown.endS[i]! })),
    sensor,
  )
  const local = flown.lanes.map(([a, b]): [LocalM, LocalM] => [frame.toLocal(a), frame.toLocal(b)])
  return {
    ...flown,
    poaInside: local.reduce((sum, [a, b]) => sum + laneWorth(a, b, sensor).poa, 0),
    expectedPos: posCurve[posCurve.length - 1]?.pos ?? 0,
    posCurve,
    strips: local.map(([a, b]) => {
      const ring = stripAbout(a, b, sensor.laneSpacingM).map((p) => frame.toLngLat(p))
      return [[...ring, ring[0]!]]
    }),
    energyShare: flown.timeS / flight.budgetS,
  }
}

/**
 * The remaining lanes of a task as a new task for the same drone after a battery swap, or for another from elsewhere.
 *
 * The order is the quickest of: as they were, backwards, and always the nearest next lane end; the direction of each
 * lane is free. What does not fit into the flight is `left`, ready for the next one: the lanes of the new task and `left`
 * together are the lanes given, nothing twice (less what lies in no-fly zones).
 * RangeError as `flyLanes` and `posCurveOf`.
 */
export function handoverTask(remaining: readonly Lane[], flight: LaneFlight, sensor: LaneSensor): LaneTask {
  const orders = [remaining, backwards(remaining), nearestFirst(remaining, flight)]
  const tasks = orders.map((order) => laneTask(order, flight, sensor))
  // Everything flown in the least time; while it does not all fit, what finds the most.
  return tasks.reduce((best, task) => {
    const whole = task.left.length === 0 && best.left.length === 0
    return (whole ? task.timeS < best.timeS - 1e-6 : task.expectedPos > best.expectedPos + 1e-12) ? task : best
  })
}

const backwards = (lanes: readonly Lane[]): Lane[] => lanes.toReversed().map(([from, to]) => [to, from])

function nearestFirst(lanes: readonly Lane[], { startLngLat, airspeedMps, wind }: LaneFlight): Lane[] {
  const frame = localFrame(startLngLat)
  const legS = legTimer(airspeedMps, wind)
  const left = new Set(lanes)
  const order: Lane[] = []
  let at: readonly number[] = startLngLat
  while (left.size > 0) {
    let best: { lane: Lane; way: Lane; seconds: number } | null = null
    for (const lane of left) {
      for (const way of [lane, [lane[1], lane[0]] as const]) {
        const seconds = legS(frame.toLocal(at), frame.toLocal(way[0]))
        if (!best || seconds < best.seconds) best = { lane, way, seconds }
      }
    }
    left.delete(best!.lane)
    order.push(best!.way)
    at = best!.way[1]
  }
  return order
}
