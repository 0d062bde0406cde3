import { contains, type LandPolygon } from '@skerry/basemap'
import type { Crossings, LngLat } from '@skerry/contract'

/** Island of the crossings that a place is on; null at sea and on land that the crossings do not name. */
export type IslandOf = (at: LngLat) => string | null

/**
 * By the coast of the map: an island is the piece of land that its place in the crossings lies on. Of two islands on one
 * piece (joined by reclaimed land) the one whose place is nearer.
 */
export function islandFinder(land: readonly LandPolygon[], { islands }: Pick<Crossings, 'islands'>): IslandOf {
  const pieces = new Map<LandPolygon, { id: string; at: LngLat }[]>()
  for (const { id, at } of islands) {
    const piece = land.find((polygon) => contains(polygon, at))
    if (piece !== undefined) pieces.set(piece, [...(pieces.get(piece) ?? []), { id, at }])
  }
  // A coast has thousands of corners, and an incident lies where it lay a minute ago.
  const known = new WeakMap<LngLat, string | null>()
  const find = (at: LngLat): string | null => {
    for (const [piece, named] of pieces) {
      if (!contains(piece, at)) continue
      return named.reduce((best, each) => (farness(each.at, at) < farness(best.at, at) ? each : best)).id
    }
    return null
  }
  return (at) => {
    let island = known.get(at)
    if (island === undefined) known.set(at, (island = find(at)))
    return island
  }
}

/** Orders by distance on a few tens of kilometres; no unit. */
function farness([lngA, latA]: LngLat, [lngB, latB]: LngLat): number {
  return ((lngA - lngB) * Math.cos((latA * Math.PI) / 180)) ** 2 + (latA - latB) ** 2
}
