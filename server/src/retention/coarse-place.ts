import type { LngLat } from '@skerry/contract'
import type { IslandOf } from '../kpis/island-of.ts'

/** Steps of the grids that a place is put on, degrees, the coarsest first: about 1 km, 550, 220 and 110 m at 30 degrees north. */
const STEPS_DEG = [0.01, 0.005, 0.002, 0.001]

/**
 * The place of a purged case: near enough for figures, too rough for an address. The coarsest that still lies on the same
 * island, so that figures by island stay what they were; where even 110 m leads off a skerry, that.
 */
export const coarsePlace =
  (islandOf: IslandOf) =>
  (at: LngLat): LngLat => {
    const island = islandOf(at)
    const rough = STEPS_DEG.map((stepDeg): LngLat => [onGrid(at[0], stepDeg), onGrid(at[1], stepDeg)])
    return rough.find((place) => islandOf(place) === island) ?? rough.at(-1)!
  }

/** Again the same number when it is put on the grid again. */
const onGrid = (deg: number, stepDeg: number): number => Number((Math.round(deg / stepDeg) * stepDeg).toFixed(6))
