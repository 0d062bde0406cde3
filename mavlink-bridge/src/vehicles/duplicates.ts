import type { Vehicle } from './vehicle.ts'

/** One address under which a system id is heard. */
export interface Contact {
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly vehicle: Vehicle
}

/** How long an address may be silent before another one may speak for the same system id. */
export const LATCH_MS = 3000
const SAME_BOOT_SLACK_MS = 1500
/** Further apart than two receivers on one aircraft, or one aircraft in the time between two of its messages. */
const SAME_PLACE_M = 50
const METRES_PER_DEGREE = 111_320

/**
 * What two addresses with one system id are: `moved` (the older one is silent: a vehicle whose address changed),
 * `replaced` (the older one is silent and this is another start of it, or another vehicle: nothing known holds), `same` (one vehicle over two ways), `two` (two vehicles: nobody may give orders to that id), or `unclear` yet.
 * @param older the address that spoke for the id first
 */
export function compareContacts(
  older: Contact,
  newer: Contact,
  nowMs: number,
): 'moved' | 'replaced' | 'same' | 'two' | 'unclear' {
  // An autopilot's own number never changes: another one is another vehicle, whoever of the two is silent.
  if (otherUid(older.vehicle, newer.vehicle)) return 'two'
  const boots = sameBoot(older.vehicle, newer.vehicle)
  if (nowMs - older.lastAtMs >= LATCH_MS) {
    if (boots === true || (boots === null && sameUid(older.vehicle, newer.vehicle))) return 'moved'
    // Its clock or its number may come in a moment: whoever takes it for another one ends what was ordered.
    return boots === null && nowMs - newer.firstAtMs < LATCH_MS ? 'unclear' : 'replaced'
  }
  if (older.lastAtMs <= newer.firstAtMs) return 'unclear'
  const places = samePlace(older.vehicle, newer.vehicle, nowMs)
  if (boots === false || places === false) return 'two'
  if (boots === true && places === true) return 'same'
  // Both speak and nothing shows that they are one: after the latch, the safe reading is that they are two.
  return nowMs - newer.firstAtMs >= LATCH_MS - 500 ? 'two' : 'unclear'
}

const sameUid = (a: Vehicle, b: Vehicle): boolean => a.uid !== null && a.uid === b.uid
const otherUid = (a: Vehicle, b: Vehicle): boolean => a.uid !== null && b.uid !== null && a.uid !== b.uid

function sameBoot(a: Vehicle, b: Vehicle): boolean | null {
  if (a.boot === null || b.boot === null) return null
  const startedAtMs = (boot: NonNullable<Vehicle['boot']>): number => boot.atMs - boot.timeBootMs
  return Math.abs(startedAtMs(a.boot) - startedAtMs(b.boot)) <= SAME_BOOT_SLACK_MS
}

function samePlace(a: Vehicle, b: Vehicle, nowMs: number): boolean | null {
  const [p, q] = [a.positions.at(-1), b.positions.at(-1)]
  if (p === undefined || q === undefined) return null
  if (nowMs - p.atMs > LATCH_MS || nowMs - q.atMs > LATCH_MS) return null
  const east = (p.lngLat[0] - q.lngLat[0]) * METRES_PER_DEGREE * Math.cos((p.lngLat[1] * Math.PI) / 180)
  const north = (p.lngLat[1] - q.lngLat[1]) * METRES_PER_DEGREE
  const travelledM = (Math.abs(p.atMs - q.atMs) / 1000) * Math.max(a.groundSpeedMps ?? 0, b.groundSpeedMps ?? 0)
  return Math.hypot(east, north) <= SAME_PLACE_M + travelledM
}
