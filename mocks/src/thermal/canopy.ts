import { wrapRad } from '../base/flat.ts'
import { hash32 } from '../base/rand.ts'
import type { Pose } from './camera-view.ts'
import type { Scene, WarmThing } from './scene.ts'

/** Passes whose tracks lie this close together look through the same gaps. */
const TRACK_M = 12
const PITCH_RAD = (20 * Math.PI) / 180

/**
 * Whether leaves hide a thing from a camera. Gaps are fixed in the world: the same pass in the same direction sees
 * the same thing again, every frame of it; another track or direction draws anew. Pure in the seed.
 */
export function isHidden(scene: Scene, thing: WarmThing, pose: Pose): boolean {
  const share = scene.canopy(thing.eM, thing.nM)
  if (share <= 0) return false
  const octant = Math.round(wrapRad(pose.yawRad) / (Math.PI / 4)) & 7
  const aside = (thing.eM - pose.eM) * Math.cos(pose.yawRad) - (thing.nM - pose.nM) * Math.sin(pose.yawRad)
  const track = Math.round(aside / TRACK_M)
  const tilt = Math.round(pose.pitchRad / PITCH_RAD)
  return hash32(scene.seed, thing.id, 'gap', octant, track, tilt) / 4_294_967_296 < share
}
