import type { LocalM } from './position.ts'
import type { LegTimeS } from './wind.ts'

/** One stretch of a lane to be flown, from one end to the other in either direction. */
export interface Run {
  /** Number of the lane; neighbouring lanes differ by 1. */
  readonly lane: number
  /** Ends, in order along the lane bearing, as local points. */
  readonly from: LocalM
  readonly to: LocalM
  /** Interval along the lane, same unit for all runs, from < to. */
  readonly fromAlong: number
  readonly toAlong: number
}

/** How legs are flown. */
export interface Flight {
  readonly startM: readonly number[]
  /** Seconds of a straight leg, Infinity when it cannot be flown. */
  readonly legS: LegTimeS
  /** Corner points between a and b around forbidden ground (empty: straight), or null when there is no way. */
  route(a: readonly number[], b: readonly number[]): readonly LocalM[] | null
  /** Seconds lost at each turn. */
  readonly turnS: number
}

/** A tour from the start over all runs and back. Times run from take-off without the climb. */
export interface LanePath {
  /** Points from the first lane's start to the last lane's end, detours included. */
  readonly points: readonly LocalM[]
  /** Points of the way out and back, without their ends. */
  readonly outM: readonly LocalM[]
  readonly backM: readonly LocalM[]
  /** Runs in flying order, each with its direction and the time at its end. */
  readonly flown: readonly { readonly run: number; readonly reversed: boolean; readonly endS: number }[]
  readonly outS: number
  readonly backS: number
  readonly totalS: number
}

interface Stop {
  readonly run: number
  readonly reversed: boolean
}

/** Ways to start are tried up to this many chains; beyond it the nearest chain starts. */
const TRY_STARTS = 6

/**
 * Orders runs into a tour: neighbouring runs that face only each other form chains (boustrophedon cells), each flown
 * back and forth; chains follow each other by the nearest entry. For few chains every first chain, side and direction is
 * tried and the quickest tour kept, so a single convex area is entered and left at its best corner.
 * Null when some leg cannot be flown. Time: wind on every leg through `legS`.
 */
export function lanePath(runs: readonly Run[], flight: Flight): LanePath | null {
  if (runs.length === 0) return null
  const chains = chainsOf(runs)
  const options = chains.map((chain) => waysThrough(chain))
  let best: LanePath | null = null
  const firsts = chains.length <= TRY_STARTS ? chains.map((_, i) => i) : [nearestChain(runs, options, flight)]
  for (const first of firsts) {
    for (const way of options[first]!) {
      const tour = flyTour(runs, tourFrom(runs, options, flight, first, way), flight)
      if (tour && (!best || tour.totalS < best.totalS)) best = tour
    }
  }
  return best
}

/** Runs linked where each has exactly one neighbour in the next lane and that one has only it. */
function chainsOf(runs: readonly Run[]): number[][] {
  const order = [...runs.keys()].sort(
    (a, b) => runs[a]!.lane - runs[b]!.lane || runs[a]!.fromAlong - runs[b]!.fromAlong,
  )
  const byLane = new Map<number, number[]>()
  for (const i of order) byLane.set(runs[i]!.lane, [...(byLane.get(runs[i]!.lane) ?? []), i])
  const facing = (i: number, lane: number): number[] =>
    (byLane.get(lane) ?? []).filter(
      (j) => runs[j]!.fromAlong < runs[i]!.toAlong && runs[j]!.toAlong > runs[i]!.fromAlong,
    )
  const chainOf = new Map<number, number[]>()
  const chains: number[][] = []
  for (const i of order) {
    const below = facing(i, runs[i]!.lane - 1)
    const joined =
      below.length === 1 && facing(below[0]!, runs[i]!.lane).length === 1 ? chainOf.get(below[0]!) : undefined
    if (joined) joined.push(i)
    else chains.push([i])
    chainOf.set(i, joined ?? chains[chains.length - 1]!)
  }
  return chains
}

/** Up or down the lanes, first lane forwards or backwards. */
function waysThrough(chain: readonly number[]): Stop[][] {
  return [chain, chain.toReversed()].flatMap((order) =>
    [0, 1].map((odd) => order.map((run, i) => ({ run, reversed: i % 2 === odd }))),
  )
}

const entry = (runs: readonly Run[], { run, reversed }: Stop): LocalM => (reversed ? runs[run]!.to : runs[run]!.from)
const exit = (runs: readonly Run[], { run, reversed }: Stop): LocalM => (reversed ? runs[run]!.from : runs[run]!.to)

function nearestChain(runs: readonly Run[], options: readonly Stop[][][], flight: Flight): number {
  const cost = options.map((ways) => Math.min(...ways.map((way) => flight.legS(flight.startM, entry(runs, way[0]!)))))
  return cost.indexOf(Math.min(...cost))
}

function tourFrom(
  runs: readonly Run[],
  options: readonly Stop[][][],
  flight: Flight,
  first: number,
  firstWay: readonly Stop[],
): Stop[] {
  const tour = [...firstWay]
  const left = new Set(options.keys())
  left.delete(first)
  while (left.size > 0) {
    const at = exit(runs, tour[tour.length - 1]!)
    let best: { chain: number; way: readonly Stop[]; seconds: number } | null = null
    for (const chain of left) {
      for (const way of options[chain]!) {
        const seconds = flight.legS(at, entry(runs, way[0]!))
        if (!best || seconds < best.seconds) best = { chain, way, seconds }
      }
    }
    tour.push(...best!.way)
    left.delete(best!.chain)
  }
  return tour
}

function flyTour(runs: readonly Run[], tour: readonly Stop[], flight: Flight): LanePath | null {
  const fly = (a: readonly number[], b: readonly number[]): { via: readonly LocalM[]; seconds: number } | null => {
    const via = flight.route(a, b)
    if (!via) return null
    let seconds = 0
    let at = a
    for (const next of [...via, b]) {
      seconds += flight.legS(at, next) + (next === b ? 0 : flight.turnS)
      at = next
    }
    return Number.isFinite(seconds) ? { via, seconds } : null
  }
  const out = fly(flight.startM, entry(runs, tour[0]!))
  if (!out) return null
  const points: LocalM[] = []
  const flown: { run: number; reversed: boolean; endS: number }[] = []
  let clockS = out.seconds
  for (let i = 0; i < tour.length; i++) {
    const [from, to] = [entry(runs, tour[i]!), exit(runs, tour[i]!)]
    if (i > 0) {
      const leg = fly(points[points.length - 1]!, from)
      if (!leg) return null
      points.push(...leg.via)
      clockS += leg.seconds + flight.turnS
    }
    const laneS = flight.legS(from, to)
    if (!Number.isFinite(laneS)) return null
    clockS += laneS + flight.turnS
    points.push(from, to)
    flown.push({ ...tour[i]!, endS: clockS })
  }
  const back = fly(points[points.length - 1]!, flight.startM)
  if (!back) return null
  return {
    points,
    outM: out.via,
    backM: back.via,
    flown,
    outS: out.seconds,
    backS: back.seconds,
    totalS: clockS + back.seconds,
  }
}
