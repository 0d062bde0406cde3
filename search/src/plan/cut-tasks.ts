import { type Grid, gridFrame } from '../frame/grid.ts'
import { type Lattice, latticeOf } from './lattice.ts'
import type { LocalFrame } from '../frame/local-frame.ts'
import { type NoFly, noFlyZones } from './no-fly.ts'
import { outlineOf } from '../frame/outline.ts'
import { podCapped, podFurther } from '../detection/pod.ts'
import type { LngLat, MultiPolygonLngLat } from '../frame/position.ts'
import { pathLengthM } from './path-score.ts'
import { type PlannedSortie, planSorties } from './plan-sorties.ts'
import { type SurvivalConditions, worthOfFind } from './survival-curve.ts'
import type { TimeValue } from './time-value.ts'
import type { Wind } from './wind.ts'

/** A drone that can take a task. */
export interface SearchDrone {
  readonly id: string
  /** Where its flight begins: on the ground, or in the air where it is now. */
  readonly startLngLat: readonly number[]
  /** Where it lands; default where it begins. */
  readonly landLngLat?: readonly number[] | undefined
  /** Airspeed while searching and in transit, m/s, > 0. */
  readonly airspeedMps: number
  /** Time it can stay in the air, seconds; plan with 60-70 % of the maker's figure. */
  readonly enduranceS: number
  /** Part of it that must be left after landing, seconds. */
  readonly reserveS: number
  /** Mean wind as this drone meets it; default: that of the plan. Null: none. */
  readonly wind?: Wind | null | undefined
}

/** One story of a map: its part of each cell, and how long the subject may live if it is true. */
export interface TaskStory {
  /** Probability per cell that the story is true and the subject there. */
  readonly poa: ArrayLike<number>
  readonly survival: SurvivalConditions
  /** Seconds from when the subject went missing, or into the water, to now. */
  readonly sinceS: number
}

/** What a drone's sensor sweeps at the planned height. */
export interface SearchSensor {
  /** Metres, 0..swathM, everywhere or per cell of the map: what grows on it decides how much is seen there. */
  readonly sweepWidthM: number | ArrayLike<number>
  readonly swathM: number
  /** Share by which neighbouring swaths overlap, 0 <= overlap < 1. */
  readonly overlap: number
  /** Highest POD over this ground, 0..1 (see `podCap`), everywhere or per cell of the map; default 1. */
  readonly podCap?: number | ArrayLike<number> | undefined
}

export interface CutTasksInput {
  /** Current map (posterior): ground already swept counts for what is left in it, so it is avoided by itself. */
  readonly grid: Grid
  /**
   * Coverage per cell so far (see `accumulateSweep`): under cover a further look shows less and less of what is left
   * there, because it is hidden. Without it further looks under cover are overrated. Default none.
   */
  readonly coverage?: ArrayLike<number> | undefined
  /**
   * The stories that the map is the sum of, where it is known in any how long the subject may live: ground is then worth
   * what finds there are worth in time. Default: every find is worth the same.
   */
  readonly stories?: readonly TaskStory[] | undefined
  readonly drones: readonly SearchDrone[]
  readonly sensor: SearchSensor
  readonly wind: Wind | null
  /** Zones no path may enter, GeoJSON MultiPolygon coordinates; holes count as zone. */
  readonly noFly?: MultiPolygonLngLat | undefined
  /** Default: one per drone. More give drones further sorties, after those of all drones. */
  readonly maxTasks?: number | undefined
  /** Seconds for climb, descent and landing, default 60. */
  readonly overheadS?: number | undefined
  /** Seconds lost at each turn, default 3. */
  readonly turnS?: number | undefined
  /** At most so many ways to lay the lanes are tried, across the wind first; a whole number of at least 1. Default: all. */
  readonly maxLayouts?: number | undefined
}

/** One sortie: an area, the lanes over it, and what it costs and buys. */
export interface SearchTask {
  readonly droneId: string
  /** 1 for the drone's first sortie of this plan. */
  readonly sortie: number
  /** GeoJSON Polygon coordinates: closed outer ring, then holes. No two tasks overlap. */
  readonly area: LngLat[][]
  readonly lanes: [LngLat, LngLat][]
  /** The flight between take-off and landing place, both left out: way out, lanes in order, way back. */
  readonly waypoints: LngLat[]
  /** Whole flight over the ground, transit included, metres. */
  readonly lengthM: number
  /** Whole flight with transit, wind, turns, climb and landing, seconds. Never above endurance - reserve. */
  readonly timeS: number
  /** Way out and back, seconds. */
  readonly transitS: number
  /** timeS as a share of endurance - reserve, 0..1. */
  readonly energyShare: number
  /** Probability inside the area (POA). */
  readonly poaInside: number
  /** Probability that this flight finds the subject. */
  readonly expectedPos: number
  /** What its finds are worth by the stories and their time (see `TimeValue`); equal to `expectedPos` where no stories are given. */
  readonly worth: number
  /** Each story's part of `expectedPos`, in their order: that it is true and this flight finds the subject. */
  readonly posByStory?: readonly number[] | undefined
  /** expectedPos reached at the end of each lane; times since take-off. */
  readonly posCurve: readonly { readonly atS: number; readonly pos: number }[]
  readonly laneSpacingM: number
  /** 0 <= bearing < 180, clockwise from grid north. */
  readonly laneBearingDeg: number
}

