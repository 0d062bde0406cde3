import type { CellCosts } from './cell-costs.ts'
import { improvedOrder } from './improve-order.ts'

/** Cells in the order they are flown, with the way through each. */
export interface CellOrder {
  readonly visits: readonly { readonly cell: number; readonly way: number }[]
  readonly cost: number
}

/** Up to this many cells the order is exact (Held & Karp 1962); 2^8 x 32 states of 4 ways each. */
const EXACT_CELLS = 8
/** Nearest-neighbour orders that are improved: the cheapest ones. */
const STARTS = 2
/** Up to so many cells every one is tried as the first; of more, those farthest from all others. */
const ALL_FIRST = 40
const FIRST_CELLS = 8

/** Orders of the same cells: a first one that costs little to find, and the best one that is looked for on request. */
export interface OrderSearch {
  /** What the first order costs: as good as the best for up to 8 cells. Infinity when no tour exists. */
  readonly firstCost: number
  /** Null when no tour exists (some cell cannot be reached). */
  best(): CellOrder | null
}

/**
 * Cheapest open tour through all cells: exact for up to 8 cells, beyond that from the nearest neighbour improved by
 * moving cells and turning stretches of the order until nothing helps (2-opt, or-opt), the ways through the cells always
 * exact. Deterministic. What a hop costs is asked for once at most, and only where it may matter.
 * RangeError without any cell.
 * Source: Baehnemann et al. 2021 (ordering of sweep cells with their ways as a generalised travelling salesman problem).
 */
export function orderSearch(costs: CellCosts): OrderSearch {
  const n = costs.ways.length
  if (n === 0) throw new RangeError('cells: need one at least')
  const known = remembered(costs)
  const orders = n <= EXACT_CELLS ? [exactOrder(known)] : nearestOrders(known)
  return {
    firstCost: waysFor(orders[0]!, known).cost,
    best() {
      const found = waysFor(n <= EXACT_CELLS ? orders[0]! : improvedOrder(orders, known), known)
      return Number.isFinite(found.cost) ? found : null
    },
  }
}

/** The same costs, each worked out when it is first asked for. */
function remembered(costs: CellCosts): CellCosts {
  const n = costs.ways.length
  const most = Math.max(...costs.ways)
  const width = n * most
  const hops = new Float64Array(width * width).fill(NaN)
  const single = (cost: (cell: number, way: number) => number): ((cell: number, way: number) => number) => {
    const table = new Float64Array(width).fill(NaN)
    return (cell, way) => {
      const at = cell * most + way
      const value = table[at]!
      return value === value ? value : (table[at] = cost(cell, way))
    }
  }
  return {
    ...costs,
    inside: single(costs.inside),
    out: single(costs.out),
    back: single(costs.back),
    between(a, v, b, w) {
      const at = (a * most + v) * width + b * most + w
      const value = hops[at]!
      return value === value ? value : (hops[at] = costs.between(a, v, b, w))
    },
  }
}

/** Best ways through cells in a given order, by dynamic programming over the ways. */
function waysFor(order: readonly number[], costs: CellCosts): CellOrder {
  const from: number[][] = []
  let reach = Array.from({ length: costs.ways[order[0]!]! }, (_, way) => costs.out(order[0]!, way))
  reach = reach.map((cost, way) => cost + costs.inside(order[0]!, way))
  for (let i = 1; i < order.length; i++) {
    const [cell, before] = [order[i]!, order[i - 1]!]
    const came: number[] = []
    const here = Array.from({ length: costs.ways[cell]! }, (_, way) => {
      const options = reach.map((cost, w) => cost + costs.between(before, w, cell, way))
      came[way] = options.indexOf(Math.min(...options))
      return options[came[way]!]! + costs.inside(cell, way)
    })
    from.push(came)
    reach = here
  }
  const whole = reach.map((cost, way) => cost + costs.back(order[order.length - 1]!, way))
  const cost = Math.min(...whole)
  const ways = [whole.indexOf(cost)]
  for (let i = order.length - 2; i >= 0; i--) ways.unshift(from[i]![ways[0]!]!)
  return { visits: order.map((cell, i) => ({ cell, way: ways[i]! })), cost }
}

