/** A camera as far as search needs it. Angles are full fields of view. */
export interface Camera {
  /** Horizontal field of view, radians, 0 < fov < pi. */
  readonly hfovRad: number
  /** Pixels across. */
  readonly widthPx: number
}

/**
 * Ground width a downward camera sees over flat ground: 2 h tan(hfov / 2) (pinhole), metres.
 * @param heightM above ground, > 0; RangeError outside the limits. Source: notes 4.1, vectors `camera`.
 */
export function swathM(camera: Pick<Camera, 'hfovRad'>, heightM: number): number {
  if (!(camera.hfovRad > 0 && camera.hfovRad < Math.PI))
    throw new RangeError('camera.hfovRad: must be between 0 and pi')
  if (!(heightM > 0 && Number.isFinite(heightM))) throw new RangeError('heightM: must be above 0')
  return 2 * heightM * Math.tan(camera.hfovRad / 2)
}

/** Ground sample distance straight down: metres of ground per pixel. RangeError as `swathM`, or for no pixels. */
export function gsdM(camera: Camera, heightM: number): number {
  if (!(camera.widthPx > 0)) throw new RangeError('camera.widthPx: must be above 0')
  return swathM(camera, heightM) / camera.widthPx
}

/** Ground sample distance of a view tilted to `depressionRad` below the horizon: the slant range replaces the height. */
export function gsdObliqueM(camera: Camera, heightM: number, depressionRad: number): number {
  if (!(depressionRad > 0 && depressionRad <= Math.PI / 2)) {
    throw new RangeError('depressionRad: must be above 0 and at most pi / 2')
  }
  return gsdM(camera, heightM / Math.sin(depressionRad))
}

/** Pixels over a target of `targetM` metres. */
export const pixelsOnTarget = (targetM: number, gsd: number): number => targetM / gsd
