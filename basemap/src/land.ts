/** One piece of land: rings of `[lng, lat]` (first outer, others holes; first point repeated last) and their box. */
export interface LandPolygon {
  /** west, south, east, north in degrees */
  bbox: readonly [number, number, number, number]
  rings: readonly (readonly (readonly [number, number])[])[]
}

/** Pieces of land that touch the box (west, south, east, north in degrees); they are not cut. */
export function landInBox(land: readonly LandPolygon[], box: readonly [number, number, number, number]): LandPolygon[] {
  return land.filter(({ bbox }) => bbox[0] <= box[2] && bbox[2] >= box[0] && bbox[1] <= box[3] && bbox[3] >= box[1])
}

/** Whether a position (degrees, WGS-84) is on land: even-odd rule over all rings. */
export function isLand(land: readonly LandPolygon[], lngLat: readonly [number, number]): boolean {
  return land.some((polygon) => contains(polygon, lngLat))
}

export function contains(polygon: LandPolygon, [lng, lat]: readonly [number, number]): boolean {
  const [west, south, east, north] = polygon.bbox
  if (lng < west || lng > east || lat < south || lat > north) return false
  let inside = false
  for (const ring of polygon.rings)
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1]!
      const [x2, y2] = ring[i]!
      if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
    }
  return inside
}
