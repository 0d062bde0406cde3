import { type LandPolygon, landInBox } from '@skerry/basemap'
import type { LngLat } from '@skerry/contract'
import { clamp, moved } from '../base/flat.ts'

/** Land and sea around a point as square cells; row 0 is south, column 0 west, the origin is in the middle. */
export interface LandRaster {
  readonly cellM: number
  readonly size: number
  /** 1 where the middle of the cell is land. */
  readonly land: Uint8Array
  /** Cell of a place, metres from the origin; outside it is -1. */
  cell(eM: number, nM: number): number
  /** Middle of a cell, metres from the origin. */
  middle(cell: number): readonly [number, number]
}

/** @param halfM half side of the square, metres */
export function rasterise(land: readonly LandPolygon[], origin: LngLat, halfM: number, cellM: number): LandRaster {
  const size = Math.ceil((2 * halfM) / cellM)
  const [west, south] = moved(origin, -halfM, -halfM)
  const [east, north] = moved(origin, halfM, halfM)
  const [lng0, lat0] = moved(origin, cellM / 2 - halfM, cellM / 2 - halfM)
  const [lng1, lat1] = moved(origin, cellM * 1.5 - halfM, cellM * 1.5 - halfM)
  const lattice = { size, lng0, lat0, perCol: lng1 - lng0, perRow: lat1 - lat0 }
  const cells = new Uint8Array(size * size)
  for (const polygon of landInBox(land, [west, south, east, north])) fill(cells, polygon, lattice)
  return {
    cellM,
    size,
    land: cells,
    cell: (eM, nM) => {
      const col = Math.floor((eM + halfM) / cellM)
      const row = Math.floor((nM + halfM) / cellM)
      return col < 0 || row < 0 || col >= size || row >= size ? -1 : row * size + col
    },
    middle: (cell) => [((cell % size) + 0.5) * cellM - halfM, (Math.floor(cell / size) + 0.5) * cellM - halfM],
  }
}

interface Lattice {
  readonly size: number
  /** Middle of the first cell, and the step from cell to cell, degrees. */
  readonly lng0: number
  readonly lat0: number
  readonly perCol: number
  readonly perRow: number
}

/** Marks the cells whose middle lies in the polygon (even-odd rule), row by row from where its edges cross. */
function fill(cells: Uint8Array, polygon: LandPolygon, l: Lattice): void {
  const crossings: number[][] = Array.from({ length: l.size }, () => [])
  for (const ring of polygon.rings) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1]!
      const [x2, y2] = ring[i]!
      if (y1 === y2) continue
      const first = Math.max(0, Math.ceil((Math.min(y1, y2) - l.lat0) / l.perRow))
      const last = Math.min(l.size - 1, Math.ceil((Math.max(y1, y2) - l.lat0) / l.perRow) - 1)
      for (let row = first; row <= last; row++) {
        const lat = l.lat0 + row * l.perRow
        crossings[row]!.push(x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1))
      }
    }
  }
  for (const [row, xs] of crossings.entries()) {
    xs.sort((a, b) => a - b)
    for (let i = 1; i < xs.length; i += 2) {
      const first = Math.max(0, Math.ceil((xs[i - 1]! - l.lng0) / l.perCol))
      const last = Math.min(l.size - 1, Math.floor((xs[i]! - l.lng0) / l.perCol))
      if (last >= first) cells.fill(1, row * l.size + first, row * l.size + last + 1)
    }
  }
}

/** The cells beside a cell, by row and column. */
export function neighbours(r: Pick<LandRaster, 'size'>, cell: number): number[] {
  const col = cell % r.size
  const out: number[] = []
  if (col > 0) out.push(cell - 1)
  if (col < r.size - 1) out.push(cell + 1)
  if (cell >= r.size) out.push(cell - r.size)
  if (cell < r.size * (r.size - 1)) out.push(cell + r.size)
  return out
}

/** Cells that a person on foot can get to from a cell without swimming: 1 where they can. */
export function reachable(r: LandRaster, from: number): Uint8Array {
  const seen = new Uint8Array(r.land.length)
  if (from < 0 || r.land[from] !== 1) return seen
  seen[from] = 1
  const queue = [from]
  for (let i = 0; i < queue.length; i++) {
    for (const next of neighbours(r, queue[i]!)) {
      if (seen[next] === 1 || r.land[next] !== 1) continue
      seen[next] = 1
      queue.push(next)
    }
  }
  return seen
}

/** Distance to the nearest water, metres, 0 on water: smooth between the cells. Outside the raster as at its edge. */
export function shoreDistance(r: LandRaster): (eM: number, nM: number) => number {
  const distance = new Float32Array(r.land.length).fill(1e9)
  for (let i = 0; i < r.land.length; i++) if (r.land[i] === 0) distance[i] = 0
  const relax = (cell: number, from: number, stepM: number): void => {
    if (distance[from]! + stepM < distance[cell]!) distance[cell] = distance[from]! + stepM
  }
  const sweep = (start: number, end: number, dir: 1 | -1): void => {
    for (let cell = start; cell !== end; cell += dir) {
      const col = cell % r.size
      const [side, back] = dir === 1 ? [col > 0, -1] : [col < r.size - 1, 1]
      const across = cell - dir * r.size
      const inside = across >= 0 && across < r.land.length
      if (side) relax(cell, cell + back, r.cellM)
      if (inside) relax(cell, across, r.cellM)
      if (inside && col > 0) relax(cell, across - 1, r.cellM * Math.SQRT2)
      if (inside && col < r.size - 1) relax(cell, across + 1, r.cellM * Math.SQRT2)
    }
  }
  // Chamfer distance: once from the south-west, once from the north-east.
  sweep(0, r.land.length, 1)
  sweep(r.land.length - 1, -1, -1)
  const half = (r.size * r.cellM) / 2
  const at = (col: number, row: number): number =>
    distance[clamp(row, 0, r.size - 1) * r.size + clamp(col, 0, r.size - 1)]!
  return (eM, nM) => {
    const x = (eM + half) / r.cellM - 0.5
    const y = (nM + half) / r.cellM - 0.5
    const [ix, iy] = [Math.floor(x), Math.floor(y)]
    const [fx, fy] = [x - ix, y - iy]
    const south = at(ix, iy) * (1 - fx) + at(ix + 1, iy) * fx
    const north = at(ix, iy + 1) * (1 - fx) + at(ix + 1, iy + 1) * fx
    return south * (1 - fy) + north * fy
  }
}
