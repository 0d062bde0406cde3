import type { LngLat } from '@skerry/contract'
import { lineM } from './line.ts'
import type { Network } from './network.ts'
import { nearestCell } from './sea-grid.ts'
import { seaField, type SeaField } from './sea-field.ts'

/** Land or water within so many cells counts as being by the shore: the coast is some hundred metres off. */
const SHORE_CELLS = 2
/** A boat lands on a shore that is not a pier when the place is within this of water, metres. */
const BEACH_M = 500
/** How far a unit may seem to be out on the water and still be on land, cells. */
const ADRIFT_CELLS = 4
/** Water is looked for this far from a place without a pier on its land, cells. */
const INLAND_CELLS = 60

/** Boats that are farther than two hours off are not followed, metres. */
const MOST_TO_GOAL_M = 90_000

/** Where one has to get to, as the network sees it. */
export interface Goal {
  readonly at: LngLat
  readonly place: 'land' | 'shore' | 'sea' | 'outside'
  /** Its piece of land; 0 at sea. */
  readonly land: number
  /** Over water to the place itself or to the shore nearest to it; null where boats cannot come near. */
  readonly field: SeaField | null
  /** On foot from that shore, straight line, metres; 0 on the water. */
  readonly ashoreM: number
  /** That shore may be used: no pier is on this land, or the place is by the water. */
  readonly beach: boolean
}

export function goalAt(network: Network, at: LngLat): Goal {
  const { grid, nodes } = network
  const cell = grid.cell(at)
  if (cell < 0) return { at, place: 'outside', land: 0, field: null, ashoreM: 0, beach: false }
  const onSea = grid.land[cell] === 0
  const landCell = nearestCell(grid, cell, (each) => grid.land[each] !== 0, SHORE_CELLS)
  const land = landCell < 0 ? 0 : grid.land[landCell]!
  const water = nearestCell(grid, cell, (each) => grid.land[each] === 0, INLAND_CELLS)
  const field = water < 0 ? null : seaField(grid, grid.middle(water), MOST_TO_GOAL_M)
  const ashoreM = onSea || water < 0 ? 0 : lineM(at, grid.middle(water))
  const noPier = !nodes.some((node) => node.pier && node.land === land)
  const byWater = nearestCell(grid, cell, (each) => grid.land[each] === 0, SHORE_CELLS) >= 0
  const place = land === 0 ? 'sea' : onSea || byWater ? 'shore' : 'land'
  return { at, place, land, field, ashoreM, beach: noPier || ashoreM < BEACH_M }
}

/**
 * Piece of land that somebody is on, 0 at sea. Positions and the coast scatter: off the drawn coast the nearest land
 * counts, and before an islet that nothing leads to, land with a pier or a bridge.
 */
export function landAt({ grid, nodes }: Network, at: LngLat): number {
  const cell = grid.cell(at)
  if (cell >= 0 && grid.land[cell] !== 0) return grid.land[cell]!
  const joined = new Set(nodes.map(({ land }) => land))
  const near = (fits: (land: number) => boolean): number =>
    nearestCell(grid, cell, (each) => grid.land[each] !== 0 && fits(grid.land[each]!), ADRIFT_CELLS)
  const found = [near((land) => joined.has(land)), near(() => true)].find((each) => each >= 0)
  return found === undefined ? 0 : grid.land[found]!
}
