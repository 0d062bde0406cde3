import type { LngLat } from '@skerry/contract'

/** Great-circle distance on a sphere of the mean earth radius, metres; 0.5 % off at most. */
export function distanceM([lngA, latA]: LngLat, [lngB, latB]: LngLat): number {
  const rad = Math.PI / 180
  const dLat = (latB - latA) * rad
  const dLng = (lngB - lngA) * rad
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(dLng / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)))
}
