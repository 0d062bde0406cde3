import type { PixelImage } from './grid-image.ts'

/**
 * Pixels as deck.gl takes them. It must be a real ImageData: from a plain object deck.gl 9.4 reads no size, makes a
 * texture without levels, and draws the whole rectangle black. Node has no ImageData and draws nothing.
 */
export function rasterOf({ data, width, height }: PixelImage): ImageData | PixelImage {
  return typeof ImageData === 'undefined' ? { data, width, height } : new ImageData(data, width, height)
}
