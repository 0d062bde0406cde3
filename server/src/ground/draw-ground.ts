import {
  GROUND_COVERS,
  type DrawnGround,
  type GroundLayers,
  type GroundReason,
  type LngLat,
  type SearchSetup,
  type SubjectCondition,
} from '@skerry/contract'
import {
  coverCodeOf,
  drawTerrain,
  gridAround,
  gridCellCentre,
  landFraction,
  NO_COVER,
  type Raster,
  TERRAIN_REASONS,
  type CoverClass,
  type GridShape,
} from '@skerry/search'
import { coverShares } from './cover-shares.ts'
import { factorBytes, factorOf, packedCells } from './ground-cells.ts'
import type { LayersOfGround } from './read-layers.ts'

/** What the ground under one map is drawn from: plain data, so that it can be sent to another thread. */
export interface GroundJob {
  setup: Pick<SearchSetup, 'planningPoint' | 'halfSizeM' | 'cellM'>
  condition: SubjectCondition
  /** Of the box around the map; null where no file is configured. */
  layers:
    | (Pick<LayersOfGround, 'lines' | 'covers'> & Pick<NonNullable<GroundLayers['layers']>, 'title' | 'attribution'>)
    | null
  /** File that describes the heights; null where none is configured. */
  terrainFile: string | null
}

/** Heights of the ground, as far as they are needed here. */
export interface Heights {
  readonly attribution: string
  load(around: LngLat, radiusM: number): Promise<void>
  heightM(at: LngLat): number | null
}

/** Cover is told apart in cells of at most this side. */
const COVER_M = 25
const MOST_COVER_SIDE = 1200
/** Heights are read in cells of this side, so far around the map that low and high ground can be told. */
const HEIGHT_M = 90
const AROUND_M = 2000
/** Cells of heights that are read at once, a side: what was read before may have been forgotten. */
const PIECE = 8

/** Factors and reasons of every cell of a map. @param heights null: no elevation data */
export async function drawGround(
  { setup, condition, layers }: GroundJob,
  heights: Heights | null,
): Promise<DrawnGround> {
  const { planningPoint, halfSizeM, cellM } = setup
  const shape = gridAround(planningPoint, halfSizeM, cellM)
  const elevation = heights && (await elevationAround(planningPoint, halfSizeM, heights))
  const drawn = drawTerrain(
    shape,
    {
      lines: layers?.lines ?? [],
      landCover: layers ? coverRaster(setup, layers.covers) : undefined,
      elevation: elevation?.raster,
    },
    { condition },
  )
  const bytes = factorBytes(drawn.factors)
  const covers = layers && coverCodes(shape, layers.covers)
  return {
    condition,
    layers: layers && { title: layers.title, attribution: layers.attribution },
    elevation: heights && elevation ? { attribution: heights.attribution, knownShare: elevation.knownShare } : null,
    reasons: summary(bytes, drawn.reasons),
    ...(covers ? { covers: coverShares(covers) } : {}),
    ...packedCells(bytes, drawn.reasons, covers),
  }
}

function coverRaster(
  { planningPoint, halfSizeM, cellM }: GroundJob['setup'],
  covers: LayersOfGround['covers'],
): Raster<CoverClass | null> | undefined {
  if (covers.length === 0) return undefined
  const side = Math.max(Math.min(cellM, COVER_M), (2 * halfSizeM) / MOST_COVER_SIDE)
  const shape = gridAround(planningPoint, halfSizeM, side)
  return { ...shape, values: classPerCell(shape, covers) }
}

/** What hides people from a camera on each cell of the map; null where no layer tells of any of them. */
function coverCodes(shape: GridShape, covers: LayersOfGround['covers']): Uint8Array | null {
  if (covers.length === 0) return null
  const codes = Uint8Array.from(classPerCell(shape, covers), coverCodeOf)
  return codes.some((code) => code !== NO_COVER) ? codes : null
}

/** Class of each cell: the one that covers most of it, and at least half. */
function classPerCell(shape: GridShape, covers: LayersOfGround['covers']): (CoverClass | null)[] {
  const values = Array.from<CoverClass | null>({ length: shape.rows * shape.cols }).fill(null)
  const most = new Float32Array(values.length).fill(0.5)
  for (const cover of GROUND_COVERS) {
    const polygons = covers.filter((one) => one.cover === cover).map(({ rings }) => rings)
    if (polygons.length === 0) continue
    landFraction(shape, polygons).forEach((share, i) => {
      if (share < most[i]!) return
      most[i] = share
      values[i] = cover
    })
  }
  return values
}

async function elevationAround(
  planningPoint: LngLat,
  halfSizeM: number,
  heights: Heights,
): Promise<{ raster: Raster<number>; knownShare: number } | null> {
  const shape = gridAround(planningPoint, halfSizeM + AROUND_M, HEIGHT_M)
  const values = new Float64Array(shape.rows * shape.cols).fill(Number.NaN)
  let known = 0
  for (let row = 0; row < shape.rows; row += PIECE)
    for (let col = 0; col < shape.cols; col += PIECE) known += await readPiece(shape, values, row, col, heights)
  return known > 0 ? { raster: { ...shape, values }, knownShare: known / values.length } : null
}

async function readPiece(
  shape: GridShape,
  values: Float64Array,
  row: number,
  col: number,
  heights: Heights,
): Promise<number> {
  const [lastRow, lastCol] = [Math.min(shape.rows, row + PIECE), Math.min(shape.cols, col + PIECE)]
  await heights.load(at(shape, (row + lastRow) >> 1, (col + lastCol) >> 1), 0.75 * PIECE * HEIGHT_M)
  let known = 0
  for (let r = row; r < lastRow; r++)
    for (let c = col; c < lastCol; c++) {
      const heightM = heights.heightM(at(shape, r, c))
      if (heightM === null) continue
      values[r * shape.cols + c] = heightM
      known += 1
    }
  return known
}

const at = (shape: GridShape, row: number, col: number): LngLat => {
  const [lng, lat] = gridCellCentre(shape, row, col)
  return [lng, lat]
}

/** What moves probability on this map, most ground first. */
function summary(factors: Uint8Array, reasons: Uint8Array): DrawnGround['reasons'] {
  const sums = TERRAIN_REASONS.map(() => ({ cells: 0, factors: 0 }))
  reasons.forEach((reason, i) => {
    sums[reason]!.cells += 1
    sums[reason]!.factors += factorOf(factors[i]!)
  })
  return TERRAIN_REASONS.flatMap((reason, k) => {
    const { cells, factors: sum } = sums[k]!
    return reason === 'none' || cells === 0
      ? []
      : [{ reason: reason satisfies GroundReason, areaShare: cells / reasons.length, factor: sum / cells }]
  }).sort((a, b) => b.areaShare - a.areaShare)
}
