import type { GridShape } from '../frame/grid.ts'
import { gridIndexOfM } from '../frame/grid.ts'
import type { DriftCloud } from './drift-ensemble.ts'

/** Probability of a particle cloud on a grid. Values and `outside` sum to 1. */
export interface CloudOnGrid {
  readonly values: Float64Array
  /** Particles off the grid, or come to water that nobody knows. */
  readonly outside: number
}

/**
 * Probability grid of a drifted cloud. A stranded particle lies in its cell; those afloat are
 * spread by a normal kernel over the water around them (never over land), because a few thousand particles are a sample
 * and not the distribution. Width of the kernel: Silverman's rule for two dimensions, s N^(-1/6), at least half a cell;
 * s is the spread of the places, and of the ways from them where particles began along a shore, which would blur it.
 * No mass is lost: what the kernel would put on land stays in the water beside it.
 * @param landShare share of land per cell; null when no land is known
 * @param weights relative weight of each particle, >= 0, one of them above 0; each the same when omitted
 * RangeError when the weights do not fit the particles
 */
export function cloudOnGrid(
  shape: GridShape,
  cloud: DriftCloud,
  landShare: ArrayLike<number> | null,
  weights?: ArrayLike<number>,
): CloudOnGrid {
  const { rows, cols, cellM } = shape
  const { positionsM, fates } = cloud
  const shareOf = sharesOf(fates.length, weights)
  const values = new Float64Array(rows * cols)
  const afloat = new Float64Array(rows * cols)
  let outside = 0
  const spread = spreadAfloatM(cloud)
  fates.forEach((fate, i) => {
    const index = fate === 'lost' ? -1 : gridIndexOfM(shape, positionsM[2 * i]!, positionsM[2 * i + 1]!)
    if (index < 0) outside += shareOf(i)
    else if (fate === 'stranded') values[index]! += shareOf(i)
    else afloat[index]! += shareOf(i)
  })
  const sigmaCells = Math.max(0.5, (spread.sigmaM * spread.count ** (-1 / 6)) / cellM)
  const kernel = normalKernel(Math.min(sigmaCells, Math.max(rows, cols) / 6))
  const area = around(afloat, shape, (kernel.length - 1) / 2)
  if (area) {
    const water = new Float64Array(rows * cols)
    forEachCell(shape, grown(area, shape, (kernel.length - 1) / 2), (i) => (water[i] = 1 - (landShare?.[i] ?? 0)))
    const room = blurred(water, shape, area, kernel, 1)
    forEachCell(shape, area, (i) => {
      if (!(afloat[i]! > 0)) return
      if (room[i]! > 1e-9) return void (afloat[i]! /= room[i]!)
      values[i]! += afloat[i]!
      afloat[i] = 0
    })
    const smooth = blurred(afloat, shape, area, kernel, 0)
    forEachCell(shape, area, (i) => {
      values[i]! += smooth[i]! * water[i]!
    })
  }
  let sum = 0
  for (const value of values) sum += value
  return { values, outside: Math.max(outside, 1 - sum) }
}

function sharesOf(count: number, weights: ArrayLike<number> | undefined): (i: number) => number {
  if (!weights) return () => 1 / count
  if (weights.length !== count) throw new RangeError('weights: must have one number per particle')
  let sum = 0
  for (let i = 0; i < count; i++) sum += weights[i]!
  if (!(sum > 0 && Number.isFinite(sum))) throw new RangeError('weights: must be 0 or above, one of them above 0')
  return (i) => weights[i]! / sum
}

