import { isUsable, type Calibration, type DroneStatus, type SearchSetup } from '@skerry/contract'
import {
  calibratedSweepWidth,
  type Calibration as Exercise,
  type GroundCover,
  HIDDEN_SHARE,
  hiddenFrom,
  type HiddenGround,
  obliqueWeight,
  type ThermalContrast,
} from '@skerry/search'
import type { SensorCover } from '../domain/context.ts'

/**
 * What lies over the ground, until someone states otherwise: open ground where the terrain is flat or built up, island
 * scrub (40 % of positions hidden from above) in the hills. ASSUMPTIONS of the search science, to be shown as such.
 */
const COVER_OF: Record<SearchSetup['terrain'], GroundCover> = { flat: 'open', urban: 'open', mountain: 'scrub' }

/** A common 640 x 512 thermal camera with a 9.1 mm lens, for a vehicle that has not told of its own. */
const COMMON_CAMERA = { hfovRad: 0.799, widthPx: 640 }

/** Skin of a clothed person as a thermal camera sees it lies a little above 30 C; ground that warm hides it. */
const CONTRAST_BELOW_C: readonly (readonly [number, ThermalContrast])[] = [
  [22, 'strong'],
  [28, 'moderate'],
  [32, 'weak'],
]

/** Contrast to be expected over ground whose hottest points are usually at `maxC`; moderate while nobody has looked. */
export function contrastOver(maxC: number | null): ThermalContrast {
  if (maxC === null) return 'moderate'
  return CONTRAST_BELOW_C.find(([belowC]) => maxC < belowC)?.[1] ?? 'none'
}

/** Views from the side are taken to look down by about this much, radians. */
const SLANT_RAD = Math.PI / 4

/** What a terrain hides from above and from the side. */
export function hiddenOver(terrain: SearchSetup['terrain']): HiddenGround {
  const hiddenDown = HIDDEN_SHARE[COVER_OF[terrain]].best
  return { hiddenDown, hiddenSlant: hiddenFrom(hiddenDown, SLANT_RAD) }
}

/** Swath and sweep width of a vehicle's camera looking down from `heightM` above ground, as exercises measured it if any did. */
export function sensorCover(
  status: DroneStatus | null,
  view: { terrain: SearchSetup['terrain']; heightM: number; speedMps: number; maxC: number | null },
  calibrations: readonly Calibration[],
): SensorCover {
  const { terrain, heightM, speedMps, maxC } = view
  const { swathM, sweepWidthM, low, high, basis } = calibratedSweepWidth(
    { camera: cameraOf(status), heightM, cover: COVER_OF[terrain], contrast: contrastOver(maxC), speedMps },
    calibrations.flatMap(exercised),
  )
  return { swathM, sweepWidthM, basis, rangeM: [low, high], podCap: 1 - hiddenOver(terrain).hiddenDown }
}

/** An exercise as the search science takes it; nothing while it is not finished, withdrawn or of doubtful reach. */
function exercised(calibration: Calibration): Exercise[] {
  const { plan, camera, measured } = calibration
  if (!measured || !isUsable(calibration)) return []
  const { heightM, speedMps, cover, contrast } = plan
  return [{ conditions: { camera, heightM, speedMps, cover, contrast }, measured }]
}

/** The vehicle's camera, where what it says of itself makes sense. */
function cameraOf(status: DroneStatus | null): { hfovRad: number; widthPx: number } {
  const camera = status?.camera
  return camera && camera.hfovRad > 0 && camera.hfovRad < 3 && camera.widthPx > 0 ? camera : COMMON_CAMERA
}

/** Height over flat ground from which a downward camera sees `swathM`, metres. */
export const heightOfSwathM = (status: DroneStatus | null, swathM: number): number =>
  swathM / (2 * Math.tan(cameraOf(status).hfovRad / 2))

/**
 * Worth of a look from a tilted camera against one straight down from the same height, 0..1: fewer pixels on a person at
 * the slant range, and a longer way through what grows there.
 */
export const tiltWeight = (
  status: DroneStatus | null,
  view: { terrain: SearchSetup['terrain']; heightM: number; depressionRad: number },
): number =>
  obliqueWeight({
    camera: cameraOf(status),
    heightM: view.heightM,
    depressionRad: view.depressionRad,
    hiddenDown: hiddenOver(view.terrain).hiddenDown,
  })
