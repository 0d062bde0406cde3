import { createHeightCache, type HeightCache } from './height-cache.ts'
import type { HeightGrid, LngLat } from './height-grid.ts'

/** West, south, east, north, degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** Steepness of the ground: metres of rise per metre northwards and eastwards. */
export interface Slope {
  readonly northward: number
  readonly eastward: number
}
export interface Highest {
  /** Metres above mean sea level; null where there is no data at all. */
  readonly heightM: number | null
  /** Share of the area that there is data for, 0..1. */
  readonly coveredShare: number
}

/** Height of the ground above mean sea level. What is not covered is unknown, never 0. */
export interface Terrain {
  /** Standard error of a height, metres. */
  readonly sigmaM: number
  readonly attribution: string
  /** Reads what is needed to know the ground within a distance of a place; afterwards the sync calls answer there. */
  load(around: LngLat, radiusM: number): Promise<void>
  /** From memory alone: null where there is no data, and where it was not loaded. */
  heightM(at: LngLat): number | null
  /** From memory alone, over one pixel each way; null where a side of it is unknown. */
  slope(at: LngLat): Slope | null
  /** Loads and tells the height of one place. */
  lookUp(at: LngLat): Promise<number | null>
  /** Highest ground in a rectangle. RangeError where it would take more than anybody waits for. */
  highest(area: Bounds): Promise<Highest>
  /** Blocks that were there and could not be read, since the start. */
  readonly faults: number
  close(): Promise<void>
}

export interface TerrainPorts {
  readonly nowMs: () => number
  /** A block cannot be read. */
  readonly onFault: (error: unknown) => void
}

const METRES_PER_DEGREE = 111_320
/** Blocks that one request may need. */
const MOST_BLOCKS = 64
const MOST_BLOCKS_HIGHEST = 4000

/** @param grids where they overlap the first one that has a height counts */
export function createTerrain(
  grids: readonly HeightGrid[],
  figures: { readonly offsetM: number; readonly sigmaM: number; readonly attribution: string },
  ports: TerrainPorts,
): Terrain {
  let faults = 0
  const caches = grids.map((grid) =>
    createHeightCache(grid, ports.nowMs, (error) => {
      faults++
      ports.onFault(error)
    }),
  )

  function heightM(at: LngLat): number | null {
    for (const cache of caches) {
      const found = cache.heightM(at)
      if (found !== null) return found + figures.offsetM
    }
    return null
  }
  async function load(around: LngLat, radiusM: number): Promise<void> {
    const area = boundsAround(around, radiusM)
    await Promise.all(
      caches.flatMap((cache) => blocksIn(cache, area, MOST_BLOCKS).map(([column, row]) => cache.load(column, row))),
    )
  }

  return {
    sigmaM: figures.sigmaM,
    attribution: figures.attribution,
    load,
    heightM,
    async lookUp(at) {
      await load(at, 1)
      return heightM(at)
    },
    slope(at) {
      const cache = caches.find((one) => one.heightM(at) !== null)
      if (cache === undefined) return null
      const stepM = cache.grid.pixelM(at)
      const [dLng, dLat] = [stepM / (METRES_PER_DEGREE * Math.cos((at[1] * Math.PI) / 180)), stepM / METRES_PER_DEGREE]
      const [n, s, e, w] = [
        heightM([at[0], at[1] + dLat]),
        heightM([at[0], at[1] - dLat]),
        heightM([at[0] + dLng, at[1]]),
        heightM([at[0] - dLng, at[1]]),
      ]
      if (n === null || s === null || e === null || w === null) return null
      return { northward: (n - s) / (2 * stepM), eastward: (e - w) / (2 * stepM) }
    },
    highest: (area) => highestOf(caches, area, figures.offsetM),
    get faults() {
      return faults
    },
    async close() {
      await Promise.all(grids.map((grid) => grid.close()))
    },
  }
}

function boundsAround([lng, lat]: LngLat, radiusM: number): Bounds {
  const dLat = radiusM / METRES_PER_DEGREE
  const dLng = radiusM / (METRES_PER_DEGREE * Math.max(0.01, Math.cos((lat * Math.PI) / 180)))
  return [lng - dLng, lat - dLat, lng + dLng, lat + dLat]
}

