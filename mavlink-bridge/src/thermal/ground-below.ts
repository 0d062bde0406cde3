import type { Terrain } from '@skerry/terrain'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { flatGround, type Ground, terrainGround } from './cast.ts'
import type { Pose } from './pose.ts'
import { SIGMA } from './sigma.ts'

/** Height of a vehicle above mean sea level, as terrain has it, and how sure that is. */
interface Altitude {
  readonly amslM: number
  readonly sigmaM: number
}

/**
 * Altitude in the terrain's own terms. From the terrain at home where that is known: what the model has wrong as a whole
 * falls out, and the barometer is better than satellites. Else the vehicle's own altitude.
 */
function altitudeOf(
  vehicle: Vehicle,
  heightAboveTakeoffM: number | null,
  altAmslM: number | null,
  terrain: Pick<Terrain, 'heightM' | 'sigmaM'>,
): Altitude | null {
  const home = vehicle.home === null ? null : terrain.heightM(vehicle.home.lngLat)
  if (home !== null && heightAboveTakeoffM !== null)
    return { amslM: home + heightAboveTakeoffM, sigmaM: Math.hypot(SIGMA.heightM, Math.SQRT2 * terrain.sigmaM) }
  return altAmslM === null ? null : { amslM: altAmslM, sigmaM: Math.hypot(SIGMA.amslM, terrain.sigmaM) }
}

/** The ground that a camera looks at: by the terrain where it is known right below it, else level with the take-off point. */
export function groundBelow(vehicle: Vehicle, pose: Pose, terrain: Terrain | null): Ground {
  const flat = flatGround(pose.heightAboveTakeoffM)
  if (terrain === null) return flat
  const altitude = altitudeOf(vehicle, pose.heightAboveTakeoffM, vehicle.positions.at(-1)?.altAmslM ?? null, terrain)
  if (altitude === null) return flat
  const ground = terrainGround({
    from: pose.lngLat,
    cameraAmslM: altitude.amslM,
    heightSigmaM: altitude.sigmaM,
    heightM: (at) => terrain.heightM(at),
  })
  return ground.belowM === null ? flat : ground
}

/** Height above the ground right below, metres; null without terrain there. */
export function heightAboveGroundM(vehicle: Vehicle, terrain: Terrain | null): number | null {
  const at = vehicle.positions.at(-1)
  if (terrain === null || at === undefined) return null
  const below = terrain.heightM(at.lngLat)
  const altitude = altitudeOf(vehicle, at.heightAboveTakeoffM, at.altAmslM, terrain)
  return below === null || altitude === null ? null : altitude.amslM - below
}

/** What a camera can be placed on lies within this distance of it; less where the model is so fine that it would be too much. */
const LOADED_M = 1500
const LEAST_LOADED_M = 60

/** Loads the terrain around a vehicle and at its home. */
export async function loadAround(vehicle: Vehicle, terrain: Terrain): Promise<void> {
  const at = vehicle.positions.at(-1)?.lngLat
  if (at === undefined) return
  if (vehicle.home !== null) await terrain.load(vehicle.home.lngLat, 1)
  for (let radiusM = LOADED_M; radiusM >= LEAST_LOADED_M; radiusM /= 2)
    try {
      return await terrain.load(at, radiusM)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
}
