import type { LngLat, Unit, UnitKind } from '@skerry/contract'
import type { Candidate } from '../src/eta/ranking.ts'
import type { Network } from '../src/eta/network.ts'

const KINDS: readonly UnitKind[] = ['car', 'car', 'car', 'car', 'motorbike', 'foot', 'foot', 'boat', 'ground-team']
/** How far round a pier units of the bench are spread, degrees. */
const SPREAD = 0.06

/** Units spread round the piers of an area: boats on water, the others on land. Seeded: every run has the same ones. */
export function islandUnits(network: Network, count: number, seed: number, nowMs: number): Candidate[] {
  const random = seededRandom(seed)
  const piers = network.nodes.filter(({ pier }) => pier)
  const placeFor = (wet: boolean): LngLat => {
    for (;;) {
      const pier = piers[Math.floor(random() * piers.length)]!
      const at: LngLat = [pier.at[0] + (random() - 0.5) * SPREAD, pier.at[1] + (random() - 0.5) * SPREAD]
      const cell = network.grid.cell(at)
      if (cell >= 0 && (network.grid.land[cell] === 0) === wet) return at
    }
  }
  return Array.from({ length: count }, (_, i): Candidate => {
    const kind = KINDS[Math.floor(random() * KINDS.length)]!
    const unit: Unit = {
      id: `u${String(i).padStart(3, '0')}`,
      handle: i + 1,
      callSign: `U-${i}`,
      agency: 'bench',
      kind,
      skills: kind === 'boat' ? ['water-rescue'] : kind === 'ground-team' ? ['search'] : [],
      onDuty: true,
      status: 'available',
      assignment: null,
    }
    return { unit, fix: { lngLat: placeFor(kind === 'boat'), fixAtMs: nowMs - Math.floor(random() * 60_000) } }
  })
}

/** Places on the islands and off them, as incidents have them. */
export function islandPlaces(network: Network, count: number, seed: number): LngLat[] {
  const random = seededRandom(seed)
  const piers = network.nodes.filter(({ pier }) => pier)
  return Array.from({ length: count }, (): LngLat => {
    const pier = piers[Math.floor(random() * piers.length)]!
    return [pier.at[0] + (random() - 0.5) * SPREAD, pier.at[1] + (random() - 0.5) * SPREAD]
  })
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
