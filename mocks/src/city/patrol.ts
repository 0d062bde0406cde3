import type { LandPolygon } from '@skerry/basemap'
import type { LngLat } from '@skerry/contract'
import { distanceM, moved, offsetM } from '../base/flat.ts'
import { type Rand, uniform } from '../base/rand.ts'
import { type LandRaster, rasterise } from '../world/land-raster.ts'
import { isClear, type Medium, passable } from './path.ts'

/** The ground that a unit patrols. */
export interface Beat {
  readonly middle: LngLat
  readonly radiusM: number
  readonly medium: Medium
  readonly raster: LandRaster
}

export function makeBeat(land: readonly LandPolygon[], middle: LngLat, radiusM: number, medium: Medium): Beat {
  const halfM = radiusM + 500
  return { middle, radiusM, medium, raster: rasterise(land, middle, halfM, Math.max(25, halfM / 80)) }
}

/** A place of the beat on its own medium. RangeError where the beat has none. */
export function placeIn(beat: Beat, rand: Rand): LngLat {
  for (let tries = 0; tries < 5000; tries++) {
    const [e, n] = [uniform(rand, -beat.radiusM, beat.radiusM), uniform(rand, -beat.radiusM, beat.radiusM)]
    if (passable(beat.raster, beat.raster.cell(e, n), beat.medium)) return moved(beat.middle, e, n)
  }
  throw new RangeError(`no ${beat.medium} within ${beat.radiusM} m of ${beat.middle.join(', ')}`)
}

/**
 * A leg of a patrol: straight or with one right-angled corner, as streets and fairways run, never leaving land
 * (or water). Back towards the middle when nothing else fits; empty where it is stuck for now.
 */
export function leg(beat: Beat, from: LngLat, grainRad: number, rand: Rand): LngLat[] {
  const here = offsetM(beat.middle, from)
  for (let tries = 0; tries < 40; tries++) {
    const lengthM = uniform(rand, beat.radiusM * 0.15, beat.radiusM * 0.8)
    const course = grainRad + (Math.floor(rand() * 4) * Math.PI) / 2 + uniform(rand, -0.12, 0.12)
    const corner = [here[0] + Math.sin(course) * lengthM, here[1] + Math.cos(course) * lengthM] as const
    if (Math.hypot(corner[0], corner[1]) > beat.radiusM) continue
    if (!isClear(beat.raster, here, corner, beat.medium)) continue
    return [moved(beat.middle, corner[0], corner[1])]
  }
  const home = placeIn(beat, rand)
  return isClear(beat.raster, here, offsetM(beat.middle, home), beat.medium) && distanceM(from, home) > 10 ? [home] : []
}
