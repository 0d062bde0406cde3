import { erf, normalQuantile } from '../base/normal.ts'
import { gaussian, type Rand } from '../base/rand.ts'
import { groundLook, type ImagePoint, type Pose, project } from './camera-view.ts'
import { isHidden } from './canopy.ts'
import { type Optics, pixelM } from './optics.ts'
import type { Scene, WarmThing } from './scene.ts'

/** The hottest and the coldest point of one frame: all that a camera with a thermal range tells. */
export interface ThermalRange {
  readonly maxC: number
  readonly maxAt: ImagePoint
  readonly minC: number
  readonly minAt: ImagePoint
}

const COLS = 32
const ROWS = 26
/** Temperature of the sky and of far haze, seen where no ground is. */
const SKY_C = -15
const FARTHEST_M = 2000

/**
 * Share of a thing's contrast that reaches its brightest pixel: a rectangle of w x h pixels behind a Gaussian blur.
 * A person fills several pixels at 60 m and hardly one at 400 m.
 */
export function contrastShare(widthPx: number, heightPx: number, blurPx: number): number {
  const side = (px: number): number => erf(px / (2 * Math.SQRT2 * blurPx))
  return side(widthPx) * side(heightPx)
}

/**
 * One frame. The ground is computed block by block; the extreme pixel of a block of n is drawn from the exact
 * distribution of the extreme of n normal numbers, so every frame has a hottest point even over bare ground.
 * @param groundSpeedMps smears what moves past during the exposure
 */
export function thermalFrame(scene: Scene, pose: Pose, o: Optics, groundSpeedMps: number, rand: Rand): ThermalRange {
  const range = ground(scene, pose, o, rand)
  let best = range
  for (const thing of scene.things) {
    const seen = look(scene, thing, pose, o, groundSpeedMps)
    if (seen === undefined) continue
    const tempC = seen.tempC + o.netdK * gaussian(rand)
    if (tempC > best.maxC) best = { ...best, maxC: tempC, maxAt: seen.point }
    if (tempC < best.minC) best = { ...best, minC: tempC, minAt: seen.point }
  }
  return best
}

function ground(scene: Scene, pose: Pose, o: Optics, rand: Rand): ThermalRange {
  const toGround = groundLook(pose, o)
  const under = scene.groundAmslM(pose.eM, pose.nM)
  const pixels = (o.widthPx * o.heightPx) / (COLS * ROWS)
  const spread = Math.hypot(o.netdK, scene.textureK)
  let maxC = -Infinity
  let minC = Infinity
  let maxAt: ImagePoint = [0.5, 0.5]
  let minAt: ImagePoint = [0.5, 0.5]
  for (let row = 0; row < ROWS; row++) {
    for (let col = 0; col < COLS; col++) {
      // One place inside the block stands for its extreme pixel.
      const at: ImagePoint = [(col + rand()) / COLS, (row + rand()) / ROWS]
      const spot = toGround(at, under)
      const base = spot === undefined || spot.rangeM > FARTHEST_M ? SKY_C : scene.groundC(spot.eM, spot.nM)
      const high = base + spread * normalQuantile(Math.max(rand(), 1e-9) ** (1 / pixels))
      const low = base - spread * normalQuantile(Math.max(rand(), 1e-9) ** (1 / pixels))
      if (high > maxC) [maxC, maxAt] = [high, at]
      if (low < minC) [minC, minAt] = [low, at]
    }
  }
  return { maxC, maxAt, minC, minAt }
}

function look(
  scene: Scene,
  thing: WarmThing,
  pose: Pose,
  o: Optics,
  groundSpeedMps: number,
): { tempC: number; point: ImagePoint } | undefined {
  const seen = project(pose, o, [thing.eM, thing.nM, scene.groundAmslM(thing.eM, thing.nM) + 0.3])
  if (seen === undefined || isHidden(scene, thing, pose)) return undefined
  const metre = pixelM(o, seen.rangeM)
  const smearPx = (groundSpeedMps * o.exposureS) / metre
  // The spread of a uniform smear of s pixels is s / sqrt(12).
  const blurPx = Math.hypot(o.blurPx, smearPx / Math.sqrt(12))
  const share = contrastShare(thing.sizeM[0] / metre, thing.sizeM[1] / metre, blurPx)
  const around = scene.groundC(thing.eM, thing.nM)
  return { tempC: around + (thing.tempC - around) * share, point: seen.point }
}
