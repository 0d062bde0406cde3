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

/** A source that knows one area only: a box that reaches out of it has no known land, whatever the source says. */
export const withinArea =
  (source: LandSource, area: LngLatBox): LandSource =>
  (box) =>
    box[0] < area[0] || box[1] < area[1] || box[2] > area[2] || box[3] > area[3] ? null : source(box)

/** Land from pieces that carry their boxes, all of it in one known area. */
export const landSource = (land: readonly BoxedLand[], area: LngLatBox): LandSource =>
  withinArea(
    ([west, south, east, north]) =>
      land
        .filter(({ bbox }) => bbox[0] <= east && bbox[2] >= west && bbox[1] <= north && bbox[3] >= south)
        .map(({ rings }) => rings),
    area,
  )

/** Box that holds everything within `halfSizeM` east, west, north and south of a place, and a tenth more. */
export function boxAround(centre: LngLat, halfSizeM: number): LngLatBox {
  const frame = localFrame(centre)
  const reachM = halfSizeM * 1.1
  const [west, south] = frame.toLngLat([-reachM, -reachM])
  const [east, north] = frame.toLngLat([reachM, reachM])
  return [west, south, east, north]
}
