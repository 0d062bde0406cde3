import type { LngLat } from '@skerry/contract'
import {
  type Fov,
  groundOffset,
  type GroundOffset,
  type ImagePoint,
  MIN_DEPRESSION_RAD,
  moved,
  rayOf,
} from './ground.ts'
import { type Quaternion, rotate, type Vector } from './rotation.ts'
import { SIGMA } from './sigma.ts'

/** The ground under a camera, as far as it is known: where a ray meets it, and how sure its distance is. */
export interface Ground {
  readonly kind: 'flat' | 'terrain'
  /** Height of the camera above the ground right below it, metres; null where that is not known. */
  readonly belowM: number | null
  /** One standard deviation of the height between camera and ground. */
  readonly heightSigmaM: number
  /**
   * Where the ray through an image point meets the ground, from the point below the camera; null where it does not, or
   * at so flat an angle that one degree of error moves it by more than half its distance.
   * @param raisedM the camera higher than it is, for the errors
   */
  cast(point: ImagePoint, fov: Fov, orientation: Quaternion, raisedM?: number): GroundOffset | null
  /** Why a ray meets nothing. */
  gap(point: ImagePoint, fov: Fov, orientation: Quaternion): 'near-horizon' | 'terrain-unknown'
}

/** Level ground at take-off height. */
export const flatGround = (heightM: number): Ground => ({
  kind: 'flat',
  belowM: heightM,
  heightSigmaM: SIGMA.heightM,
  cast: (point, fov, orientation, raisedM = 0) => groundOffset(point, fov, orientation, heightM + raisedM),
  gap: () => 'near-horizon',
})

/** Looks at ground further away than this see nothing that could be placed. */
const REACH_M = 2500
/** Shortest step along a ray: a ridge thinner than this may be missed. */
const LEAST_STEP_M = 1.5
/** Ground that rises faster than this along a ray is a wall: it may be met one step too late, and is then found by halving. */
const STEEPEST = 1.2
const MOST_STEPS = 600
/** A ray has met the ground where it is nearer to it than this, metres. */
const MET_M = 0.005
const MOST_HALVINGS = 24
/** Side of the piece of ground whose steepness counts where a ray meets it. */
const FACET_M = 5
const EARTH_RADIUS_M = 6_371_000
const LEAST_INCIDENCE = Math.sin(MIN_DEPRESSION_RAD)

export interface TerrainView {
  readonly from: LngLat
  readonly cameraAmslM: number
  readonly heightSigmaM: number
  /** Metres above mean sea level; null where the terrain is not known. */
  readonly heightM: (at: LngLat) => number | null
}

/** A way along a ray, and the height of the ray above the ground there; metres. */
type Step = readonly [wayM: number, gapM: number]

/** The ground of a terrain model. A ray that crosses ground which is not known meets nothing that is known. */
export function terrainGround({ from, cameraAmslM, heightSigmaM, heightM }: TerrainView): Ground {
  const below = heightM(from)
  /** Height of the ray above the ground at a way along it, metres; null where the ground is not known. */
  const above = (ray: Vector, wayM: number, raisedM: number): number | null => {
    const [north, east] = [ray[0] * wayM, ray[1] * wayM]
    const ground = heightM(moved(from, [north, east]))
    // The earth falls away from the level of the camera.
    const falls = (north * north + east * east) / (2 * EARTH_RADIUS_M)
    return ground === null ? null : cameraAmslM + raisedM - ray[2] * wayM + falls - ground
  }
  function trace(
    point: ImagePoint,
    fov: Fov,
    orientation: Quaternion,
    raisedM = 0,
  ): GroundOffset | 'near-horizon' | 'terrain-unknown' {
    const ray = unit(rotate(orientation, rayOf(point, fov)))
    const across = Math.hypot(ray[0], ray[1])
    // Comes down by so much against ground that rises as fast as it may.
    const closing = ray[2] + STEEPEST * across
    let wayM = 0
    let gapM = above(ray, 0, raisedM)
    if (gapM === null) return 'terrain-unknown'
    if (gapM <= 0 || closing <= 0) return 'near-horizon'
    for (let step = 0; step < MOST_STEPS; step++) {
      const nextM = wayM + Math.max(LEAST_STEP_M, gapM / closing)
      if (nextM * across > REACH_M) return 'near-horizon'
      const nextGapM = above(ray, nextM, raisedM)
      if (nextGapM === null) return 'terrain-unknown'
      if (nextGapM <= 0) return met(ray, crossing(ray, [wayM, gapM], [nextM, nextGapM], raisedM))
      wayM = nextM
      gapM = nextGapM
    }
    return 'near-horizon'
  }
  /** Between a way that is clear of the ground and one below it: by the line between both, by halves where that is slow. */
  function crossing(ray: Vector, clear: Step, hit: Step, raisedM: number): number {
    let [[clearM, clearGapM], [hitM, hitGapM]] = [clear, hit]
    for (let i = 0; i < MOST_HALVINGS && hitM - clearM > MET_M; i++) {
      const share = i % 3 === 2 ? 0.5 : clearGapM / (clearGapM - hitGapM)
      const tryM = clearM + (hitM - clearM) * share
      const gapM = above(ray, tryM, raisedM) ?? 0
      if (Math.abs(gapM) < MET_M) return tryM
      if (gapM > 0) [clearM, clearGapM] = [tryM, gapM]
      else [hitM, hitGapM] = [tryM, gapM]
    }
    return hitM
  }
  function met(ray: Vector, wayM: number): GroundOffset | 'near-horizon' | 'terrain-unknown' {
    const offset: GroundOffset = [ray[0] * wayM, ray[1] * wayM]
    const at = (north: number, east: number): number | null =>
      heightM(moved(from, [offset[0] + north, offset[1] + east]))
    const [n, s, e, w] = [at(FACET_M, 0), at(-FACET_M, 0), at(0, FACET_M), at(0, -FACET_M)]
    if (n === null || s === null || e === null || w === null) return 'terrain-unknown'
    // The normal of the facet, upwards: against the slope.
    const normal = unit([-(n - s) / (2 * FACET_M), -(e - w) / (2 * FACET_M), -1])
    const incidence = -(ray[0] * normal[0] + ray[1] * normal[1] + ray[2] * normal[2])
    return incidence < LEAST_INCIDENCE ? 'near-horizon' : offset
  }
  return {
    kind: 'terrain',
    belowM: below === null ? null : cameraAmslM - below,
    heightSigmaM,
    cast(point, fov, orientation, raisedM = 0) {
      const found = trace(point, fov, orientation, raisedM)
      return typeof found === 'string' ? null : found
    },
    gap(point, fov, orientation) {
      const found = trace(point, fov, orientation)
      return typeof found === 'string' ? found : 'near-horizon'
    },
  }
}

function unit([a, b, c]: Vector): Vector {
  const norm = Math.hypot(a, b, c)
  return [a / norm, b / norm, c / norm]
}