/** Geometric mean of the deviations of the particles afloat along both axes, metres, and how many there are. */
function spreadAfloatM({ positionsM, fates, startsM }: DriftCloud): { sigmaM: number; count: number } {
  let [count, e, n, ee, nn] = [0, 0, 0, 0, 0]
  fates.forEach((fate, i) => {
    if (fate !== 'afloat') return
    const east = positionsM[2 * i]! - (startsM?.[2 * i] ?? 0)
    const north = positionsM[2 * i + 1]! - (startsM?.[2 * i + 1] ?? 0)
    count++
    e += east
    n += north
    ee += east * east
    nn += north * north
  })
  if (count === 0) return { sigmaM: 0, count: 1 }
  const [varE, varN] = [Math.max(0, ee / count - (e / count) ** 2), Math.max(0, nn / count - (n / count) ** 2)]
  return { sigmaM: (varE * varN) ** 0.25, count }
}

function normalKernel(sigmaCells: number): Float64Array {
  const reach = Math.ceil(3 * sigmaCells)
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigmaCells ** 2)),
  )
  const sum = kernel.reduce((a, b) => a + b, 0)
  return kernel.map((weight) => weight / sum)
}

/** Cells from first to last, both included. */
interface Area {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstCol: number
  readonly lastCol: number
}

/** The cells that hold anything and those within reach of them; null where none does. */
function around(values: Float64Array, shape: Pick<GridShape, 'rows' | 'cols'>, reach: number): Area | null {
  const { cols } = shape
  const held = { firstRow: Infinity, lastRow: -Infinity, firstCol: Infinity, lastCol: -Infinity }
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! > 0)) continue
    const [row, col] = [Math.floor(i / cols), i % cols]
    held.firstRow = Math.min(held.firstRow, row)
    held.lastRow = Math.max(held.lastRow, row)
    held.firstCol = Math.min(held.firstCol, col)
    held.lastCol = Math.max(held.lastCol, col)
  }
  return held.firstRow > held.lastRow ? null : grown(held, shape, reach)
}

const grown = (area: Area, { rows, cols }: Pick<GridShape, 'rows' | 'cols'>, by: number): Area => ({
  firstRow: Math.max(0, area.firstRow - by),
  lastRow: Math.min(rows - 1, area.lastRow + by),
  firstCol: Math.max(0, area.firstCol - by),
  lastCol: Math.min(cols - 1, area.lastCol + by),
})

function forEachCell({ cols }: Pick<GridShape, 'cols'>, area: Area, visit: (i: number) => void): void {
  for (let row = area.firstRow; row <= area.lastRow; row++)
    for (let i = row * cols + area.firstCol; i <= row * cols + area.lastCol; i++) visit(i)
}

/** Separable blur of an area; `beyond` is the value outside the grid (open water there is room, a particle is not). */
function blurred(
  values: Float64Array,
  { rows, cols }: Pick<GridShape, 'rows' | 'cols'>,
  area: Area,
  kernel: Float64Array,
  beyond: number,
): Float64Array {
  const reach = (kernel.length - 1) / 2
  const along = new Float64Array(rows * cols)
  const both = new Float64Array(rows * cols)
  const line = new Float64Array(Math.max(rows, cols) + 2 * reach)
  /** Blurs the wanted span of one line of cells. */
  const blurLine = (
    from: Float64Array,
    to: Float64Array,
    at: (k: number) => number,
    count: number,
    span: Span,
  ): void => {
    const start = span.first - reach
    for (let k = start; k <= span.last + reach; k++) line[k - start] = k >= 0 && k < count ? from[at(k)]! : beyond
    for (let k = span.first; k <= span.last; k++) {
      let sum = 0
      for (let j = 0; j < kernel.length; j++) sum += kernel[j]! * line[k - span.first + j]!
      to[at(k)] = sum
    }
  }
  const tall = grown(area, { rows, cols }, reach)
  for (let row = tall.firstRow; row <= tall.lastRow; row++)
    blurLine(values, along, (col) => row * cols + col, cols, { first: area.firstCol, last: area.lastCol })
  for (let col = area.firstCol; col <= area.lastCol; col++)
    blurLine(along, both, (row) => row * cols + col, rows, { first: area.firstRow, last: area.lastRow })
  return both
}
interface Span {
  readonly first: number
  readonly last: number
}
