const RAD = Math.PI / 180
/** Milliseconds since 1970 of the epoch J2000.0 (noon of 1 January 2000). */
const J2000_MS = 946_728_000_000

/**
 * Elevation of the sun's centre over the horizon, radians, without refraction; within about 0.01 degrees of the full
 * algorithm for the years 1950 to 2050, far closer than day and night need.
 * @param place `[lng, lat]`, WGS-84 degrees @param atMs UTC, milliseconds since 1970
 * RangeError that names what is no number.
 * Source: Astronomical Almanac, low-precision formulas for the Sun, as used by NOAA's solar calculator.
 */
export function sunElevationRad(place: readonly number[], atMs: number): number {
  const [lng, lat] = place
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) throw new RangeError('place: must be [lng, lat] in degrees')
  if (!Number.isFinite(atMs)) throw new RangeError('atMs: must be a number')
  const days = (atMs - J2000_MS) / 86_400_000
  const anomaly = (357.528 + 0.9856003 * days) * RAD
  const longitude = (280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD
  const obliquity = (23.439 - 0.0000004 * days) * RAD
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(longitude))
  const ascension = Math.atan2(Math.cos(obliquity) * Math.sin(longitude), Math.cos(longitude))
  const sidereal = (280.46061837 + 360.98564736629 * days + lng!) * RAD
  const hourAngle = sidereal - ascension
  return Math.asin(
    Math.sin(lat! * RAD) * Math.sin(declination) + Math.cos(lat! * RAD) * Math.cos(declination) * Math.cos(hourAngle),
  )
}

/** Upper rim of the sun on the horizon, with its refraction. */
const RISE_RAD = -0.833 * RAD

/** Day from sunrise to sunset. */
export const lightAt = (place: readonly number[], atMs: number): 'day' | 'night' =>
  sunElevationRad(place, atMs) > RISE_RAD ? 'day' : 'night'
