import { type Grid, gridFrame } from './grid.ts'
import { growRegion, seedsFor } from './grow-region.ts'
import type { Flight } from './lane-path.ts'
import { type Lattice, latticeOf, smoothedMass } from './lattice.ts'
import type { LocalFrame } from './local-frame.ts'
import { type NoFly, noFlyZones } from './no-fly.ts'
import { outlineOf } from './outline.ts'
import { podCapped } from './pod.ts'
import type { LngLat, MultiPolygonLngLat } from './position.ts'
import { largestSortie, type Sortie } from './sortie.ts'
import { legTimer, type Wind } from './wind.ts'

/** A drone that can take a task. */
export interface SearchDrone {
  readonly id: string
  /** Where it takes off and lands. */
  readonly startLngLat: readonly number[]
  /** Airspeed while searching and in transit, m/s, > 0. */
  readonly airspeedMps: number
  /** Time it can stay in the air, seconds; plan with 60-70 % of the maker's figure. */
  readonly enduranceS: number
  /** Part of it that must be left after landing, seconds. */
  readonly reserveS: number
}

/** What a drone's sensor sweeps at the planned height. */
export interface SearchSensor {
  readonly sweepWidthM: number
  readonly swathM: number
  /** Share by which neighbouring swaths overlap, 0 <= overlap < 1. */
  readonly overlap: number
  /** Highest POD over this ground, 0..1 (see `podCap`); default 1. */
  readonly podCap?: number | undefined
}

