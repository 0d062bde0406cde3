import type { Grid } from '../frame/grid.ts'

/** A grid of probabilities in its own metric frame. */
export type Cells = Omit<Grid, 'origin'>

/** A flown line in the grid's frame, metres. */
export type PathM = readonly (readonly number[])[]

/** Side of the sub-cells areas are counted in, metres: cells are split into a whole number of parts near this size. */
const SUB_CELL_M = 5
/** Distance between the samples of the SAREnv rule, metres. */
const SAMPLE_M = 15

/** Parts a cell's side is split into for counting areas. */
export const subCellsPerSide = (cellM: number): number => Math.max(1, Math.round(cellM / SUB_CELL_M))

/** Length of a path, metres. */
export function pathLengthM(path: PathM): number {
  let lengthM = 0
  for (let i = 1; i < path.length; i++) {
    lengthM += Math.hypot(path[i]![0]! - path[i - 1]![0]!, path[i]![1]! - path[i - 1]![1]!)
  }
  return lengthM
}

/**
 * Probability of the ground within a radius of any path: of the 5 m sub-cells whose centre lies within it, each counted
 * once. The honest planning score: it does not reward lanes that happen to lie on cell centres.
 * Exact by rows of sub-cells: each leg's capsule meets a row in one interval. Source: search-science notes 0 and 8.1.
 */
export function areaLikelihood(grid: Cells, paths: readonly PathM[], radiusM: number): number {
  const { rows, cols, cellM, values } = grid
  const split = subCellsPerSide(cellM)
  const subM = cellM / split
  const spans = new Map<number, number[]>()
  for (const path of paths) {
    for (let i = path.length > 1 ? 1 : 0; i < path.length; i++) {
      const [a, b] = [path[Math.max(0, i - 1)]!, path[i]!]
      const first = Math.max(0, Math.ceil((Math.min(a[1]!, b[1]!) - radiusM) / subM - 0.5))
      const last = Math.min(rows * split - 1, Math.floor((Math.max(a[1]!, b[1]!) + radiusM) / subM - 0.5))
      for (let row = first; row <= last; row++) {
        const span = capsuleSpan(a, b, radiusM, (row + 0.5) * subM)
        if (!span) continue
        const from = Math.max(0, Math.ceil(span[0] / subM - 0.5))
        const to = Math.min(cols * split - 1, Math.floor(span[1] / subM - 0.5))
        if (to < from) continue
        const list = spans.get(row)
        if (list) list.push(from, to)
        else spans.set(row, [from, to])
      }
    }
  }
  let sum = 0
  for (const [row, list] of spans) {
    const start = Math.floor(row / split) * cols
    for (const [from, to] of merged(list)) {
      for (let col = Math.floor(from / split); col * split <= to; col++) {
        const seen = Math.min(to, (col + 1) * split - 1) - Math.max(from, col * split) + 1
        sum += (values[start + col]! * seen) / (split * split)
      }
    }
  }
  // Rounding may add up to a hair above a probability.
  return Math.min(1, sum)
}

/** Where a horizontal line cuts a capsule (all points within a radius of a leg); null when it misses. */
function capsuleSpan(
  a: readonly number[],
  b: readonly number[],
  radiusM: number,
  y: number,
): readonly [number, number] | null {
  let [low, high] = [Infinity, -Infinity]
  const disc = (x: number, dy: number): void => {
    const half2 = radiusM * radiusM - dy * dy
    if (half2 < 0) return
    const half = Math.sqrt(half2)
    low = Math.min(low, x - half)
    high = Math.max(high, x + half)
  }
  disc(a[0]!, y - a[1]!)
  disc(b[0]!, y - b[1]!)
  const box = boxSpan(a, b, radiusM, y)
  if (box) {
    low = Math.min(low, box[0])
    high = Math.max(high, box[1])
  }
  return low <= high ? [low, high] : null
}

