import { type Cells, type PathM, pathLengthM, subCellsPerSide } from './path-score.ts'

/** A flown line with the time at each of its points, seconds from the start of the search, not falling. */
export interface TimedPath {
  readonly points: PathM
  readonly timesS: readonly number[]
}

/** What each leg of a path sweeps. */
export interface Sweeping {
  /** Width of the strip that is looked at. */
  readonly swathM: number
  /** Sweep width W; coverage within the strip is W / swath per pass. */
  readonly sweepWidthM: number
}

/** Sub-cells beyond which cells are split less finely: a million cells of 30 m still get 4 x 4 each. */
const MAX_SUB_CELLS = 20_000_000
/** Longest piece of a leg whose finding is booked at one time, metres. */
const PIECE_M = 60

/**
 * Probability of success of flown paths, rising as they are flown. Each leg sweeps the rectangle of its swath: coverage
 * W / swath there, so the effort of a leg is W x length; passes add up; POD = 1 - exp(-coverage). Kept per sub-cell of
 * about 5 m by its centre.
 */
export interface PosField {
  /** Flies a leg, and returns the POS it adds. Legs add the same in the end in whatever order they are flown. */
  fly(a: readonly number[], b: readonly number[]): number
  /** Probability of each cell that is not yet found, row-major as the grid's values. */
  left(): Float64Array
}

export function createPosField(grid: Cells, { swathM, sweepWidthM }: Sweeping): PosField {
  const { rows, cols, cellM, values } = grid
  const split = Math.max(
    1,
    Math.min(subCellsPerSide(cellM), Math.floor(Math.sqrt(MAX_SUB_CELLS / Math.max(1, rows * cols)))),
  )
  const subM = cellM / split
  const width = cols * split
  // Probability of each sub-cell that is not yet found.
  const left = new Float64Array(rows * split * width)
  for (let row = 0; row < rows * split; row++) {
    const start = Math.floor(row / split) * cols
    for (let col = 0; col < width; col++) {
      left[row * width + col] = values[start + Math.floor(col / split)]! / (split * split)
    }
  }
  const missed = Math.exp(-sweepWidthM / swathM)
  const halfM = swathM / 2
  return {
    fly(a, b) {
      const lengthM = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
      if (lengthM === 0) return 0
      const [ux, uy] = [(b[0]! - a[0]!) / lengthM, (b[1]! - a[1]!) / lengthM]
      const [reachX, reachY] = [Math.abs(uy) * halfM, Math.abs(ux) * halfM]
      const firstRow = Math.max(0, Math.ceil((Math.min(a[1]!, b[1]!) - reachY) / subM - 0.5))
      const lastRow = Math.min(rows * split - 1, Math.floor((Math.max(a[1]!, b[1]!) + reachY) / subM - 0.5))
      const firstCol = Math.max(0, Math.ceil((Math.min(a[0]!, b[0]!) - reachX) / subM - 0.5))
      const lastCol = Math.min(width - 1, Math.floor((Math.max(a[0]!, b[0]!) + reachX) / subM - 0.5))
      let found = 0
      for (let row = firstRow; row <= lastRow; row++) {
        const dy = (row + 0.5) * subM - a[1]!
        for (let col = firstCol; col <= lastCol; col++) {
          const dx = (col + 0.5) * subM - a[0]!
          const along = dx * ux + dy * uy
          // Half open, so that where two legs of a line meet nothing is swept twice.
          if (along < 0 || along >= lengthM) continue
          const across = dx * uy - dy * ux
          if (across < -halfM || across >= halfM) continue
          const p = left[row * width + col]!
          left[row * width + col] = p * missed
          found += p - p * missed
        }
      }
      return found
    },
    left() {
      const cells = new Float64Array(rows * cols)
      for (let row = 0; row < rows * split; row++) {
        const start = Math.floor(row / split) * cols
        for (let col = 0; col < width; col++) cells[start + Math.floor(col / split)]! += left[row * width + col]!
      }
      return cells
    },
  }
}

/** POS of flown paths at the end, whatever the order. See `createPosField`. */
export const posOfPaths = (grid: Cells, paths: readonly PathM[], sweeping: Sweeping): number =>
  flownField(grid, paths, sweeping).pos

/** Probability of each cell that flown paths would leave not found. See `createPosField`. */
export const leftByPaths = (grid: Cells, paths: readonly PathM[], sweeping: Sweeping): Float64Array =>
  flownField(grid, paths, sweeping).field.left()

function flownField(grid: Cells, paths: readonly PathM[], sweeping: Sweeping): { field: PosField; pos: number } {
  const field = createPosField(grid, sweeping)
  let pos = 0
  for (const points of paths) {
    for (const { a, b } of piecesOf({ points, timesS: points.map(() => 0) })) pos += field.fly(a, b)
  }
  return { field, pos }
}

/** POS as it rises with time: one step per 60 m flown, by time; `pos` is the cumulative POS from `atS` on. */
export function posOverTime(
  grid: Cells,
  paths: readonly TimedPath[],
  sweeping: Sweeping,
): { readonly atS: number; readonly pos: number }[] {
  const pieces = paths.flatMap(piecesOf).sort((p, q) => p.atS - q.atS)
  const field = createPosField(grid, sweeping)
  let pos = 0
  return pieces.map(({ a, b, atS }) => {
    pos += field.fly(a, b)
    return { atS, pos }
  })
}

interface Piece {
  readonly a: readonly number[]
  readonly b: readonly number[]
  /** Middle of the piece. */
  readonly atS: number
}

function piecesOf({ points, timesS }: TimedPath): Piece[] {
  const pieces: Piece[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    const [startS, endS] = [timesS[i - 1]!, timesS[i]!]
    const count = Math.max(1, Math.ceil(pathLengthM([a, b]) / PIECE_M))
    const at = (k: number): readonly number[] =>
      k === count ? b : [a[0]! + ((b[0]! - a[0]!) * k) / count, a[1]! + ((b[1]! - a[1]!) * k) / count]
    for (let k = 0; k < count; k++) {
      pieces.push({ a: at(k), b: at(k + 1), atS: startS + ((endS - startS) * (k + 0.5)) / count })
    }
  }
  return pieces
}
