import threads from 'node:worker_threads'
import type { GeoTIFFImage } from 'geotiff'
import { type HeightGrid, type LngLat, plausibleM } from './height-grid.ts'
import { mercator } from './tile-grid.ts'

const BLOCK_PX = 256
const EQUATOR_M = 40_075_016.686
const METRES_PER_DEGREE = 111_320

/** EPSG codes of rasters in degrees whose places are those of WGS-84 to well below a metre: WGS 84, CGCS2000, ETRS89. */
const DEGREES: ReadonlySet<number> = new Set([4326, 4490, 4258])
const WEB_MERCATOR: ReadonlySet<number> = new Set([3857, 900913])
const PIXEL_IS_POINT = 2

/** The reader's shim for workers falls over in a thread that was started without data of its own. */
function loadReader(): Promise<typeof import('geotiff')> {
  if (!threads.isMainThread) Object.assign(threads, { workerData: (threads.workerData as unknown) ?? {} })
  return import('geotiff')
}

/** A GeoTIFF with one band of heights, read in blocks. @throws Error that says what about the file cannot be used */
export async function tiffGrid(file: string): Promise<HeightGrid> {
  const fault = (why: string): Error => new Error(`${file}: ${why}`)
  const { fromFile } = await loadReader()
  const tiff = await fromFile(file).catch((error: unknown) => {
    throw fault(error instanceof Error ? error.message : String(error))
  })
  try {
    return gridOf(await tiff.getImage(), () => Promise.resolve(tiff.close()).then(() => undefined), fault)
  } catch (error) {
    await tiff.close()
    throw error
  }
}

function gridOf(image: GeoTIFFImage, close: () => Promise<void>, fault: (why: string) => Error): HeightGrid {
  const keys = image.getGeoKeys() ?? {}
  const projected = Number(keys.ProjectedCSTypeGeoKey ?? 0)
  const geographic = Number(keys.GeographicTypeGeoKey ?? 0)
  const inMercator = WEB_MERCATOR.has(projected)
  if (!inMercator && (projected !== 0 || !DEGREES.has(geographic)))
    throw fault(
      `is in EPSG:${projected === 0 ? (geographic === 0 ? 'unknown' : geographic) : projected}; must be EPSG:4326 (degrees) or EPSG:3857 (web map)`,
    )
  if (image.getSamplesPerPixel() !== 1) throw fault('must have one band, the height')
  const [widthPx, heightPx] = [image.getWidth(), image.getHeight()]
  const [west = NaN, north = NaN] = image.getOrigin()
  const [stepX = NaN, stepY = NaN] = image.getResolution()
  if (!(stepX > 0) || !(stepY < 0)) throw fault('must be north up')
  // Heights at points lie half a pixel north-west of where heights of areas lie.
  const shift = Number(keys.GTRasterTypeGeoKey ?? 1) === PIXEL_IS_POINT ? 0.5 : 0
  const noData = image.getGDALNoData()

  const planeOf = (at: LngLat): readonly [number, number] | null => {
    if (!inMercator) return at
    const place = mercator(at)
    return place === null ? null : [(place[0] - 0.5) * EQUATOR_M, (0.5 - place[1]) * EQUATOR_M]
  }
  return {
    blockPx: BLOCK_PX,
    widthPx,
    heightPx,
    pixelOf(at) {
      const plane = planeOf(at)
      if (plane === null) return null
      const [x, y] = [(plane[0] - west) / stepX + shift, (plane[1] - north) / stepY + shift]
      return x >= 0 && y >= 0 && x <= widthPx && y <= heightPx ? [x, y] : null
    },
    pixelM: ([, lat]) => (inMercator ? -stepY * Math.cos((lat * Math.PI) / 180) : -stepY * METRES_PER_DEGREE),
    async read(column, row) {
      const [x0, y0] = [column * BLOCK_PX, row * BLOCK_PX]
      if (x0 < 0 || y0 < 0 || x0 >= widthPx || y0 >= heightPx) return null
      const [x1, y1] = [Math.min(widthPx, x0 + BLOCK_PX), Math.min(heightPx, y0 + BLOCK_PX)]
      const [band] = (await image.readRasters({ window: [x0, y0, x1, y1], samples: [0] })) as unknown as [
        ArrayLike<number>,
      ]
      const heightsM = Float32Array.from(band, (value) => (value === noData ? NaN : plausibleM(value)))
      return { widthPx: x1 - x0, heightPx: y1 - y0, heightsM }
    },
    close,
  }
}
