import { gridFrame, gridIndexOfM, type GridShape } from '../frame/grid.ts'
import { fractionOfSpans } from './land-fraction.ts'
import { homeLand } from './land-home.ts'
import type { LandSpan } from './land-spans.ts'
import type { MultiPolygonLngLat } from '../frame/position.ts'

/** Where the planning point stands, as the grid can tell. `unknown`: no land was given. */
export type PlanningPointOn = 'land' | 'water' | 'unknown'

/** Ground one can reach from a planning point without crossing to the other element. */
export interface Reach {
  readonly on: 'land' | 'water'
  /** Share of each cell that can be reached, 0..1. */
  readonly share: Float32Array
  /** 1 where such ground lies at the water's edge (from the water: at the land's). */
  readonly shore: Uint8Array
}

/** Land of a grid, rasterised once for all planning points. */
export interface GriddedLand {
  readonly polygons: MultiPolygonLngLat
  readonly rowSpans: readonly (readonly LandSpan[])[]
  /** Share of each cell that is land. */
  readonly fraction: Float32Array
}

/** A share below this counts as nothing (rounding of the rasteriser). */
const TRACE = 1e-4

/**
 * Connected ground of a planning point: on land the land one can walk to (`homeLand`), in water the open water one can
 * drift to (cells that are at least half water connect over their four sides).
 */
export function reachableFrom(shape: GridShape, land: GriddedLand, position: readonly number[]): Reach {
  const { fraction } = land
  const home = homeLand(shape, land.polygons, land.rowSpans, position)
  const on = home ? 'land' : 'water'
  const share = home
    ? fractionOfSpans(shape, land.rowSpans, ({ polygon }) => home.has(polygon))
    : connectedWater(shape, fraction, position)
  const element = (i: number): number => (on === 'land' ? fraction[i]! : 1 - fraction[i]!)
  const shore = new Uint8Array(share.length)
  for (let i = 0; i < share.length; i++) {
    if (share[i]! <= TRACE) continue
    const mixed = element(i) < 1 - TRACE
    shore[i] = mixed || sides(i, shape).some((j) => element(j) <= TRACE) ? 1 : 0
  }
  return { on, share, shore }
}

function connectedWater(shape: GridShape, fraction: Float32Array, position: readonly number[]): Float32Array {
  const share = new Float32Array(fraction.length)
  const [eastM, northM] = gridFrame(shape).toLocal(position)
  const start = gridIndexOfM(shape, eastM, northM)
  if (start < 0) return share
  const seen = new Uint8Array(fraction.length)
  const stack = [start]
  seen[start] = 1
  while (stack.length > 0) {
    const i = stack.pop()!
    share[i] = 1 - fraction[i]!
    if (share[i]! < 0.5 && i !== start) continue
    for (const next of sides(i, shape)) {
      if (seen[next] || 1 - fraction[next]! <= TRACE) continue
      seen[next] = 1
      stack.push(next)
    }
  }
  return share
}

function sides(index: number, { rows, cols }: GridShape): number[] {
  const row = Math.floor(index / cols)
  const col = index % cols
  const found: number[] = []
  if (col > 0) found.push(index - 1)
  if (col < cols - 1) found.push(index + 1)
  if (row > 0) found.push(index - cols)
  if (row < rows - 1) found.push(index + cols)
  return found
}
