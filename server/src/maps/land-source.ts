import { localFrame, type MultiPolygonLngLat } from '@skerry/search'
import type { LngLat } from '@skerry/contract'

/** West, south, east, north, degrees on WGS-84. */
export type LngLatBox = readonly [west: number, south: number, east: number, north: number]

/** Land that touches a box, as GeoJSON MultiPolygon coordinates; it may reach beyond the box. Empty: only water. */
export type LandSource = (box: LngLatBox) => MultiPolygonLngLat

/** Box that holds everything within `halfSizeM` east, west, north and south of a place, and a tenth more. */
export function boxAround(centre: LngLat, halfSizeM: number): LngLatBox {
  const frame = localFrame(centre)
  const reachM = halfSizeM * 1.1
  const [west, south] = frame.toLngLat([-reachM, -reachM])
  const [east, north] = frame.toLngLat([reachM, reachM])
  return [west, south, east, north]
}