export type IdleReason = 'no-energy' | 'start-in-no-fly' | 'no-reachable-ground'

export interface TaskPlan {
  /** Best first: highest expected POS per task, drones' first sorties before further ones. */
  readonly tasks: SearchTask[]
  /** Drones that got no task, and why. */
  readonly idle: { readonly droneId: string; readonly reason: IdleReason }[]
}

/**
 * Cuts the ground worth most into areas that one sortie each can search, with the lanes to fly.
 *
 * Method: the map is laid on lanes one spacing apart, S = swath (1 - overlap), across the wind first, then at other
 * bearings. For each drone the chain of lanes that sees most within its energy is found (`bestChain`): way out, lanes,
 * turns, way back, all with wind, plus climb and landing, within endurance - reserve. The drone whose chain sees most
 * goes first; its squares are then closed to the others. The bearing with the highest total wins; so lanes lie across
 * the wind or along a narrow area when that buys probability. Ground counts by what one more look finds there: POA x
 * `podFurther` (coverage so far, W / S, cap), so that under trees new ground goes before a second look at old ground.
 * Squares that touch a no-fly zone are never searched, and legs go around zones. Then each task is cut again on what all
 * the others leave, until nothing gains. With stories, ground counts by the chance that the subject is found alive there.
 * Limits: greedy from task to task; flat terrain; constant wind and airspeed; vertical separation is the caller's.
 * Errors: RangeError that names the field. Deterministic.
 * Source: search-science notes 1.1, 4.2, 4.3.
 */
export function cutTasks(input: CutTasksInput): TaskPlan {
  check(input)
  const { grid, drones, sensor, wind, maxTasks, overheadS = 60, turnS = 3 } = input
  const frame = gridFrame(grid)
  const noFly = noFlyZones((input.noFly ?? []).map((polygon) => (polygon[0] ?? []).map((p) => frame.toLocal(p))))
  const places = new Map(drones.map((drone) => [drone.id, frame.toLocal(drone.startLngLat)]))
  const further = podPerCell(input)
  const found = grid.values.map((poa, i) => poa * further(i))
  const stories = input.stories?.map(({ poa, survival, sinceS }) => ({
    values: Float64Array.from(poa, (p, i) => p * further(i)),
    valueAt: worthOfFind(survival, sinceS),
  }))
  const { lattice, layout, sorties } = planSorties({
    cells: { ...grid, values: found },
    stories,
    drones: drones.map((drone) => ({
      id: drone.id,
      startM: places.get(drone.id)!,
      returnM: frame.toLocal(drone.landLngLat ?? drone.startLngLat),
      airspeedMps: drone.airspeedMps,
      wind: drone.wind,
      budgetS: usableS(drone) - overheadS,
    })),
    spacingM: sensor.swathM * (1 - sensor.overlap),
    wind,
    noFly,
    turnS,
    // One round after another, whatever the sorties take: every drone's first sortie comes before any second one.
    overheadS: 0,
    maxSorties: maxTasks ?? drones.length,
    maxRounds: maxTasks === undefined ? 1 : maxTasks,
    byRounds: true,
    swapS: 0,
    horizonS: Infinity,
    leftAfterLook: null,
    maxLayouts: input.maxLayouts,
  })
  const massOf = (values: Float64Array): Float64Array => latticeOf({ ...grid, values }, layout).mass
  const inside = {
    poa: massOf(grid.values),
    pos: massOf(found),
    stories: stories?.map(({ values, valueAt }) => ({ pos: massOf(values), valueAt })),
  }
  const tasks = sorties.map((planned) => toTask(planned, lattice, inside, input, frame))
  const idle = drones
    .filter(({ id }) => !tasks.some(({ droneId }) => droneId === id))
    .map((drone) => ({ droneId: drone.id, reason: idleReason(drone, frame, noFly) }))
  return { tasks, idle }
}

const usableS = (drone: SearchDrone): number => drone.enduranceS - drone.reserveS

/** POD that one look of this plan adds in a cell, given all that was flown over it before. */
function podPerCell({ coverage, sensor }: CutTasksInput): (cell: number) => number {
  const { podCap = 1, sweepWidthM, swathM, overlap } = sensor
  const spacingM = swathM * (1 - overlap)
  const everywhere =
    typeof podCap === 'number' && typeof sweepWidthM === 'number' ? podCapped(sweepWidthM / spacingM, podCap) : null
  return (cell) => {
    const before = coverage?.[cell] ?? 0
    if (before === 0 && everywhere !== null) return everywhere
    return podFurther(before, numberAt(sweepWidthM, cell) / spacingM, numberAt(podCap, cell))
  }
}

const numberAt = (all: number | ArrayLike<number>, cell: number): number => (typeof all === 'number' ? all : all[cell]!)

