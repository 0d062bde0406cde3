import { describe, expect, it } from 'vitest'
import { seededRandom } from '../frame/seeded-random.ts'
import type { CellCosts } from './cell-costs.ts'
import { orderSearch } from './cell-order.ts'

/** Cells strewn over a square; ways through a cell go from one of its two ends to the other. */
function strewn(count: number, seed: number): CellCosts {
  const random = seededRandom(seed)
  const cells = Array.from({ length: count }, () => {
    const [x, y, turn] = [1000 * random(), 1000 * random(), 2 * Math.PI * random()]
    return [
      [x, y],
      [x + 80 * Math.cos(turn), y + 80 * Math.sin(turn)],
    ] as const
  })
  const apart = (a: readonly [number, number], b: readonly [number, number]): number =>
    Math.hypot(b[0] - a[0], b[1] - a[1])
  const ends = (cell: number, way: number): readonly [from: readonly [number, number], to: readonly [number, number]] =>
    way === 0 ? cells[cell]! : [cells[cell]![1], cells[cell]![0]]
  return {
    ways: cells.map(() => 2),
    inside: () => 80,
    between: (a, v, b, w) => apart(ends(a, v)[1], ends(b, w)[0]),
    betweenAtLeast: (a, b) => Math.min(...cells[a]!.flatMap((p) => cells[b]!.map((q) => apart(p, q)))),
    out: (cell, way) => apart([0, 0], ends(cell, way)[0]),
    back: (cell, way) => apart(ends(cell, way)[1], [0, 0]),
  }
}

/** Cost of visits, added up hop by hop. */
function costOf(costs: CellCosts, visits: readonly { cell: number; way: number }[]): number {
  const [first, last] = [visits[0]!, visits.at(-1)!]
  let sum = costs.out(first.cell, first.way) + costs.back(last.cell, last.way)
  visits.forEach(({ cell, way }, i) => {
    sum += costs.inside(cell, way)
    const before = visits[i - 1]
    if (before) sum += costs.between(before.cell, before.way, cell, way)
  })
  return sum
}

describe('orders of cells', () => {
  it('visit each cell once, and cost what their hops add up to (seeded)', () => {
    for (const count of [1, 2, 5, 8, 9, 25, 60]) {
      const costs = strewn(count, count)
      const found = orderSearch(costs).best()!
      expect(new Set(found.visits.map(({ cell }) => cell)).size).toBe(count)
      expect(found.visits).toHaveLength(count)
      expect(found.cost).toBeCloseTo(costOf(costs, found.visits), 6)
      expect(found.cost).toBeLessThanOrEqual(orderSearch(costs).firstCost + 1e-9)
    }
  })

  it('leave nothing that turning a stretch or moving one cell would save by more than a fiftieth (seeded)', () => {
    const costs = strewn(30, 4)
    const { visits, cost } = orderSearch(costs).best()!
    const bestWays = (order: readonly number[]): number => {
      let reach = [0, 1].map((way) => costs.out(order[0]!, way) + costs.inside(order[0]!, way))
      for (let i = 1; i < order.length; i++)
        reach = [0, 1].map(
          (way) =>
            costs.inside(order[i]!, way) +
            Math.min(...reach.map((sofar, w) => sofar + costs.between(order[i - 1]!, w, order[i]!, way))),
        )
      return Math.min(...reach.map((sofar, way) => sofar + costs.back(order.at(-1)!, way)))
    }
    const order = visits.map(({ cell }) => cell)
    expect(bestWays(order)).toBeCloseTo(cost, 6)
    for (let i = 0; i < order.length; i++) {
      for (let k = i + 1; k < order.length; k++) {
        const turned = [...order.slice(0, i), ...order.slice(i, k + 1).reverse(), ...order.slice(k + 1)]
        expect(bestWays(turned)).toBeGreaterThan(0.98 * cost)
      }
      const rest = order.toSpliced(i, 1)
      for (let k = 0; k <= rest.length; k++)
        expect(bestWays(rest.toSpliced(k, 0, order[i]!))).toBeGreaterThan(0.98 * cost)
    }
  })

  it('say when a cell cannot be reached', () => {
    const costs = strewn(12, 2)
    const cut = (a: number, b: number): boolean => a === 3 || b === 3
    expect(
      orderSearch({ ...costs, between: (a, v, b, w) => (cut(a, b) ? Infinity : costs.between(a, v, b, w)) }).best(),
    ).toBeNull()
  })
})