/** Where a horizontal line cuts the rectangle swept by a leg, half a width to either side; null when it misses. */
function boxSpan(
  a: readonly number[],
  b: readonly number[],
  halfM: number,
  y: number,
): readonly [number, number] | null {
  const lengthM = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
  if (lengthM === 0) return null
  const [ux, uy] = [(b[0]! - a[0]!) / lengthM, (b[1]! - a[1]!) / lengthM]
  const dy = y - a[1]!
  // 0 <= along <= length and -half <= across <= half, both linear in x along the row.
  let [low, high] = [-Infinity, Infinity]
  const within = (slope: number, offset: number, from: number, to: number): void => {
    if (Math.abs(slope) < 1e-12) {
      if (offset < from || offset > to) low = Infinity
      return
    }
    const [p, q] = [(from - offset) / slope, (to - offset) / slope]
    low = Math.max(low, Math.min(p, q))
    high = Math.min(high, Math.max(p, q))
  }
  within(ux, dy * uy, 0, lengthM)
  within(-uy, dy * ux, -halfM, halfM)
  return low <= high ? [a[0]! + low, a[0]! + high] : null
}

/** Intervals as a list of pairs, joined where they overlap. */
function merged(list: readonly number[]): [number, number][] {
  const pairs: [number, number][] = []
  for (let i = 0; i < list.length; i += 2) pairs.push([list[i]!, list[i + 1]!])
  pairs.sort((p, q) => p[0] - q[0])
  const joined: [number, number][] = []
  for (const pair of pairs) {
    const last = joined[joined.length - 1]
    if (last && pair[0] <= last[1] + 1) last[1] = Math.max(last[1], pair[1])
    else joined.push(pair)
  }
  return joined
}

/**
 * The score of the SAREnv benchmark: probability of whole cells whose centre lies within the radius of a path position
 * sampled every 15 m (evenly, ends included), each cell once. For comparison with published figures only: lanes on cell
 * centres three columns apart score ground they do not see. Source: SAREnv (MIT), search-science notes 8.1.
 */
export function sarenvLikelihood(grid: Cells, paths: readonly PathM[], radiusM: number): number {
  const { rows, cols, cellM, values } = grid
  const seen = new Uint8Array(rows * cols)
  let sum = 0
  for (const path of paths) {
    for (const [x, y] of samples(path)) {
      const firstRow = Math.max(0, Math.ceil((y - radiusM) / cellM - 0.5))
      const lastRow = Math.min(rows - 1, Math.floor((y + radiusM) / cellM - 0.5))
      for (let row = firstRow; row <= lastRow; row++) {
        const dy = (row + 0.5) * cellM - y
        const half2 = radiusM * radiusM - dy * dy
        if (half2 < 0) continue
        const half = Math.sqrt(half2)
        const firstCol = Math.max(0, Math.ceil((x - half) / cellM - 0.5))
        const lastCol = Math.min(cols - 1, Math.floor((x + half) / cellM - 0.5))
        for (let col = firstCol; col <= lastCol; col++) {
          const cell = row * cols + col
          if (seen[cell]) continue
          seen[cell] = 1
          sum += values[cell]!
        }
      }
    }
  }
  return Math.min(1, sum)
}

/** Positions every 15 m or a little less along a path, both ends included. */
export function* samples(path: PathM, everyM = SAMPLE_M): Generator<readonly [number, number]> {
  if (path.length === 0) return
  const lengthM = pathLengthM(path)
  const count = Math.ceil(lengthM / everyM) + 1
  let [leg, flownM] = [1, 0]
  for (let i = 0; i < count; i++) {
    const atM = count === 1 ? 0 : (i * lengthM) / (count - 1)
    let legM = 0
    for (; leg < path.length; leg++) {
      legM = Math.hypot(path[leg]![0]! - path[leg - 1]![0]!, path[leg]![1]! - path[leg - 1]![1]!)
      if (flownM + legM >= atM || leg === path.length - 1) break
      flownM += legM
    }
    const [a, b] = [path[leg - 1] ?? path[0]!, path[leg] ?? path[0]!]
    const t = legM > 0 ? Math.min(1, (atM - flownM) / legM) : 0
    yield [a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)]
  }
}
