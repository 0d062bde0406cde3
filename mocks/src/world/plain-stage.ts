import type { LngLat } from '@skerry/contract'
import { streamFor } from '../base/rand.ts'
import type { Stage } from '../vehicle/drone.ts'
import { makeDecoys } from './decoys.ts'
import { makeGround } from './ground.ts'

/** A world for drones that are started alone, anywhere: hills, woods, a few warm things, nobody hidden. */
export function plainStage(seed: number, origin: LngLat): Stage {
  const ground = makeGround(seed)
  const things = makeDecoys(streamFor(seed, 'decoys'), 800, () => true)
  return { origin, scene: { seed, ...ground, things } }
}
