import { bestChain, chainSquares } from './best-chain.ts'
import { type ChainCosts, type LaneChain, NOTHING_SEEN, type WaysSeen } from './lane-chain.ts'
import type { Lattice } from './lattice.ts'
import type { NoFly } from './no-fly.ts'
import type { LocalM } from '../frame/position.ts'
import { wayWorths } from './way-worth.ts'
import { legTimer, type LegTimeS, type Wind } from './wind.ts'

/** The ground as the next sortie finds it. `left` and `open` change as sorties are planned. */
export interface SortieGround {
  readonly lattice: Lattice
  /** What one more look at each square is worth: the probability still to be found, or its value; 0 where not open. */
  readonly left: Float64Array
  /** 1 where a drone may search. */
  readonly open: Uint8Array
  readonly wind: Wind | null
  readonly noFly: NoFly
  /** Seconds lost at each turn. */
  readonly turnS: number
  /** Whether the ways out and back look as well, so that a sortie is chosen for what they see too. */
  readonly waysLook: boolean
}

/** The aircraft of a sortie, in the lattice's frame. */
export interface SortieDrone {
  /** Where it takes off; null: anywhere, at no cost. */
  readonly startM: readonly number[] | null
  /** Where it must land; null: anywhere. */
  readonly returnM: readonly number[] | null
  readonly airspeedMps: number
  /** Wind as it meets this aircraft; default: that of the ground. Null: none. */
  readonly wind?: Wind | null | undefined
  /** Time it may fly, climb and landing already taken off, seconds. */
  readonly budgetS: number
}

/** One flight over a chain of lanes. Times run from take-off, seconds, without climb and landing. */
export interface Sortie {
  /** Squares it sees. */
  readonly squares: readonly number[]
  /** Lanes in flying order, the squares each sees, and what these were worth when the sortie was found. */
  readonly lanes: readonly {
    readonly from: LocalM
    readonly to: LocalM
    readonly endS: number
    readonly squares: readonly number[]
    readonly mass: number
  }[]
  /** The whole flight, take-off and landing places included. */
  readonly pointsM: readonly LocalM[]
  /** Time at each point, turns before it included. */
  readonly timesS: readonly number[]
  /** Points of `pointsM` on the way out (take-off included) and on the way back (landing included). */
  readonly outPoints: number
  readonly backPoints: number
  readonly outS: number
  readonly backS: number
  readonly totalS: number
  /** Sum over its lanes. */
  readonly mass: number
}

/** Nodes for which a way around no-fly zones is looked for; each costs a shortest path. */
const MOST_ROUTED = 3000
/** The shortest way around a zone may take longer in wind than the way that was planned with: then with less to spend. */
const BUDGET_SHARES = [1, 0.97, 0.9]
/** Stands for a leg the wind forbids, seconds: far above any battery, and still a number that can be added up. */
const UNFLYABLE_S = 1e9

/**
 * Finds sorties of one drone over ground that changes between calls. What does not change (ways out and back to every
 * node, with wind and around zones) is computed once.
 */
export function sortieFinder(ground: SortieGround, drone: SortieDrone): () => Sortie | null {
  const { lattice, left, open, turnS } = ground
  const legS = legTimer(drone.airspeedMps, drone.wind === undefined ? ground.wind : drone.wind)
  const origin = lattice.toLocal(0, 0)
  const flyable = (to: LocalM, from = origin): number => Math.min(UNFLYABLE_S, legS(from, to))
  const costs: ChainCosts = {
    onward: flyable(lattice.toLocal(1, 0)),
    backward: flyable(origin, lattice.toLocal(1, 0)),
    across: flyable(lattice.toLocal(0, 1)) + 2 * turnS,
    out: drone.startM && nodeWays(ground, drone.startM, (at, node) => legS(at, node)),
    back: drone.returnM && nodeWays(ground, drone.returnM, (at, node) => legS(node, at)),
  }
  // The two turns where the ways out and back join the lanes.
  const endTurnsS = (drone.startM ? turnS : 0) + (drone.returnM ? turnS : 0)
  // What a second was worth in the flight before: much the same in the next one.
  let price: number | null = null
  return () => {
    const seen: WaysSeen = ground.waysLook
      ? {
          out: drone.startM && wayWorths(lattice, left, drone.startM),
          back: drone.returnM && wayWorths(lattice, left, drone.returnM),
        }
      : NOTHING_SEEN
    for (const share of BUDGET_SHARES) {
      const found = bestChain(lattice, left, open, costs, share * drone.budgetS - endTurnsS, price, seen)
      if (!found) return null
      price = found.price
      const flown = [false, true]
        .map((reversed) => fly(ground, drone, legS, found.chain, reversed))
        .filter((sortie) => sortie !== null && sortie.totalS <= drone.budgetS)
      // Of the two directions, the one that finds sooner.
      if (flown.length > 0) return flown.reduce((a, b) => (meanFindS(b!) < meanFindS(a!) ? b : a))
    }
    return null
  }
}

const meanFindS = ({ lanes }: Sortie): number => lanes.reduce((sum, { endS, mass }) => sum + endS * mass, 0)

