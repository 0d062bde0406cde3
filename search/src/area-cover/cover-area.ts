import type { LocalM } from '../position.ts'
import { legTimer, type LegTimeS, type Wind } from '../wind.ts'
import type { AllowedArea } from './allowed-area.ts'
import { orderCells } from './cell-order.ts'
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

/**
 * Quickest boustrophedon over an area (see `coveragePath`), every candidate bearing tried. Depends only on the shape, the
 * wind and the start, so that moved or turned input gives the moved or turned path. Null when no bearing can be flown.
 */
export function coverArea(input: CoverInput): AreaCover | null {
  const { area, trackSpacingM, insetM, bearingRad, alsoRad = [] } = input
  const legS = legTimer(input.airspeedMps, input.wind)
  const ways = waysInside(area, Math.min(CLEARANCE_M, CLEARANCE_SHARE * trackSpacingM))
  const bearings = bearingRad === undefined ? [...candidateBearings(area, input.wind), ...alsoRad] : [bearingRad]
  const laid = bearings.map((bearing) => {
    const lanes = laneRuns(area, trackSpacingM, bearing, insetM)
    return { bearing, lanes, atLeastS: leastS(lanes, legS, input.turnS) }
  })
  let best: AreaCover | null = null
  for (const { bearing, lanes, atLeastS } of laid.toSorted((a, b) => a.atLeastS - b.atLeastS)) {
    if (best && atLeastS >= best.timeS) break
    const cover = order(lanes, bearing, input, ways, legS, best?.timeS ?? Infinity)
    if (cover && (!best || cover.timeS < best.timeS - 1e-9)) best = cover
  }
  return best
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

function order(
  { runs, spacingM }: LaneRuns,
  bearingRad: number,
  { turnS, startM, endM }: CoverInput,
  ways: WaysInside,
  legS: LegTimeS,
  toBeatS: number,
): AreaCover | null {
  const cells = sweepCells(runs).map((cell) => waysThrough(cell))
  const begin = ({ run, reversed }: Stop): LocalM => (reversed ? runs[run]!.to : runs[run]!.from)
  const end = ({ run, reversed }: Stop): LocalM => (reversed ? runs[run]!.from : runs[run]!.to)
  const go = (a: readonly number[], b: readonly number[]): Way => {
    const via = ways.route(a, b)
    return via ? { via, seconds: timeAlongS([a, ...via, b], legS, turnS) } : NO_WAY
  }
  const laneS = (stop: Stop): number => legS(begin(stop), end(stop))
  const hop = (from: Stop, to: Stop): number => go(end(from), begin(to)).seconds + 2 * turnS
  const insideS = cells.map((options) =>
    options.map((way) => way.reduce((sum, stop, i) => sum + laneS(stop) + (i > 0 ? hop(way[i - 1]!, stop) : 0), 0)),
  )
  // No order is quicker than its cells and the turns between them.
  const atLeastS = insideS.reduce((sum, options) => sum + Math.min(...options), 2 * turnS * (cells.length - 1))
  if (atLeastS >= toBeatS) return null
  const found = orderCells({
    ways: cells.map((options) => options.length),
    inside: (cell, way) => insideS[cell]![way]!,
    between: (cell, way, next, w) => hop(cells[cell]![way]!.at(-1)!, cells[next]![w]![0]!),
    out: (cell, way) => (startM ? go(startM, begin(cells[cell]![way]![0]!)).seconds + turnS : 0),
    back: (cell, way) => (endM ? go(end(cells[cell]![way]!.at(-1)!), endM).seconds + turnS : 0),
  })
  if (!found) return null
  const stops = found.visits.flatMap(({ cell, way }) => cells[cell]![way]!)
  const lanes = stops.map((stop, i) => {
    const before = i > 0 ? end(stops[i - 1]!) : startM
    return { via: before ? go(before, begin(stop)).via : [], from: begin(stop), to: end(stop) }
  })
  return { bearingRad, spacingM, cells: cells.length, lanes, timeS: found.cost, ways, legS }
}

/** Seconds along points, with a turn at each point between. */
export function timeAlongS(points: readonly (readonly number[])[], legS: LegTimeS, turnS: number): number {
  let seconds = Math.max(0, points.length - 2) * turnS
  for (let i = 1; i < points.length; i++) seconds += legS(points[i - 1]!, points[i]!)
  return seconds
}
