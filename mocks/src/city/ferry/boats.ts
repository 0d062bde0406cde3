import type { LandPolygon } from '@skerry/basemap'
import type { LngLat } from '@skerry/contract'
import { courseDeg, distanceM } from '../../base/flat.ts'
import { findPath } from '../path.ts'
import type { SimSailing } from './ferry-world.ts'
import type { Way } from './ways.ts'

/** MMSIs of the demo's ships: a country code that nobody has. */
const FIRST_MMSI = 200_000_001
/** A ship is ready to leave again so long after it came in. */
const TURN_ROUND_MS = 8 * 60_000
const KNOTS = 0.514444

/** A ship of the ferries, and what it does. */
export interface Boat {
  readonly mmsi: number
  readonly shipName: string
  readonly fast: boolean
  lies: string
  at: LngLat
  /** Sailing that it is on; null alongside. */
  on: SimSailing | null
  freeAtMs: number
}
export interface BoatPlace {
  boat: Boat
  lngLat: LngLat
  speedKn: number
  courseDeg: number
  moored: boolean
}

/** Ships of all lines: each sailing gets one that lies at its terminal, and they go along the water. */
export interface Fleet {
  /** Ship for a sailing: one of its line that lies there, or a new one. */
  assign(sailing: SimSailing): Boat
  /** Ship of a sailing that has one. */
  of(sailing: SimSailing): Boat | undefined
  /** Where every ship is at a moment. */
  places(nowMs: number): BoatPlace[]
}

export function createFleet(land: readonly LandPolygon[]): Fleet {
  const boats: Boat[] = []
  const byLine = new Map<string, Boat[]>()
  const assigned = new Map<SimSailing, Boat>()
  const paths = new Map<string, { points: LngLat[]; lengthM: number }>()

  /** Worked out when the first boat goes that way; straight where no water leads. */
  function pathOf({ line, from, fromAt, toAt }: Way): { points: LngLat[]; lengthM: number } {
    const known = paths.get(`${line} ${from}`)
    if (known !== undefined) return known
    const found = findPath(land, fromAt, toAt, 'sea')
    const points = [fromAt, ...found, toAt]
    const lengthM = points.slice(1).reduce((sum, point, i) => sum + distanceM(points[i]!, point), 0)
    const made = { points, lengthM: Math.max(1, lengthM) }
    paths.set(`${line} ${from}`, made)
    return made
  }

  function along(points: readonly LngLat[], metres: number): { at: LngLat; courseDeg: number } {
    let left = metres
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!]
      const leg = distanceM(a, b)
      if (left <= leg || i === points.length - 1) {
        const share = leg === 0 ? 1 : Math.min(1, left / leg)
        return { at: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share], courseDeg: courseDeg(a, b) }
      }
      left -= leg
    }
    return { at: points.at(-1)!, courseDeg: 0 }
  }

  /** A ship whose way is over lies at its end. */
  function comeIn(boat: Boat, nowMs: number): void {
    const { on } = boat
    if (on === null || nowMs < on.arrivesMs) return
    boat.lies = on.way.to
    boat.at = on.way.toAt
    boat.freeAtMs = on.arrivesMs + TURN_ROUND_MS
    boat.on = null
  }

  function place(boat: Boat, nowMs: number): BoatPlace {
    comeIn(boat, nowMs)
    if (boat.on === null || nowMs < boat.on.leavesMs)
      return { boat, lngLat: boat.at, speedKn: 0, courseDeg: 0, moored: true }
    const { way, leavesMs, arrivesMs } = boat.on
    const path = pathOf(way)
    const spanS = (arrivesMs - leavesMs) / 1000
    const { at, courseDeg: course } = along(path.points, (path.lengthM * (nowMs - leavesMs)) / 1000 / spanS)
    boat.at = at
    return { boat, lngLat: at, speedKn: path.lengthM / spanS / KNOTS, courseDeg: course, moored: false }
  }

  return {
    assign(sailing) {
      const known = assigned.get(sailing)
      if (known !== undefined) return known
      const { way, leavesMs } = sailing
      const own = byLine.get(way.line) ?? []
      byLine.set(way.line, own)
      for (const each of own) comeIn(each, leavesMs)
      let boat = own.find(({ lies, on, freeAtMs }) => on === null && lies === way.from && freeAtMs <= leavesMs)
      if (boat === undefined) {
        boat = {
          mmsi: FIRST_MMSI + boats.length,
          shipName: `DEMO FERRY ${boats.length + 1}`,
          fast: way.vessel === 'fast' || way.vessel === 'speedboat',
          lies: way.from,
          at: way.fromAt,
          on: null,
          freeAtMs: 0,
        }
        boats.push(boat)
        own.push(boat)
      }
      boat.on = sailing
      assigned.set(sailing, boat)
      return boat
    },
    of: (sailing) => assigned.get(sailing),
    places: (nowMs) => boats.map((boat) => place(boat, nowMs)),
  }
}
