import type { Lattice } from './lattice.ts'

/** What flying over a lattice costs, in one unit for everything: metres or seconds. */
export interface ChainCosts {
  /** Flying one step along a lane, in its bearing and against it. */
  readonly onward: number
  readonly backward: number
  /** Going from a lane to the next one, turns included. */
  readonly across: number
  /** Way to the first node, `lane * (steps + 1) + node`; null when the way there is free. Infinity: cannot start there. */
  readonly out: Float64Array | null
  /** Way from the last node; null when it is free. Infinity: cannot end there. */
  readonly back: Float64Array | null
}

/** What is seen on the way to the first node and from the last one, indexed as these, in the unit of the squares' mass. */
export interface WaysSeen {
  readonly out: Float64Array | null
  readonly back: Float64Array | null
}

export const NOTHING_SEEN: WaysSeen = { out: null, back: null }

/**
 * Lanes flown one after another, each from one node to another; lane `first + i` goes from `nodes[i]` to `nodes[i + 1]`.
 * A node is a boundary between squares along a lane, 0..steps; the drone changes to the next lane at the node where it
 * ended.
 */
export interface LaneChain {
  readonly first: number
  readonly nodes: readonly number[]
}

/** Seen by DP tables, reused between prices: allocation would cost more than the arithmetic. */
interface Tables {
  readonly value: Float64Array
  /** Node where the lane was entered; `-1 - node` when the chain starts in this lane. */
  readonly entered: Int32Array
}

/**
 * Finds the chain of lanes that maximises probability seen - price x cost, ways out and back included: every chain that
 * takes consecutive lanes, one stretch of each. Exact, by dynamic programming over lanes and nodes: O(squares), because
 * the best entry for every exit of a lane is a running maximum from either side.
 *
 * This is the boustrophedon with its turning points free: each turn lies where going on along the lane would earn less
 * than the price, seen from both lanes it joins. A price is the Lagrange multiplier of the budget.
 * @param mass probability per square still to be found; `open` 0 where a drone may not fly
 * Null when no node can be flown at all.
 */
export function chainSolver(
  lattice: Lattice,
  mass: Float64Array,
  open: Uint8Array,
  costs: ChainCosts,
  seen: WaysSeen = NOTHING_SEEN,
): (price: number) => LaneChain | null {
  const { lanes, steps } = lattice
  const width = steps + 1
  const tables: Tables = { value: new Float64Array(lanes * width), entered: new Int32Array(lanes * width) }
  const upTo = cumulative(lattice, mass)
  const passes = passable(lattice, open)
  return (price) => solve(lattice, upTo, open, passes, costs, seen, price, tables)
}

function solve(
  { lanes, steps }: Lattice,
  { before, beyond }: SeenUpTo,
  open: Uint8Array,
  passes: Uint8Array,
  costs: ChainCosts,
  seen: WaysSeen,
  price: number,
  { value, entered }: Tables,
): LaneChain | null {
  const width = steps + 1
  const across = price * costs.across
  const [onward, backward] = [price * costs.onward, price * costs.backward]
  const [entry, starts] = [new Float64Array(width), new Uint8Array(width)]
  value.fill(-Infinity)
  let [best, bestAt] = [-Infinity, -1]
  for (let lane = 0; lane < lanes; lane++) {
    const row = lane * width
    // Worth of standing at a node before flying this lane: come from the lane before, or start here.
    for (let node = 0; node <= steps; node++) {
      const outSeen = seen.out ? seen.out[row + node]! : 0
      const outCost = costs.out ? price * costs.out[row + node]! : 0
      const start = standable(open, lane, node, steps) ? outSeen - outCost : -Infinity
      const come = passes[row + node] ? value[row - width + node]! - across : -Infinity
      starts[node] = come > start ? 0 : 1
      entry[node] = Math.max(come, start)
    }
    let [top, from] = [-Infinity, 0]
    for (let node = 0; node <= steps; node++) {
      if (node > 0 && !open[lane * steps + node - 1]) top = -Infinity
      const standing = entry[node]! - before[row + node]! + onward * node
      if (standing > top) {
        top = standing
        from = node
      }
      value[row + node] = top + beyond[row + node]! - onward * node
      entered[row + node] = from
    }
    top = -Infinity
    for (let node = steps; node >= 0; node--) {
      if (node < steps && !open[lane * steps + node]) top = -Infinity
      const standing = entry[node]! + beyond[row + node]! - backward * node
      if (standing > top) {
        top = standing
        from = node
      }
      const worth = top - before[row + node]! + backward * node
      if (worth > value[row + node]!) {
        value[row + node] = worth
        entered[row + node] = from
      }
    }
    for (let node = 0; node <= steps; node++) {
      const at = row + node
      // A chain that starts in this lane is marked, so that walking back knows where to stop.
      if (starts[entered[at]!]) entered[at] = -1 - entered[at]!
      const backSeen = seen.back ? seen.back[at]! : 0
      const ended = costs.back ? value[at]! + backSeen - price * costs.back[at]! : value[at]!
      if (ended > best) {
        best = ended
        bestAt = at
      }
    }
  }
  return bestAt < 0 ? null : walkBack(entered, width, bestAt)
}

function walkBack(entered: Int32Array, width: number, end: number): LaneChain {
  let [lane, node] = [Math.floor(end / width), end % width]
  const nodes = [node]
  for (;;) {
    const from = entered[lane * width + node]!
    nodes.push(from < 0 ? -1 - from : from)
    if (from < 0) return { first: lane, nodes: nodes.reverse() }
    node = from
    lane--
  }
}

/** Probability of a lane up to a node less what a turn there sees beyond it, and plus that; `lane * (steps + 1) + node`. */
interface SeenUpTo {
  readonly before: Float64Array
  readonly beyond: Float64Array
}

function cumulative(lattice: Lattice, mass: Float64Array): SeenUpTo {
  const { lanes, steps, turnSteps: ends } = lattice
  const width = steps + 1
  const sums = new Float64Array(width)
  const [before, beyond] = [new Float64Array(lanes * width), new Float64Array(lanes * width)]
  for (let lane = 0; lane < lanes; lane++) {
    for (let step = 0; step < steps; step++) sums[step + 1] = sums[step]! + mass[lane * steps + step]!
    for (let node = 0; node <= steps; node++) {
      before[lane * width + node] = sums[Math.max(0, node - ends)]!
      beyond[lane * width + node] = sums[Math.min(steps, node + ends)]!
    }
  }
  return { before, beyond }
}

const standable = (open: Uint8Array, lane: number, node: number, steps: number): boolean =>
  (node > 0 && open[lane * steps + node - 1] === 1) || (node < steps && open[lane * steps + node] === 1)

/** Whether a drone may go from lane - 1 to lane at a node: along a side of squares that are open in both. */
function passable({ lanes, steps }: Lattice, open: Uint8Array): Uint8Array {
  const passes = new Uint8Array(lanes * (steps + 1))
  for (let lane = 1; lane < lanes; lane++) {
    for (let node = 0; node <= steps; node++) {
      const [here, there] = [lane * steps + node, (lane - 1) * steps + node]
      const right = node < steps && open[here] === 1 && open[there] === 1
      const left = node > 0 && open[here - 1] === 1 && open[there - 1] === 1
      if (left || right) passes[lane * (steps + 1) + node] = 1
    }
  }
  return passes
}