/** Probability, and probability of a find, per square of the lattice. */
interface Inside {
  readonly poa: Float64Array
  readonly pos: Float64Array
  /** The same of each story, with what a find there is worth by time. */
  readonly stories: readonly { readonly pos: Float64Array; readonly valueAt: TimeValue }[] | undefined
}

const sumOver = (mass: Float64Array, squares: readonly number[]): number =>
  squares.reduce((sum, square) => sum + mass[square]!, 0)

function toTask(
  { droneId, round, sortie }: PlannedSortie,
  lattice: Lattice,
  inside: Inside,
  input: CutTasksInput,
  frame: LocalFrame,
): SearchTask {
  const { overheadS = 60 } = input
  const timeS = sortie.totalS + overheadS
  let [found, worth] = [0, 0]
  const posCurve = sortie.lanes.map(({ endS, squares }) => {
    const atS = endS + overheadS / 2
    const pos = sumOver(inside.pos, squares)
    found += pos
    worth += inside.stories?.reduce((sum, { pos: of, valueAt }) => sum + sumOver(of, squares) * valueAt(atS), 0) ?? pos
    return { atS, pos: found }
  })
  return {
    droneId,
    sortie: round,
    area: outlineOf(sortie.squares, lattice.steps).map((ring) => ringToLngLat(ring, lattice, frame)),
    // A lane that is only passed at its turn is no lane to fly.
    lanes: sortie.lanes
      .filter(({ from, to }) => from[0] !== to[0] || from[1] !== to[1])
      .map(({ from, to }) => [frame.toLngLat(from), frame.toLngLat(to)]),
    waypoints: sortie.pointsM.slice(1, -1).map((p) => frame.toLngLat(p)),
    lengthM: pathLengthM(sortie.pointsM),
    timeS,
    transitS: sortie.outS + sortie.backS,
    energyShare: timeS / usableS(input.drones.find(({ id }) => id === droneId)!),
    poaInside: sumOver(inside.poa, sortie.squares),
    expectedPos: found,
    worth,
    ...(inside.stories ? { posByStory: inside.stories.map(({ pos }) => sumOver(pos, sortie.squares)) } : {}),
    posCurve,
    laneSpacingM: lattice.spacingM,
    laneBearingDeg: (lattice.bearingRad * 180) / Math.PI,
  }
}

/** The lattice is left-handed (lanes run to the right of the bearing), GeoJSON wants outer rings counter-clockwise. */
const ringToLngLat = (ring: readonly (readonly [number, number])[], lattice: Lattice, frame: LocalFrame): LngLat[] =>
  ring.toReversed().map(([step, lane]) => frame.toLngLat(lattice.toLocal(step, lane)))

function idleReason(drone: SearchDrone, frame: LocalFrame, noFly: NoFly): IdleReason {
  if (noFly.holds(frame.toLocal(drone.startLngLat))) return 'start-in-no-fly'
  return usableS(drone) > 0 ? 'no-reachable-ground' : 'no-energy'
}

function check({ grid, coverage, stories, drones, sensor, wind, maxLayouts }: CutTasksInput): void {
  if (stories?.some(({ poa }) => poa.length !== grid.values.length))
    throw new RangeError('stories: must have one number per cell')
  if (coverage && coverage.length !== grid.values.length)
    throw new RangeError('coverage: must have one number per cell')
  if (typeof sensor.podCap === 'object' && sensor.podCap.length !== grid.values.length)
    throw new RangeError('sensor.podCap: must have one number, or one per cell')
  if (maxLayouts !== undefined && !(Number.isInteger(maxLayouts) && maxLayouts >= 1))
    throw new RangeError('maxLayouts: must be a whole number of at least 1')
  if (!(sensor.swathM > 0)) throw new RangeError('sensor.swathM: must be above 0')
  const { sweepWidthM } = sensor
  if (typeof sweepWidthM === 'object' && sweepWidthM.length !== grid.values.length)
    throw new RangeError('sensor.sweepWidthM: must have one number, or one per cell')
  for (const widthM of typeof sweepWidthM === 'number' ? [sweepWidthM] : Array.from(sweepWidthM))
    if (!(widthM >= 0 && widthM <= sensor.swathM)) throw new RangeError('sensor.sweepWidthM: must be 0 to swathM')
  if (!(sensor.overlap >= 0 && sensor.overlap < 1)) throw new RangeError('sensor.overlap: must be 0 to below 1')
  if (wind && !(wind.speedMps >= 0 && Number.isFinite(wind.fromDeg)))
    throw new RangeError('wind: needs fromDeg, speedMps')
  for (const { id, airspeedMps, enduranceS, reserveS, wind: met } of drones) {
    if (met && !(met.speedMps >= 0 && Number.isFinite(met.fromDeg)))
      throw new RangeError(`drones.${id}.wind: needs fromDeg, speedMps`)
    if (!(airspeedMps > 0)) throw new RangeError(`drones.${id}.airspeedMps: must be above 0`)
    if (!(enduranceS >= 0 && reserveS >= 0))
      throw new RangeError(`drones.${id}: enduranceS and reserveS must be 0 or above`)
  }
}
