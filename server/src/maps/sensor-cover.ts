import {
  isUsable,
  type Calibration,
  type DroneStatus,
  type LightChoice,
  type Search,
  type SearchSetup,
} from '@skerry/contract'
import {
  calibratedSweepWidth,
  type Calibration as Exercise,
  COVER_OF_TERRAIN,
  expectedContrast,
  type GroundCover,
  HIDDEN_SHARE,
  hiddenFrom,
  type HiddenGround,
  lightAt,
  obliqueWeight,
} from '@skerry/search'
import type { SensorCover } from '../domain/context.ts'

/** A common 640 x 512 thermal camera with a 9.1 mm lens, for a vehicle that has not told of its own. */
const COMMON_CAMERA = { hfovRad: 0.799, widthPx: 640 }

/**
 * Day or night as the coordinator has chosen, or where a vehicle is by the sun at the moment of its telemetry. Day where that
 * is not known: by day a body stands out less, so nothing is promised that the light may not hold.
 */
export function lightOf(
  status: DroneStatus | null,
  choice: LightChoice = 'by-sun',
): { light: 'day' | 'night'; lightBy: 'sun' | 'coordinator' | 'unknown' } {
  if (choice !== 'by-sun') return { light: choice, lightBy: 'coordinator' }
  const place = status?.position?.lngLat ?? status?.home?.lngLat
  return status && place ? { light: lightAt(place, status.atMs), lightBy: 'sun' } : { light: 'day', lightBy: 'unknown' }
}

/** What is assumed of a search for the sensors in it. */
export interface SensorGround {
  terrain: SearchSetup['terrain']
  light: LightChoice
}

export const sensorGround = ({ setup, light = 'by-sun' }: Pick<Search, 'setup' | 'light'>): SensorGround => ({
  terrain: setup.terrain,
  light,
})

/** Views from the side are taken to look down by about this much, radians. */
const SLANT_RAD = Math.PI / 4

/** What a cover hides from above and from the side. */
export function hiddenUnder(cover: GroundCover): HiddenGround {
  const hiddenDown = HIDDEN_SHARE[cover].best
  return { hiddenDown, hiddenSlant: hiddenFrom(hiddenDown, SLANT_RAD) }
}

/** What a terrain hides where no layer tells the cover. */
export const hiddenOver = (terrain: SearchSetup['terrain']): HiddenGround => hiddenUnder(COVER_OF_TERRAIN[terrain])

/**
 * Swath and sweep width of a vehicle's camera looking down from `heightM` above ground, as exercises measured it if any did.
 * @param view `covers`: the search has a map of cover, so that the sweep width over each is asked for
 */
export function sensorCover(
  status: DroneStatus | null,
  view: SensorGround & { heightM: number; speedMps: number; maxC: number | null; covers: boolean },
  calibrations: readonly Calibration[],
): SensorCover {
  const { terrain, heightM, speedMps, maxC, covers } = view
  const untold = COVER_OF_TERRAIN[terrain]
  const lit = lightOf(status, view.light)
  const contrast = expectedContrast(lit.light, maxC)
  const told = toldCamera(status)
  const camera = told ?? COMMON_CAMERA
  // An exercise measured a real camera; it says nothing of one that is only assumed.
  const exercises = told ? calibrations.flatMap(exercised) : []
  const over = (cover: GroundCover) => {
    const { swathM, sweepWidthM, low, high, basis } = calibratedSweepWidth(
      { camera, heightM, cover, contrast, speedMps },
      exercises,
    )
    return { swathM, sweepWidthM, basis, rangeM: [low, high] as [number, number] }
  }
  const byCover = covers && {
    open: over('open'),
    'shore-rocks': over('shore-rocks'),
    scrub: over('scrub'),
    broadleaf: over('broadleaf'),
    evergreen: over('evergreen'),
    water: over('water'),
  }
  return {
    ...over(untold),
    podCap: 1 - hiddenOver(terrain).hiddenDown,
    assumed: { ...lit, cover: untold, contrast, camera: told ? 'told' : 'assumed' },
    ...(byCover ? { byCover } : {}),
  }
}

/**
 * What grows on the ground of a search and what the camera is expected to see there, as exercises are told apart; null where
 * the vehicle has told no camera: no exercise is one of it then.
 */
export function conditionsOf(
  status: DroneStatus | null,
  { terrain, light, heightM, speedMps }: SensorGround & { heightM: number; speedMps: number },
): Exercise['conditions'] | null {
  const camera = toldCamera(status)
  return (
    camera && {
      camera,
      heightM,
      cover: COVER_OF_TERRAIN[terrain],
      contrast: expectedContrast(lightOf(status, light).light, null),
      speedMps,
    }
  )
}

/** An exercise as the search science takes it; nothing while it is not finished, withdrawn or of doubtful reach. */
export function exercised(calibration: Calibration): Exercise[] {
  const { plan, camera, measured } = calibration
  if (!measured || !isUsable(calibration)) return []
  const { heightM, speedMps, cover, contrast } = plan
  return [{ conditions: { camera, heightM, speedMps, cover, contrast }, measured }]
}

/** The vehicle's camera, where what it says of itself makes sense; null: it has told none. */
function toldCamera(status: DroneStatus | null): { hfovRad: number; widthPx: number } | null {
  const camera = status?.camera
  return camera && camera.hfovRad > 0 && camera.hfovRad < 3 && camera.widthPx > 0 ? camera : null
}

/** The vehicle's camera, or a common one where it has told none. */
const cameraOf = (status: DroneStatus | null): { hfovRad: number; widthPx: number } =>
  toldCamera(status) ?? COMMON_CAMERA

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
