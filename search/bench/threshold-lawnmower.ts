import { areaLikelihood, type Cells, type PathM, pathLengthM } from '../src/plan/path-score.ts'
import { cutAt, type Pattern } from './sarenv-baselines.ts'

const SWATH_M = 2 * 33.1370849898476
const SMOOTHING_CELLS = [2, 3]
const THRESHOLD_STEPS = 30

/**
 * The simple planner that stands for "no clever planner": the map smoothed over two or three cells, everything above a
 * threshold flown on lanes one swath apart along one axis of the grid, the threshold as low as the length allows; the
 * better of both axes and smoothings. One line, to be cut into a part for each drone.
 * Source: search-science notes 8.1 (threshold lawnmower).
 */
export function thresholdLawnmower(cells: Cells, lengthM: number): number[][] {
  let best: { line: number[][]; seen: number } | null = null
  for (const sigma of SMOOTHING_CELLS) {
    const smooth = smoothed(cells, sigma)
    for (const transposed of [false, true]) {
      const line = longestWithin(cells, smooth, transposed, lengthM)
      const seen = areaLikelihood(cells, [line], SWATH_M / 2)
      if (!best || seen > best.seen) best = { line, seen }
    }
  }
  return best!.line
}

/** The same as a pattern: cut in equal parts. */
export const lawnmowerPattern =
  (cells: Cells, lengthM: number): Pattern =>
  (drones) =>
    inParts(thresholdLawnmower(cells, lengthM), drones)

export const lawnmowerPaths = (cells: Cells, drones: number, totalM: number): PathM[] =>
  inParts(thresholdLawnmower(cells, totalM), drones)

function inParts(line: number[][], count: number): number[][][] {
  const partM = pathLengthM(line) / count
  let rest = line
  return Array.from({ length: count }, (_, i) => {
    const [part, left] = cutAt(rest, i === count - 1 ? Infinity : partM)
    rest = left
    return part
  })
}

/** Lowest threshold whose lanes fit, by bisection over the values of the map. */
function longestWithin(cells: Cells, smooth: Float64Array, transposed: boolean, lengthM: number): number[][] {
  let [low, high] = [0, Math.max(...smooth)]
  let best: number[][] = [[0, 0]]
  for (let i = 0; i < THRESHOLD_STEPS; i++) {
    const middle = (low + high) / 2
    const line = lanesAbove(cells, smooth, transposed, middle)
    if (pathLengthM(line) <= lengthM) [best, high] = [line, middle]
    else low = middle
  }
  return best
}

/** Lanes to and fro, each from the first to the last cell above the threshold. */
function lanesAbove(
  { rows, cols, cellM }: Cells,
  smooth: Float64Array,
  transposed: boolean,
  threshold: number,
): number[][] {
  const [across, along] = transposed ? [cols, rows] : [rows, cols]
  const lanes = Math.floor((across * cellM) / SWATH_M)
  const firstM = (across * cellM - (lanes - 1) * SWATH_M) / 2
  const line: number[][] = []
  let flown = 0
  for (let lane = 0; lane < lanes; lane++) {
    const at = firstM + lane * SWATH_M
    const k = Math.min(across - 1, Math.floor(at / cellM))
    const above = Array.from({ length: along }, (_, i) => i).filter(
      (i) => smooth[transposed ? i * cols + k : k * cols + i]! > threshold,
    )
    if (above.length === 0) continue
    const ends = [above[0]! * cellM, (above[above.length - 1]! + 1) * cellM]
    if (flown++ % 2 === 1) ends.reverse()
    for (const end of ends) line.push(transposed ? [at, end] : [end, at])
  }
  return line.length > 1 ? line : [[0, 0]]
}

/** Gaussian over rows, then columns. */
function smoothed({ rows, cols, values }: Cells, sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)))
  const pass = (from: ArrayLike<number>, rowStep: number, colStep: number): Float64Array =>
    Float64Array.from({ length: rows * cols }, (_, i) => {
      const [row, col] = [Math.floor(i / cols), i % cols]
      let [sum, all] = [0, 0]
      weights.forEach((weight, k) => {
        const [r, c] = [row + (k - reach) * rowStep, col + (k - reach) * colStep]
        if (r < 0 || c < 0 || r >= rows || c >= cols) return
        sum += weight * from[r * cols + c]!
        all += weight
      })
      return sum / all
    })
  return pass(pass(values, 1, 0), 0, 1)
}
