import type { GridFrame } from '@skerry/contract'
import { rampColor } from './probability-ramp.ts'

/** Pixels of an image, row 0 at the top (north). */
export interface PixelImage {
  data: Uint8ClampedArray
  width: number
  height: number
}

/** Degrees of the corners that an image of the grid is stretched to: west, south, east, north. */
export function gridBounds(frame: Pick<GridFrame, 'shape'>): [number, number, number, number] {
  const { rows, cols, cellM, origin } = frame.shape
  const [lng, lat] = origin
  const [perLng, perLat] = metresPerDegree(lat)
  return [lng, lat, lng + (cols * cellM) / perLng, lat + (rows * cellM) / perLat]
}

/** Metres per degree of longitude and latitude on WGS-84 at a latitude (radii of curvature). */
export function metresPerDegree(latDeg: number): [number, number] {
  const a = 6_378_137
  const e2 = 6.694379990141e-3
  const lat = (latDeg * Math.PI) / 180
  const w = Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
  const perRad = Math.PI / 180
  return [(a / w) * Math.cos(lat) * perRad, ((a * (1 - e2)) / w ** 3) * perRad]
}

/** The probability of each cell as colour. @param reference cell value at full brightness, > 0 */
export function probabilityImage(frame: GridFrame, reference: number): PixelImage {
  const { rows, cols } = frame.shape
  const image = blank(cols, rows)
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++)
      image.data.set(rampColor(frame.poa[row * cols + col]! / reference), ((rows - 1 - row) * cols + col) * 4)
  return image
}

/** Pixels of hatching for each cell. */
export const HATCH_SCALE = 4

/**
 * Swept ground as diagonal hatching, denser with higher POD: one line in four at little, every second at much.
 * Between the lines the ramp below stays visible, so that "searched" never hides "likely".
 */
export function sweptImage(frame: GridFrame, color: readonly [number, number, number]): PixelImage {
  const { rows, cols } = frame.shape
  const image = blank(cols * HATCH_SCALE, rows * HATCH_SCALE)
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++) {
      const row = rows - 1 - Math.floor(y / HATCH_SCALE)
      const pod = frame.pod[row * cols + Math.floor(x / HATCH_SCALE)]! / 255
      const opacity = hatchOpacity(x + y, pod)
      if (opacity > 0) image.data.set([color[0], color[1], color[2], opacity], (y * image.width + x) * 4)
    }
  return image
}

/** Opacity 0..255 of the hatching on diagonal `d` where the achieved POD is `pod` (0..1). */
export function hatchOpacity(d: number, pod: number): number {
  if (pod < 0.02) return 0
  const line = d % 4
  if (line === 0) return Math.round(90 + 150 * pod)
  if (line === 2 && pod >= 0.5) return Math.round(60 + 150 * pod)
  return 0
}

function blank(width: number, height: number): PixelImage {
  return { data: new Uint8ClampedArray(width * height * 4), width, height }
}
