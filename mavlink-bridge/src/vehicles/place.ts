/**
 * `[lng, lat]` of a place as messages give it, degrees x 1e7; null where it is none. Before the first fix both autopilots
 * send 0, 0 (a place in the Gulf of Guinea, not of this vehicle), and what lies beyond 180 or 90 degrees is a sentinel
 * or a broken sender.
 */
export function placeOf(latE7: number, lngE7: number): [number, number] | null {
  if (latE7 === 0 && lngE7 === 0) return null
  const lngLat: [number, number] = [lngE7 / 1e7, latE7 / 1e7]
  return Math.abs(lngLat[0]) <= 180 && Math.abs(lngLat[1]) <= 90 ? lngLat : null
}
