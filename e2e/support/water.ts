import { isLand } from '../../basemap/src/land.ts'
import { loadLand } from '../../basemap/src/node.ts'
import type { LngLat } from '../../contract/src/index.ts'

const M_PER_DEG = 111_320
const STEP_M = 100
const FARTHEST_M = 2200
/** Water is meant that is not just a puddle of the coast's error. */
const CLEAR_M = 150

/** The nearest place in open water, as a person sees it on the map. */
export async function nearestWater(from: LngLat): Promise<LngLat> {
  const land = await loadLand()
  const at = (bearing: number, metres: number, start: LngLat): LngLat => [
    start[0] + (metres * Math.sin(bearing)) / (M_PER_DEG * Math.cos((start[1] * Math.PI) / 180)),
    start[1] + (metres * Math.cos(bearing)) / M_PER_DEG,
  ]
  const round = Array.from({ length: 24 }, (_, k) => (k * Math.PI) / 12)
  for (let metres = STEP_M; metres <= FARTHEST_M; metres += STEP_M)
    for (const bearing of round) {
      const place = at(bearing, metres, from)
      if ([place, ...round.map((way) => at(way, CLEAR_M, place))].every((point) => !isLand(land, point))) return place
    }
  throw new Error('no open water on the map')
}
