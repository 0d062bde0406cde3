import type { GridFrame, LngLat } from '@skerry/contract'
import { localFrame } from '@skerry/search'

/** The smallest part of a map that holds so much of its probability. */
export interface Band {
  /** Share of the whole, 0..1, that was asked for, and that the area really holds of what is on the map. */
  share: number
  held: number
  areaKm2: number
  /** Each with its holes, first ring outside; degrees. */
  polygons: LngLat[][][]
}

/** Corner of the grid, column and row counted from the south-west. */
type Corner = readonly [col: number, row: number]

/**
 * Smallest areas that hold given shares of the probability on the map, as polygons along the cells. Shares are of what
 * is left on the map: what is searched or outside it has no place.
 */
export function gridBands(frame: Pick<GridFrame, 'shape' | 'poa'>, shares: readonly number[]): Band[] {
  const { poa } = frame
  const { rows, cols, cellM, origin } = frame.shape
  const total = poa.reduce((sum, value) => sum + value, 0)
  if (!(total > 0)) return []
  const order = Array.from({ length: poa.length }, (_, i) => i)
    .filter((i) => poa[i]! > 0)
    .sort((a, b) => poa[b]! - poa[a]! || a - b)
  const toLngLat = cornersOf(origin, cellM)
  return shares.map((share) => {
    const inside = new Uint8Array(rows * cols)
    let held = 0
    let cells = 0
    for (const i of order) {
      if (held >= share * total * (1 - 1e-12)) break
      inside[i] = 1
      held += poa[i]!
      cells++
    }
    const rings = outlines(inside, rows, cols)
    const polygons = nested(rings).map((polygon) => polygon.map((ring) => ring.map(toLngLat)))
    return { share, held: held / total, areaKm2: (cells * cellM * cellM) / 1e6, polygons }
  })
}

function cornersOf(origin: LngLat, cellM: number): (corner: Corner) => LngLat {
  const frame = localFrame(origin)
  return ([col, row]) => frame.toLngLat([col * cellM, row * cellM])
}

/** Rings around cells that are inside: the inside lies to the left, so outer rings run counter-clockwise and holes clockwise. */
function outlines(inside: Uint8Array, rows: number, cols: number): Corner[][] {
  const at = (col: number, row: number): boolean =>
    col >= 0 && row >= 0 && col < cols && row < rows && inside[row * cols + col] === 1
  const width = cols + 1
  const key = (col: number, row: number): number => row * width + col
  /** Ends of the edges that leave a corner; at most two, where two cells touch by a corner. */
  const leaving = new Map<number, Corner[]>()
  const edge = (fromCol: number, fromRow: number, to: Corner): void => {
    const from = key(fromCol, fromRow)
    const ends = leaving.get(from)
    if (ends === undefined) leaving.set(from, [to])
    else ends.push(to)
  }
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) {
      if (!at(col, row)) continue
      if (!at(col, row - 1)) edge(col, row, [col + 1, row])
      if (!at(col + 1, row)) edge(col + 1, row, [col + 1, row + 1])
      if (!at(col, row + 1)) edge(col + 1, row + 1, [col, row + 1])
      if (!at(col - 1, row)) edge(col, row + 1, [col, row])
    }
  const rings: Corner[][] = []
  for (const [start] of leaving) {
    while ((leaving.get(start)?.length ?? 0) > 0) {
      const ring: Corner[] = []
      let here: Corner = [start % width, Math.floor(start / width)]
      let before: Corner | null = null
      do {
        ring.push(here)
        const next = turn(leaving.get(key(here[0], here[1]))!, before, here)
        before = here
        here = next
      } while (key(here[0], here[1]) !== start)
      rings.push(straightened(ring))
    }
  }
  return rings
}

/** The way on from a corner. Where two cells touch by it, the way turns left: they stay two areas. */
function turn(ends: Corner[], before: Corner | null, here: Corner): Corner {
  if (ends.length === 1 || before === null) return ends.pop()!
  const [dx, dy] = [here[0] - before[0], here[1] - before[1]]
  const left = ends.findIndex(([col, row]) => dx * (row - here[1]) - dy * (col - here[0]) > 0)
  return ends.splice(Math.max(0, left), 1)[0]!
}

/** Without corners in the middle of a straight side. */
const straightened = (ring: Corner[]): Corner[] =>
  ring.filter((here, i) => {
    const before = ring[(i + ring.length - 1) % ring.length]!
    const after = ring[(i + 1) % ring.length]!
    return (here[0] - before[0]) * (after[1] - here[1]) !== (here[1] - before[1]) * (after[0] - here[0])
  })

function area2([first, ...rest]: readonly Corner[]): number {
  const ring = [first!, ...rest]
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + x * nextY - nextX * y
  }, 0)
}

/** Each outer ring with the holes that lie in it. */
function nested(rings: readonly Corner[][]): Corner[][][] {
  const outer = rings.filter((ring) => area2(ring) > 0).sort((a, b) => area2(a) - area2(b))
  const polygons = new Map(outer.map((ring) => [ring, [ring]]))
  for (const hole of rings.filter((ring) => area2(ring) < 0)) {
    // The smallest ring around it: areas lie within holes of others.
    const around = outer.find((ring) => contains(ring, insideOf(hole)))
    if (around !== undefined) polygons.get(around)!.push(hole)
  }
  return outer.map((ring) => polygons.get(ring)!)
}

/** The middle of the cell beside the first edge of a hole, on its outside: a cell of the area around it. */
function insideOf(hole: readonly Corner[]): Corner {
  const [[x, y], [nextX, nextY]] = [hole[0]!, hole[1]!]
  const [dx, dy] = [Math.sign(nextX - x), Math.sign(nextY - y)]
  return [x + dx / 2 - dy / 2, y + dy / 2 + dx / 2]
}

function contains(ring: readonly Corner[], [px, py]: Corner): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!
    const [xj, yj] = ring[j]!
    if (yi > py !== yj > py && px < ((xj - xi) * (py - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
