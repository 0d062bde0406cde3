import type { LocalM } from '../frame/position.ts'

/** How a camera hangs over the ground at one moment. `null` means not known, never "zero". */
export interface CameraPose {
  /** Position of the camera over a local frame, metres east and north. */
  readonly positionLocal: readonly number[]
  /** Height above the ground below, metres. */
  readonly heightAboveGroundM: number | null
  /** Heading of the optical axis, clockwise from grid north. Any value when looking straight down: the image's top. */
  readonly cameraYawRad: number | null
  /** Elevation of the optical axis: 0 level, -pi / 2 straight down. */
  readonly cameraPitchRad: number | null
  /** Roll about the optical axis, right side down positive; default 0. */
  readonly rollRad?: number | undefined
  readonly hfovRad: number
  readonly vfovRad: number
  /** Longest slant range at which a look still counts, metres; default 400. */
  readonly maxRangeM?: number | undefined
}

export type CameraFootprint =
  | {
      readonly kind: 'footprint'
      /** Ground corners of the picture, counter-clockwise seen from above: far left, near left, near right, far right. */
      readonly cornersM: [LocalM, LocalM, LocalM, LocalM]
      /** Distance from the camera to the middle of the picture, metres. */
      readonly slantRangeM: number
    }
  | { readonly kind: 'unknown'; readonly reason: FootprintUnknown }

/** Why ground cannot be credited as seen. */
export type FootprintUnknown = 'height-unknown' | 'gimbal-unknown' | 'on-ground' | 'horizon' | 'beyond-range'

/** Below this height a drone is taking off, landing or standing: its pictures search nothing. */
const MIN_HEIGHT_M = 3

/**
 * Ground a picture shows, over ground taken as flat at the given height (pinhole; no lens distortion).
 * Unknown height or gimbal, a corner at or above the horizon, or one beyond `maxRangeM` give `unknown`: ground that may
 * not have been seen is not credited. Error: on a slope of angle s the far edge is off by about tan(s) of its distance.
 * RangeError for a field of view outside 0..pi. Source: search-science notes 4.1.
 */
export function cameraFootprint(pose: CameraPose): CameraFootprint {
  const { heightAboveGroundM: heightM, cameraYawRad: yaw, cameraPitchRad: pitch, hfovRad, vfovRad } = pose
  for (const fov of [hfovRad, vfovRad]) {
    if (!(fov > 0 && fov < Math.PI)) throw new RangeError('camera: fields of view must be between 0 and pi')
  }
  if (heightM === null || !Number.isFinite(heightM)) return { kind: 'unknown', reason: 'height-unknown' }
  if (yaw === null || pitch === null || !Number.isFinite(yaw + pitch))
    return { kind: 'unknown', reason: 'gimbal-unknown' }
  if (heightM < MIN_HEIGHT_M) return { kind: 'unknown', reason: 'on-ground' }

  const roll = pose.rollRad ?? 0
  const maxRangeM = pose.maxRangeM ?? 400
  const forward = [Math.sin(yaw) * Math.cos(pitch), Math.cos(yaw) * Math.cos(pitch), Math.sin(pitch)]
  const levelRight = [Math.cos(yaw), -Math.sin(yaw), 0]
  const levelUp = [-Math.sin(yaw) * Math.sin(pitch), -Math.cos(yaw) * Math.sin(pitch), Math.cos(pitch)]
  const right = levelRight.map((r, i) => r * Math.cos(roll) - levelUp[i]! * Math.sin(roll))
  const up = levelUp.map((u, i) => u * Math.cos(roll) + levelRight[i]! * Math.sin(roll))
  const [tanH, tanV] = [Math.tan(hfovRad / 2), Math.tan(vfovRad / 2)]

  const corners: LocalM[] = []
  for (const [side, top] of [
    [-1, 1],
    [-1, -1],
    [1, -1],
    [1, 1],
  ] as const) {
    const ray = forward.map((f, i) => f + side * tanH * right[i]! + top * tanV * up[i]!)
    if (ray[2]! >= -1e-6) return { kind: 'unknown', reason: 'horizon' }
    const scale = heightM / -ray[2]!
    if (scale * Math.hypot(...ray) > maxRangeM) return { kind: 'unknown', reason: 'beyond-range' }
    corners.push([pose.positionLocal[0]! + scale * ray[0]!, pose.positionLocal[1]! + scale * ray[1]!])
  }
  return {
    kind: 'footprint',
    cornersM: corners as [LocalM, LocalM, LocalM, LocalM],
    slantRangeM: heightM / -Math.sin(pitch),
  }
}
