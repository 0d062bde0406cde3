import { gaussian, type Rand } from '../base/rand.ts'
import type { WarmThing } from '../thermal/scene.ts'
import type { LandRaster } from './land-raster.ts'

/**
 * How far people with dementia are found from where they were last seen: logarithm of the kilometres, mean and
 * standard deviation (MapScore, temperate mountain).
 */
const LN_KM_MEAN = -0.313
const LN_KM_SD = 1.512
/**
 * The demo keeps to the nearer part of those distances (40 % of all cases): what a pair of drones can search within a
 * few sorties. What lies beyond is drawn again.
 */
export const FARTHEST_M = 600
/** Nearer than this the caller would have found them. */
const NEAREST_M = 60

export interface Hidden {
  readonly eM: number
  readonly nM: number
  readonly distanceM: number
}

/** Draws until the place can be reached on foot. RangeError where there is no such place. */
export function hide(rand: Rand, raster: LandRaster, canReach: Uint8Array): Hidden {
  for (let tries = 0; tries < 100_000; tries++) {
    const distanceM = Math.exp(LN_KM_MEAN + LN_KM_SD * gaussian(rand)) * 1000
    const course = rand() * 2 * Math.PI
    if (distanceM < NEAREST_M || distanceM > FARTHEST_M) continue
    const eM = Math.sin(course) * distanceM
    const nM = Math.cos(course) * distanceM
    const cell = raster.cell(eM, nM)
    if (cell >= 0 && canReach[cell] === 1) return { eM, nM, distanceM }
  }
  throw new RangeError('nowhere to be lost')
}

/** What shows of a clothed person who sits or lies outdoors: clothes a few degrees above the air, and the face. */
export const personThings = (hidden: Hidden): WarmThing[] => [
  { id: 'person', kind: 'person', eM: hidden.eM, nM: hidden.nM, tempC: 23, sizeM: [1.1, 0.5] },
  { id: 'person', kind: 'person', eM: hidden.eM + 0.4, nM: hidden.nM, tempC: 31, sizeM: [0.25, 0.2] },
]
