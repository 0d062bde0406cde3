/** A place, [longitude, latitude], WGS-84 degrees. */
export type LngLat = readonly [lng: number, lat: number]

/** One square block of heights, row-major from the north-west; NaN where there is no data. Metres above mean sea level. */
export interface Block {
  readonly widthPx: number
  readonly heightPx: number
  readonly heightsM: Float32Array
}

/** Heights of the ground on one raster, in blocks that are read when they are needed. */
export interface HeightGrid {
  readonly blockPx: number
  /** Columns and rows of the whole raster. */
  readonly widthPx: number
  readonly heightPx: number
  /** Column and row of a place, in pixels; the middle of the first pixel is 0.5. Null off the raster. */
  pixelOf(at: LngLat): readonly [x: number, y: number] | null
  /** Size of a pixel on the ground there, metres. */
  pixelM(at: LngLat): number
  /** Null where the raster has no such block: that is no fault. Rejects where it is there and cannot be read. */
  read(column: number, row: number): Promise<Block | null>
  close(): Promise<void>
}

/** No ground lies outside these, metres above mean sea level: other values are codes for "no data". */
const LOWEST_M = -500
const HIGHEST_M = 9000
/** A height, or NaN for what is no height. */
export const plausibleM = (heightM: number): number =>
  heightM >= LOWEST_M && heightM <= HIGHEST_M ? heightM : Number.NaN
