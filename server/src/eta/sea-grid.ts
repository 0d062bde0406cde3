import type { LngLat } from '@skerry/contract'
import type { BoxedLand, LngLatBox } from '../maps/land-source.ts'

/**
 * Water and islands of an area as square cells, row 0 in the south. A cell is sea where its middle is; every piece of
 * land has a number, so that two places on one island are known to be.
 */
export interface SeaGrid {
  readonly cols: number
  readonly rows: number
  /** Side of a cell, metres. */
  readonly cellM: number
  /** 0 is sea; else 1 + the index of the piece of land. */
  readonly land: Uint16Array
  /** 1 where the coast runs through a sea cell: part of it is land. */
  readonly shore: Uint8Array
  /** Cell of a place, -1 outside the area. */
  cell(place: LngLat): number
  middle(cell: number): LngLat
}

const M_PER_DEG = 111_195

/**
 * @param box area, degrees; at most some degrees wide: one scale of longitude holds for all of it (2 % off at the rim of
 * 1.5 degrees of latitude around 30 N)
 */
export function seaGrid(land: readonly BoxedLand[], box: LngLatBox, cellM: number): SeaGrid {
  const [west, south, east, north] = box
  const latStep = cellM / M_PER_DEG
  const lngStep = latStep / Math.cos((((south + north) / 2) * Math.PI) / 180)
  const cols = Math.ceil((east - west) / lngStep)
  const rows = Math.ceil((north - south) / latStep)
  const cells = new Uint16Array(cols * rows)
  land.forEach(({ bbox, rings }, index) => {
    if (bbox[0] > east || bbox[2] < west || bbox[1] > north || bbox[3] < south) return
    const first = Math.max(0, Math.floor((bbox[1] - south) / latStep))
    const last = Math.min(rows - 1, Math.ceil((bbox[3] - south) / latStep))
    for (let row = first; row <= last; row++) {
      const crossings = crossingsOf(rings, south + (row + 0.5) * latStep)
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = Math.max(0, Math.ceil((crossings[i]! - west) / lngStep - 0.5))
        const to = Math.min(cols - 1, Math.floor((crossings[i + 1]! - west) / lngStep - 0.5))
        for (let col = from; col <= to; col++) cells[row * cols + col] = index + 1
      }
    }
  })
  const shore = new Uint8Array(cols * rows)
  for (const { rings } of land)
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const [x1, y1] = [(ring[i - 1]![0] - west) / lngStep, (ring[i - 1]![1] - south) / latStep]
        const [x2, y2] = [(ring[i]![0] - west) / lngStep, (ring[i]![1] - south) / latStep]
        if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > cols || Math.max(y1, y2) < 0 || Math.min(y1, y2) > rows) continue
        const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) * 4))
        for (let s = 0; s <= steps; s++) {
          const [col, row] = [Math.floor(x1 + ((x2 - x1) * s) / steps), Math.floor(y1 + ((y2 - y1) * s) / steps)]
          if (col < 0 || row < 0 || col >= cols || row >= rows) continue
          if (cells[row * cols + col] === 0) shore[row * cols + col] = 1
        }
      }
  return {
    cols,
    rows,
    cellM,
    land: cells,
    shore,
    cell([lng, lat]) {
      const col = Math.floor((lng - west) / lngStep)
      const row = Math.floor((lat - south) / latStep)
      return col < 0 || row < 0 || col >= cols || row >= rows ? -1 : row * cols + col
    },
    middle: (cell) => [west + ((cell % cols) + 0.5) * lngStep, south + (Math.floor(cell / cols) + 0.5) * latStep],
  }
}

/** Longitudes where a parallel crosses the rings, in order: inside between the first and second, and so on. */
function crossingsOf(rings: BoxedLand['rings'], lat: number): number[] {
  const found: number[] = []
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1]!
      const [x2, y2] = ring[i]!
      if (y1 > lat !== y2 > lat) found.push(((x2 - x1) * (lat - y1)) / (y2 - y1) + x1)
    }
  return found.sort((a, b) => a - b)
}

/** The nearest cell that fits within `mostCells` of a cell, itself included; the lower number of equals. -1: none. */
export function nearestCell(grid: SeaGrid, cell: number, fits: (cell: number) => boolean, mostCells: number): number {
  if (cell < 0) return -1
  if (fits(cell)) return cell
  const [row, col] = [Math.floor(cell / grid.cols), cell % grid.cols]
  let best = -1
  let bestD = Infinity
  for (let reach = 1; reach <= mostCells && reach * reach < bestD; reach++)
    for (let dr = -reach; dr <= reach; dr++)
      for (let dc = -reach; dc <= reach; dc += Math.abs(dr) === reach ? 1 : 2 * reach) {
        const [r, c] = [row + dr, col + dc]
        if (r < 0 || c < 0 || r >= grid.rows || c >= grid.cols) continue
        const d = dr * dr + dc * dc
        if (d < bestD && fits(r * grid.cols + c)) [best, bestD] = [r * grid.cols + c, d]
      }
  return best
}
