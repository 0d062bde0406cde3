import { distanceToLegM } from '../area-cover/allowed-area.ts'
import type { GridShape } from '../grid.ts'
import type { LocalM } from '../position.ts'

type Squares = Pick<GridShape, 'rows' | 'cols' | 'cellM'>
interface Line {
  readonly points: readonly LocalM[]
}

/** Raises the factor of every square whose middle lies within reach of a straight leg. */
export function paintLeg(
  factors: Float32Array,
  { rows, cols, cellM }: Squares,
  a: LocalM,
  b: LocalM,
  reachM: number,
  factor: number,
): void {
  const lastRow = Math.min(rows - 1, Math.floor((Math.max(a[1], b[1]) + reachM) / cellM - 0.5))
  const lastCol = Math.min(cols - 1, Math.floor((Math.max(a[0], b[0]) + reachM) / cellM - 0.5))
  const firstCol = Math.max(0, Math.ceil((Math.min(a[0], b[0]) - reachM) / cellM - 0.5))
  for (let row = Math.max(0, Math.ceil((Math.min(a[1], b[1]) - reachM) / cellM - 0.5)); row <= lastRow; row++) {
    for (let col = firstCol; col <= lastCol; col++) {
      if (distanceToLegM([(col + 0.5) * cellM, (row + 0.5) * cellM], a, b) > reachM) continue
      factors[row * cols + col] = Math.max(factors[row * cols + col]!, factor)
    }
  }
}

export const paintPoint = (
  factors: Float32Array,
  squares: Squares,
  place: LocalM,
  reachM: number,
  factor: number,
): void => paintLeg(factors, squares, place, place, reachM, factor)

/** Places where a line of one kind meets one of the other. */
export function lineCrossings(some: readonly Line[], others: readonly Line[]): LocalM[] {
  const found: LocalM[] = []
  const legs = others.flatMap(legsOf)
  for (const [a, b] of some.flatMap(legsOf)) {
    for (const [p, q] of legs) {
      if (Math.max(a[0], b[0]) < Math.min(p[0], q[0]) || Math.min(a[0], b[0]) > Math.max(p[0], q[0])) continue
      const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], q[0] - p[0], q[1] - p[1]]
      const cross = rx * sy - ry * sx
      if (cross === 0) continue
      const t = ((p[0] - a[0]) * sy - (p[1] - a[1]) * sx) / cross
      const u = ((p[0] - a[0]) * ry - (p[1] - a[1]) * rx) / cross
      if (t >= 0 && t <= 1 && u >= 0 && u <= 1) found.push([a[0] + t * rx, a[1] + t * ry])
    }
  }
  return found
}

const legsOf = ({ points }: Line): (readonly [LocalM, LocalM])[] =>
  points.slice(1).map((p, i) => [points[i]!, p] as const)
