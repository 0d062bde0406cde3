import { readFile } from 'node:fs/promises'
import { type HeightGrid, type LngLat } from './height-grid.ts'
import { type Encoding, pngHeights } from './png-heights.ts'

/** Length of the equator on which web maps are drawn, metres. */
const EQUATOR_M = 40_075_016.686
/** The square of a web map ends here, degrees. */
const MOST_LATITUDE = 85.051129

/** Position on the square of a web map, 0..1 from its north-west corner. */
export function mercator([lng, lat]: LngLat): readonly [x: number, y: number] | null {
  if (!(Math.abs(lat) <= MOST_LATITUDE) || !(Math.abs(lng) <= 180)) return null
  const sin = Math.sin((lat * Math.PI) / 180)
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)]
}

/** PNG tiles of one zoom of a web map. @param fileOf where a tile is kept */
export function tileGrid(
  options: { readonly zoom: number; readonly tileSize: number; readonly encoding: Encoding },
  fileOf: (z: number, x: number, y: number) => string,
): HeightGrid {
  const { zoom, tileSize, encoding } = options
  const worldPx = tileSize * 2 ** zoom
  return {
    blockPx: tileSize,
    widthPx: worldPx,
    heightPx: worldPx,
    pixelOf(at) {
      const place = mercator(at)
      return place === null ? null : [place[0] * worldPx, place[1] * worldPx]
    },
    pixelM: ([, lat]) => (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / worldPx,
    async read(x, y) {
      const file = fileOf(zoom, x, y)
      let bytes: Uint8Array
      try {
        bytes = await readFile(file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
      try {
        return pngHeights(bytes, encoding, tileSize)
      } catch (error) {
        throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
    },
    close: () => Promise.resolve(),
  }
}
