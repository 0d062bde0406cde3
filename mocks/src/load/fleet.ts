import type { LandPolygon } from '@skerry/basemap'
import type { LngLat, RosterUnit, UnitKind } from '@skerry/contract'
import { moved } from '../base/flat.ts'
import { pick, streamFor, uniform, type Rand } from '../base/rand.ts'
import { isClear, passable, type Medium } from '../city/path.ts'
import { rasterise, type LandRaster } from '../world/land-raster.ts'
import { circle, shuttle, type Route } from './route.ts'

/** How many of each; the protocols that units speak are shared out by `PROTOCOLS`. */
export interface FleetSize {
  readonly units: number
  readonly vessels: number
  readonly drones: number
}
export const PROTOCOLS = ['jt808', 'cot', 'osmand'] as const
export type UnitProtocol = (typeof PROTOCOLS)[number]

export interface LoadUnit {
  readonly id: string
  readonly protocol: UnitProtocol
  readonly roster: RosterUnit
  readonly route: Route
}
export interface LoadVessel {
  readonly mmsi: number
  readonly name: string
  readonly shipType: number
  readonly navStatus: number
  readonly route: Route
}
export interface LoadDrone {
  readonly systemId: number
  readonly route: Route
}
export interface Fleet {
  readonly units: readonly LoadUnit[]
  readonly vessels: readonly LoadVessel[]
  readonly drones: readonly LoadDrone[]
}

const ORIGIN: LngLat = [122.2, 30.1]
const HALF_M = 62_000
const CELL_M = 100
/** Where most people, and with them most units, are. */
const TOWNS: readonly LngLat[] = [
  [122.298, 29.953],
  [122.325, 29.962],
  [122.388, 29.897],
  [122.388, 29.99],
  [122.2, 29.99],
  [122.107, 30.02],
  [122.2, 30.25],
  [122.45, 30.72],
]
const KINDS: readonly (readonly [UnitKind, share: number, speedMps: readonly [number, number]])[] = [
  ['car', 0.5, [4, 16]],
  ['motorbike', 0.12, [4, 14]],
  ['foot', 0.2, [1, 1.6]],
  ['ground-team', 0.08, [1, 1.5]],
  ['boat', 0.1, [3, 11]],
]
const SHARES: Record<UnitProtocol, number> = { jt808: 0.6, cot: 0.3, osmand: 0.1 }
const AGENCIES = ['普陀公安分局', '定海公安分局', '岱山县公安局', '舟山海巡', '民安救援队'] as const
/** AIS ship types: cargo, tanker, passenger, fishing, tug, pilot. */
const SHIP_TYPES = [70, 70, 70, 80, 60, 30, 30, 30, 52, 50] as const
/** Of finding a place with a free way; land is a tenth of the area. */
const TRIES = 400
const FIRST_MMSI = 412_100_000
const NAV_UNDER_WAY = 0
const NAV_AT_ANCHOR = 1

/** A city at its full size, spread over the land and the water of the embedded map. The same seed gives the same city. */
export function makeFleet(seed: number, size: FleetSize, land: readonly LandPolygon[]): Fleet {
  const raster = rasterise(land, ORIGIN, HALF_M, CELL_M)
  return {
    units: Array.from({ length: size.units }, (_, i) => unit(i, size.units, streamFor(seed, 'unit', i), raster)),
    vessels: Array.from({ length: size.vessels }, (_, i) => vessel(i, streamFor(seed, 'vessel', i), raster)),
    drones: Array.from({ length: size.drones }, (_, i) => drone(i, streamFor(seed, 'drone', i))),
  }
}