export interface CutTasksInput {
  /** Current map (posterior): ground already swept counts for what is left in it, so it is avoided by itself. */
  readonly grid: Grid
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

/** Places where an area is tried per drone. */
const SEEDS = 3

/**
 * Cuts the ground worth most into areas that one sortie each can search, with the lanes to fly.
 *
 * Method: the map is laid on lattices of squares one lane spacing wide, S = swath (1 - overlap), at four lane bearings
 * (across the wind, along it and between). On each, areas are grown from the most probable windows, always taking the
 * most probable neighbour, until the tour over their lanes just fits the drone's energy: way out, lanes, turns, way back,
 * all with wind, plus climb and landing, within endurance - reserve. The drone and area with the highest expected POS
 * goes first; its squares are then closed to the others. The bearing with the highest total wins; so lanes lie across
 * the wind or along a narrow area when that buys probability. expectedPos = POA inside x POD(W / S).
 * Squares that touch a no-fly zone are never searched, and legs go around zones.
 * Limits: greedy, no proof of optimality; flat terrain; constant wind and airspeed; vertical separation is the caller's.
 * Errors: RangeError that names the field. Deterministic.
 * Source: search-science notes 1.1, 4.2, 4.3.
 */
export function cutTasks(input: CutTasksInput): TaskPlan {
  const { grid, drones, sensor, wind } = input
  check(input)
  const frame = gridFrame(grid)
  const noFly = noFlyZones((input.noFly ?? []).map((polygon) => (polygon[0] ?? []).map((p) => frame.toLocal(p))))
  const spacingM = sensor.swathM * (1 - sensor.overlap)
  const acrossWindDeg = wind && wind.speedMps > 0 ? wind.fromDeg + 90 : 0

  const candidates = [0, 90, 45, 135].map((turnDeg) => {
    const bearingRad = (((acrossWindDeg + turnDeg + 360) % 180) * Math.PI) / 180
    const lattice = latticeOf(grid, spacingM, bearingRad, noFly.zones)
    const plans = planOn(lattice, input, frame, noFly)
    return { lattice, plans, mass: plans.reduce((sum, { sortie }) => sum + sortie.mass, 0) }
  })
  // The first (across the wind) stays unless another is truly better.
  const best = candidates.reduce((a, b) => (b.mass > a.mass * (1 + 1e-9) ? b : a))
  const tasks = best.plans.map((plan) => toTask(plan, best.lattice, input, frame))
  const idle = drones
    .filter(({ id }) => !tasks.some(({ droneId }) => droneId === id))
    .map((drone) => ({ droneId: drone.id, reason: idleReason(drone, frame, noFly) }))
  return { tasks, idle }
}

interface Planned {
  readonly drone: SearchDrone
  readonly round: number
  readonly sortie: Sortie
}

function planOn(lattice: Lattice, input: CutTasksInput, frame: LocalFrame, noFly: NoFly): Planned[] {
  const maxTasks = input.maxTasks ?? input.drones.length
  const rounds = input.maxTasks === undefined ? 1 : Infinity
  const taken = new Uint8Array(lattice.mass.length)
  const open = (square: number): boolean => !taken[square] && !lattice.blocked[square]
  const smoothed = smoothedMass(lattice, open)
  const plans: Planned[] = []
  for (let round = 1; round <= rounds && plans.length < maxTasks; round++) {
    const waiting = new Set(input.drones.filter(({ startLngLat }) => !noFly.holds(frame.toLocal(startLngLat))))
    const offers = new Map<SearchDrone, Sortie | null>()
    const before = plans.length
    while (waiting.size > 0 && plans.length < maxTasks) {
      let next: { drone: SearchDrone; sortie: Sortie } | null = null
      for (const drone of waiting) {
        const known = offers.get(drone)
        // An offer stays good as long as nobody has taken ground of it.
        if (known === undefined || known?.squares.some((square) => taken[square])) {
          offers.set(drone, bestSortie(lattice, smoothed, open, drone, input, frame, noFly))
        }
        const sortie = offers.get(drone) ?? null
        if (sortie && (!next || sortie.mass > next.sortie.mass)) next = { drone, sortie }
      }
      if (!next) break
      for (const square of next.sortie.squares) {
        taken[square] = 1
        smoothed[square] = 0
      }
      waiting.delete(next.drone)
      plans.push({ ...next, round })
    }
    if (plans.length === before) break
  }
  return plans
}

const usableS = (drone: SearchDrone): number => drone.enduranceS - drone.reserveS

function bestSortie(
  lattice: Lattice,
  smoothed: Float64Array,
  open: (square: number) => boolean,
  drone: SearchDrone,
  input: CutTasksInput,
  frame: LocalFrame,
  noFly: NoFly,
): Sortie | null {
  const budgetS = usableS(drone) - (input.overheadS ?? 60)
  if (!(budgetS > 0)) return null
  const startM = frame.toLocal(drone.startLngLat)
  const flight: Flight = {
    startM,
    legS: legTimer(drone.airspeedMps, input.wind),
    route: (a, b) => noFly.route(a, b),
    turnS: input.turnS ?? 3,
  }
  // More squares than still air lets the drone pass over; the tour decides how many it really gets.
  const squares = Math.ceil((budgetS * (drone.airspeedMps + (input.wind?.speedMps ?? 0))) / lattice.spacingM)
  const worth = (step: number, lane: number): number => {
    const there = lattice.toLocal(step, lane)
    return Math.max(0, 1 - (flight.legS(startM, there) + flight.legS(there, startM)) / budgetS)
  }
  let best: Sortie | null = null
  for (const seed of seedsFor(lattice, smoothed, squares, worth, SEEDS)) {
    const sortie = largestSortie(lattice, open, growRegion(lattice, smoothed, open, seed, squares), flight, budgetS)
    if (sortie && sortie.mass > 0 && (!best || sortie.mass > best.mass)) best = sortie
  }
  return best
}

function toTask(
  { drone, round, sortie }: Planned,
  lattice: Lattice,
  input: CutTasksInput,
  frame: LocalFrame,
): SearchTask {
  const { sensor, overheadS = 60 } = input
  const { path, runs } = sortie
  const pod = podCapped(sensor.sweepWidthM / lattice.spacingM, sensor.podCap ?? 1)
  const timeS = path.totalS + overheadS
  const startM = frame.toLocal(drone.startLngLat)
  const whole = [startM, ...path.outM, ...path.points, ...path.backM, startM]
  const lengthM = whole.reduce(
    (sum, p, i) => (i === 0 ? 0 : sum + Math.hypot(p[0] - whole[i - 1]![0], p[1] - whole[i - 1]![1])),
    0,
  )
  let found = 0
  const posCurve = path.flown.map(({ run, endS }) => {
    const { lane, fromAlong, toAlong } = runs[run]!
    for (let step = fromAlong; step < toAlong; step++) found += lattice.mass[lane * lattice.steps + step]! * pod
    return { atS: endS + overheadS / 2, pos: found }
  })
  return {
    droneId: drone.id,
    sortie: round,
    area: outlineOf(sortie.squares, lattice.steps).map((ring) => ringToLngLat(ring, lattice, frame)),
    lanes: path.flown.map(({ run, reversed }) => {
      const ends: [LngLat, LngLat] = [frame.toLngLat(runs[run]!.from), frame.toLngLat(runs[run]!.to)]
      return reversed ? [ends[1], ends[0]] : ends
    }),
    waypoints: [...path.outM, ...path.points, ...path.backM].map((p) => frame.toLngLat(p)),
    lengthM,
    timeS,
    transitS: path.outS + path.backS,
    energyShare: timeS / usableS(drone),
    poaInside: sortie.mass,
    expectedPos: sortie.mass * pod,
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

function check({ drones, sensor, wind }: CutTasksInput): void {
  if (!(sensor.swathM > 0)) throw new RangeError('sensor.swathM: must be above 0')
  if (!(sensor.sweepWidthM >= 0 && sensor.sweepWidthM <= sensor.swathM)) {
    throw new RangeError('sensor.sweepWidthM: must be 0 to swathM')
  }
  if (!(sensor.overlap >= 0 && sensor.overlap < 1)) throw new RangeError('sensor.overlap: must be 0 to below 1')
  if (wind && !(wind.speedMps >= 0 && Number.isFinite(wind.fromDeg)))
    throw new RangeError('wind: needs fromDeg, speedMps')
  for (const { id, airspeedMps, enduranceS, reserveS } of drones) {
    if (!(airspeedMps > 0)) throw new RangeError(`drones.${id}.airspeedMps: must be above 0`)
    if (!(enduranceS >= 0 && reserveS >= 0))
      throw new RangeError(`drones.${id}: enduranceS and reserveS must be 0 or above`)
  }
}
