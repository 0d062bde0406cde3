import type { LocalM } from '../frame/position.ts'
import { legTimer, type LegTimeS, type Wind } from '../plan/wind.ts'
import type { AllowedArea } from './allowed-area.ts'
import { orderSearch } from './cell-order.ts'
import { laneRuns, type LaneRuns } from './lane-runs.ts'
import { candidateBearings } from './lane-bearings.ts'
import { type Stop, sweepCells, waysThrough } from './sweep-cells.ts'
import { type WaysInside, waysInside } from './ways-inside.ts'

/** How an area is to be covered, in its own flat frame. */
export interface CoverInput {
  readonly area: AllowedArea
  /** Widest distance between neighbouring lanes, metres. */
  readonly trackSpacingM: number
  readonly airspeedMps: number
  readonly wind: Wind | null
  /** Seconds lost at each turn. */
  readonly turnS: number
  /** Where the path begins and ends; null: anywhere, at no cost. Both must lie in the area. */
  readonly startM: readonly number[] | null
  readonly endM: readonly number[] | null
  /** Lanes end this much before the rim. */
  readonly insetM: number
  /** The only bearing to be tried; default: all that may be best. */
  readonly bearingRad?: number | undefined
  /** Bearings to be tried beside those that the area suggests. */
  readonly alsoRad?: readonly number[] | undefined
}

/** Legs that cover an area, from one lane to the next inside it. */
export interface AreaCover {
  readonly bearingRad: number
  readonly spacingM: number
  readonly cells: number
  /** Every lane in flying order and direction, with the corner points of the way to it. */
  readonly lanes: readonly { readonly via: readonly LocalM[]; readonly from: LocalM; readonly to: LocalM }[]
  /** From start to end, turns and wind included. */
  readonly timeS: number
  readonly ways: WaysInside
  readonly legS: LegTimeS
}

/** Clearance from corners the way goes around, a share of the spacing and at most metres. */
const CLEARANCE_SHARE = 0.02
const CLEARANCE_M = 2

/** Bearings whose order of many cells is worked out to the end: those whose first order is quickest. */
const MOST_IMPROVED = 8

/**
 * Quickest boustrophedon over an area (see `coveragePath`), every candidate bearing tried; where it falls into many
 * cells, the bearings that begin best and those asked for by name are worked out to the end. Depends only on the shape,
 * the wind and the start, so that moved or turned input gives the moved or turned path. Null when no bearing can be flown.
 */
export function coverArea(input: CoverInput): AreaCover | null {
  const { area, trackSpacingM, insetM, bearingRad, alsoRad = [] } = input
  const legS = legTimer(input.airspeedMps, input.wind)
  const ways = waysInside(area, Math.min(CLEARANCE_M, CLEARANCE_SHARE * trackSpacingM))
  const named = bearingRad === undefined ? alsoRad : [bearingRad]
  const bearings = bearingRad === undefined ? [...candidateBearings(area, input.wind), ...alsoRad] : [bearingRad]
  const laid = bearings
    .map((bearing) => {
      const lanes = laneRuns(area, trackSpacingM, bearing, insetM)
      return { bearing, lanes, atLeastS: leastS(lanes, legS, input.turnS) }
    })
    .sort((a, b) => a.atLeastS - b.atLeastS)

  let quickestS = Infinity
  let begun: BegunCover[] = []
  for (const { bearing, lanes, atLeastS } of laid) {
    if (atLeastS >= quickestS) break
    const one = begin(lanes, bearing, input, ways, legS, quickestS)
    if (!one) continue
    quickestS = Math.min(quickestS, one.firstS)
    begun.push(one)
    // What is not worked out to the end is let go of at once: its table of hops is large.
    const kept = begun.toSorted((a, b) => a.firstS - b.firstS).slice(0, MOST_IMPROVED)
    begun = begun.filter((other) => kept.includes(other) || named.includes(other.bearingRad))
  }
  let best: AreaCover | null = null
  for (const one of begun.sort((a, b) => a.firstS - b.firstS)) {
    if (best && one.atLeastS >= best.timeS) continue
    const cover = one.finish()
    if (cover && (!best || cover.timeS < best.timeS - 1e-9)) best = cover
  }
  return best
}

/** Lanes of one bearing whose order has been begun. */
interface BegunCover {
  readonly bearingRad: number
  /** No order is quicker, and one is known that takes `firstS`. */
  readonly atLeastS: number
  readonly firstS: number
  finish(): AreaCover | null
}

