import { gridAround, gridFrame, gridIndexOfM } from '../frame/grid.ts'
import { localFrame } from '../frame/local-frame.ts'
import type { MultiPolygonLngLat } from '../frame/position.ts'
import { landFraction } from '../prior/land-fraction.ts'

/** Coast within the nearest reach of the start is drawn this finely, twice as coarse with every doubling of the reach. */
export const FINEST_CELL_M = 50
export const NEAREST_REACH_M = 30_000
const LEVELS = 5
/** Beyond this no land is drawn: the frame of a drift is flat. */
export const FARTHEST_REACH_M = NEAREST_REACH_M * 2 ** (LEVELS - 1)
/** The frame of a grid ends here, degrees. */
const LAST_LAT = 84.9
const M_PER_DEGREE = 110_000

type IsLand = (eastM: number, northM: number) => boolean

/** Land about a place, drawn on squares around it. */
export interface LandAround {
  /** Whether a point, metres from the start in its frame, is land: its cell is at least half land. Water beyond `reachM`. */
  readonly isLand: IsLand
  /** How far to each side of the start land is drawn, metres. */
  readonly reachM: number
}

/**
 * Each square is drawn when something first comes there, 1200 cells a side: a short drift costs one, and no drift more than
 * `LEVELS`.
 */
export function landAround(start: readonly number[], land: MultiPolygonLngLat): LandAround {
  const reaches = Array.from({ length: LEVELS }, (_, level) => NEAREST_REACH_M * 2 ** level).filter(
    (reachM, level) => level === 0 || Math.abs(start[1]!) + reachM / M_PER_DEGREE < LAST_LAT,
  )
  const squares: IsLand[] = []
  const isLand: IsLand = (eastM, northM) => {
    const awayM = Math.max(Math.abs(eastM), Math.abs(northM))
    const level = reaches.findIndex((reachM) => awayM < reachM)
    if (level < 0) return false
    squares[level] ??= square(start, land, level)
    return squares[level](eastM, northM)
  }
  return { isLand, reachM: reaches.at(-1)! }
}

function square(start: readonly number[], land: MultiPolygonLngLat, level: number): IsLand {
  const shape = gridAround(start, NEAREST_REACH_M * 2 ** level, FINEST_CELL_M * 2 ** level)
  const share = landFraction(shape, land)
  const grid = gridFrame(shape)
  const frame = localFrame(start)
  const [e, n] = grid.toLocal(start)
  return (eastM, northM) => {
    // Near by the two frames lie level; farther out they turn against each other, and the way leads over the globe.
    const [gridE, gridN] = level === 0 ? [e + eastM, n + northM] : grid.toLocal(frame.toLngLat([eastM, northM]))
    const i = gridIndexOfM(shape, gridE, gridN)
    return i >= 0 && share[i]! >= 0.5
  }
}
