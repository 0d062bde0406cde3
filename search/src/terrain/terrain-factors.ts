import { type GridShape, gridFrame } from '../frame/grid.ts'
import type { LocalM } from '../frame/position.ts'
import { type CoverClass, coverFactors, HIKER_FIND_SHARES } from './cover-factors.ts'
import { heightFeatures } from './height-features.ts'
import { lineCrossings, paintLeg, paintPoint, type Paint, type Painted } from './paint-features.ts'
import { rasterReader, type TerrainLayers } from './terrain-layers.ts'
import { JACOBS_MULTIPLIERS, multiplierOf, type SubjectCondition, type TerrainFeature } from './terrain-multipliers.ts'

/** How layers become factors. */
export interface TerrainOptions {
  /** Default unknown: the mean of both columns of the table [assumption]. */
  readonly condition?: SubjectCondition | undefined
  /** How far to either side a line draws people, metres; default 60 (the source says 40 to 80). */
  readonly reachM?: number | undefined
  /** An agency's own multipliers and find shares. */
  readonly multipliers?: typeof JACOBS_MULTIPLIERS | undefined
  readonly finds?: Readonly<Record<CoverClass, number>> | undefined
}

/** Ground is looked at in squares of at most this side, as long as those are few enough. */
const FINE_M = 20
const MOST_FINE = 16_000_000

/** What makes a place likelier or less likely than ordinary ground; the number is its place in this list. */
export const TERRAIN_REASONS = [
  'none',
  'road',
  'trail',
  'lake',
  'stream',
  'capillary-stream',
  'crossing',
  'low-point',
  'high-point',
  'ridge',
  'drainage',
  'field',
  'structure',
  'water',
  'woodland',
  'rock',
  'scrub',
  'brush',
] as const satisfies readonly ('none' | TerrainFeature | CoverClass)[]
export type TerrainReason = (typeof TERRAIN_REASONS)[number]

/** Relative find density of each cell, and what makes most of it (`TERRAIN_REASONS`). */
export interface DrawnTerrain {
  readonly factors: Float64Array
  readonly reasons: Uint8Array
}

/** Relative find density per cell of a map, from layers of the ground: what `probabilityMap` takes as `terrainFactors`. */
export const terrainFactors = (shape: GridShape, layers: TerrainLayers, options?: TerrainOptions): Float64Array =>
  drawTerrain(shape, layers, options).factors

/**
 * Factors and reasons of the ground under a map.
 *
 * At each place the strongest applicable factor counts and factors are not multiplied (Jacobs): lines within reach,
 * crossings of streams and trails, low and high points, drainages and ridges from heights. Where no feature applies, the
 * land cover's relative density (`coverFactors`), else 1. A cell is the mean of its squares of 20 m; its reason is what
 * moves that mean farthest from 1. Distances stay true whatever the factors: the map renormalises them within each ring
 * (`applyTerrainFactors`).
 * RangeError that names the field. Limits: not scored yet (no public case comes with layers); multipliers come from
 * backcountry searches in the USA. Source: search-science notes 2.2, 2.4.
 */
export function drawTerrain(shape: GridShape, layers: TerrainLayers, options: TerrainOptions = {}): DrawnTerrain {
  const { condition = 'unknown', reachM = 60, multipliers, finds } = options
  if (!(reachM > 0)) throw new RangeError('reachM: must be above 0')
  const paintOf = (feature: TerrainFeature): Paint => ({
    reachM,
    factor: multiplierOf(feature, condition, multipliers),
    reason: TERRAIN_REASONS.indexOf(feature),
  })
  const split = Math.max(
    1,
    Math.min(Math.ceil(shape.cellM / FINE_M), Math.floor(Math.sqrt(MOST_FINE / (shape.rows * shape.cols)))),
  )
  const fine = { rows: shape.rows * split, cols: shape.cols * split, cellM: shape.cellM / split }
  const painted: Painted = {
    factors: new Float32Array(fine.rows * fine.cols),
    reasons: new Uint8Array(fine.rows * fine.cols),
  }

  const frame = gridFrame(shape)
  const lines = (layers.lines ?? []).map(({ kind, coordinates }) => ({
    kind,
    points: coordinates.map((p): LocalM => frame.toLocal(p)),
  }))
  for (const { kind, points } of lines) {
    for (let i = 1; i < points.length; i++) paintLeg(painted, fine, points[i - 1]!, points[i]!, paintOf(kind))
  }
  const streams = lines.filter(({ kind }) => kind === 'stream' || kind === 'capillary-stream')
  const trails = lines.filter(({ kind }) => kind === 'trail')
  for (const place of lineCrossings(streams, trails)) paintPoint(painted, fine, place, paintOf('crossing'))

  const heights = layers.elevation && heightFeatures(layers.elevation)
  const featuresAt = heights && rasterReader(shape, heights)
  const coverAt = layers.landCover && rasterReader(shape, layers.landCover)
  const cover = coverAt ? coverFactors(countCover(fine, coverAt), finds ?? HIKER_FIND_SHARES) : null

  /** Factor of one square, its reason noted in `strongest`. */
  const strongest = { factor: 0, reason: 0 }
  const look = (row: number, col: number): void => {
    const i = row * fine.cols + col
    strongest.factor = painted.factors[i]!
    strongest.reason = painted.reasons[i]!
    const [eastM, northM] = [(col + 0.5) * fine.cellM, (row + 0.5) * fine.cellM]
    for (const feature of featuresAt?.(eastM, northM) ?? []) {
      const { factor, reason } = paintOf(feature)
      if (factor > strongest.factor) Object.assign(strongest, { factor, reason })
    }
    if (strongest.factor > 0) return
    const here = coverAt?.(eastM, northM)
    const density = here && cover?.get(here)
    Object.assign(strongest, density ? { factor: density, reason: TERRAIN_REASONS.indexOf(here) } : ORDINARY)
  }

  const factors = new Float64Array(shape.rows * shape.cols)
  const reasons = new Uint8Array(factors.length)
  const moves = new Float64Array(TERRAIN_REASONS.length)
  for (let cell = 0; cell < factors.length; cell++) {
    const [row, col] = [Math.floor(cell / shape.cols) * split, (cell % shape.cols) * split]
    moves.fill(0)
    for (let k = 0; k < split * split; k++) {
      look(row + Math.floor(k / split), col + (k % split))
      factors[cell]! += strongest.factor / (split * split)
      moves[strongest.reason]! += strongest.factor - 1
    }
    for (let reason = 1; reason < moves.length; reason++)
      if (Math.abs(moves[reason]!) > Math.abs(moves[reasons[cell]!]!)) reasons[cell] = reason
  }
  return { factors, reasons }
}

const ORDINARY = { factor: 1, reason: 0 }

function countCover(
  fine: Pick<GridShape, 'rows' | 'cols' | 'cellM'>,
  coverAt: (eastM: number, northM: number) => CoverClass | null,
): Map<CoverClass, number> {
  const counts = new Map<CoverClass, number>()
  for (let row = 0; row < fine.rows; row++) {
    for (let col = 0; col < fine.cols; col++) {
      const cover = coverAt((col + 0.5) * fine.cellM, (row + 0.5) * fine.cellM)
      if (cover) counts.set(cover, (counts.get(cover) ?? 0) + 1)
    }
  }
  return counts
}
