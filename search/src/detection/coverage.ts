import type { Grid } from '../frame/grid.ts'
import { areaInBoxM2, ringAreaM2 } from '../frame/polygon.ts'

/** Ground a camera saw at one moment: four corners in the grid's frame, in ring order, convex. */
export interface Look {
  readonly atMs: number
  readonly cornersM: readonly (readonly number[])[]
  /** Worth of this look, 0..1, for example where only part of the picture is usable; default 1. */
  readonly weight?: number | undefined
}

/** Sensor and rules by which looks become coverage. */
export interface SweepCreditPolicy {
  /** Effective sweep width W and nadir swath, metres; W / swath is the coverage of one straight pass. */
  readonly sweepWidthM: number
  readonly swathM: number
  /**
   * Sweep width by what grows on each cell: a code per cell, and W of each code, metres, 0..swathM. Default: `sweepWidthM`
   * for every cell.
   */
  readonly covers?: { readonly codes: ArrayLike<number>; readonly sweepWidthsM: readonly number[] } | undefined
  /** Looks farther apart than this do not join: what happened between is unknown. Default 3000 ms. */
  readonly maxGapMs?: number | undefined
  /** Time after which a hovering camera's look is worth a new pass, seconds; default 30 [assumption]. */
  readonly hoverS?: number | undefined
}

/** What one step between two looks was worth. */
export type SweepCredit =
  /**
   * `effortM2` is the effort Z added: coverage times cell area, summed (over cells inside the grid or not), with
   * `sweepWidthM` for every cell.
   */
  | { readonly kind: 'credited'; readonly effortM2: number }
  | { readonly kind: 'gap'; readonly reason: 'too-long' | 'not-later' | 'apart' | 'no-area' }

/** Share of the footprint's length along track that one sub-step may advance. */
const STEP_SHARE = 0.2

/**
 * Adds the coverage of a camera moving from one look to the next.
 *
 * Model: a moving footprint of width b across its track (b = its extent perpendicular to the motion) sweeps new ground
 * at b ds. One pass detects the share W / swath of what is there, so the effort of the step is dZ = (W / swath) b ds,
 * spread evenly over the footprint A of that moment: dC_cell = (W / swath) b ds / A x (share of the cell inside A).
 * A straight pass over a cell then adds exactly b / swath x W / b = W / swath at nadir, whatever the frame rate, speed
 * or cell size, and coverage x area adds up to the effort. Long steps are cut into sub-steps along the way.
 * Hovering (or panning about one spot) is worth a new pass every `hoverS`: the larger of the two credits counts.
 * Nothing is credited over a gap: looks out of order or too far apart in time, or footprints that no longer overlap.
 * @param coverage per cell, row-major as the grid; changed in place (a Float32Array is precise enough: 1e-7)
 */
export function accumulateSweep(
  coverage: Float32Array | Float64Array,
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  previous: Look,
  look: Look,
  policy: SweepCreditPolicy,
): SweepCredit {
  const { sweepWidthM, swathM, covers, maxGapMs = 3000, hoverS = 30 } = policy
  if (!(sweepWidthM >= 0 && swathM > 0 && sweepWidthM <= swathM)) {
    throw new RangeError('sweep: need 0 <= sweepWidthM <= swathM')
  }
  if (covers && !(covers.codes.length === coverage.length && covers.sweepWidthsM.every((w) => w >= 0 && w <= swathM)))
    throw new RangeError('covers: need one code per cell, and 0 <= sweepWidthsM <= swathM')
  const elapsedMs = look.atMs - previous.atMs
  if (!(elapsedMs > 0)) return { kind: 'gap', reason: 'not-later' }
  if (elapsedMs > maxGapMs) return { kind: 'gap', reason: 'too-long' }
  const [from, to] = [previous.cornersM, look.cornersM]
  const areaM2 = (Math.abs(ringAreaM2(from)) + Math.abs(ringAreaM2(to))) / 2
  if (!(areaM2 > 0) || from.length !== to.length) return { kind: 'gap', reason: 'no-area' }

  const [a, b] = [middle(from), middle(to)]
  const movedM = Math.hypot(b[0] - a[0], b[1] - a[1])
  const along: [number, number] = movedM > 1e-9 ? [(b[0] - a[0]) / movedM, (b[1] - a[1]) / movedM] : [1, 0]
  const lengthM = (extent(from, along) + extent(to, along)) / 2
  if (movedM > lengthM) return { kind: 'gap', reason: 'apart' }
  const acrossM = (extent(from, [-along[1], along[0]]) + extent(to, [-along[1], along[0]])) / 2

  const weight = ((previous.weight ?? 1) + (look.weight ?? 1)) / 2
  const share = (sweepWidthM / swathM) * weight
  const shares = covers && {
    codes: covers.codes,
    byCode: covers.sweepWidthsM.map((widthM) => (widthM / swathM) * weight),
  }
  const passes = Math.max((acrossM * movedM) / areaM2, elapsedMs / 1000 / hoverS)
  const steps = Math.max(1, Math.ceil(movedM / (STEP_SHARE * lengthM)))
  for (let step = 0; step < steps; step++) {
    const t = (step + 0.5) / steps
    const corners = from.map((p, i) => [p[0]! + t * (to[i]![0]! - p[0]!), p[1]! + t * (to[i]![1]! - p[1]!)])
    if (shares) addByCover(coverage, grid, corners, shares, passes / steps)
    else addFootprint(coverage, grid, corners, (share * passes) / steps)
  }
  return { kind: 'credited', effortM2: share * passes * areaM2 }
}

