import type { GridShape } from '../frame/grid.ts'
import { type LandSpan, landSpans, linesPerCell } from './land-spans.ts'
import type { MultiPolygonLngLat } from '../frame/position.ts'

/**
 * Share of each cell that lies inside `land` (0 water .. 1 land), row-major as in `Grid`. Polygons may overlap: land is
 * land once. Scan lines are exact along the rows and some 12 m apart (a quarter cell when that is less), so a share is
 * good to a few percent of the cell.
 */
export const landFraction = (shape: GridShape, land: MultiPolygonLngLat): Float32Array =>
  fractionOfSpans(shape, landSpans(shape, land, 'rows'))

/** The same from spans along the rows, only those that `counts` (all when omitted). */
export function fractionOfSpans(
  shape: GridShape,
  lines: readonly (readonly LandSpan[])[],
  counts: (span: LandSpan) => boolean = () => true,
): Float32Array {
  const { rows, cols, cellM } = shape
  const perCell = linesPerCell(shape)
  const fraction = new Float64Array(rows * cols)
  lines.forEach((spans, line) => {
    const base = Math.floor(line / perCell) * cols
    let doneM = 0
    for (const span of spans) {
      if (!counts(span)) continue
      const fromM = Math.max(doneM, span.fromM)
      const toM = Math.min(span.toM, cols * cellM)
      if (!(toM > fromM)) continue
      addSpan(fraction, base, cols, cellM, fromM, toM, 1 / (cellM * perCell))
      doneM = toM
    }
  })
  return Float32Array.from(fraction, (share) => Math.min(1, share))
}

function addSpan(
  fraction: Float64Array,
  base: number,
  cols: number,
  cellM: number,
  fromM: number,
  toM: number,
  perMetre: number,
): void {
  const first = Math.floor(fromM / cellM)
  const last = Math.min(cols - 1, Math.floor(toM / cellM))
  for (let col = first; col <= last; col++) {
    const coveredM = Math.min(toM, (col + 1) * cellM) - Math.max(fromM, col * cellM)
    if (coveredM > 0) fraction[base + col]! += coveredM * perMetre
  }
}
