import { gridFrame, type GridShape } from './grid.ts'
import type { MultiPolygonLngLat } from './position.ts'

/** Scan lines per row of cells. */
const LINES = 4
/** Slack, degrees, when edges are rejected before projection: a long parallel is not straight in the grid's frame. */
const SLACK_DEG = 0.002

/**
 * Share of each cell that lies inside `land` (0 water .. 1 land), row-major as in `Grid`. Even-odd rule over all rings,
 * so holes are water whatever their winding. Four scan lines per row, exact along each line: a cell's share is good to
 * a few percent of the cell, and a strip thinner than a quarter cell along the rows may be missed.
 * Edges are straight in the grid's frame. Cost is linear in vertices and cells; polygons away from the grid are skipped.
 */
export function landFraction(shape: GridShape, land: MultiPolygonLngLat): Float32Array {
  const { rows, cols, cellM } = shape
  const frame = gridFrame(shape)
  const widthM = cols * cellM
  const heightM = rows * cellM
  const corners = [
    frame.toLngLat([0, 0]),
    frame.toLngLat([widthM, 0]),
    frame.toLngLat([0, heightM]),
    frame.toLngLat([widthM, heightM]),
  ]
  const south = Math.min(...corners.map((c) => c[1])) - SLACK_DEG
  const north = Math.max(...corners.map((c) => c[1])) + SLACK_DEG
  const east = Math.max(...corners.map((c) => c[0])) + SLACK_DEG

  const stepM = cellM / LINES
  const lines = rows * LINES
  const crossings: number[][] = Array.from({ length: lines }, () => [])
  for (const polygon of land) {
    for (const ring of polygon) {
      for (let i = 0; i + 1 <= ring.length; i++) {
        const a = ring[i]!
        const b = ring[i + 1 < ring.length ? i + 1 : 0]!
        const [aLng, aLat] = a as [number, number]
        const [bLng, bLat] = b as [number, number]
        if ((aLat < south && bLat < south) || (aLat > north && bLat > north)) continue
        // An edge wholly east of the grid crosses every line east of it: leaving it out changes no cell.
        if (aLng > east && bLng > east) continue
        addCrossings(crossings, frame.toLocal(a), frame.toLocal(b), stepM)
      }
    }
  }

  const fraction = new Float32Array(rows * cols)
  for (let line = 0; line < lines; line++) {
    const at = crossings[line]!.sort((p, q) => p - q)
    const base = Math.floor(line / LINES) * cols
    for (let i = 0; i < at.length; i += 2) {
      addSpan(fraction, base, cols, cellM, Math.max(0, at[i]!), Math.min(widthM, at[i + 1] ?? widthM))
    }
  }
  return fraction
}

/** Notes where an edge crosses each scan line; the half-open rule counts a shared vertex once. */
function addCrossings(crossings: number[][], a: readonly number[], b: readonly number[], stepM: number): void {
  const [low, high] = a[1]! <= b[1]! ? [a, b] : [b, a]
  const first = Math.max(0, Math.ceil(low[1]! / stepM - 0.5))
  const last = Math.min(crossings.length - 1, Math.ceil(high[1]! / stepM - 0.5) - 1)
  if (last < first) return
  const slope = (high[0]! - low[0]!) / (high[1]! - low[1]!)
  for (let line = first; line <= last; line++) {
    crossings[line]!.push(low[0]! + ((line + 0.5) * stepM - low[1]!) * slope)
  }
}

function addSpan(fraction: Float32Array, base: number, cols: number, cellM: number, fromM: number, toM: number): void {
  if (!(toM > fromM)) return
  const first = Math.floor(fromM / cellM)
  const last = Math.min(cols - 1, Math.floor(toM / cellM))
  for (let col = first; col <= last; col++) {
    const coveredM = Math.min(toM, (col + 1) * cellM) - Math.max(fromM, col * cellM)
    if (coveredM > 0) fraction[base + col]! += coveredM / (cellM * LINES)
  }
}
