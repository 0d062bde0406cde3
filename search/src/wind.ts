/** Mean wind over the area of a task. `fromDeg` is where it comes from, clockwise from north. */
export interface Wind {
  readonly fromDeg: number
  readonly speedMps: number
}

/** Below this speed over the ground a leg is not flyable: the drone hardly makes way against the wind. */
const MIN_GROUND_SPEED_MPS = 1

/**
 * Speed over the ground, m/s, of an aircraft that holds a track at a given airspeed: sqrt(Va^2 - w_cross^2) + w_along.
 * 0 when the wind does not let it hold the track. @param dirM unit vector of the track, [east, north]
 * Source: wind triangle; search-science notes 4.3, vectors `wind_lanes`.
 */
export function groundSpeedMps(airspeedMps: number, wind: Wind | null, dirM: readonly number[]): number {
  if (!wind || wind.speedMps === 0) return airspeedMps
  const toRad = ((wind.fromDeg + 180) * Math.PI) / 180
  const [eastMps, northMps] = [wind.speedMps * Math.sin(toRad), wind.speedMps * Math.cos(toRad)]
  const along = eastMps * dirM[0]! + northMps * dirM[1]!
  const across = eastMps * dirM[1]! - northMps * dirM[0]!
  const left = airspeedMps * airspeedMps - across * across
  if (!(left > 0)) return 0
  const ground = Math.sqrt(left) + along
  return ground >= MIN_GROUND_SPEED_MPS ? ground : 0
}

/** Seconds to fly a straight leg between two local points; Infinity when the wind forbids it, 0 for no distance. */
export function legTimeS(a: readonly number[], b: readonly number[], airspeedMps: number, wind: Wind | null): number {
  const [dEastM, dNorthM] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const lengthM = Math.hypot(dEastM, dNorthM)
  if (lengthM === 0) return 0
  const speed = groundSpeedMps(airspeedMps, wind, [dEastM / lengthM, dNorthM / lengthM])
  return speed > 0 ? lengthM / speed : Infinity
}
