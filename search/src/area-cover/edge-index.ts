import type { LocalM } from '../frame/position.ts'

/** Straight edges of rings by where they lie, so that a question about a place or a leg looks at the few near it. */
export interface EdgeIndex {
  /** Ends of every edge: x and y of the first, x and y of the second. */
  readonly ends: Float64Array
  /** Calls back with every edge whose box comes near a leg, each once, until the callback says true; whether it did. */
  someNear(ax: number, ay: number, bx: number, by: number, is: (edge: number) => boolean): boolean
  /** Edges that reach the height of a place, and maybe a few more. */
  acrossHeight(y: number): Int32Array
}

/** Boxes are taken this much larger, so that rounding never hides an edge, metres. */
const MARGIN_M = 1e-3
/** Fields along one side of the grid, at most: beyond that building it costs more than it saves. */
const MOST_FIELDS = 64
const NONE = new Int32Array(0)

/** Index of the edges of open rings: a square grid over their box, some fields for every edge. */
export function edgeIndex(rings: readonly (readonly LocalM[])[]): EdgeIndex {
  const ends = Float64Array.from(
    rings.flatMap((ring) => ring.flatMap((p, i) => [...p, ...ring[(i + 1) % ring.length]!])),
  )
  const count = ends.length / 4
  const [xs, ys] = [rings.flatMap((ring) => ring.map(([x]) => x)), rings.flatMap((ring) => ring.map(([, y]) => y))]
  const [west, south] = [least(xs) - MARGIN_M, least(ys) - MARGIN_M]
  const [widthM, heightM] = [most(xs) + MARGIN_M - west, most(ys) + MARGIN_M - south]
  const side = Math.max(1, Math.min(MOST_FIELDS, 2 * Math.round(Math.sqrt(count))))
  const fieldOf = (share: number): number => Math.max(0, Math.min(side - 1, Math.floor(share * side)))
  const colOf = (x: number): number => fieldOf((x - west) / widthM)
  const rowOf = (y: number): number => fieldOf((y - south) / heightM)

  /** First and last column of a line within a row of fields; `first > last` never happens. */
  let [firstCol, lastCol] = [0, 0]
  function columnsIn(row: number, x1: number, y1: number, x2: number, y2: number): void {
    const [low, high] = [south + (row / side) * heightM - MARGIN_M, south + ((row + 1) / side) * heightM + MARGIN_M]
    let [from, to] = [x1, x2]
    // A line that hardly rises lies in the row with its whole width.
    if (Math.abs(y2 - y1) > MARGIN_M) {
      const slope = (x2 - x1) / (y2 - y1)
      from = x1 + (Math.max(low, Math.min(high, y1)) - y1) * slope
      to = x1 + (Math.max(low, Math.min(high, y2)) - y1) * slope
    }
    firstCol = colOf(Math.min(from, to) - MARGIN_M)
    lastCol = colOf(Math.max(from, to) + MARGIN_M)
  }

  const fields = Array.from({ length: side * side }, (): number[] => [])
  const rows = Array.from({ length: side }, (): number[] => [])
  for (let edge = 0; edge < count; edge++) {
    const [x1, y1, x2, y2] = [ends[4 * edge]!, ends[4 * edge + 1]!, ends[4 * edge + 2]!, ends[4 * edge + 3]!]
    const last = rowOf(Math.max(y1, y2) + MARGIN_M)
    for (let row = rowOf(Math.min(y1, y2) - MARGIN_M); row <= last; row++) {
      rows[row]!.push(edge)
      columnsIn(row, x1, y1, x2, y2)
      for (let col = firstCol; col <= lastCol; col++) fields[row * side + col]!.push(edge)
    }
  }
  const byField = fields.map((list) => Int32Array.from(list))
  const byRow = rows.map((list) => Int32Array.from(list))
  const asked = new Uint32Array(count)
  let question = 0

  return {
    ends,
    someNear(ax, ay, bx, by, is) {
      question = (question + 1) >>> 0
      if (question === 0) {
        asked.fill(0)
        question = 1
      }
      const last = rowOf(Math.max(ay, by) + MARGIN_M)
      for (let row = rowOf(Math.min(ay, by) - MARGIN_M); row <= last; row++) {
        columnsIn(row, ax, ay, bx, by)
        for (let col = firstCol; col <= lastCol; col++) {
          const list = byField[row * side + col]!
          for (let i = 0; i < list.length; i++) {
            const edge = list[i]!
            if (asked[edge] === question) continue
            asked[edge] = question
            if (is(edge)) return true
          }
        }
      }
      return false
    },
    acrossHeight: (y) => (y < south || y > south + heightM ? NONE : byRow[rowOf(y)]!),
  }
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