/**
 * Adds `contribution` times the share of each cell that lies inside a convex polygon of the grid's frame.
 * The sum of additions times the cell area is `contribution` times the polygon's area within the grid.
 */
export function addFootprint(
  coverage: Float32Array | Float64Array,
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  polygonM: readonly (readonly number[])[],
  contribution: number,
): void {
  if (coverage.length !== grid.rows * grid.cols) throw new RangeError('coverage: must have one number per cell')
  eachCellInside(grid, polygonM, (cell, share) => (coverage[cell]! += contribution * share))
}

function addByCover(
  coverage: Float32Array | Float64Array,
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  polygonM: readonly (readonly number[])[],
  { codes, byCode }: { readonly codes: ArrayLike<number>; readonly byCode: readonly number[] },
  passes: number,
): void {
  if (coverage.length !== grid.rows * grid.cols) throw new RangeError('coverage: must have one number per cell')
  eachCellInside(grid, polygonM, (cell, share) => {
    const ofCode = byCode[codes[cell]!]
    if (ofCode === undefined) throw new RangeError(`covers: no sweep width for code ${codes[cell]}`)
    coverage[cell]! += ofCode * passes * share
  })
}

/** Calls back with every cell that a convex polygon of the grid's frame touches, and the share of the cell inside it. */
function eachCellInside(
  { rows, cols, cellM }: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  polygonM: readonly (readonly number[])[],
  visit: (cell: number, share: number) => void,
): void {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of polygonM as readonly [number, number][]) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  const [firstCol, lastCol] = [Math.max(0, Math.floor(west / cellM)), Math.min(cols - 1, Math.floor(east / cellM))]
  const [firstRow, lastRow] = [Math.max(0, Math.floor(south / cellM)), Math.min(rows - 1, Math.floor(north / cellM))]
  const cellM2 = cellM * cellM
  for (let row = firstRow; row <= lastRow; row++) {
    for (let col = firstCol; col <= lastCol; col++) {
      const insideM2 = areaInBoxM2(polygonM, col * cellM, row * cellM, (col + 1) * cellM, (row + 1) * cellM)
      if (insideM2 > 0) visit(row * cols + col, insideM2 / cellM2)
    }
  }
}

/** Coverage of a whole track of looks in order; gaps in it add nothing. */
export function coverageOfLooks(grid: Grid, looks: readonly Look[], policy: SweepCreditPolicy): Float32Array {
  const coverage = new Float32Array(grid.rows * grid.cols)
  for (let i = 1; i < looks.length; i++) accumulateSweep(coverage, grid, looks[i - 1]!, looks[i]!, policy)
  return coverage
}

function middle(ring: readonly (readonly number[])[]): [number, number] {
  let [x, y] = [0, 0]
  for (const p of ring) {
    x += p[0]! / ring.length
    y += p[1]! / ring.length
  }
  return [x, y]
}

function extent(ring: readonly (readonly number[])[], direction: readonly [number, number]): number {
  let [low, high] = [Infinity, -Infinity]
  for (const p of ring) {
    const at = p[0]! * direction[0] + p[1]! * direction[1]
    low = Math.min(low, at)
    high = Math.max(high, at)
  }
  return high - low
}
