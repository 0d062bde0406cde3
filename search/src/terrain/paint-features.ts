import { distanceToLegM } from '../area-cover/allowed-area.ts'
import type { GridShape } from '../frame/grid.ts'
import type { LocalM } from '../frame/position.ts'

type Squares = Pick<GridShape, 'rows' | 'cols' | 'cellM'>
interface Line {
  readonly points: readonly LocalM[]
}

/** Strongest factor so far of every square, 0 where there is none, and whose it is. */
export interface Painted {
  readonly factors: Float32Array
  readonly reasons: Uint8Array
}

/** What a line or a place of one kind does. */
export interface Paint {
  readonly reachM: number
  readonly factor: number
  readonly reason: number
}

/** Raises the factor of every square whose middle lies within reach of a straight leg. */
export function paintLeg(
  { factors, reasons }: Painted,
  { rows, cols, cellM }: Squares,
  a: LocalM,
  b: LocalM,
  { reachM, factor, reason }: Paint,
): void {
  const lastRow = Math.min(rows - 1, Math.floor((Math.max(a[1], b[1]) + reachM) / cellM - 0.5))
  const lastCol = Math.min(cols - 1, Math.floor((Math.max(a[0], b[0]) + reachM) / cellM - 0.5))
  const firstCol = Math.max(0, Math.ceil((Math.min(a[0], b[0]) - reachM) / cellM - 0.5))
  for (let row = Math.max(0, Math.ceil((Math.min(a[1], b[1]) - reachM) / cellM - 0.5)); row <= lastRow; row++) {
    for (let col = firstCol; col <= lastCol; col++) {
      if (distanceToLegM([(col + 0.5) * cellM, (row + 0.5) * cellM], a, b) > reachM) continue
      const i = row * cols + col
      if (!(factor > factors[i]!)) continue
      factors[i] = factor
      reasons[i] = reason
    }
  }
}

export const paintPoint = (painted: Painted, squares: Squares, place: LocalM, paint: Paint): void =>
  paintLeg(painted, squares, place, place, paint)

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
