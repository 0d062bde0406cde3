import type { LngLat } from '@skerry/contract'

/** Initial bearing from one place to another, degrees clockwise from north, 0..360. */
export function bearingDeg(from: LngLat, to: LngLat): number {
  const rad = Math.PI / 180
  const dLng = (to[0] - from[0]) * rad
  const y = Math.sin(dLng) * Math.cos(to[1] * rad)
  const x =
    Math.cos(from[1] * rad) * Math.sin(to[1] * rad) - Math.sin(from[1] * rad) * Math.cos(to[1] * rad) * Math.cos(dLng)
  return (Math.atan2(y, x) / rad + 360) % 360
}

export const COMPASS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
/** The nearest of the eight winds. */
export const compassOf = (deg: number): (typeof COMPASS)[number] =>
  COMPASS[Math.round((((deg % 360) + 360) % 360) / 45) % 8]!

/** Smallest turn between two headings, degrees, 0..180. */
export const turnDeg = (a: number, b: number): number => Math.abs(((((a - b) % 360) + 540) % 360) - 180)
