import { type GridShape, gridFrame } from '../grid.ts'
import type { LocalM } from '../position.ts'
import { type CoverClass, coverFactors, HIKER_FIND_SHARES } from './cover-factors.ts'
import { heightFeatures } from './height-features.ts'
import { lineCrossings, paintLeg, paintPoint } from './paint-features.ts'
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

/**
 * Relative find density per cell of a map, from layers of the ground: what `probabilityMap` takes as `terrainFactors`.
 *
 * At each place the strongest applicable factor counts and factors are not multiplied (Jacobs): lines within reach,
 * crossings of streams and trails, low and high points, drainages and ridges from heights. Where no feature applies, the
 * land cover's relative density (`coverFactors`), else 1. A cell is the mean of its squares of 20 m. Distances stay true
 * whatever the factors: the map renormalises them within each ring (`applyTerrainFactors`).
 * RangeError that names the field. Limits: not scored yet (no public case comes with layers); multipliers come from
 * backcountry searches in the USA. Source: search-science notes 2.2, 2.4.
 */
export function terrainFactors(shape: GridShape, layers: TerrainLayers, options: TerrainOptions = {}): Float64Array {
  const { condition = 'unknown', reachM = 60, multipliers, finds } = options
  if (!(reachM > 0)) throw new RangeError('reachM: must be above 0')
  const factor = (feature: TerrainFeature): number => multiplierOf(feature, condition, multipliers)
  const split = Math.max(
    1,
    Math.min(Math.ceil(shape.cellM / FINE_M), Math.floor(Math.sqrt(MOST_FINE / (shape.rows * shape.cols)))),
  )
  const fine = { rows: shape.rows * split, cols: shape.cols * split, cellM: shape.cellM / split }
  // 0: no feature here; else the strongest factor so far.
  const features = new Float32Array(fine.rows * fine.cols)

  const frame = gridFrame(shape)
  const lines = (layers.lines ?? []).map(({ kind, coordinates }) => ({
    kind,
    points: coordinates.map((p): LocalM => frame.toLocal(p)),
  }))
  for (const { kind, points } of lines) {
    for (let i = 1; i < points.length; i++) paintLeg(features, fine, points[i - 1]!, points[i]!, reachM, factor(kind))
  }
  const streams = lines.filter(({ kind }) => kind === 'stream' || kind === 'capillary-stream')
  const trails = lines.filter(({ kind }) => kind === 'trail')
  for (const place of lineCrossings(streams, trails)) paintPoint(features, fine, place, reachM, factor('crossing'))

  const heights = layers.elevation && heightFeatures(layers.elevation)
  const featuresAt = heights && rasterReader(shape, heights)
  const coverAt = layers.landCover && rasterReader(shape, layers.landCover)
  const cover = coverAt ? coverFactors(countCover(fine, coverAt), finds ?? HIKER_FIND_SHARES) : null

  const factors = new Float64Array(shape.rows * shape.cols)
  for (let row = 0; row < fine.rows; row++) {
    for (let col = 0; col < fine.cols; col++) {
      const [eastM, northM] = [(col + 0.5) * fine.cellM, (row + 0.5) * fine.cellM]
      let strongest = features[row * fine.cols + col]!
      for (const feature of featuresAt?.(eastM, northM) ?? []) strongest = Math.max(strongest, factor(feature))
      if (strongest === 0) {
        const here = coverAt?.(eastM, northM)
        strongest = (here && cover?.get(here)) ?? 1
      }
      factors[Math.floor(row / split) * shape.cols + Math.floor(col / split)]! += strongest / (split * split)
    }
  }
  return factors
}

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