/** What lanes take without the ways between them: no order is quicker. */
const leastS = ({ runs }: LaneRuns, legS: LegTimeS, turnS: number): number =>
  runs.length === 0
    ? Infinity
    : runs.reduce((sum, { from, to }) => sum + Math.min(legS(from, to), legS(to, from)) + 2 * turnS, -2 * turnS)

/** What going somewhere takes, and by which corners. */
interface Way {
  readonly via: readonly LocalM[]
  readonly seconds: number
}
const NO_WAY: Way = { via: [], seconds: Infinity }

function begin(
  { runs, spacingM }: LaneRuns,
  bearingRad: number,
  { turnS, startM, endM }: CoverInput,
  ways: WaysInside,
  legS: LegTimeS,
  toBeatS: number,
): BegunCover | null {
  const cells = sweepCells(runs).map((cell) => waysThrough(cell))
  if (cells.length === 0) return null
  const begins = ({ run, reversed }: Stop): LocalM => (reversed ? runs[run]!.to : runs[run]!.from)
  const ends = ({ run, reversed }: Stop): LocalM => (reversed ? runs[run]!.from : runs[run]!.to)
  const go = (a: readonly number[], b: readonly number[]): Way => {
    const via = ways.route(a, b)
    return via ? { via, seconds: timeAlongS([a, ...via, b], legS, turnS) } : NO_WAY
  }
  const laneS = (stop: Stop): number => legS(begins(stop), ends(stop))
  const hop = (from: Stop, to: Stop): number => go(ends(from), begins(to)).seconds + 2 * turnS
  const insideS = cells.map((options) =>
    options.map((way) => way.reduce((sum, stop, i) => sum + laneS(stop) + (i > 0 ? hop(way[i - 1]!, stop) : 0), 0)),
  )
  const straightS = straightHops(cells, begins, ends, legS, turnS)
  // To each cell but one, at least the shortest straight way from another.
  const into = cells.map((_, cell) => cells.reduce((least, __, a) => Math.min(least, straightS(a, cell)), Infinity))
  const hopsS = cells.length > 1 ? into.reduce((sum, s) => sum + s, -Math.max(...into)) : 0
  const atLeastS = insideS.reduce((sum, options) => sum + Math.min(...options), hopsS)
  if (atLeastS >= toBeatS) return null
  const search = orderSearch({
    ways: cells.map((options) => options.length),
    inside: (cell, way) => insideS[cell]![way]!,
    between: (cell, way, next, w) => hop(cells[cell]![way]!.at(-1)!, cells[next]![w]![0]!),
    betweenAtLeast: straightS,
    out: (cell, way) => (startM ? go(startM, begins(cells[cell]![way]![0]!)).seconds + turnS : 0),
    back: (cell, way) => (endM ? go(ends(cells[cell]![way]!.at(-1)!), endM).seconds + turnS : 0),
  })
  return {
    bearingRad,
    atLeastS,
    firstS: search.firstCost,
    finish() {
      const found = search.best()
      if (!found) return null
      const stops = found.visits.flatMap(({ cell, way }) => cells[cell]![way]!)
      const lanes = stops.map((stop, i) => {
        const before = i > 0 ? ends(stops[i - 1]!) : startM
        return { via: before ? go(before, begins(stop)).via : [], from: begins(stop), to: ends(stop) }
      })
      return { bearingRad, spacingM, cells: cells.length, lanes, timeS: found.cost, ways, legS }
    },
  }
}

/**
 * What going straight from one cell to another takes at least, whatever the ways through them; Infinity to itself. No way
 * inside the area is quicker: in a steady wind a way with a corner never is.
 */
function straightHops(
  cells: readonly (readonly (readonly Stop[])[])[],
  begins: (stop: Stop) => LocalM,
  ends: (stop: Stop) => LocalM,
  legS: LegTimeS,
  turnS: number,
): (cell: number, next: number) => number {
  const from = cells.map((options) => options.map((way) => ends(way.at(-1)!)))
  const to = cells.map((options) => options.map((way) => begins(way[0]!)))
  const known = new Float64Array(cells.length * cells.length)
  for (let a = 0; a < cells.length; a++) {
    for (let b = 0; b < cells.length; b++) {
      let least = Infinity
      if (a !== b) for (const p of from[a]!) for (const q of to[b]!) least = Math.min(least, legS(p, q))
      known[a * cells.length + b] = least + 2 * turnS
    }
  }
  return (a, b) => known[a * cells.length + b]!
}

/** Seconds along points, with a turn at each point between. */
export function timeAlongS(points: readonly (readonly number[])[], legS: LegTimeS, turnS: number): number {
  let seconds = Math.max(0, points.length - 2) * turnS
  for (let i = 1; i < points.length; i++) seconds += legS(points[i - 1]!, points[i]!)
  return seconds
}
