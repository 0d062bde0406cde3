import type { LngLat } from '@skerry/contract'
import type { Lifts } from './earliest.ts'
import type { Goal } from './goal.ts'
import { lineM } from './line.ts'
import type { Network } from './network.ts'
import { seaDistanceM } from './sea-field.ts'
import { BOARD_BOAT_S, BOAT_MPS, WALK_MPS } from './speeds.ts'

/** How a boat gets there: over water all the way, or to a pier or shore and on foot from it. */
export interface BoatWay {
  readonly arriveMs: number
  readonly seaM: number
  readonly seaEndMs: number
  /** Pier it lands at; null: at the place, or on the shore by it. */
  readonly pier: number | null
  readonly walkM: number
  /** It lands where nobody has said that one can. */
  readonly unchecked: boolean
}

/** Earliest of the ways a boat has; null where no water leads near. Equal ones: the shore, then piers in order. */
export function boatWay(network: Network, at: LngLat, startMs: number, goal: Goal): BoatWay | null {
  const ways: BoatWay[] = []
  const add = (seaM: number | null, walkLineM: number, pier: number | null, unchecked: boolean): void => {
    if (seaM === null) return
    const walkM = walkLineM * network.detour(goal.land)
    const seaEndMs = startMs + (seaM / BOAT_MPS) * 1000
    const ashoreS = walkM === 0 ? 0 : BOARD_BOAT_S + walkM / WALK_MPS
    ways.push({ arriveMs: seaEndMs + ashoreS * 1000, seaM, seaEndMs, pier, walkM, unchecked })
  }
  if (goal.field !== null && (goal.beach || goal.place === 'sea'))
    add(seaDistanceM(network.grid, goal.field, at), goal.ashoreM, null, goal.ashoreM > 0)
  if (goal.land !== 0)
    network.nodes.forEach((node, i) => {
      const field = network.fields[i]
      if (node.land === goal.land && field)
        add(seaDistanceM(network.grid, field, at), lineM(node.at, goal.at), i, false)
    })
  return ways.reduce<BoatWay | null>((best, way) => (best === null || way.arriveMs < best.arriveMs ? way : best), null)
}

/** For each pier the first of these boats to be there; equal ones by id. */
export function liftsOf(network: Network, boats: readonly { id: string; at: LngLat; startMs: number }[]): Lifts {
  return {
    byPier: network.fields.map((field) => {
      let first: { atMs: number; boatId: string } | null = null
      for (const { id, at, startMs } of boats) {
        const overM = field && seaDistanceM(network.grid, field, at)
        if (overM === null) continue
        const atMs = startMs + (overM / BOAT_MPS) * 1000
        if (first === null || atMs < first.atMs || (atMs === first.atMs && id < first.boatId))
          first = { atMs, boatId: id }
      }
      return first
    }),
  }
}
