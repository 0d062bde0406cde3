import { type ChainCosts, chainSolver, type LaneChain, NOTHING_SEEN, type WaysSeen } from './lane-chain.ts'
import type { Lattice } from './lattice.ts'

/** A chain with what it costs and what it sees. */
export interface PricedChain {
  readonly chain: LaneChain
  /** Ways out and back included, never above the budget. */
  readonly cost: number
  /** Probability of the squares it sees, and of what its ways see. */
  readonly mass: number
}

/** Steps of looking for the price: 2^-16 of the best rate is far below what a plan can tell. */
const PRICE_STEPS = 16
/** A price within so much of itself is good enough, if its chain uses so much of the budget. */
const PRICE_SHARE = 4e-3
const WELL_USED = 0.98
/** Steps that a guessed price is trusted for, and how far it is thought to be off at each. */
const GUESS_STEPS = 3
const GUESS_SHARE = 0.85
/** Budget used beyond which a better price is not looked for. */
const NEARLY_ALL = 0.999

/**
 * The chain of lanes that sees most within a budget (see `chainSolver`): a price is looked for whose best chain just fits,
 * between the highest rate of any square and nothing; the first chain that does not fit is cut to the budget too, and the
 * better of both is taken.
 * @param mass probability per square still to be found, 0 where not `open`
 * @param budget same unit as the costs
 * @param seen what the ways out and back see; nothing by default
 * @param guess a price that was right for a like chain: it is tried first and saves steps
 * Null when nothing within the budget is worth a flight. Deterministic; O(squares) per step.
 */
export function bestChain(
  lattice: Lattice,
  mass: Float64Array,
  open: Uint8Array,
  costs: ChainCosts,
  budget: number,
  guess: number | null = null,
  seen: WaysSeen = NOTHING_SEEN,
): (PricedChain & { readonly price: number }) | null {
  const top = topRate(mass, costs)
  if (!(top > 0 && budget >= 0)) return null
  const solver = chainSolver(lattice, mass, open, costs, seen)
  const measure = chainMeasure(lattice, mass, costs, seen)
  // A price of nothing would make empty ground as good as none.
  const least = top * 1e-9
  let [low, high] = [least, top]
  let best: (PricedChain & { price: number }) | null = null
  const offer = (priced: PricedChain | null, price: number): void => {
    if (priced && priced.mass > 0 && (!best || priced.mass > best.mass)) best = { ...priced, price }
  }
  let tooLong: LaneChain | null = null
  let [leastTried, used] = [false, 0]
  let next = guess !== null && guess > least && guess < top ? guess : least
  for (let i = 0; i < PRICE_STEPS; i++) {
    const price = next
    leastTried ||= price === least
    const chain = solver(price)
    if (!chain) return null
    const cost = measure.cost(chain)
    if (cost <= budget) {
      offer({ chain, cost, mass: measure.mass(chain) }, price)
      used = cost
      if (price === least || cost >= NEARLY_ALL * budget) break
      high = price
    } else {
      tooLong = chain
      low = price
    }
    if (high - low < PRICE_SHARE * high && used >= WELL_USED * budget) break
    // Beside a good guess first: it is seldom far off. Then in the middle of what is left.
    if (i < GUESS_STEPS && low === least && high < top) next = high * GUESS_SHARE
    else if (i < GUESS_STEPS && high === top && low > least) next = Math.min(low / GUESS_SHARE, (low + top) / 2)
    else next = low === least && !leastTried ? least : (low + high) / 2
  }
  if (tooLong) offer(cutToBudget(tooLong, measure, budget), low)
  return best
}

/** Most probability per unit of cost that any square gives: no chain is worth a higher price. */
function topRate(mass: Float64Array, costs: ChainCosts): number {
  let top = 0
  for (const m of mass) if (m > top) top = m
  return top / Math.min(costs.onward, costs.backward)
}

/** Cost and worth of chains over one lattice. */
interface ChainMeasure {
  cost(chain: LaneChain): number
  mass(chain: LaneChain): number
}

