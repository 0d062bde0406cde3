import type { Scenario, Sighting } from '@skerry/contract'
import { type DriftCloud, type Grid, type Sighting as Evidence, reweighedDrift, weighStories } from '@skerry/search'
import type { DrawnStory } from './stories.ts'

/** Probability before any flight under one scenario: what the story, the coast and the sightings say. Deterministic. */
export interface ScenarioPrior {
  id: string
  /** Share in the mixture before any flight, 0..1; sightings have weighed it already. They sum to 1. */
  weight: number
  grid: Grid
  restOfWorld: number
  /** Planning point lies in water, where distances of walkers are only a placeholder. */
  inWater: boolean
  /** What the planning point lies on; unknown while nobody knows where the coast is. */
  on: 'land' | 'water' | 'unknown'
  /** Of a drift: its particles, as the grid holds them. */
  cloud: DriftCloud | null
}

export interface Assumptions {
  scenarios: Scenario[]
  sightings: Sighting[]
}

/**
 * Weighs and mixes stories that were drawn.
 * @param drawn one per scenario, in order
 * @param weightsOf of the particles of a drift that was searched before its newest moment
 */
export function scenarioPriors(
  { scenarios, sightings }: Assumptions,
  drawn: readonly DrawnStory[],
  weightsOf: (scenarioId: string) => ArrayLike<number> | undefined,
): ScenarioPrior[] {
  const stories = drawn.map(({ map, ...shared }, i) => {
    const { id, weight } = scenarios[i]!
    const weights = map.cloud && weightsOf(id)
    return { ...(weights ? reweighedDrift(shared, map, weights) : map), weight }
  })
  const perScenario = weighStories(
    { ...drawn[0]!, stories },
    sightings.filter(({ withdrawn }) => withdrawn === null).map(({ report }) => evidenceOf(report)),
  )
  return perScenario.map(({ weight, grid, restOfWorld, kind, planningPointOn, cloud }, i) => ({
    id: scenarios[i]!.id,
    weight,
    grid,
    restOfWorld,
    inWater: kind !== 'drift' && (kind === 'water' || planningPointOn === 'water'),
    on: planningPointOn,
    cloud: cloud ?? null,
  }))
}

const evidenceOf = ({ position, errorM, movedM, headingDeg, certainty }: Sighting['report']): Evidence => ({
  position,
  errorM,
  movedM,
  headingDeg,
  reliability: certainty,
})
