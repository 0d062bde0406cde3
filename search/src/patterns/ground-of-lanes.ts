import { distanceToLegM } from '../area-cover/allowed-area.ts'
import { localFrame } from '../frame/local-frame.ts'
import { outlineOf } from '../frame/outline.ts'
import type { LngLat, LocalM } from '../frame/position.ts'

/** Squares of the outline, at most: beyond that it is drawn coarser. */
const MOST_SQUARES = 250_000

/**
 * Outline of the ground that lanes sweep: everything within half a spacing of them, joined along the ways between, as one
 * ring, counter-clockwise, first corner not repeated. In squares of half a spacing, laid along the first lane; holes are
 * filled. Empty without a lane. RangeError unless the spacing is above 0.
 * @param lanes `[from, to]` on WGS-84 in flying order
 * @param waypoints of the flight between take-off and landing: lanes and ways between them
 */
export function groundOfLanes(
  lanes: readonly (readonly (readonly number[])[])[],
  waypoints: readonly (readonly number[])[],
  laneSpacingM: number,
): LngLat[] {
  if (!(laneSpacingM > 0)) throw new RangeError('laneSpacingM: must be above 0')
  const first = lanes[0]
  if (!first) return []
  const frame = localFrame(first[0]!)
  const [dx, dy] = frame.toLocal(first[1]!)
  const turn = Math.atan2(dy, dx)
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)]
  const toOwn = (p: readonly number[]): LocalM => {
    const [x, y] = frame.toLocal(p)
    return [x * cos + y * sin, y * cos - x * sin]
  }
  const legs = lanes.map(([a, b]) => [toOwn(a!), toOwn(b!)] as const)
  const between = waypoints.slice(1).map((p, i) => [toOwn(waypoints[i]!), toOwn(p)] as const)
  const points = [...legs, ...between].flat()
  const low = [0, 1].map((axis) => Math.min(...points.map((p) => p[axis]!)) - laneSpacingM)
  const size = [0, 1].map((axis) => Math.max(...points.map((p) => p[axis]!)) + laneSpacingM - low[axis]!)
  const stepM = Math.max(laneSpacingM / 2, Math.sqrt((size[0]! * size[1]!) / MOST_SQUARES))
  const [cols, rows] = size.map((lengthM) => Math.ceil(lengthM / stepM)) as [number, number]
  const squares = new Set<number>()
  const paint = ([a, b]: readonly [LocalM, LocalM], reachM: number): void => {
    const span = (axis: number, most: number): [number, number] => [
      Math.max(0, Math.floor((Math.min(a[axis]!, b[axis]!) - reachM - low[axis]!) / stepM)),
      Math.min(most - 1, Math.floor((Math.max(a[axis]!, b[axis]!) + reachM - low[axis]!) / stepM)),
    ]
    const [[left, right], [bottom, top]] = [span(0, cols), span(1, rows)]
    for (let row = bottom; row <= top; row++)
      for (let col = left; col <= right; col++) {
        const middle = [low[0]! + (col + 0.5) * stepM, low[1]! + (row + 0.5) * stepM]
        if (distanceToLegM(middle, a, b) <= reachM) squares.add(row * cols + col)
      }
  }
  for (const leg of legs) paint(leg, Math.max(laneSpacingM / 2, stepM * Math.SQRT1_2))
  // A way is no searched ground: only as wide as it must be to hold the pieces together.
  for (const leg of between) paint(leg, stepM * Math.SQRT1_2)
  const [outer = []] = outlineOf(squares, cols)
  return outer.slice(0, -1).map(([col, row]) => {
    const [x, y] = [low[0]! + col * stepM, low[1]! + row * stepM]
    return frame.toLngLat([x * cos - y * sin, x * sin + y * cos])
  })
}