function chainMeasure(lattice: Lattice, mass: Float64Array, costs: ChainCosts, seen: WaysSeen): ChainMeasure {
  const { steps } = lattice
  const width = steps + 1
  return {
    cost({ first, nodes }) {
      const last = first + nodes.length - 2
      const start = costs.out ? costs.out[first * width + nodes[0]!]! : 0
      const end = costs.back ? costs.back[last * width + nodes[nodes.length - 1]!]! : 0
      let sum = start + end + (nodes.length - 2) * costs.across
      for (let i = 1; i < nodes.length; i++) {
        const flown = nodes[i]! - nodes[i - 1]!
        sum += flown > 0 ? flown * costs.onward : -flown * costs.backward
      }
      return sum
    },
    mass({ first, nodes }) {
      const last = first + nodes.length - 2
      const outSeen = seen.out ? seen.out[first * width + nodes[0]!]! : 0
      let sum = outSeen + (seen.back ? seen.back[last * width + nodes[nodes.length - 1]!]! : 0)
      for (let i = 1; i < nodes.length; i++) {
        const [from, to] = seenOfLane(lattice, nodes[i - 1]!, nodes[i]!)
        const start = (first + i - 1) * steps
        for (let step = from; step < to; step++) sum += mass[start + step]!
      }
      return sum
    },
  }
}

/**
 * Squares a chain sees, in flying order lane by lane: each stretch with what its turns see beyond it, up to the first
 * square that is not open.
 */
export function chainSquares(lattice: Lattice, open: Uint8Array, { first, nodes }: LaneChain): number[] {
  const squares: number[] = []
  for (let i = 1; i < nodes.length; i++) {
    const start = (first + i - 1) * lattice.steps
    const [low, high] = [Math.min(nodes[i - 1]!, nodes[i]!), Math.max(nodes[i - 1]!, nodes[i]!)]
    let [from, to] = [low, high]
    const [least, most] = seenOfLane(lattice, low, high)
    while (from > least && open[start + from - 1]) from--
    while (to < most && open[start + to]) to++
    for (let step = from; step < to; step++) squares.push(start + step)
  }
  return squares
}

/** Steps of a lane that flying it between two nodes sees: the first, and one past the last. */
const seenOfLane = ({ steps, turnSteps }: Lattice, a: number, b: number): readonly [from: number, to: number] => [
  Math.max(0, Math.min(a, b) - turnSteps),
  Math.min(steps, Math.max(a, b) + turnSteps),
]

/**
 * The part of a chain that fits a budget and sees most: any run of whole lanes, then as much of the lane after it or
 * before it as still fits.
 */
function cutToBudget(whole: LaneChain, measure: ChainMeasure, budget: number): PricedChain | null {
  const count = whole.nodes.length - 1
  const part = (from: number, to: number): LaneChain => ({
    first: whole.first + from,
    nodes: whole.nodes.slice(from, to + 2),
  })
  const fits = (chain: LaneChain): boolean => measure.cost(chain) <= budget
  let best: PricedChain | null = null
  const offer = (chain: LaneChain): void => {
    const mass = measure.mass(chain)
    if (!best || mass > best.mass) best = { chain, cost: measure.cost(chain), mass }
  }
  let last = -1
  for (let from = 0; from < count; from++) {
    last = Math.max(last, from - 1)
    while (last + 1 < count && fits(part(from, last + 1))) last++
    if (last + 1 < count) {
      const { first, nodes } = part(from, last + 1)
      const head = nodes.slice(0, -1)
      const end = farthest(head[head.length - 1]!, nodes[nodes.length - 1]!, (node) =>
        fits({ first, nodes: [...head, node] }),
      )
      if (end !== null) offer({ first, nodes: [...head, end] })
    }
    if (last < from) continue
    offer(part(from, last))
    if (from > 0) {
      const { first, nodes } = part(from - 1, last)
      const tail = nodes.slice(1)
      const start = farthest(tail[0]!, nodes[0]!, (node) => fits({ first, nodes: [node, ...tail] }))
      if (start !== null) offer({ first, nodes: [start, ...tail] })
    }
  }
  return best
}

/** The node farthest from `near` towards `far` that is still accepted, or null when none is. */
function farthest(near: number, far: number, accepts: (node: number) => boolean): number | null {
  const direction = Math.sign(far - near)
  for (let node = far; ; node -= direction) {
    if (accepts(node)) return node
    if (node === near) return null
  }
}
