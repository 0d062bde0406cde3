import { hash32 } from '../base/rand.ts'
import type { Scene } from '../thermal/scene.ts'
import { valueNoise } from './value-noise.ts'

/** Share of the ground under trees, and what their leaves hide. */
const WOODED_SHARE_EDGE = 0.28
const LEAF_SHARE = 0.6
/** A mild November day; the sea is warmer than the ground. */
const GROUND_C = 13
const SEA_C = 17

export type Ground = Pick<Scene, 'groundAmslM' | 'groundC' | 'canopy' | 'textureK'>

/**
 * Ground of a scene: gentle hills, woods in patches, and a temperature that changes over hundreds of metres, tens of
 * metres and from bush to bush. Pure in the seed.
 * @param shoreM distance to the sea in metres at a place (0 on the water), or undefined for an inland plain
 */
export function makeGround(seed: number, shoreM?: (eM: number, nM: number) => number): Ground {
  const hills = valueNoise(hash32(seed, 'hills'), 420)
  const woods = valueNoise(hash32(seed, 'woods'), 140)
  const broad = valueNoise(hash32(seed, 'warmth', 1), 300)
  const middle = valueNoise(hash32(seed, 'warmth', 2), 60)
  const fine = valueNoise(hash32(seed, 'warmth', 3), 9)
  const shore = shoreM ?? (() => 1000)
  const dry = (eM: number, nM: number): boolean => shore(eM, nM) > 0
  return {
    textureK: 0.22,
    groundAmslM: (eM, nM) => {
      const inland = Math.min(1, shore(eM, nM) / 400)
      return inland === 0 ? 0 : 2 + inland * (14 + 14 * hills(eM, nM))
    },
    groundC: (eM, nM) => {
      if (!dry(eM, nM)) return SEA_C + 0.3 * middle(eM, nM)
      return GROUND_C + 1.1 * broad(eM, nM) + 0.7 * middle(eM, nM) + 0.6 * fine(eM, nM)
    },
    canopy: (eM, nM) => (dry(eM, nM) && woods(eM, nM) > WOODED_SHARE_EDGE ? LEAF_SHARE : 0),
  }
}
