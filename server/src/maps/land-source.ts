import { localFrame, type MultiPolygonLngLat } from '@skerry/search'
import type { LngLat } from '@skerry/contract'

/** West, south, east, north, degrees on WGS-84. */
export type LngLatBox = readonly [west: number, south: number, east: number, north: number]

/**
 * Land that touches a box, as GeoJSON MultiPolygon coordinates; it may reach beyond the box. Empty: only water.
 * Null: nobody knows where the coast is, which is not the same as water.
 */
export type LandSource = (box: LngLatBox) => MultiPolygonLngLat | null

/** A piece of land with its box, as the basemap keeps it. */
export interface BoxedLand {
  readonly bbox: LngLatBox
  readonly rings: readonly (readonly LngLatPoint[])[]
}
type LngLatPoint = readonly [number, number]

/** Land of a known area. A box that reaches out of the area has no known land. */
export function landSource(land: readonly BoxedLand[], area: LngLatBox): LandSource {
  return ([west, south, east, north]) => {
    if (west < area[0] || south < area[1] || east > area[2] || north > area[3]) return null
    return land
      .filter(({ bbox }) => bbox[0] <= east && bbox[2] >= west && bbox[1] <= north && bbox[3] >= south)
      .map(({ rings }) => rings)
  }
}

/** Box that holds everything within `halfSizeM` east, west, north and south of a place, and a tenth more. */
export function boxAround(centre: LngLat, halfSizeM: number): LngLatBox {
  const frame = localFrame(centre)
  const reachM = halfSizeM * 1.1
  const [west, south] = frame.toLngLat([-reachM, -reachM])
  const [east, north] = frame.toLngLat([reachM, reachM])
  return [west, south, east, north]
}
