/** Cells that have to be visited, each in one of its ways, with what everything costs. */
export interface CellCosts {
  /** Number of ways through each cell. */
  readonly ways: readonly number[]
  inside(cell: number, way: number): number
  /** From the end of one cell's way to the beginning of another's; Infinity when there is none. */
  between(cell: number, way: number, nextCell: number, nextWay: number): number
  /** From the start to a cell, and from a cell to the end; 0 when free. */
  out(cell: number, way: number): number
  back(cell: number, way: number): number
}

/** Cells in the order they are flown, with the way through each. */
export interface CellOrder {
  readonly visits: readonly { readonly cell: number; readonly way: number }[]
  readonly cost: number
}

/** Up to this many cells the order is exact (Held & Karp 1962); 2^8 x 32 states of 4 ways each. */
const EXACT_CELLS = 8
/** Improvements of a longer order, at most: each costs the square of the cells. */
const MOST_IMPROVEMENTS = 60

/**
 * Cheapest open tour through all cells: exact for up to 8 cells, beyond that from the nearest neighbour improved by
 * moving and turning stretches of the order until nothing helps (2-opt, or-opt), the ways through the cells always exact.
 * Null when no tour exists (some cell cannot be reached). Deterministic.
 * Source: Baehnemann et al. 2021 (ordering of sweep cells with their ways as a generalised travelling salesman problem).
 */
export function orderCells(costs: CellCosts): CellOrder | null {
  const n = costs.ways.length
  if (n === 0) return null
  const known = tabled(costs)
  const order = n <= EXACT_CELLS ? exactOrder(known) : improved(nearestFirst(known), known)
  return order && Number.isFinite(order.cost) ? order : null
}

/** The same costs, looked up: they are asked for many times. */
function tabled(costs: CellCosts): CellCosts {
  const n = costs.ways.length
  const most = Math.max(...costs.ways)
  const width = n * most
  const hops = new Float64Array(width * width).fill(Infinity)
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      if (a === b) continue
      for (let v = 0; v < costs.ways[a]!; v++) {
        for (let w = 0; w < costs.ways[b]!; w++) hops[(a * most + v) * width + b * most + w] = costs.between(a, v, b, w)
      }
    }
  }
  const single = (cost: (cell: number, way: number) => number): ((cell: number, way: number) => number) => {
    const table = Float64Array.from({ length: width }, (_, at) => {
      const [cell, way] = [Math.floor(at / most), at % most]
      return way < costs.ways[cell]! ? cost(cell, way) : Infinity
    })
    return (cell, way) => table[cell * most + way]!
  }
  return {
    ways: costs.ways,
    inside: single(costs.inside),
    out: single(costs.out),
    back: single(costs.back),
    between: (a, v, b, w) => hops[(a * most + v) * width + b * most + w]!,
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

function exactOrder(costs: CellCosts): CellOrder {
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
  const visits: { cell: number; way: number }[] = []
  for (let k = at; k >= 0; k = before[k]!)
    visits.unshift({ cell: Math.floor((k % width) / most), way: (k % width) % most })
  return { visits, cost }
}

/** From the start (or from each cell in turn, when it is free) always to the nearest cell. */
function nearestFirst(costs: CellCosts): CellOrder {
  const n = costs.ways.length
  const apart = costs.ways.map((_, a) =>
    costs.ways.map((_, b) =>
      a === b
        ? 0
        : Math.min(...waysOf(costs, a).flatMap((v) => waysOf(costs, b).map((w) => costs.between(a, v, b, w)))),
    ),
  )
  let best: CellOrder | null = null
  for (let first = 0; first < n; first++) {
    const order = [first]
    const left = new Set(costs.ways.keys())
    left.delete(first)
    while (left.size > 0) {
      const at = order[order.length - 1]!
      const next = [...left].reduce((a, b) => (apart[at]![b]! < apart[at]![a]! ? b : a))
      order.push(next)
      left.delete(next)
    }
    const whole = waysFor(order, costs)
    if (!best || whole.cost < best.cost) best = whole
  }
  return best!
}

const waysOf = (costs: CellCosts, cell: number): number[] => [...Array(costs.ways[cell]!).keys()]

function improved(start: CellOrder, costs: CellCosts): CellOrder {
  const costOf = orderCost(costs)
  let order = start.visits.map(({ cell }) => cell)
  let best = start.cost
  let better = true
  for (let i = 0; better && i < MOST_IMPROVEMENTS; i++) {
    better = false
    for (const candidate of neighbours(order)) {
      const cost = costOf(candidate, best)
      if (!(cost < best - 1e-9)) continue
      ;[order, best] = [candidate, cost]
      better = true
      break
    }
  }
  return waysFor(order, costs)
}

/** What the best ways through cells in a given order cost, as `waysFor` but quickly; given up once it is above a limit. */
function orderCost(costs: CellCosts): (order: readonly number[], limit: number) => number {
  const most = Math.max(...costs.ways)
  let [reach, here] = [new Float64Array(most), new Float64Array(most)]
  return (order, limit) => {
    const first = order[0]!
    for (let way = 0; way < costs.ways[first]!; way++) reach[way] = costs.out(first, way) + costs.inside(first, way)
    for (let i = 1; i < order.length; i++) {
      const [cell, before] = [order[i]!, order[i - 1]!]
      let least = Infinity
      for (let way = 0; way < costs.ways[cell]!; way++) {
        let cheapest = Infinity
        for (let w = 0; w < costs.ways[before]!; w++) {
          const cost = reach[w]! + costs.between(before, w, cell, way)
          if (cost < cheapest) cheapest = cost
        }
        here[way] = cheapest + costs.inside(cell, way)
        if (here[way]! < least) least = here[way]!
      }
      if (least >= limit) return Infinity
      ;[reach, here] = [here, reach]
    }
    const last = order[order.length - 1]!
    let cost = Infinity
    for (let way = 0; way < costs.ways[last]!; way++) cost = Math.min(cost, reach[way]! + costs.back(last, way))
    return cost
  }
}

/** Orders with one stretch reversed, or one cell moved. */
function* neighbours(order: readonly number[]): Generator<number[]> {
  for (let i = 0; i < order.length; i++) {
    for (let k = i + 1; k < order.length; k++) {
      yield [...order.slice(0, i), ...order.slice(i, k + 1).toReversed(), ...order.slice(k + 1)]
    }
    const rest = order.toSpliced(i, 1)
    for (let k = 0; k <= rest.length; k++) if (k !== i) yield rest.toSpliced(k, 0, order[i]!)
  }
}
