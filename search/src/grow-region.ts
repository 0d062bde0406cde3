import type { Lattice } from './lattice.ts'

/** Share of the whole within reach after which growing further only burns battery. */
const ENOUGH = 0.995
/** How much a square gains from each of its eight neighbours already taken: keeps areas compact, lanes long. */
const NEIGHBOUR_BONUS = 0.12

/**
 * Squares in the order a search should take them, starting at `seed`: always the neighbour of what is taken with the
 * highest smoothed probability, favouring compact shapes. Every prefix of the answer is one piece joined over sides, so
 * an area of any size can be cut from it. Stops at `limit` squares, or when the rest is worth next to nothing.
 */
export function growRegion(
  lattice: Lattice,
  smoothed: Float64Array,
  open: (square: number) => boolean,
  seed: number,
  limit: number,
): Int32Array {
  const { lanes, steps } = lattice
  const taken = new Uint8Array(lanes * steps)
  const order: number[] = []
  const heap = createHeap()
  heap.push(seed, 1)
  let mass = 0
  while (order.length < limit) {
    const square = heap.pop()
    if (square < 0) break
    if (taken[square]) continue
    taken[square] = 1
    order.push(square)
    mass += smoothed[square]!
    const [lane, step] = [Math.floor(square / steps), square % steps]
    for (const [dLane, dStep] of SIDES) {
      const [l, s] = [lane + dLane, step + dStep]
      if (l < 0 || l >= lanes || s < 0 || s >= steps) continue
      const next = l * steps + s
      if (taken[next] || !open(next) || !(smoothed[next]! > 0)) continue
      heap.push(next, smoothed[next]! * (1 + NEIGHBOUR_BONUS * takenAround(taken, lanes, steps, l, s)))
    }
  }
  let sum = 0
  const last = order.findIndex((square) => (sum += smoothed[square]!) >= ENOUGH * mass)
  return Int32Array.from(last < 0 ? order : order.slice(0, last + 1))
}

const SIDES = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const

function takenAround(taken: Uint8Array, lanes: number, steps: number, lane: number, step: number): number {
  let count = 0
  for (let l = Math.max(0, lane - 1); l <= Math.min(lanes - 1, lane + 1); l++) {
    for (let s = Math.max(0, step - 1); s <= Math.min(steps - 1, step + 1); s++) count += taken[l * steps + s]!
  }
  return count
}

/** Highest score first; equal scores by square number, so the order never depends on chance. */
function createHeap(): { push(square: number, score: number): void; pop(): number } {
  const squares: number[] = []
  const scores: number[] = []
  const before = (i: number, j: number): boolean =>
    scores[i]! > scores[j]! || (scores[i] === scores[j] && squares[i]! < squares[j]!)
  const swap = (i: number, j: number): void => {
    ;[squares[i], squares[j]] = [squares[j]!, squares[i]!]
    ;[scores[i], scores[j]] = [scores[j]!, scores[i]!]
  }
  return {
    push(square, score) {
      let i = squares.push(square) - 1
      scores.push(score)
      while (i > 0 && before(i, (i - 1) >> 1)) {
        swap(i, (i - 1) >> 1)
        i = (i - 1) >> 1
      }
    },
    pop() {
      if (squares.length === 0) return -1
      swap(0, squares.length - 1)
      const top = squares.pop()!
      scores.pop()
      for (let i = 0; ;) {
        let best = i
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < squares.length && before(child, best)) best = child
        if (best === i) return top
        swap(i, best)
        i = best
      }
    },
  }
}

/**
 * Promising places to start an area of about `squares` squares: windows of that size with the most probability after
 * the time to get there (`worth(step, lane)`, 0..1) is taken off, at least half a window apart; best first.
 */
export function seedsFor(
  lattice: Lattice,
  smoothed: Float64Array,
  squares: number,
  worth: (step: number, lane: number) => number,
  count: number,
): number[] {
  const { lanes, steps } = lattice
  const half = Math.max(1, Math.floor(Math.sqrt(squares) / 2))
  const sums = new Float64Array((lanes + 1) * (steps + 1))
  for (let lane = 0; lane < lanes; lane++) {
    let row = 0
    for (let step = 0; step < steps; step++) {
      row += smoothed[lane * steps + step]!
      sums[(lane + 1) * (steps + 1) + step + 1] = sums[lane * (steps + 1) + step + 1]! + row
    }
  }
  const windowMass = (lane: number, step: number): number => {
    const [l0, l1] = [Math.max(0, lane - half), Math.min(lanes, lane + half + 1)]
    const [s0, s1] = [Math.max(0, step - half), Math.min(steps, step + half + 1)]
    const at = (l: number, s: number): number => sums[l * (steps + 1) + s]!
    return at(l1, s1) - at(l0, s1) - at(l1, s0) + at(l0, s0)
  }
  const stride = Math.max(1, Math.floor(half / 3))
  const windows: { lane: number; step: number; score: number }[] = []
  for (let lane = 0; lane < lanes; lane += stride) {
    for (let step = 0; step < steps; step += stride) {
      const score = windowMass(lane, step) * worth(step + 0.5, lane + 0.5)
      if (score > 0) windows.push({ lane, step, score })
    }
  }
  windows.sort((a, b) => b.score - a.score || a.lane - b.lane || a.step - b.step)
  const chosen: typeof windows = []
  for (const window of windows) {
    if (chosen.length >= count) break
    if (chosen.every((c) => Math.max(Math.abs(c.lane - window.lane), Math.abs(c.step - window.step)) > half)) {
      chosen.push(window)
    }
  }
  return chosen.map(({ lane, step }) => bestSquare(lattice, smoothed, lane, step, half)).filter((square) => square >= 0)
}

function bestSquare(
  { lanes, steps }: Lattice,
  smoothed: Float64Array,
  lane: number,
  step: number,
  half: number,
): number {
  let best = -1
  for (let l = Math.max(0, lane - half); l <= Math.min(lanes - 1, lane + half); l++) {
    for (let s = Math.max(0, step - half); s <= Math.min(steps - 1, step + half); s++) {
      const square = l * steps + s
      if (smoothed[square]! > 0 && (best < 0 || smoothed[square]! > smoothed[best]!)) best = square
    }
  }
  return best
}
