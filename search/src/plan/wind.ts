/** Mean wind over the area of a task. `fromDeg` is where it comes from, clockwise from north. */
export interface Wind {
  readonly fromDeg: number
  readonly speedMps: number
}

/** Below this speed over the ground a leg is not flyable: the drone hardly makes way against the wind. */
const MIN_GROUND_SPEED_MPS = 1

/** Wind as the velocity of the air over the ground, [east, north] m/s. */
function windVelocityMps(wind: Wind | null): readonly [number, number] {
  if (!wind) return [0, 0]
  const toRad = ((wind.fromDeg + 180) * Math.PI) / 180
  return [wind.speedMps * Math.sin(toRad), wind.speedMps * Math.cos(toRad)]
}

/**
 * Speed over the ground, m/s, of an aircraft that holds a track at a given airspeed: sqrt(Va^2 - w_cross^2) + w_along.
 * 0 when the wind does not let it hold the track. @param dirM unit vector of the track, [east, north]
 * Source: wind triangle; search-science notes 4.3, vectors `wind_lanes`.
 */
export const groundSpeedMps = (airspeedMps: number, wind: Wind | null, dirM: readonly number[]): number =>
  speedAlong(airspeedMps, windVelocityMps(wind), dirM[0]!, dirM[1]!)

function speedAlong(airspeedMps: number, air: readonly [number, number], dirEast: number, dirNorth: number): number {
  const along = air[0] * dirEast + air[1] * dirNorth
  const across = air[0] * dirNorth - air[1] * dirEast
  const left = airspeedMps * airspeedMps - across * across
  if (!(left > 0)) return 0
  const ground = Math.sqrt(left) + along
  return ground >= MIN_GROUND_SPEED_MPS ? ground : 0
}

/** Seconds to fly a straight leg between two local points; Infinity when the wind forbids it, 0 for no distance. */
export type LegTimeS = (a: readonly number[], b: readonly number[]) => number

/** Leg times of one aircraft in one wind. Planning asks for millions of legs, so the wind is resolved once. */
export function legTimer(airspeedMps: number, wind: Wind | null): LegTimeS {
  const air = windVelocityMps(wind)
  return (a, b) => {
    const dEastM = b[0]! - a[0]!
    const dNorthM = b[1]! - a[1]!
    const lengthM = Math.sqrt(dEastM * dEastM + dNorthM * dNorthM)
    if (lengthM === 0) return 0
    const speed = speedAlong(airspeedMps, air, dEastM / lengthM, dNorthM / lengthM)
    return speed > 0 ? lengthM / speed : Infinity
  }
}
