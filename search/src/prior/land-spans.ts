import { gridFrame, type GridShape } from '../frame/grid.ts'
import type { MultiPolygonLngLat } from '../frame/position.ts'

/** Part of a scan line inside one polygon, metres along the line from the grid's edge. */
export interface LandSpan {
  readonly fromM: number
  readonly toM: number
  /** Index of the polygon in `land`. */
  readonly polygon: number
}

/** Slack, degrees, when edges are rejected before projection: a long parallel is not straight in the grid's frame. */
const SLACK_DEG = 0.002
/** Ground between scan lines that is aimed at, metres, and lines of one grid at most. */
const LINE_M = 12.5
const MAX_LINES = 16_384

/** Scan lines per row (or column) of cells: at least four, more for coarse cells. */
export const linesPerCell = ({ rows, cellM }: Pick<GridShape, 'rows' | 'cellM'>): number =>
  Math.max(4, Math.min(Math.ceil(cellM / LINE_M), Math.floor(MAX_LINES / rows)))

/**
 * Where each scan line of a grid runs over land. `rows`: lines run east, the first in the south; `columns`: lines run
 * north, the first in the west; `linesPerCell` of them per cell, at the middles of equal strips. Even-odd rule within a
 * polygon, so holes are water whatever their winding; polygons may overlap and touch. Edges are straight in the grid's
 * frame. Linear in vertices; edges away from the grid are skipped.
 */
export function landSpans(shape: GridShape, land: MultiPolygonLngLat, along: 'rows' | 'columns'): LandSpan[][] {
  const { rows, cols, cellM } = shape
  const frame = gridFrame(shape)
  const [widthM, heightM] = [cols * cellM, rows * cellM]
  const corners = [
    [0, 0],
    [widthM, 0],
    [0, heightM],
    [widthM, heightM],
  ].map((corner) => frame.toLngLat(corner))
  const [lngs, lats] = [corners.map((c) => c[0]), corners.map((c) => c[1])]
  const [west, east] = [Math.min(...lngs) - SLACK_DEG, Math.max(...lngs) + SLACK_DEG]
  const [south, north] = [Math.min(...lats) - SLACK_DEG, Math.max(...lats) + SLACK_DEG]
  const [across, alongAxis] = along === 'rows' ? [1, 0] : [0, 1]
  const perCell = linesPerCell(shape)
  const stepM = cellM / perCell
  const crossings: { atM: number; polygon: number }[][] = Array.from(
    { length: (along === 'rows' ? rows : cols) * perCell },
    () => [],
  )

  land.forEach((rings, polygon) => {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) {
        const a = ring[i]!
        const b = ring[i + 1 < ring.length ? i + 1 : 0]!
        const [aLng, aLat, bLng, bLat] = [a[0]!, a[1]!, b[0]!, b[1]!]
        // Edges beside the band of lines cross none; edges wholly beyond their end change no cell either.
        if (along === 'rows') {
          if ((aLat < south && bLat < south) || (aLat > north && bLat > north) || (aLng > east && bLng > east)) continue
        } else if ((aLng < west && bLng < west) || (aLng > east && bLng > east) || (aLat > north && bLat > north))
          continue
        addCrossings(crossings, frame.toLocal(a), frame.toLocal(b), stepM, across, alongAxis, polygon)
      }
    }
  })
  return crossings.map(spansOf)
}

/** Notes where an edge crosses each scan line; the half-open rule counts a shared vertex once. */
function addCrossings(
  crossings: { atM: number; polygon: number }[][],
  a: readonly number[],
  b: readonly number[],
  stepM: number,
  across: number,
  along: number,
  polygon: number,
): void {
  const [low, high] = a[across]! <= b[across]! ? [a, b] : [b, a]
  const first = Math.max(0, Math.ceil(low[across]! / stepM - 0.5))
  const last = Math.min(crossings.length - 1, Math.ceil(high[across]! / stepM - 0.5) - 1)
  if (last < first) return
  const slope = (high[along]! - low[along]!) / (high[across]! - low[across]!)
  for (let line = first; line <= last; line++) {
    crossings[line]!.push({ atM: low[along]! + ((line + 0.5) * stepM - low[across]!) * slope, polygon })
  }
}

/** Pairs the crossings of each polygon, then puts the spans of all in order along the line. */
function spansOf(crossings: { atM: number; polygon: number }[]): LandSpan[] {
  crossings.sort((p, q) => p.polygon - q.polygon || p.atM - q.atM)
  const spans: LandSpan[] = []
  for (let i = 0; i < crossings.length;) {
    const { atM, polygon } = crossings[i]!
    // A crossing without a partner has it beyond the end of the line, where edges were skipped.
    const end = crossings[i + 1]?.polygon === polygon ? crossings[i + 1]!.atM : Infinity
    spans.push({ fromM: atM, toM: end, polygon })
    i += end === Infinity ? 1 : 2
  }
  return spans.sort((p, q) => p.fromM - q.fromM)
}
