import type { LngLat } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'

const EARTH_RADIUS_M = 6_371_008.8
const toRad = (deg: number): number => (deg * Math.PI) / 180

/** Great-circle distance, metres (haversine on the mean sphere; within 0.5 % of the ellipsoid). */
export function lineDistanceM(a: LngLat, b: LngLat): number {
  const dLat = toRad(b[1] - a[1])
  const dLng = toRad(b[0] - a[0])
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(toRad(a[1])) * Math.cos(toRad(b[1])) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Metres below a kilometre, else kilometres with one decimal below ten. */
export function distanceText(metres: number | null, t: Translate): string {
  if (metres === null || !Number.isFinite(metres)) return t('common.unknown')
  if (metres < 1000) return t('common.distance.metres', { n: Math.round(metres / 10) * 10 })
  const km = metres / 1000
  return t('common.distance.kilometres', { n: km < 10 ? km.toFixed(1) : Math.round(km) })
}

/** `30.00123 N 122.20456 E`, five decimals (about 1 m). */
export function positionText([lng, lat]: LngLat): string {
  return `${Math.abs(lat).toFixed(5)} ${lat < 0 ? 'S' : 'N'} ${Math.abs(lng).toFixed(5)} ${lng < 0 ? 'W' : 'E'}`
}

/** Reads `30.00123 122.20456`, `30.00123 N, 122.20456 E` or `N30.00123 E122.20456` (latitude first, as people say it). */
export function parsePosition(text: string): LngLat | null {
  const found = [...text.toUpperCase().matchAll(/([NSEW])?\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW])?/g)]
  if (found.length !== 2) return null
  const values = found.map((m) => ({ n: Number(m[2]), letter: m[1] ?? m[3] ?? null }))
  const [first, second] = values as [(typeof values)[number], (typeof values)[number]]
  const lngFirst = first.letter === 'E' || first.letter === 'W'
  const lat = lngFirst ? second : first
  const lng = lngFirst ? first : second
  const signed = (v: { n: number; letter: string | null }): number =>
    v.letter === 'S' || v.letter === 'W' ? -Math.abs(v.n) : v.n
  const at: LngLat = [signed(lng), signed(lat)]
  return Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90 ? at : null
}
