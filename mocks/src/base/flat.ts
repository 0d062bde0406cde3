import type { LngLat } from '@skerry/contract'

/** East and north, metres, from a stated origin. */
export type East = readonly [eM: number, nM: number]

const EQUATOR_M = 6_378_137
const ECCENTRICITY2 = 0.00669437999014
const RAD = Math.PI / 180

/** Metres per degree of longitude and latitude at a latitude (WGS-84 radii of curvature). */
function scaleAt(latDeg: number): readonly [number, number] {
  const s = Math.sin(latDeg * RAD)
  const w = Math.sqrt(1 - ECCENTRICITY2 * s * s)
  const primeVertical = EQUATOR_M / w
  const meridian = (EQUATOR_M * (1 - ECCENTRICITY2)) / (w * w * w)
  return [primeVertical * Math.cos(latDeg * RAD) * RAD, meridian * RAD]
}

/** `to` seen from `from`, on a plane; within 20 km the error is below 0.2 %. */
export function offsetM(from: LngLat, to: LngLat): East {
  const [perLng, perLat] = scaleAt(from[1])
  return [(to[0] - from[0]) * perLng, (to[1] - from[1]) * perLat]
}

/** The place that lies `eM` east and `nM` north of `from`. */
export function moved(from: LngLat, eM: number, nM: number): LngLat {
  const [perLng, perLat] = scaleAt(from[1])
  return [from[0] + eM / perLng, from[1] + nM / perLat]
}

export function distanceM(a: LngLat, b: LngLat): number {
  const [e, n] = offsetM(a, b)
  return Math.hypot(e, n)
}

/** Course from `a` to `b`, degrees clockwise from north, 0..360. */
export function courseDeg(a: LngLat, b: LngLat): number {
  const [e, n] = offsetM(a, b)
  return wrapDeg(Math.atan2(e, n) / RAD)
}

export const wrapDeg = (deg: number): number => ((deg % 360) + 360) % 360

/** An angle as -pi..pi. */
export const wrapRad = (rad: number): number => Math.atan2(Math.sin(rad), Math.cos(rad))

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
