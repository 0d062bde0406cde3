import { pick, type Rand, uniform } from '../base/rand.ts'
import type { WarmThing } from '../thermal/scene.ts'

type DecoyKind = Exclude<WarmThing['kind'], 'person'>

/** What gets warm outdoors without being a person: temperature range and size of the warm surface. */
const KINDS: Readonly<Record<DecoyKind, { lowC: number; highC: number; sizeM: readonly [number, number] }>> = {
  rock: { lowC: 18, highC: 24, sizeM: [1.6, 1.2] },
  goat: { lowC: 22, highC: 27, sizeM: [0.9, 0.35] },
  car: { lowC: 26, highC: 42, sizeM: [1.2, 1.4] },
  transformer: { lowC: 30, highC: 40, sizeM: [0.8, 0.8] },
}
const MIX: readonly DecoyKind[] = ['rock', 'rock', 'rock', 'goat', 'goat', 'car', 'car', 'transformer']

/**
 * Six to ten warm things within `radiusM` of the origin that are no person.
 * @param may whether a place can hold one (dry land)
 */
export function makeDecoys(rand: Rand, radiusM: number, may: (eM: number, nM: number) => boolean): WarmThing[] {
  const wanted = 6 + Math.floor(rand() * 5)
  const decoys: WarmThing[] = []
  for (let tries = 0; decoys.length < wanted && tries < 2000; tries++) {
    const eM = uniform(rand, -radiusM, radiusM)
    const nM = uniform(rand, -radiusM, radiusM)
    const kind = pick(rand, MIX)
    const { lowC, highC, sizeM } = KINDS[kind]
    const tempC = uniform(rand, lowC, highC)
    const crowded = decoys.some((d) => Math.hypot(d.eM - eM, d.nM - nM) < 80)
    if (Math.hypot(eM, nM) > radiusM || crowded || !may(eM, nM)) continue
    decoys.push({ id: `decoy-${decoys.length + 1}`, kind, eM, nM, tempC, sizeM })
  }
  return decoys
}