/**
 * Seconds between a place and every node, around zones where need be; Infinity where no way is known. Shortest ways are
 * looked for to some thousand nodes; the nodes between go by the corner that a node beside them was reached from, when
 * they see it. So no node is out of reach only because it was not looked at.
 */
function nodeWays(ground: SortieGround, placeM: readonly number[], legS: LegTimeS): Float64Array {
  const { lattice, noFly, turnS } = ground
  const { lanes, steps } = lattice
  const width = steps + 1
  const at = (i: number): LocalM => lattice.toLocal(i % width, Math.floor(i / width) + 0.5)
  const ways = Float64Array.from({ length: lanes * width }, (_, i) =>
    noFly.zones.length > 0 && noFly.blocks(placeM, at(i)) ? Infinity : legS(placeM, at(i)),
  )
  const everyNode = Math.max(1, Math.ceil(ways.length / MOST_ROUTED))
  const corners = new Map<number, { readonly cornerM: LocalM; readonly seconds: number }>()
  for (let i = 0; i < ways.length; i += everyNode) {
    if (ways[i]! < Infinity || !nodeOpen(ground, i)) continue
    const via = noFly.route(placeM, at(i))
    if (!via || via.length === 0) continue
    const cornerM = via[via.length - 1]!
    const seconds = alongS(legS, [placeM, ...via]) + via.length * turnS
    ways[i] = seconds + legS(cornerM, at(i))
    corners.set(i, { cornerM, seconds })
  }
  const looked = (i: number): number => Math.floor(i / everyNode) * everyNode
  for (let i = 0; i < ways.length; i++) {
    if (ways[i]! < Infinity || i % everyNode === 0 || !nodeOpen(ground, i)) continue
    for (const beside of [looked(i), looked(i) + everyNode, looked(i - width), looked(i + width)]) {
      const known = corners.get(beside)
      if (!known || noFly.blocks(known.cornerM, at(i))) continue
      ways[i] = Math.min(ways[i]!, known.seconds + legS(known.cornerM, at(i)))
    }
  }
  return ways
}

/** Whether a drone may stand at a node: beside a square that may be flown. */
function nodeOpen({ lattice: { steps }, open }: SortieGround, i: number): boolean {
  const [lane, node] = [Math.floor(i / (steps + 1)), i % (steps + 1)]
  return !!open[lane * steps + Math.min(node, steps - 1)] || !!open[lane * steps + Math.max(0, node - 1)]
}

function alongS(legS: LegTimeS, points: readonly (readonly number[])[]): number {
  let seconds = 0
  for (let i = 1; i < points.length; i++) seconds += legS(points[i - 1]!, points[i]!)
  return seconds
}

/** The flight over a chain in one direction, or null when a way out or back is missing. */
function fly(
  { lattice, left, open, noFly, turnS }: SortieGround,
  { startM, returnM }: SortieDrone,
  legS: LegTimeS,
  chain: LaneChain,
  reversed: boolean,
): Sortie | null {
  const lanes = chain.nodes.slice(1).map((node, i) => {
    const lane = chain.first + i
    const one: LaneChain = { first: lane, nodes: [chain.nodes[i]!, node] }
    const ends = [chain.nodes[i]!, node].map((n) => lattice.toLocal(n, lane + 0.5))
    const squares = chainSquares(lattice, open, one)
    const mass = squares.reduce((sum, square) => sum + left[square]!, 0)
    return { from: ends[reversed ? 1 : 0]!, to: ends[reversed ? 0 : 1]!, squares, mass }
  })
  if (reversed) lanes.reverse()
  const viaOut = startM ? noFly.route(startM, lanes[0]!.from) : []
  const viaBack = returnM ? noFly.route(lanes[lanes.length - 1]!.to, returnM) : []
  if (!viaOut || !viaBack) return null

  const pointsM: LocalM[] = []
  const timesS: number[] = []
  let clockS = 0
  const goTo = (to: readonly number[]): void => {
    const before = pointsM[pointsM.length - 1]
    // Every point but the first leg's end is reached after a turn at the point before.
    if (before) clockS += legS(before, to) + (pointsM.length > 1 ? turnS : 0)
    pointsM.push([to[0]!, to[1]!])
    timesS.push(clockS)
  }
  if (startM) goTo(startM)
  for (const corner of viaOut) goTo(corner)
  const outPoints = pointsM.length
  let outS = 0
  const flown = lanes.map(({ from, to, squares, mass }, i) => {
    goTo(from)
    if (i === 0) outS = clockS
    goTo(to)
    return { from, to, endS: clockS, squares, mass }
  })
  const endS = clockS
  const backPoints = viaBack.length + (returnM ? 1 : 0)
  for (const corner of viaBack) goTo(corner)
  if (returnM) goTo(returnM)
  if (!Number.isFinite(clockS)) return null
  return {
    squares: flown.flatMap(({ squares }) => squares),
    lanes: flown,
    pointsM,
    timesS,
    outPoints,
    backPoints,
    outS,
    backS: clockS - endS,
    totalS: clockS,
    mass: flown.reduce((sum, { mass }) => sum + mass, 0),
  }
}
