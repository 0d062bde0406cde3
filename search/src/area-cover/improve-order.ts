import type { CellCosts } from './cell-costs.ts'

/** Passes over an order, at most; each tries every turn and every move once. */
const MOST_PASSES = 30
/** Less than this is rounding. */
const LEAST_GAIN = 1e-9
/** A change may pay by other ways through the cells although its hops look longer: how much longer they may look. */
const SLACK = 1.25

/** The cheapest of some orders of at least two cells, each improved by turning stretches of it and by moving single cells. */
export function improvedOrder(orders: readonly (readonly number[])[], costs: CellCosts): number[] {
  let [best, least] = [[...orders[0]!], Infinity]
  for (const order of orders) {
    const state = new ImprovedOrder([...order], costs)
    for (let passes = 0; passes < MOST_PASSES && state.pass(); passes++);
    if (state.cost() < least) [best, least] = [state.order, state.cost()]
  }
  return best
}

/** A change of an order, and what the whole costs after it. */
interface Change {
  readonly at: number
  readonly cost: number
}

/**
 * One order with, for each place in it and each way through the cell there, what the best ways cost from the start up to
 * its end and from there on. So a change is priced by the few hops that it makes and by the stretch that it turns or
 * shifts, not by the whole order. Every cost is exact over the ways; which changes are priced is chosen by bounds.
 */
class ImprovedOrder {
  readonly order: number[]
  readonly #costs: CellCosts
  readonly #n: number
  /** Most ways through a cell: the size of the blocks below. Ways that a cell does not have cost Infinity. */
  readonly #w: number
  readonly #upTo: Float64Array
  readonly #after: Float64Array
  /** Block i: from place i - 1 through place i, by the ways of both. The same the other way round: from i through i - 1. */
  readonly #onward: Float64Array
  readonly #backward: Float64Array
  /** Cheapest hop from place i to the next. */
  readonly #hop: Float64Array
  readonly #one: Float64Array
  readonly #two: Float64Array
  #through: Float64Array
  #next: Float64Array

