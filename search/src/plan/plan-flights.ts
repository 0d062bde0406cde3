import type { NoFly } from './no-fly.ts'
import { noFlyZones } from './no-fly.ts'
import { type Cells, pathLengthM } from './path-score.ts'
import { drawnInto, withoutRepeats } from './plan-paths.ts'
import { planSorties } from './plan-sorties.ts'
import type { LocalM } from '../frame/position.ts'
import { HEIGHT_CEILING_M } from '../separation/height-layers.ts'
import { takeOffDelaysS } from '../separation/take-off-delays.ts'
import type { Sortie } from './sortie.ts'
import type { PlanStory } from './sortie-ledger.ts'
import { legTimer, type Wind } from './wind.ts'

/** A drone with its battery, in the grid's frame. */
export interface BatteryDrone {
  readonly id: string
  /** Where it takes off; null: anywhere, at no cost. */
  readonly startM: readonly number[] | null
  /** Where it must land; null: anywhere. */
  readonly returnM: readonly number[] | null
  readonly airspeedMps: number
  readonly enduranceS: number
  /** Part of it that must be left after landing. */
  readonly reserveS: number
}

/** One flight, in the grid's frame, seconds from the start of the search. */
export interface DroneFlight {
  readonly droneId: string
  readonly points: LocalM[]
  readonly timesS: number[]
  readonly lengthM: number
  /** Height above ground of its layer; null without a ceiling. */
  readonly heightM: number | null
}

/** Why a drone gets no flight, as far as can be told without planning one. */
export type NoFlightReason =
  | 'start-in-no-fly'
  | 'landing-in-no-fly'
  | 'no-energy'
  | 'wind-too-strong'
  | 'nothing-in-reach'

/** Why each drone without a flight has none. */
export function whyNoFlight(
  drones: readonly BatteryDrone[],
  flights: readonly { readonly droneId: string }[],
  {
    noFly: rings = [],
    wind = null,
  }: {
    readonly noFly?: readonly (readonly (readonly number[])[])[] | undefined
    readonly wind?: Wind | null | undefined
  },
): { readonly droneId: string; readonly reason: NoFlightReason }[] {
  const noFly = noFlyZones(rings)
  const reason = ({ startM, returnM, airspeedMps, enduranceS, reserveS }: BatteryDrone): NoFlightReason => {
    if (startM && noFly.holds(startM)) return 'start-in-no-fly'
    if (returnM && noFly.holds(returnM)) return 'landing-in-no-fly'
    if (!(enduranceS > reserveS)) return 'no-energy'
    return wind && wind.speedMps >= airspeedMps ? 'wind-too-strong' : 'nothing-in-reach'
  }
  return drones.flatMap((drone) =>
    flights.some(({ droneId }) => droneId === drone.id) ? [] : [{ droneId: drone.id, reason: reason(drone) }],
  )
}

/** Layers of own heights that there are under a ceiling. */
export const layersUnder = (ceilingM: number): number => Math.max(1, Math.floor((ceilingM - LOWEST_M) / LAYER_M) + 1)

/** Height between the layers of two drones, and the lowest layer, metres (notes 4.4). */
const LAYER_M = 15
const LOWEST_M = 30

/**
 * One flight per drone that sees the most probability within its battery: way out, lanes, way back to the landing place,
 * all with the wind, within endurance - reserve; around no-fly zones; own drones apart in space and time by later
 * take-offs. Every leg looks, the ways out and back too. Method: `planSorties`. Take-off, landing and turns cost no time of their own here: leave them in the reserve.
 * @param sweepWidthM W of the sensor; null: it sees everything within the radius
 * @param ceilingM highest true height, at most 120 m (notes 4.4); flights get layers 15 m apart from there down, from the top again below 30 m
 * RangeError that names the field. Deterministic.
 */
export function planFlights(input: {
  readonly grid: Cells
  readonly drones: readonly BatteryDrone[]
  readonly detectionRadiusM: number
  readonly sweepWidthM?: number | null | undefined
  readonly wind?: Wind | null | undefined
  /** Rings of the grid's frame no path may enter. */
  readonly noFly?: readonly (readonly (readonly number[])[])[] | undefined
  readonly ceilingM?: number | null | undefined
  readonly separationM?: number | null | undefined
  /** What finds are worth, by story and time; default: all the same. */
  readonly stories?: readonly PlanStory[] | undefined
}): DroneFlight[] {
  const { grid, drones, detectionRadiusM, sweepWidthM = null, wind = null, ceilingM = null, separationM = null } = input
  if (!(detectionRadiusM > 0)) throw new RangeError('sensor.detectionRadiusM: must be above 0')
  if (ceilingM !== null && !(ceilingM > 0 && ceilingM <= HEIGHT_CEILING_M))
    throw new RangeError(`ceilingM: must be above 0 and at most ${HEIGHT_CEILING_M}, the legal ceiling`)
  const noFly = noFlyZones(input.noFly ?? [])
  const { sorties } = planSorties({
    cells: grid,
    stories: input.stories,
    // A hair under the budget, so that adding the legs up again never passes it.
    drones: drones.map((drone) => ({ ...drone, budgetS: (drone.enduranceS - drone.reserveS) * (1 - 1e-12) })),
    spacingM: 2 * detectionRadiusM,
    wind,
    noFly,
    turnS: 0,
    overheadS: 0,
    maxSorties: drones.length,
    maxRounds: 1,
    byRounds: true,
    swapS: 0,
    horizonS: Infinity,
    leftAfterLook: sweepWidthM === null ? 0 : Math.exp(-sweepWidthM / (2 * detectionRadiusM)),
  })
  const flown = drones.flatMap((drone) => {
    const planned = sorties.find(({ droneId }) => droneId === drone.id)
    return planned ? [{ drone, ...insideGrid(planned.sortie, drone, grid, noFly, wind) }] : []
  })
  const delays = separationM === null ? flown.map(() => 0) : takeOffDelaysS(flown, separationM)
  const layers = ceilingM === null ? 0 : layersUnder(ceilingM)
  return flown.map((flight, i) => {
    const { drone, points } = flight
    const timesS = flight.timesS.map((atS) => atS + delays[i]!)
    const heightM = ceilingM === null ? null : ceilingM - LAYER_M * (i % layers)
    return { droneId: drone.id, points, timesS, lengthM: pathLengthM(points), heightM }
  })
}

/**
 * The flight with its lanes drawn into the grid's rectangle (a lane just outside the rim sees more from the rim), when
 * that enters no zone and takes no longer than the battery; else as it is.
 */
function insideGrid(
  { pointsM, timesS, outPoints, backPoints }: Sortie,
  { airspeedMps, enduranceS, reserveS }: BatteryDrone,
  grid: Cells,
  noFly: NoFly,
  wind: Wind | null,
): { points: LocalM[]; timesS: number[] } {
  const inside = withoutRepeats(
    pointsM.map((p, i) => (i < outPoints || i >= pointsM.length - backPoints ? p : drawnInto(grid, p))),
  )
  const legS = legTimer(airspeedMps, wind)
  const inTimesS = [0]
  for (let i = 1; i < inside.length; i++) inTimesS.push(inTimesS[i - 1]! + legS(inside[i - 1]!, inside[i]!))
  const allowed = inside.every((p, i) => i === 0 || !noFly.blocks(inside[i - 1]!, p))
  if (allowed && inTimesS[inTimesS.length - 1]! <= (enduranceS - reserveS) * (1 - 1e-12)) {
    return { points: inside, timesS: inTimesS }
  }
  return { points: [...pointsM], timesS: [...timesS] }
}