function unit(i: number, count: number, rand: Rand, raster: LandRaster): LoadUnit {
  const [kind, , speeds] =
    KINDS[
      shareOf(
        rand(),
        KINDS.map(([, share]) => share),
      )
    ]!
  const id = `L-${String(i + 1).padStart(4, '0')}`
  const near = rand() < 0.8 ? pick(rand, TOWNS) : null
  const route = wander(rand, raster, kind === 'boat' ? 'sea' : 'land', {
    near,
    spreadM: 5000,
    legM: [300, kind === 'foot' || kind === 'ground-team' ? 800 : 3000],
    speedMps: uniform(rand, ...speeds),
  })
  const protocol =
    PROTOCOLS[
      shareOf(
        (i + 0.5) / count,
        PROTOCOLS.map((name) => SHARES[name]),
      )
    ]!
  const agency = pick(rand, AGENCIES)
  return { id, protocol, route, roster: { id, callSign: `勤务-${i + 1}`, agency, kind, skills: [], onDuty: true } }
}

function vessel(i: number, rand: Rand, raster: LandRaster): LoadVessel {
  const anchored = rand() < 0.3
  const shipType = pick(rand, SHIP_TYPES)
  const route = wander(rand, raster, 'sea', {
    near: rand() < 0.35 ? pick(rand, TOWNS) : null,
    spreadM: 14_000,
    legM: anchored ? [0, 0] : [3000, 20_000],
    speedMps: anchored ? 0.2 : uniform(rand, 2, 9),
  })
  const navStatus = anchored ? NAV_AT_ANCHOR : NAV_UNDER_WAY
  return { mmsi: FIRST_MMSI + i, name: `ZHOU SHAN ${i + 1}`, shipType, navStatus, route }
}

const drone = (i: number, rand: Rand): LoadDrone => ({
  systemId: i + 1,
  route: circle(moved(pick(rand, TOWNS), uniform(rand, -3000, 3000), uniform(rand, -3000, 3000)), 250, 9, i * 7),
})

/** Somewhere on land or at sea, to and fro where a straight line is free, else round and round on the spot. */
function wander(
  rand: Rand,
  raster: LandRaster,
  medium: Medium,
  of: { near: LngLat | null; spreadM: number; legM: readonly [number, number]; speedMps: number },
): Route {
  const startS = uniform(rand, 0, 100_000)
  const middle = offsetOf(of.near ?? TOWNS[0]!)
  let stand = middle
  for (let tries = 0; tries < TRIES; tries++) {
    const from = of.near === null ? anywhere(rand) : scatter(rand, middle, of.spreadM)
    if (!passable(raster, raster.cell(...from), medium)) continue
    stand = from
    const legM = uniform(rand, ...of.legM)
    const angle = uniform(rand, 0, 2 * Math.PI)
    const to: [number, number] = [from[0] + legM * Math.sin(angle), from[1] + legM * Math.cos(angle)]
    const start = moved(ORIGIN, ...from)
    if (legM < 100) return circle(start, 40, of.speedMps, startS)
    if (!isClear(raster, from, to, medium)) continue
    return shuttle(start, moved(ORIGIN, ...to), of.speedMps, startS)
  }
  return circle(moved(ORIGIN, ...stand), 40, of.speedMps, startS)
}

const anywhere = (rand: Rand): [number, number] => [
  uniform(rand, -HALF_M * 0.95, HALF_M * 0.95),
  uniform(rand, -HALF_M * 0.95, HALF_M * 0.95),
]
/** Denser in the middle. */
function scatter(rand: Rand, [e, n]: readonly [number, number], spreadM: number): [number, number] {
  const radiusM = spreadM * rand()
  const angle = uniform(rand, 0, 2 * Math.PI)
  return [e + radiusM * Math.sin(angle), n + radiusM * Math.cos(angle)]
}
/** Metres from the origin on the scale of its latitude, as `moved` goes the other way. */
function offsetOf([lng, lat]: LngLat): [number, number] {
  const [lng1, lat1] = moved(ORIGIN, 1000, 1000)
  return [((lng - ORIGIN[0]) / (lng1 - ORIGIN[0])) * 1000, ((lat - ORIGIN[1]) / (lat1 - ORIGIN[1])) * 1000]
}

/** Index of the share that a number in [0, 1) falls into. */
function shareOf(at: number, shares: readonly number[]): number {
  let sum = 0
  const found = shares.findIndex((share) => (sum += share) > at)
  return found < 0 ? shares.length - 1 : found
}
