import type { LngLat } from '@skerry/contract'
import { nearestCell, type SeaGrid } from './sea-grid.ts'

/** A boat may start or land this many cells from water: coast lines are some hundred metres off. */
const REACH_CELLS = 4
/** One more than the dearest step: a step of 22 between two cells of the shore. */
const RING = 45
export const UNREACHED = 0xffff

/**
 * Distances over water from one place to every sea cell. Steps go to 16 neighbours with weights 5, 7 and 11 (Borgefors
 * 1986), which is within 2 % of the straight distance on open water; a step never cuts a corner of land. Cells that the
 * coast runs through count double: boats keep off the shore where they can, and go slowly where they cannot.
 */
export interface SeaField {
  /** Where the field begins: the sea cell nearest to the place. */
  readonly seed: number
  /** Tenths of a cell; `UNREACHED` where no way leads or it is farther than asked for. */
  readonly tenths: Uint16Array
}

interface Step {
  readonly dc: number
  readonly dr: number
  readonly cost: number
  /** Cells that the step passes over, as offsets; all must be sea. */
  readonly over: readonly (readonly [number, number])[]
}
const step = (dc: number, dr: number): Step => {
  const [ac, ar] = [Math.abs(dc), Math.abs(dr)]
  if (ac + ar === 1) return { dc, dr, cost: 10, over: [] }
  if (ac === 1 && ar === 1)
    return {
      dc,
      dr,
      cost: 14,
      over: [
        [dc, 0],
        [0, dr],
      ],
    }
  const [hc, hr] = [Math.trunc(dc / 2), Math.trunc(dr / 2)] // one of them is 0
  return {
    dc,
    dr,
    cost: 22,
    over: [
      [hc, hr],
      [dc - hc, dr - hr],
    ],
  }
}
const STEPS: readonly Step[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
  [2, 1],
  [2, -1],
  [-2, 1],
  [-2, -1],
  [1, 2],
  [1, -2],
  [-1, 2],
  [-1, -2],
].map(([dc, dr]) => step(dc!, dr!))
const COSTS = Int32Array.from(STEPS, ({ cost }) => cost)

const OFFSHORE = 0xffff

/** What the steps from each cell of a grid are; made once per grid, as most of the work is here. */
interface Steps {
  /** By cell and step (one bit each) whether the step stays on water; `OFFSHORE` where all do. */
  readonly open: Uint16Array
  /** 1 where every step is open and none meets the coast: there a step costs what it is long. */
  readonly offshore: Uint8Array
}
const stepsByGrid = new WeakMap<SeaGrid, Steps>()

function stepsOf(grid: SeaGrid): Steps {
  const known = stepsByGrid.get(grid)
  if (known !== undefined) return known
  const { cols, rows, land, shore } = grid
  const open = new Uint16Array(cols * rows)
  const offshore = new Uint8Array(cols * rows)
  const wet = (col: number, row: number): boolean =>
    col >= 0 && row >= 0 && col < cols && row < rows && land[row * cols + col] === 0
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) {
      if (!wet(col, row)) continue
      let bits = 0
      STEPS.forEach(({ dc, dr, over }, s) => {
        if (wet(col + dc, row + dr) && over.every(([c, r]) => wet(col + c, row + r))) bits |= 1 << s
      })
      const cell = row * cols + col
      open[cell] = bits
      if (bits === OFFSHORE && shore[cell] === 0 && STEPS.every(({ dc, dr }) => shore[cell + dr * cols + dc] === 0))
        offshore[cell] = 1
    }
  const steps = { open, offshore }
  stepsByGrid.set(grid, steps)
  return steps
}