/** Pixel box of an area on a raster, as far as it lies there. */
function boxIn({ grid }: HeightCache, [west, south, east, north]: Bounds) {
  // The corners may lie off the raster where the middle does not: its edge counts there.
  const inside = (at: LngLat) => grid.pixelOf(at)
  const corners = [inside([west, north]), inside([east, south]), inside([west, south]), inside([east, north])].filter(
    (one) => one !== null,
  )
  if (corners.length === 4) return boxOf(grid, corners)
  // Step through the area: rasters are larger than a step, or do not matter.
  const steps = 16
  const found: (readonly [number, number])[] = [...corners]
  for (let i = 0; i <= steps; i++)
    for (let j = 0; j <= steps; j++) {
      const place = inside([west + ((east - west) * i) / steps, south + ((north - south) * j) / steps])
      if (place !== null) found.push(place)
    }
  return found.length === 0 ? null : boxOf(grid, found, steps)
}
function boxOf(grid: HeightGrid, points: readonly (readonly [number, number])[], spreadOver?: number) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  // A coarse step may miss a strip of its own size at the edge.
  const padX = spreadOver === undefined ? 1 : 1 + (maxX - minX) / (spreadOver / 2)
  const padY = spreadOver === undefined ? 1 : 1 + (maxY - minY) / (spreadOver / 2)
  return {
    x0: Math.max(0, Math.floor(minX - padX)),
    x1: Math.min(grid.widthPx - 1, Math.ceil(maxX + padX)),
    y0: Math.max(0, Math.floor(minY - padY)),
    y1: Math.min(grid.heightPx - 1, Math.ceil(maxY + padY)),
  }
}

function blocksIn(cache: HeightCache, area: Bounds, most: number): (readonly [number, number])[] {
  const box = boxIn(cache, area)
  if (box === null) return []
  const { blockPx } = cache.grid
  const [c0, c1] = [Math.floor(box.x0 / blockPx), Math.floor(box.x1 / blockPx)]
  const [r0, r1] = [Math.floor(box.y0 / blockPx), Math.floor(box.y1 / blockPx)]
  if ((c1 - c0 + 1) * (r1 - r0 + 1) > most)
    throw new RangeError(`the area needs ${(c1 - c0 + 1) * (r1 - r0 + 1)} blocks of terrain, more than ${most}`)
  const blocks: (readonly [number, number])[] = []
  for (let row = r0; row <= r1; row++) for (let column = c0; column <= c1; column++) blocks.push([column, row])
  return blocks
}

/** Pixel by pixel on every raster: the highest of all counts, also of those that lie below another. */
async function highestOf(caches: readonly HeightCache[], area: Bounds, offsetM: number): Promise<Highest> {
  let highest = -Infinity
  let covered = 0
  for (const cache of caches) {
    const box = boxIn(cache, area)
    if (box === null) continue
    let [own, all] = [0, 0]
    for (const [column, row] of blocksIn(cache, area, MOST_BLOCKS_HIGHEST)) {
      const block = await cache.once(column, row)
      const { blockPx } = cache.grid
      const [x0, y0] = [Math.max(box.x0, column * blockPx), Math.max(box.y0, row * blockPx)]
      const [x1, y1] = [Math.min(box.x1, (column + 1) * blockPx - 1), Math.min(box.y1, (row + 1) * blockPx - 1)]
      all += Math.max(0, x1 - x0 + 1) * Math.max(0, y1 - y0 + 1)
      if (block === null) continue
      for (let y = y0; y <= y1; y++)
        for (let x = x0; x <= x1; x++) {
          const height = block.heightsM[(y - row * blockPx) * block.widthPx + (x - column * blockPx)] ?? NaN
          if (Number.isNaN(height)) continue
          own++
          if (height > highest) highest = height
        }
    }
    covered += all === 0 ? 0 : (own / all) * shareOf(cache, area)
  }
  return { heightM: highest === -Infinity ? null : highest + offsetM, coveredShare: Math.min(1, covered) }
}

/** Share of an area that lies on a raster, by a lattice of places. */
function shareOf({ grid }: HeightCache, [west, south, east, north]: Bounds): number {
  const steps = 20
  let inside = 0
  for (let i = 0; i < steps; i++)
    for (let j = 0; j < steps; j++) {
      const at: LngLat = [west + ((east - west) * (i + 0.5)) / steps, south + ((north - south) * (j + 0.5)) / steps]
      if (grid.pixelOf(at) !== null) inside++
    }
  return inside / steps ** 2
}
