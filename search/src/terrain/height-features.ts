import type { Raster } from './terrain-layers.ts'
import type { TerrainFeature } from './terrain-multipliers.ts'

/** Ground that low and high points are compared with. */
const AROUND_M = 2000
/** Lowest and highest share of it. */
const DECILE = 0.1
/** Coarser than given when heights are finer than this: more detail says nothing about a decile of 2 km. */
const COARSE_M = 90
/** Ground that drains into a cell before it counts as a drainage, km2 [assumption]. */
const DRAINS_KM2 = 0.3

/** Mean width of the ground it gathers from, metres [assumption]. */
const GATHERS_M = 250

/** Features of each cell of a height raster; several may hold at once. */
export interface HeightFeatures extends Raster<readonly TerrainFeature[]> {
  readonly values: (readonly TerrainFeature[])[]
}

/**
 * Low and high points, drainages and ridges read from heights. Low and high: in the lowest or highest tenth of all known
 * ground within 2 km. Drainage: at least 0.3 km2 drains through the cell, each cell passing all it has to its lowest
 * neighbour (D8, O'Callaghan & Mark 1984; pits are not filled, so a drainage ends in one), and it gathers from a strip at
 * least 250 m wide on average, as no even slope does. Ridge: the same upside down.
 * Heights finer than 90 m are averaged first. Flat ground has no features.
 * Source: Jacobs 2015 (definitions of low and high points), search-science notes 2.2.
 */
export function heightFeatures(elevation: Raster<number>): HeightFeatures {
  if (elevation.values.length !== elevation.rows * elevation.cols)
    throw new RangeError('layers.elevation: needs rows x cols values')
  const heights = averaged(elevation)
  const { rows, cols, cellM, values } = heights
  const [drains, sheds] = [gatherers(heights, 1), gatherers(heights, -1)]
  const reach = Math.max(1, Math.round(AROUND_M / cellM))
  const features = Array.from({ length: rows * cols }, (_, i): readonly TerrainFeature[] => {
    const height = values[i]!
    if (Number.isNaN(height)) return []
    const [lower, higher, all] = rank(heights, i, reach)
    const flat = lower + higher === 0
    return [
      ...(!flat && lower < DECILE * all ? (['low-point'] as const) : []),
      ...(!flat && higher < DECILE * all ? (['high-point'] as const) : []),
      ...(drains[i] ? (['drainage'] as const) : []),
      ...(sheds[i] ? (['ridge'] as const) : []),
    ]
  })
  return { ...heights, values: features }
}

/** Means of blocks of whole cells; the last rows and columns may be cut. */
function averaged({ rows, cols, cellM, origin, values }: Raster<number>): Raster<number> {
  const n = Math.max(1, Math.round(COARSE_M / cellM))
  const [coarseRows, coarseCols] = [Math.ceil(rows / n), Math.ceil(cols / n)]
  const means = new Float64Array(coarseRows * coarseCols)
  const counts = new Uint32Array(means.length)
  for (let i = 0; i < rows * cols; i++) {
    const height = values[i]!
    if (Number.isNaN(height)) continue
    const at = Math.floor(Math.floor(i / cols) / n) * coarseCols + Math.floor((i % cols) / n)
    means[at]! += height
    counts[at]!++
  }
  for (let i = 0; i < means.length; i++) means[i]! /= counts[i]! // nothing known: 0 / 0 is NaN
  return { rows: coarseRows, cols: coarseCols, cellM: cellM * n, origin, values: means }
}

/** How many known cells within reach are lower and higher than this one, and how many there are. */
function rank({ rows, cols, values }: Raster<number>, i: number, reach: number): [number, number, number] {
  const [row, col, height] = [Math.floor(i / cols), i % cols, values[i]!]
  let [lower, higher, all] = [0, 0, 0]
  for (let r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++) {
    const wide = Math.floor(Math.sqrt(reach * reach - (r - row) * (r - row)))
    for (let c = Math.max(0, col - wide); c <= Math.min(cols - 1, col + wide); c++) {
      const other = values[r * cols + c]!
      if (Number.isNaN(other)) continue
      all++
      if (other < height) lower++
      else if (other > height) higher++
    }
  }
  return [lower, higher, all]
}

/** 1 for cells that gather what drains from enough ground; `sign` -1 turns the ground upside down. */
function gatherers({ rows, cols, cellM, values }: Raster<number>, sign: 1 | -1): Uint8Array {
  const drained = new Float64Array(rows * cols).fill(1)
  const longest = new Float64Array(rows * cols).fill(1)
  const order = [...drained.keys()]
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((a, b) => sign * (values[b]! - values[a]!) || a - b)
  for (const i of order) {
    const to = lowestNeighbour(rows, cols, values, sign, i)
    if (to < 0) continue
    drained[to]! += drained[i]!
    longest[to] = Math.max(longest[to]!, longest[i]! + 1)
  }
  return Uint8Array.from(drained, (cells, i) => {
    const widthM = (cells / longest[i]!) * cellM
    return cells * cellM * cellM >= DRAINS_KM2 * 1e6 && widthM >= GATHERS_M ? 1 : 0
  })
}

/** The neighbour that ground falls to most steeply, or -1 in a pit. */
function lowestNeighbour(rows: number, cols: number, values: ArrayLike<number>, sign: 1 | -1, i: number): number {
  const [row, col] = [Math.floor(i / cols), i % cols]
  let [steepest, to] = [0, -1]
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
      const fall = (sign * (values[i]! - values[r * cols + c]!)) / Math.hypot(r - row, c - col)
      if (fall > steepest) [steepest, to] = [fall, r * cols + c]
    }
  }
  return to
}