/** Null where there is no water by the place. @param mostM ways longer than this are not followed */
export function seaField(grid: SeaGrid, from: LngLat, mostM: number): SeaField | null {
  const seed = nearestCell(grid, grid.cell(from), (cell) => grid.land[cell] === 0, REACH_CELLS)
  if (seed < 0) return null
  const offsets = Int32Array.from(STEPS, ({ dc, dr }) => dr * grid.cols + dc)
  const { open, offshore } = stepsOf(grid)
  const { shore } = grid
  const most = Math.min(UNREACHED - 1, Math.floor((mostM / grid.cellM) * 10))
  const tenths = new Uint16Array(open.length).fill(UNREACHED)
  // Costs are small whole numbers: a ring of buckets is a priority queue without comparisons (Dial 1969).
  const buckets: number[][] = Array.from({ length: RING }, () => [])
  tenths[seed] = 0
  buckets[0]!.push(seed)
  let waiting = 1
  for (let d = 0; waiting > 0 && d <= most; d++) {
    const bucket = buckets[d % RING]!
    for (let i = 0; i < bucket.length; i++) {
      const cell = bucket[i]!
      if (tenths[cell] !== d) continue
      if (offshore[cell] === 1) {
        for (let s = 0; s < STEPS.length; s++) {
          const next = cell + offsets[s]!
          const reach = d + COSTS[s]!
          if (reach >= tenths[next]! || reach > most) continue
          tenths[next] = reach
          buckets[reach % RING]!.push(next)
          waiting++
        }
        continue
      }
      for (let bits = open[cell]!; bits !== 0; bits &= bits - 1) {
        const s = 31 - Math.clz32(bits & -bits)
        const next = cell + offsets[s]!
        const reach = d + COSTS[s]! + ((COSTS[s]! * (shore[cell]! + shore[next]!)) >> 1)
        if (reach >= tenths[next]! || reach > most) continue
        tenths[next] = reach
        buckets[reach % RING]!.push(next)
        waiting++
      }
    }
    waiting -= bucket.length
    bucket.length = 0
  }
  return { seed, tenths }
}

const seaCellBy = (grid: SeaGrid, place: LngLat, field: SeaField): number =>
  nearestCell(grid, grid.cell(place), (cell) => field.tenths[cell] !== UNREACHED, REACH_CELLS)

/** Metres over water from the field's place to another; null where no water leads there. */
export function seaDistanceM(grid: SeaGrid, field: SeaField, to: LngLat): number | null {
  const cell = seaCellBy(grid, to, field)
  return cell < 0 ? null : (field.tenths[cell]! / 10) * grid.cellM
}

/** The way over water from `from` to the field's place, as few corners as keep it off the land; empty where none leads. */
export function seaWay(grid: SeaGrid, field: SeaField, from: LngLat): LngLat[] {
  let cell = seaCellBy(grid, from, field)
  if (cell < 0) return []
  const cells = [cell]
  while (cell !== field.seed) {
    let next = -1
    for (const { dc, dr, cost, over } of STEPS) {
      const col = (cell % grid.cols) + dc
      const row = Math.floor(cell / grid.cols) + dr
      if (col < 0 || row < 0 || col >= grid.cols || row >= grid.rows) continue
      const to = row * grid.cols + col
      const spent = cost + ((cost * (grid.shore[cell]! + grid.shore[to]!)) >> 1)
      if (field.tenths[to]! + spent !== field.tenths[cell]!) continue
      if (over.some(([c, r]) => grid.land[cell + r * grid.cols + c] !== 0)) continue
      next = to
      break
    }
    if (next < 0) return []
    cells.push((cell = next))
  }
  return straightened(grid, cells).map((each) => grid.middle(each))
}

/** Leaves out corners where the straight line stays on water. */
function straightened(grid: SeaGrid, cells: readonly number[]): number[] {
  const kept = [cells[0]!]
  let at = 0
  while (at < cells.length - 1) {
    let to = cells.length - 1
    while (to > at + 1 && !clear(grid, cells[at]!, cells[to]!)) to = at + Math.max(1, Math.floor((to - at) / 2))
    while (to + 1 < cells.length && clear(grid, cells[at]!, cells[to + 1]!)) to++
    kept.push(cells[to]!)
    at = to
  }
  return kept
}

function clear(grid: SeaGrid, a: number, b: number): boolean {
  const [ac, ar, bc, br] = [a % grid.cols, Math.floor(a / grid.cols), b % grid.cols, Math.floor(b / grid.cols)]
  const steps = Math.max(1, Math.ceil(Math.hypot(bc - ac, br - ar) * 2))
  for (let i = 1; i < steps; i++) {
    const col = Math.round(ac + ((bc - ac) * i) / steps)
    const row = Math.round(ar + ((br - ar) * i) / steps)
    const cell = row * grid.cols + col
    if (grid.land[cell] !== 0 || grid.shore[cell] !== 0) return false
  }
  return true
}
