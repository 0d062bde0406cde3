import type { LandPolygon } from '@skerry/basemap'
import type { LngLat } from '@skerry/contract'
import { moved, offsetM } from '../base/flat.ts'
import { type Rand, streamFor, uniform } from '../base/rand.ts'
import type { Scene } from '../thermal/scene.ts'
import { makeDecoys } from './decoys.ts'
import { makeGround } from './ground.ts'
import { type LandRaster, rasterise, reachable, shoreDistance } from './land-raster.ts'
import { type Hidden, hide, personThings } from './lost-person.ts'

/** Where the drones of the demo stand: the middle of Zhujiajian, hills and shore all around. */
export const PAD: LngLat = [122.388, 29.893]

/** What really is, and what nobody but the simulators may know. */
export interface World {
  readonly seed: number
  /** Where the person was last seen: the origin of the scene. */
  readonly lastSeen: LngLat
  readonly person: LngLat
  readonly hidden: Hidden
  /** Share of the person that leaves hide from above; 0 in the open. */
  readonly canopyShare: number
  readonly scene: Scene
  /** Highest ground within two kilometres, metres above mean sea level: what a good map would say. */
  readonly highestGroundAmslM: number
}

const HALF_M = 3000
const CELL_M = 25

/** The world of a seed. Takes the land as it is on the map, so that nobody is lost at sea. */
export function makeWorld(seed: number, land: readonly LandPolygon[]): World {
  const aroundPad = rasterise(land, PAD, 1500, CELL_M)
  const lastSeen = lastSeenAt(streamFor(seed, 'last-seen'), aroundPad)
  const raster = rasterise(land, lastSeen, HALF_M, CELL_M)
  const shoreM = shoreDistance(raster)
  const ground = makeGround(seed, shoreM)
  const canReach = reachable(raster, raster.cell(0, 0))
  const hidden = hide(streamFor(seed, 'person'), raster, canReach)
  const onLand = (eM: number, nM: number): boolean => shoreM(eM, nM) > 0
  const decoys = makeDecoys(streamFor(seed, 'decoys'), 1200, onLand).filter(
    // A goat that lies beside the person would be the find itself.
    (d) => Math.hypot(d.eM - hidden.eM, d.nM - hidden.nM) > 60,
  )
  return {
    seed,
    lastSeen,
    person: moved(lastSeen, hidden.eM, hidden.nM),
    hidden,
    canopyShare: ground.canopy(hidden.eM, hidden.nM),
    scene: { seed, ...ground, things: [...personThings(hidden), ...decoys] },
    highestGroundAmslM: highest(ground.groundAmslM),
  }
}

/** Two to nine hundred metres from the pad, on dry land. */
function lastSeenAt(rand: Rand, raster: LandRaster): LngLat {
  const shoreM = shoreDistance(raster)
  for (let tries = 0; tries < 10_000; tries++) {
    const [eM, nM] = [uniform(rand, -900, 900), uniform(rand, -900, 900)]
    const away = Math.hypot(eM, nM)
    if (away > 200 && away < 900 && shoreM(eM, nM) > 150) return moved(PAD, eM, nM)
  }
  throw new RangeError('no dry land around the pad')
}

function highest(groundAmslM: (eM: number, nM: number) => number): number {
  let top = 0
  for (let e = -2000; e <= 2000; e += 50) for (let n = -2000; n <= 2000; n += 50) top = Math.max(top, groundAmslM(e, n))
  return top
}

/** Pads in a row, fifteen metres apart. */
export const padsOf = (count: number): LngLat[] => Array.from({ length: count }, (_, i) => moved(PAD, i * 15, 0))

/** Metres from where the person was last seen. */
export const inScene = (world: World, at: LngLat): readonly [number, number] => offsetM(world.lastSeen, at)

/** What is hidden, in words, for tests of the search. */
export function truthOf(world: World): string {
  const decoys = world.scene.things
    .filter((t) => t.kind !== 'person')
    .map((t) => ({ kind: t.kind, at: moved(world.lastSeen, t.eM, t.nM), tempC: Math.round(t.tempC) }))
  const { seed, lastSeen, person, hidden, canopyShare, highestGroundAmslM } = world
  return JSON.stringify({
    seed,
    lastSeen,
    person,
    distanceM: Math.round(hidden.distanceM),
    canopyShare,
    highestGroundAmslM: Math.round(highestGroundAmslM),
    decoys,
  })
}