  constructor(order: number[], costs: CellCosts) {
    const [n, w] = [order.length, Math.max(...costs.ways)]
    this.order = order
    this.#costs = costs
    this.#n = n
    this.#w = w
    const places = (): Float64Array => new Float64Array(n * w)
    const blocks = (count: number): Float64Array => new Float64Array(count * w * w)
    ;[this.#upTo, this.#after] = [places(), places()]
    ;[this.#onward, this.#backward] = [blocks(n), blocks(n)]
    this.#hop = new Float64Array(n)
    ;[this.#one, this.#two] = [new Float64Array(w), new Float64Array(w)]
    ;[this.#through, this.#next] = [blocks(1), blocks(1)]
    this.#settle()
  }

  cost(): number {
    let least = Infinity
    for (let x = 0; x < this.#w; x++) least = Math.min(least, this.#upTo[x]! + this.#after[x]!)
    return least
  }

  /** Makes the best change for each place in turn; whether any gained. */
  pass(): boolean {
    const { order } = this
    let better = false
    for (let i = 0; i < this.#n; i++) {
      const turn = this.#turn(i, this.cost())
      const move = this.#move(i, turn?.cost ?? this.cost())
      if (move) {
        const [cell] = order.splice(i, 1)
        order.splice(move.at < i ? move.at + 1 : move.at, 0, cell!)
      } else if (turn) order.splice(i, turn.at - i + 1, ...order.slice(i, turn.at + 1).reverse())
      else continue
      better = true
      this.#settle()
    }
    return better
  }

  /** Up to which place the stretch from place i on is turned best; null where no turn gains. */
  #turn(i: number, toBeat: number): Change | null {
    const [n, w, order] = [this.#n, this.#w, this.order]
    let best: Change | null = null
    // Cost through the turned stretch, by the way of the cell that it begins with and that of cell i, where it ends.
    this.#through.fill(Infinity)
    for (let x = 0; x < w; x++) this.#through[x * w + x] = this.#inside(order[i]!, x)
    const before = i > 0 ? this.#hop[i - 1]! : 0
    for (let k = i + 1; k < n; k++) {
      this.#turnOneMore(k)
      if (!this.#mayGain(i - 1, k, i, k + 1, before + this.#hop[k]!)) continue
      let whole = Infinity
      for (let x = 0; x < w; x++) {
        const begin = this.#into(i - 1, order[k]!, x)
        if (begin >= Math.min(whole, toBeat)) continue
        for (let y = 0; y < w; y++) {
          const there = begin + this.#through[x * w + y]!
          if (there < Math.min(whole, toBeat)) whole = Math.min(whole, there + this.#onFrom(order[i]!, y, k + 1))
        }
      }
      if (whole < (best?.cost ?? toBeat) - LEAST_GAIN) best = { at: k, cost: whole }
    }
    return best
  }

  /** Puts place k in front of the turned stretch. */
  #turnOneMore(k: number): void {
    const w = this.#w
    const [block, through, next] = [this.#backward, this.#through, this.#next]
    for (let x = 0; x < w; x++) {
      for (let y = 0; y < w; y++) {
        let least = Infinity
        for (let v = 0; v < w; v++) {
          const cost = block[(k * w + x) * w + v]! + through[v * w + y]!
          if (cost < least) least = cost
        }
        next[x * w + y] = least
      }
    }
    ;[this.#through, this.#next] = [next, through]
  }

  /** Place after which the cell at place i would stand best; null where no other place gains. -1 is before all. */
  #move(i: number, toBeat: number): Change | null {
    let best: Change | null = null
    const gone = (i > 0 ? this.#hop[i - 1]! : 0) + this.#hop[i]!
    for (const change of this.#movesLater(i, gone)) if (change.cost < (best?.cost ?? toBeat) - LEAST_GAIN) best = change
    for (const change of this.#movesEarlier(i, gone))
      if (change.cost < (best?.cost ?? toBeat) - LEAST_GAIN) best = change
    return best
  }

  /** The cells between come one place forward. */
  *#movesLater(i: number, gone: number): Generator<Change> {
    const [n, w, order, one] = [this.#n, this.#w, this.order, this.#one]
    const cell = order[i]!
    for (let k = i + 1; k < n; k++) {
      if (k === i + 1) for (let x = 0; x < w; x++) one[x] = this.#into(i - 1, order[k]!, x) + this.#inside(order[k]!, x)
      else this.#carry(one, k)
      if (!this.#mayGain(k, i, i, k + 1, gone + this.#hop[k]!)) continue
      let whole = Infinity
      for (let x = 0; x < w; x++) {
        let least = Infinity
        for (let y = 0; y < this.#costs.ways[order[k]!]!; y++)
          least = Math.min(least, one[y]! + this.#between(order[k]!, y, cell, x))
        if (least < Infinity) whole = Math.min(whole, least + this.#inside(cell, x) + this.#onFrom(cell, x, k + 1))
      }
      yield { at: k, cost: whole }
    }
  }

  /** The cells between come one place back. */
  *#movesEarlier(i: number, gone: number): Generator<Change> {
    const [w, order, one] = [this.#w, this.order, this.#one]
    const cell = order[i]!
    for (let k = i - 1; k >= 0; k--) {
      if (k === i - 1) for (let x = 0; x < w; x++) one[x] = this.#onFrom(order[k]!, x, i + 1)
      else this.#carryBack(one, k)
      if (!this.#mayGain(k - 1, i, i, k, gone + (k > 0 ? this.#hop[k - 1]! : 0))) continue
      let whole = Infinity
      for (let x = 0; x < w; x++) {
        const begin = this.#into(k - 1, cell, x)
        if (begin === Infinity) continue
        let least = Infinity
        for (let y = 0; y < this.#costs.ways[order[k]!]!; y++)
          least = Math.min(least, this.#between(cell, x, order[k]!, y) + this.#inside(order[k]!, y) + one[y]!)
        whole = Math.min(whole, begin + this.#inside(cell, x) + least)
      }
      yield { at: k - 1, cost: whole }
    }
  }

  /** Costs up to the end of place k - 1 carried on through place k. */
  #carry(upTo: Float64Array, k: number): void {
    const [w, two] = [this.#w, this.#two]
    for (let y = 0; y < w; y++) {
      let least = Infinity
      for (let x = 0; x < w; x++) least = Math.min(least, upTo[x]! + this.#onward[(k * w + x) * w + y]!)
      two[y] = least
    }
    upTo.set(two)
  }

  /** What follows the end of place k + 1 carried back to the end of place k. */
  #carryBack(after: Float64Array, k: number): void {
    const [w, two] = [this.#w, this.#two]
    for (let x = 0; x < w; x++) {
      let least = Infinity
      for (let y = 0; y < w; y++) least = Math.min(least, this.#onward[((k + 1) * w + x) * w + y]! + after[y]!)
      two[x] = least
    }
    after.set(two)
  }

  /** Cheapest way from the start to before a cell in a way, that comes after place i; -1: that is the first. */
  #into(i: number, cell: number, way: number): number {
    if (way >= this.#costs.ways[cell]!) return Infinity
    if (i < 0) return this.#costs.out(cell, way)
    let least = Infinity
    for (let x = 0; x < this.#costs.ways[this.order[i]!]!; x++)
      least = Math.min(least, this.#upTo[i * this.#w + x]! + this.#between(this.order[i]!, x, cell, way))
    return least
  }

  /** Cheapest way from the end of a cell in a way on through place i to the end; n: that is the last. */
  #onFrom(cell: number, way: number, i: number): number {
    if (way >= this.#costs.ways[cell]!) return Infinity
    if (i >= this.#n) return this.#costs.back(cell, way)
    const next = this.order[i]!
    let least = Infinity
    for (let y = 0; y < this.#costs.ways[next]!; y++)
      least = Math.min(least, this.#between(cell, way, next, y) + this.#inside(next, y) + this.#after[i * this.#w + y]!)
    return least
  }

  /** Whether the hops from place a to b and from c to d could be shorter than those that go. */
  #mayGain(a: number, b: number, c: number, d: number, gone: number): boolean {
    const bound = (from: number, to: number): number =>
      from < 0 || to >= this.#n ? 0 : this.#costs.betweenAtLeast(this.order[from]!, this.order[to]!)
    return bound(a, b) + bound(c, d) < SLACK * gone
  }

  #inside(cell: number, way: number): number {
    return way < this.#costs.ways[cell]! ? this.#costs.inside(cell, way) : Infinity
  }

  #between(a: number, x: number, b: number, y: number): number {
    return this.#costs.between(a, x, b, y)
  }

  /** Works out everything for the order as it stands. */
  #settle(): void {
    const [n, w, order] = [this.#n, this.#w, this.order]
    this.#hop.fill(0)
    for (let i = 1; i < n; i++) {
      const [a, b] = [order[i - 1]!, order[i]!]
      let least = Infinity
      for (let x = 0; x < w; x++) {
        for (let y = 0; y < w; y++) {
          const has = x < this.#costs.ways[a]! && y < this.#costs.ways[b]!
          const hop = has ? this.#between(a, x, b, y) : Infinity
          least = Math.min(least, hop)
          this.#onward[(i * w + x) * w + y] = hop + this.#inside(b, y)
          this.#backward[(i * w + y) * w + x] = has ? this.#between(b, y, a, x) + this.#inside(b, y) : Infinity
        }
      }
      this.#hop[i - 1] = least
    }
    const at = (table: Float64Array, i: number): Float64Array => table.subarray(i * w, (i + 1) * w)
    for (let x = 0; x < w; x++) {
      at(this.#upTo, 0)[x] = this.#into(-1, order[0]!, x) + this.#inside(order[0]!, x)
      at(this.#after, n - 1)[x] = this.#onFrom(order[n - 1]!, x, n)
    }
    for (let i = 1; i < n; i++) {
      at(this.#upTo, i).set(at(this.#upTo, i - 1))
      this.#carry(at(this.#upTo, i), i)
    }
    for (let i = n - 2; i >= 0; i--) {
      at(this.#after, i).set(at(this.#after, i + 1))
      this.#carryBack(at(this.#after, i), i)
    }
  }
}
