import type { GridFrame } from '@skerry/contract'
import { metresPerDegree } from '../theme/metres-per-degree.ts'
import type { Rgba } from '../theme/palette.ts'
import { rampColor } from './probability-ramp.ts'

/** Pixels of an image, row 0 at the top (north). */
export interface PixelImage {
  data: Uint8ClampedArray<ArrayBuffer>
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
/** A POD below this is not shown as searched. */
const LEAST_POD = 0.02
/** Distance from line to line along the hatching's diagonal in pixels, by achieved POD. */
const HATCH_STEPS = [
  { below: 0.3, every: 16 },
  { below: 0.6, every: 8 },
  { below: Infinity, every: 4 },
] as const

/**
 * Swept ground as diagonal hatching, denser with higher POD. A line is a pair, in the colour of text and in the colour
 * behind it, so that it shows on dark ground and on the bright end of the ramp. At least half of the ramp stays visible
 * between the lines, so that "searched" never hides "likely".
 */
export function sweptImage(frame: GridFrame, light: Readonly<Rgba>, dark: Readonly<Rgba>): PixelImage {
  const { rows, cols } = frame.shape
  const image = blank(cols * HATCH_SCALE, rows * HATCH_SCALE)
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++) {
      const row = rows - 1 - Math.floor(y / HATCH_SCALE)
      const pod = frame.pod[row * cols + Math.floor(x / HATCH_SCALE)]! / 255
      const line = hatchLine(x + y, pod)
      if (line === null) continue
      const color = line === 'light' ? light : dark
      image.data.set([color[0], color[1], color[2], HATCH_OPACITY], (y * image.width + x) * 4)
    }
  return image
}

const HATCH_OPACITY = 170

/** What is drawn on diagonal `d` (pixels) where the achieved POD is `pod` (0..1). */
export function hatchLine(d: number, pod: number): 'light' | 'dark' | null {
  if (pod < LEAST_POD) return null
  const { every } = HATCH_STEPS.find((step) => pod < step.below) ?? HATCH_STEPS[2]
  return d % every === 0 ? 'light' : d % every === 1 ? 'dark' : null
}

function blank(width: number, height: number): PixelImage {
  return { data: new Uint8ClampedArray(width * height * 4), width, height }
}
