import { type GridShape, gridFrame } from '../frame/grid.ts'
import type { CoverClass } from './cover-factors.ts'
import type { TerrainFeature } from './terrain-multipliers.ts'

/** Values on a grid of its own, row 0 in the south; it need not lie as the map does. */
export interface Raster<T> extends GridShape {
  readonly values: ArrayLike<T>
}

/** A road, path or water's edge, as a line of `[lng, lat]`. A lake is given by its outline. */
export interface TerrainLine {
  readonly kind: Extract<
    TerrainFeature,
    'road' | 'trail' | 'lake' | 'stream' | 'capillary-stream' | 'ridge' | 'drainage'
  >
  readonly coordinates: readonly (readonly number[])[]
}

/** What is known of the ground. Every layer may be left out; ground without any layer is ordinary ground. */
export interface TerrainLayers {
  readonly lines?: readonly TerrainLine[] | undefined
  /** Metres above any one datum; NaN where not known. Cells of 25 to 100 m. */
  readonly elevation?: Raster<number> | undefined
  /** Class per cell; null where not known. */
  readonly landCover?: Raster<CoverClass | null> | undefined
}

/** Reads a raster at points of a map's frame, nearest cell; null outside. */
export function rasterReader<T>(shape: GridShape, raster: Raster<T>): (eastM: number, northM: number) => T | null {
  if (raster.values.length !== raster.rows * raster.cols)
    throw new RangeError('layers: a raster needs rows x cols values')
  // Over the few tens of km of a map both frames are the same but for a shift and a hair of turn and scale.
  const toRaster = gridFrame(raster)
  const frame = gridFrame(shape)
  const [east, north] = [frame.toLngLat([1000, 0]), frame.toLngLat([0, 1000])].map((p) => toRaster.toLocal(p))
  const origin = toRaster.toLocal(shape.origin)
  const [ee, en] = [(east![0] - origin[0]) / 1000, (east![1] - origin[1]) / 1000]
  const [ne, nn] = [(north![0] - origin[0]) / 1000, (north![1] - origin[1]) / 1000]
  return (eastM, northM) => {
    const col = Math.floor((origin[0] + eastM * ee + northM * ne) / raster.cellM)
    const row = Math.floor((origin[1] + eastM * en + northM * nn) / raster.cellM)
    return row >= 0 && row < raster.rows && col >= 0 && col < raster.cols
      ? raster.values[row * raster.cols + col]!
      : null
  }
}