function exactOrder(costs: CellCosts): number[] {
  const n = costs.ways.length
  const most = Math.max(...costs.ways)
  const width = n * most
  const best = new Float64Array((1 << n) * width).fill(Infinity)
  const before = new Int32Array(best.length).fill(-1)
  for (let cell = 0; cell < n; cell++) {
    for (let way = 0; way < costs.ways[cell]!; way++)
      best[(1 << cell) * width + cell * most + way] = costs.out(cell, way) + costs.inside(cell, way)
  }
  for (let done = 1; done < 1 << n; done++) {
    for (let state = 0; state < width; state++) {
      const sofar = best[done * width + state]!
      if (sofar === Infinity) continue
      const [cell, way] = [Math.floor(state / most), state % most]
      for (let next = 0; next < n; next++) {
        if (done & (1 << next)) continue
        for (let w = 0; w < costs.ways[next]!; w++) {
          const cost = sofar + costs.between(cell, way, next, w) + costs.inside(next, w)
          const at = (done | (1 << next)) * width + next * most + w
          if (cost < best[at]!) [best[at], before[at]] = [cost, done * width + state]
        }
      }
    }
  }
  const all = ((1 << n) - 1) * width
  let [cost, at] = [Infinity, all]
  for (let state = 0; state < width; state++) {
    const whole = best[all + state]! + costs.back(Math.floor(state / most), state % most)
    if (whole < cost) [cost, at] = [whole, all + state]
  }
  const order: number[] = []
  for (let k = at; k >= 0; k = before[k]!) order.unshift(Math.floor((k % width) / most))
  return cost < Infinity ? order : [...costs.ways.keys()]
}

/** Always to the nearest cell next, from several first cells: the cheapest of these orders first. */
function nearestOrders(costs: CellCosts): number[][] {
  const byBound = costs.ways.map((_, from) =>
    [...costs.ways.keys()]
      .filter((cell) => cell !== from)
      .sort((a, b) => costs.betweenAtLeast(from, a) - costs.betweenAtLeast(from, b) || a - b),
  )
  const nearest = (from: number, left: ReadonlySet<number>): number => {
    let [best, found] = [Infinity, -1]
    for (const cell of byBound[from]!) {
      if (!left.has(cell)) continue
      if (found >= 0 && costs.betweenAtLeast(from, cell) >= best) break
      const hop = cheapestHop(costs, from, cell)
      if (hop < best || found < 0) [best, found] = [hop, cell]
    }
    return found
  }
  const orders = firstCells(costs).map((first) => {
    const order = [first]
    const left = new Set(costs.ways.keys())
    left.delete(order[0]!)
    while (left.size > 0) {
      const next = nearest(order.at(-1)!, left)
      order.push(next)
      left.delete(next)
    }
    return { order, cost: waysFor(order, costs).cost }
  })
  return orders
    .sort((a, b) => a.cost - b.cost)
    .slice(0, STARTS)
    .map(({ order }) => order)
}

/** Chosen by how the cells lie, never by their numbers: a turned area has the same ones. */
function firstCells(costs: CellCosts): number[] {
  const cells = [...costs.ways.keys()]
  if (cells.length <= ALL_FIRST) return cells
  const away = cells.map((to) =>
    cells.reduce((least, from) => (from === to ? least : Math.min(least, costs.betweenAtLeast(from, to))), Infinity),
  )
  return cells.toSorted((a, b) => away[b]! - away[a]! || a - b).slice(0, FIRST_CELLS)
}

function cheapestHop(costs: CellCosts, a: number, b: number): number {
  let best = Infinity
  for (let v = 0; v < costs.ways[a]!; v++)
    for (let w = 0; w < costs.ways[b]!; w++) best = Math.min(best, costs.between(a, v, b, w))
  return best
}
