import type { GridShape } from '../grid.ts'
import { gridIndexOfM } from '../grid.ts'
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
 * and not the distribution. Width of the kernel: Silverman's rule for two dimensions, s N^(-1/6), at least half a cell.
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
  const water = Float64Array.from(afloat, (_, i) => 1 - (landShare?.[i] ?? 0))
  const room = blurred(water, rows, cols, kernel, 1)
  for (let i = 0; i < afloat.length; i++) {
    if (afloat[i]! > 0 && !(room[i]! > 1e-9)) {
      values[i]! += afloat[i]!
      afloat[i] = 0
    } else if (afloat[i]! > 0) afloat[i]! /= room[i]!
  }
  const smooth = blurred(afloat, rows, cols, kernel, 0)
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    values[i]! += smooth[i]! * water[i]!
    sum += values[i]!
  }
  return { values, outside: Math.max(outside, 1 - sum) }
}

function sharesOf(count: number, weights: ArrayLike<number> | undefined): (i: number) => number {
  if (!weights) return () => 1 / count
  if (weights.length !== count) throw new RangeError('weights: need one number per particle')
  let sum = 0
  for (let i = 0; i < count; i++) sum += weights[i]!
  if (!(sum > 0 && Number.isFinite(sum))) throw new RangeError('weights: must be 0 or above, one of them above 0')
  return (i) => weights[i]! / sum
}

/** Geometric mean of the deviations of the particles afloat along both axes, metres, and how many there are. */
function spreadAfloatM({ positionsM, fates }: DriftCloud): { sigmaM: number; count: number } {
  let [count, e, n, ee, nn] = [0, 0, 0, 0, 0]
  fates.forEach((fate, i) => {
    if (fate !== 'afloat') return
    const [east, north] = [positionsM[2 * i]!, positionsM[2 * i + 1]!]
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

/** Separable blur; `beyond` is the value outside the grid (open water there is room, a particle is not). */
function blurred(values: Float64Array, rows: number, cols: number, kernel: Float64Array, beyond: number): Float64Array {
  const reach = (kernel.length - 1) / 2
  const along = new Float64Array(values.length)
  const both = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const col = i % cols
    let sum = 0
    for (let k = -reach; k <= reach; k++) {
      sum += kernel[k + reach]! * (col + k >= 0 && col + k < cols ? values[i + k]! : beyond)
    }
    along[i] = sum
  }
  for (let i = 0; i < values.length; i++) {
    const row = Math.floor(i / cols)
    let sum = 0
    for (let k = -reach; k <= reach; k++) {
      sum += kernel[k + reach]! * (row + k >= 0 && row + k < rows ? along[i + k * cols]! : beyond)
    }
    both[i] = sum
  }
  return both
}
