import { decode } from 'fast-png'
import { type Block, plausibleM } from './height-grid.ts'

export type Encoding = 'terrarium' | 'mapbox'

/** Metres that the three colours of a pixel mean. */
export const heightOfColour = (encoding: Encoding, r: number, g: number, b: number): number =>
  encoding === 'terrarium' ? r * 256 + g + b / 256 - 32_768 : (r * 65_536 + g * 256 + b) * 0.1 - 10_000

/** @throws Error where the bytes are no PNG of that size with 8-bit colours */
export function pngHeights(bytes: Uint8Array, encoding: Encoding, tileSize: number): Block {
  const { width, height, depth, channels, data, palette } = decode(bytes, { checkCrc: true })
  if (width !== tileSize || height !== tileSize) throw new Error(`is ${width}x${height}, not ${tileSize}x${tileSize}`)
  if (depth !== 8 || (channels !== 3 && channels !== 4) || palette !== undefined)
    throw new Error('has no 8-bit colours')
  const heightsM = new Float32Array(width * height)
  for (let i = 0; i < heightsM.length; i++) {
    const at = i * channels
    const transparent = channels === 4 && data[at + 3] === 0
    heightsM[i] = transparent ? NaN : plausibleM(heightOfColour(encoding, data[at]!, data[at + 1]!, data[at + 2]!))
  }
  return { widthPx: width, heightPx: height, heightsM }
}
